"""How many kernels are found again when the program is killed, with their variables and what ran in them.

Run it with `python -m bench.adoption [KILLS] [KERNELS]` from the root of the repository. Notebooks, one for each
kernel, set a variable; then a cell of each counts, printing ten times a second, while the program gets SIGKILL after up
to 0.4 s, again and again. Each time the next start is asked for its sessions, and each notebook whether its cell still
runs and prints. At the end the cells are interrupted, and each kernel is asked for its variable and its process.
Counted are kernels that were not found under the ids that they had, cells that did not go on, variables that were lost
and processes that are left when the last program has ended in order. Linux only.
"""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from tests.server.page import Page, opened_at
from tests.system.crashes import moments, place
from tests.system.document import Cell, running_cell, write
from tests.system.program import ask, program

KILLS = 20
KERNELS = 3
MOST_SECONDS = 0.4

SET = "import os, time; mine = os.getpid()"
COUNT = """
number = 0
while True:
    number += 1
    print(number, flush=True)
    time.sleep(0.1)
"""
LOOK = "print(mine == os.getpid(), number > 0)"


@dataclass
class Count:
    """What came of it."""

    looked_for: int = 0
    found: int = 0
    went_on: int = 0
    intact: int = 0
    slowest_seconds: float = 0.0


def main(arguments: Sequence[str]) -> int:
    """Kill and count; 1 when something was lost."""
    kills, kernels = [*map(int, arguments), *(KILLS, KERNELS)[len(arguments) :]]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {kills} kills, {kernels} kernels", flush=True)
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        home, root = Path(folder) / "home", Path(folder) / "root"
        root.mkdir()
        paths = [f"{number}.ipynb" for number in range(kernels)]
        for path in paths:
            write(root, path, Cell("set", SET), Cell("count", COUNT), Cell("look", LOOK))
        left = play(count, home, root, paths, kills)
    print(f"kernels adopted {count.found} of {count.looked_for}, cells that went on {count.went_on} of ", end="")
    print(f"{count.looked_for}, variables intact {count.intact} of {kernels}, processes left {left}; ", end="")
    print(f"slowest start {count.slowest_seconds:.2f} s")
    complete = count.found == count.went_on == count.looked_for and count.intact == kernels
    return 0 if complete and not left else 1


def play(count: Count, home: Path, root: Path, paths: Sequence[str], kills: int) -> int:
    """Start, kill and look, again and again; how many processes are left at the end."""
    with program(home, "serve", str(root)) as first:
        url = first.url()
        for path in paths:
            asyncio.run(running_cell(url, path, "set", ""))
            asyncio.run(running_cell(url, path, "count", "1\n"))
        before = sessions(url)
        first.end(signal.SIGKILL)
        for seconds in moments(kills - 1, MOST_SECONDS, seed=kills):
            with started(count, home, root, signal.SIGKILL) as url:
                look(count, url, paths, before)
                time.sleep(seconds)
        with started(count, home, root, signal.SIGTERM) as url:
            look(count, url, paths, before)
            count.intact = sum(asyncio.run(intact(url, path)) for path in paths)
        return len(first.processes())


@contextmanager
def started(count: Count, home: Path, root: Path, end: signal.Signals) -> Generator[str]:
    """The next start, which this signal ends; its address."""
    began = time.monotonic()
    with program(home, "serve", str(root)) as running:
        url = running.url()
        count.slowest_seconds = max(count.slowest_seconds, time.monotonic() - began)
        yield url
        running.end(end)


def look(count: Count, url: str, paths: Sequence[str], before: set[tuple[object, ...]]) -> None:
    """Which kernels have been found, and whether their cells go on."""
    count.looked_for += len(paths)
    count.found += len(sessions(url) & before)
    count.went_on += sum(asyncio.run(goes_on(url, path)) for path in paths)


def sessions(url: str) -> set[tuple[object, ...]]:
    """The ids and the paths of sessions and kernels."""
    found = cast("list[dict[str, object]]", ask(url, "/api/sessions").json())
    return {(one["id"], one["path"], cast("dict[str, object]", one["kernel"])["id"]) for one in found}


async def goes_on(url: str, path: str) -> bool:
    """Whether the cell is shown as running, and prints."""
    async with opened_at(*place(url), path) as page:
        if not is_running(page):
            return False
        text = page.text("count")
        await page.hear(lambda _: page.text("count") != text)
        return True


def is_running(page: Page) -> bool:
    """Whether a page that opened was told that the cell runs."""
    run = cast("dict[str, object]", page.said[0]["run"])
    return run["running"] == "count"


async def intact(url: str, path: str) -> bool:
    """Interrupt the cell; whether the kernel is the process that it was, and has its variables."""
    async with opened_at(*place(url), path) as page:
        kernel = next(kernel for _, where, kernel in sessions(url) if where == path)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, ask, url, f"/api/kernels/{kernel}/interrupt", "POST")
        await page.hear(lambda said: said["type"] == "finished" and said["cell"] == "count")
        await page.run("look")
        await page.hear(lambda said: said["type"] == "finished" and said["cell"] == "look")
        return page.text("look") == "True True\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
