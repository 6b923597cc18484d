"""What one notebook costs the user of another: a large one that is saved without a pause, or one on a slow disk.

Run it with `python -m bench.neighbours` from the root of the repository; `--seconds` says how long each load lasts
(10), `--megabytes` how large the large one is (100), `--disk` by how much each sync, look and opening of the slow disk
takes longer (1 s; `slow_disk.c`, loaded into the server). A page edits a small notebook 20 times a second and waits for
each acknowledgement; another small one is edited and saved, and small ones that nobody has opened yet are opened, one
each half second. Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tornado.websocket import websocket_connect

from bench.comparison.figures import percentile
from bench.large import Page, write
from bench.serving import ROOT, TOKEN, Serving, serving

EDITS_PER_SECOND = 20
PAUSE_SECONDS = 0.5
QUIET_SECONDS = 5.0
SAVING = "saving"
SOURCE = Path(__file__).with_name("slow_disk.c")


@dataclass
class Waits:
    """How long it took, in milliseconds."""

    acknowledged: list[float] = field(default_factory=list[float])
    saved: list[float] = field(default_factory=list[float])
    opened: list[float] = field(default_factory=list[float])

    def __str__(self) -> str:
        """One line."""
        waits = {"an edit acknowledged": self.acknowledged, "saved": self.saved, "opened": self.opened}
        return "; ".join(f"{what} {shown(milliseconds)}" for what, milliseconds in waits.items())


def shown(waits: list[float]) -> str:
    """Middle, the 99th of a hundred, the longest, and how many."""
    if not waits:
        return "never"
    return f"{percentile(waits, 0.5):.1f}, {percentile(waits, 0.99):.1f}, {max(waits):.1f} ms ({len(waits)})"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.neighbours")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--disk", type=float, default=1.0)
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}; middle, p99, longest", flush=True)
    with tempfile.TemporaryDirectory(prefix="b") as name:
        folder = Path(name)
        (folder / "adrastea").mkdir()
        (folder / "adrastea" / "settings.toml").write_text("autosave_seconds = 3600.0\n", encoding="ascii")
        (folder / "slow").mkdir()
        write(folder / "large.ipynb", options.megabytes)
        for small in ("edited.ipynb", "saved.ipynb", "slow/n.ipynb", *(f"{number}.ipynb" for number in range(1000))):
            write_small(folder / small)
        slow(folder, options.disk)
        with serving(folder) as server:
            asyncio.run(measured(server, options.seconds))
    return 0


def write_small(file: Path) -> None:
    """A notebook of one cell."""
    cell: dict[str, object] = {"id": "c0", "cell_type": "markdown", "source": "1", "metadata": {}}
    notebook: dict[str, object] = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook), encoding="ascii")


def slow(folder: Path, seconds: float) -> None:
    """Programs that are started from now on find the disk below `slow` slow."""
    library = ROOT / ".cache" / "bench" / "slow_disk.so"
    library.parent.mkdir(parents=True, exist_ok=True)
    compiler = os.environ.get("CC") or shutil.which("cc") or "gcc"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    os.environ.update(LD_PRELOAD=str(library), SLOW_DISK=str(folder / "slow"), SLOW_DISK_SECONDS=str(seconds))


async def measured(server: Serving, seconds: float) -> None:
    """Each load, one line."""
    fresh = (f"{number}.ipynb" for number in range(1000))
    edited, saved = await opened(server.port, "edited.ipynb"), await opened(server.port, "saved.ipynb")

    async def beside(what: str) -> None:
        waits, until = Waits(), time.perf_counter() + seconds
        users = (editing(edited, waits, until), saving(saved, waits, until), opening(server, fresh, waits, until))
        await asyncio.gather(*users)
        print(f"beside {what}: {waits}; RSS {server.resident_mib():.0f} MiB", flush=True)

    await beside("nothing")
    with saved_by_another(server, "slow/n.ipynb"):
        await beside("one on a slow disk that is saved")
    with saved_by_another(server, "large.ipynb"):
        await beside("a large one that is saved")
    await asyncio.sleep(QUIET_SECONDS)
    await beside("a large one that was saved")


async def opened(port: int, path: str) -> Page:
    """A page that has been sent this notebook."""
    address = f"ws://127.0.0.1:{port}/api/documents/socket?path={path}&token={TOKEN}"
    page = Page(await websocket_connect(address, max_message_size=1 << 30))
    await page.until(b'"type":"snapshot"')
    return page


async def editing(page: Page, waits: Waits, until: float) -> None:
    """As a person who types, without a pause."""
    while (began := time.perf_counter()) < until:
        await page.edit(f"x = {began}")
        waits.acknowledged.append(1e3 * (time.perf_counter() - began))
        await asyncio.sleep(max(0.0, 1 / EDITS_PER_SECOND - (time.perf_counter() - began)))


async def saving(page: Page, waits: Waits, until: float) -> None:
    """An edit, and its save."""
    while time.perf_counter() < until:
        await page.edit(f"y = {time.perf_counter()}")
        began = time.perf_counter()
        await page.save()
        waits.saved.append(1e3 * (time.perf_counter() - began))
        await asyncio.sleep(PAUSE_SECONDS)


async def opening(server: Serving, fresh: Iterator[str], waits: Waits, until: float) -> None:
    """A notebook that nobody has opened yet."""
    while (began := time.perf_counter()) < until:
        page = await opened(server.port, next(fresh))
        waits.opened.append(1e3 * (time.perf_counter() - began))
        page.close()
        await asyncio.sleep(PAUSE_SECONDS)


@contextmanager
def saved_by_another(server: Serving, path: str) -> Generator[None]:
    """A process of its own edits and saves this, again and again: what that costs it is not in the figures."""
    command = [sys.executable, "-m", "bench.neighbours", SAVING, str(server.port), path]
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as popen:
        try:
            if popen.stdout is not None:
                popen.stdout.readline()  # it has opened it
            yield
        finally:
            popen.terminate()


async def save_for_ever(port: int, path: str) -> None:
    """What that process does."""
    page = await opened(port, path)
    print("opened", flush=True)
    while True:
        await page.edit(f"z = {time.perf_counter()}")
        await page.save()


if __name__ == "__main__":
    if sys.argv[1:2] == [SAVING]:
        asyncio.run(save_for_ever(int(sys.argv[2]), sys.argv[3]))
    sys.exit(main())
