"""What an idle server costs: wakeups and processor time in a minute of nothing, without a kernel and with some.

Run it with `python -m bench.idle` from the root of the repository; `--seconds` says how long each part lasts (60). Each
kernel has a client whose WebSocket is open. Then the same with a notebook that a page has open, whose folder is watched
for what other programs do; and how long it takes until the page shows what another program has written, and what it
costs when one writes another file into that folder without end. Wakeups are the voluntary context switches of all
threads, from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.relay import ROOT, TRANSPORTS, started
from bench.serving import TOKEN, Serving, serving
from tests.server.page import Page, opened_at
from tests.system.document import Cell, write

KERNELS = (0, 1, 8)
CHANGES = 20
WRITES_PER_SECOND = 500


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.idle")
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {seconds:.0f} s each")
    for transport in TRANSPORTS:
        for count in KERNELS:
            asyncio.run(measured(transport, count, seconds))
    asyncio.run(watching(seconds))
    return 0


async def measured(transport: str, count: int, seconds: float) -> None:
    """One line."""
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        null_kernel.install(null_kernel.build(ROOT / ".cache" / "bench"), Path(folder) / "data")
        with serving(Path(folder), "--transport", transport) as server:
            clients = await started(server, count)
            await asyncio.sleep(1.0)
            await counted(f"{transport:6} {count} kernels", server, asyncio.sleep(seconds))
            for client in clients:
                client.close()


async def watching(seconds: float) -> None:
    """A notebook that is open and that other programs write, or its neighbours."""
    with tempfile.TemporaryDirectory(prefix="b") as name:
        folder = Path(name)
        write(folder, "n.ipynb", Cell("first", "0"))
        with serving(folder) as server:
            print(f"no notebook: resident {server.resident_mib():.1f} MiB")
            async with opened_at(f"127.0.0.1:{server.port}/", TOKEN, "n.ipynb") as page:
                await asyncio.sleep(1.0)
                await counted("a notebook", server, asyncio.sleep(seconds))
                times = [await until_shown(folder, page, str(number)) for number in range(1, CHANGES + 1)]
                print(f"a change by another program: shown after {statistics.median(times):.0f} ms ", end="")
                print(f"({min(times):.0f} to {max(times):.0f})")
                what = f"{WRITES_PER_SECOND} writes a second beside it"
                await counted(what, server, busy(folder / "neighbour", min(seconds, 10.0)))


async def counted(what: str, server: Serving, meanwhile: Coroutine[object, object, None]) -> None:
    """What the server does meanwhile."""
    wakeups, spent = server.wakeups(), server.cpu_seconds()
    await meanwhile
    wakeups, spent = server.wakeups() - wakeups, server.cpu_seconds() - spent
    print(f"{what}: {wakeups} wakeups, {1e3 * spent:.2f} ms of processor time", end="")
    print(f", resident {server.resident_mib():.1f} MiB", flush=True)


async def until_shown(folder: Path, page: Page, source: str) -> float:
    """Milliseconds from a change of the file to the page."""
    began = time.perf_counter()
    write(folder, "n.ipynb", Cell("first", source))
    while page.source("first") != source:
        await page.hear(lambda said: said["type"] == "edits")
    return 1e3 * (time.perf_counter() - began)


async def busy(file: Path, seconds: float) -> None:
    """Write it again and again."""
    for _ in range(int(seconds * WRITES_PER_SECOND)):
        file.write_bytes(b"x")  # noqa: ASYNC240 -- nothing else is to be done here
        await asyncio.sleep(1 / WRITES_PER_SECOND)


if __name__ == "__main__":
    sys.exit(main())
