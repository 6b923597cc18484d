"""A notebook of 100 MB: how long it takes to open, edit, run, save, and to have it back after a crash, and who waits.

Run it with `python -m bench.large` from the root of the repository; `--megabytes` says how large (100). Half of it are
images of a megabyte (random bytes in base64), half printed text of 50 KB in each of many cells. A page opens it, edits
a cell, runs one on a null kernel and saves; then the server gets SIGKILL with an edit that is not saved, and the next
start is asked what it shows. Beside each step: the slowest answer that another client got meanwhile to a small request,
and the resident set of the server. The page reads what it is sent and looks only for what it waits for.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import platform
import random
import signal
import sys
import tempfile
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench import null_kernel
from bench.pinger import Pinger, pinging
from bench.serving import ROOT, TOKEN, Serving, serving

T = TypeVar("T")

IMAGE_BYTES = 750_000  # a megabyte in base64
TEXT_LINES = 500
LIMIT_SECONDS = 120.0


class Page:
    """One view of the notebook."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._seq = 0

    async def until(self, wanted: bytes) -> int:
        """Read until a message holds this; how long that message was."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                message = str(await self._socket.read_message() or "").encode()
                if wanted in message:
                    return len(message)

    async def edit(self, source: str) -> None:
        """Another text in the first cell, acknowledged."""
        self._seq += 1
        edit = {"op": "set_source", "cell": "c0", "source": source}
        await self.say({"type": "edit", "seq": self._seq, "edits": [edit]})
        await self.until(b'"ack":%d' % self._seq)

    async def save(self) -> None:
        """Saved when it returns."""
        await self.say({"type": "save", "seq": 1000 + self._seq})
        await self.until(b'"type":"saved"')

    async def run(self) -> None:
        """The first cell has printed."""
        await self.say({"type": "run", "cells": ["c0"]})
        await self.until(b"append_output")

    async def say(self, message: object) -> None:
        """Say it."""
        await self._socket.write_message(json.dumps(message))

    def close(self) -> None:
        """Go away."""
        self._socket.close()


def main() -> int:
    """Measure and print; 1 when something was lost."""
    parser = argparse.ArgumentParser("bench.large")
    parser.add_argument("--megabytes", type=int, default=100)
    megabytes = parser.parse_args().megabytes
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="b") as name:
        folder = Path(name)
        null_kernel.install(null_kernel.build(ROOT / ".cache" / "bench"), folder / "data")
        (folder / "adrastea").mkdir()
        (folder / "adrastea" / "settings.toml").write_text("autosave_seconds = 3600.0\n", encoding="ascii")
        size = write(folder / "n.ipynb", megabytes)
        print(f"a notebook of {size / 1e6:.0f} MB")
        with serving(folder) as server:
            asyncio.run(used(server))
            os.kill(server.pid, signal.SIGKILL)
        with serving(folder) as server:
            return asyncio.run(recovered(server))


def write(file: Path, megabytes: int) -> int:
    """The notebook; its size."""
    chance = random.Random(1)  # noqa: S311 -- content, no secret
    cells: list[dict[str, object]] = []
    size = 0
    while size < megabytes * 1_000_000:
        image = base64.b64encode(chance.randbytes(IMAGE_BYTES)).decode()
        shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": image}}
        lines = [f"{chance.random()} {'x' * 80}\n" for _ in range(TEXT_LINES)]
        printed = {"output_type": "stream", "name": "stdout", "text": lines}
        for outputs in ([shown], *([printed],) * 20):
            cells.append(
                {
                    "id": f"c{len(cells)}",
                    "cell_type": "code",
                    "source": [f"x = {len(cells)}\n", "print(x)"],
                    "metadata": {},
                    "outputs": outputs,
                    "execution_count": 1,
                }
            )
        size += len(image) + 20 * sum(map(len, lines))
    spec = {"kernelspec": {"name": null_kernel.NAME, "display_name": "Null"}}
    notebook = {"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    return file.stat().st_size


async def used(server: Serving) -> None:
    """Open, edit, run, save, and edit once more."""
    body = {"path": "n.ipynb", "name": "n.ipynb", "type": "notebook", "kernel": {"name": null_kernel.NAME}}
    with pinging(server) as pinger:
        print(f"{'nothing yet':34} others wait {pinger.slowest():6.0f} ms, RSS {server.resident_mib():5.0f} MiB")
        page = await step("opened", server, pinger, opened(server))
        await step("opened by a second page", server, pinger, opened_and_closed(server))
        await step("an edit, acknowledged", server, pinger, page.edit("first"))
        await asyncio.to_thread(server.ask, "api/sessions", body)
        pinger.slowest()
        await step("a run, until it has printed", server, pinger, page.run())
        await step("saved", server, pinger, page.save())
        await step("five seconds of nothing", server, pinger, asyncio.sleep(5.0))
        await page.edit("second")
        await step("saved again", server, pinger, page.save())
        await step("five seconds of nothing", server, pinger, asyncio.sleep(5.0))
        await step("an edit that is not saved", server, pinger, page.edit("unsaved"))


async def recovered(server: Serving) -> int:
    """What the next start shows."""
    with pinging(server) as pinger:
        socket = await connected(server)
        await step("opened after a crash", server, pinger, Page(socket).until(b'"source":"unsaved"'))
    return 0


async def step(what: str, server: Serving, pinger: Pinger, work: Coroutine[object, object, T]) -> T:
    """One line."""
    began = time.perf_counter()
    result = await work
    seconds = time.perf_counter() - began
    slowest = await asyncio.to_thread(pinger.slowest)
    print(f"{what:28} {1e3 * seconds:6.0f} ms, others wait {slowest:6.0f} ms, ", end="")
    print(f"RSS {server.resident_mib():5.0f} MiB", flush=True)
    return result


async def connected(server: Serving) -> WebSocketClientConnection:
    """A socket of the notebook."""
    address = f"ws://127.0.0.1:{server.port}/api/documents/socket?path=n.ipynb&token={TOKEN}"
    return await websocket_connect(address, max_message_size=1 << 30)


async def opened(server: Serving) -> Page:
    """A page that has been sent all of it."""
    page = Page(await connected(server))
    await page.until(b'"type":"snapshot"')
    return page


async def opened_and_closed(server: Serving) -> None:
    """Another one."""
    (await opened(server)).close()


if __name__ == "__main__":
    sys.exit(main())
