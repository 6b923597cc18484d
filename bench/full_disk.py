"""What is lost on a disk that really fills up: a small tmpfs, filled to the last byte while a page edits.

Run it with `python -m bench.full_disk` from the root of the repository, as root on Linux: it mounts a tmpfs of its
own and takes it away again. On it lies the notebook, or the state folder, or both. Each time a page edits; then the
disk is filled up, and it goes on editing. Once the program is killed in that state and the next start, on the disk
that is still full, is asked what it shows; once room is made, and how long it takes until the notebook is saved by
itself, without another edit. Counted are files that are no whole notebook, and acknowledged edits that are nowhere.
Where every disk is full, and only there, a program that is killed takes with it what it had in its memory alone, and
has said so all the time.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adrastea.documents.edits import InsertCell, SetSource
from adrastea.documents.notebook import Cell, CellId
from tests.server.page import Page, opened_at
from tests.system.crashes import FIRST, found, notebook, on_disk, place, served

MEGABYTES = 2
EDITS_BEFORE = 20
EDITS_AFTER = 60
CELL = "x" * 4_000
AUTOSAVE_SECONDS = 0.05
FILLER = "filler"
QUIET_SECONDS = 2.0  # before room is made, so that it is not the next save of an edit that finds it
LIMIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """What lies on the small disk."""

    title: str
    mounted: str
    """Below the folder of the run."""


PLACES = (
    Place("the notebook's folder is full", "root"),
    Place("the state folder is full", "home/state"),
    Place("both are full", "."),
)


@dataclass
class Work:
    """How far a page has come."""

    acknowledged: int = 0
    state: str = ""
    message: str = ""


def main() -> int:
    """Fill and count; 1 when something was lost that should not be."""
    if platform.system() != "Linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        print("This needs Linux, and root: it mounts a small disk of its own. Nothing was measured.")
        return 2
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, a tmpfs of {MEGABYTES} MB", flush=True)
    wrong = 0
    for where in PLACES:
        wrong += killed(where) + freed(where)
    return 1 if wrong else 0


def killed(where: Place) -> int:
    """`kill -9` while the disk is full; how much went wrong."""
    with run(where) as (home, root, disk):
        file = notebook(root)
        with served(home, root, AUTOSAVE_SECONDS) as (running, url):
            work = asyncio.run(worked(url, disk))
            running.popen.send_signal(signal.SIGKILL)
        torn = is_torn(file)
        with served(home, root, AUTOSAVE_SECONDS) as (running, url):
            shown = asyncio.run(found(url))
            running.popen.send_signal(signal.SIGKILL)
    lost = work.acknowledged - shown.number
    print(
        f"{where.title}, killed: {work.acknowledged} edits acknowledged, then {work.state} {work.message!r};", end=" "
    )
    print(f"the next start, on the full disk, shows {shown.number}, file {'TORN' if torn else 'whole'}", flush=True)
    return torn + (lost > 0 and where.mounted != ".")


def freed(where: Place) -> int:
    """Room is made; how much went wrong."""
    with run(where) as (home, root, disk):
        file = notebook(root)
        with served(home, root, AUTOSAVE_SECONDS) as (running, url):
            seconds, work = asyncio.run(worked_and_freed(url, disk))
            running.end()
        torn = is_torn(file)
        number = 0 if torn else on_disk(file)
    lost = work.acknowledged - number
    print(f"{where.title}, room is made: saved by itself after {seconds:.1f} s; ", end="")
    print(f"{lost} of {work.acknowledged} edits lost, file {'TORN' if torn else 'whole'}", flush=True)
    return torn + (lost > 0)


@contextmanager
def run(where: Place) -> Generator[tuple[Path, Path, Path]]:
    """Folders for one program, one of them a small disk."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        disk = base / where.mounted
        disk.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(disk)], check=True)
        try:
            home, root = base / "home", base / "root"
            home.mkdir(exist_ok=True)
            root.mkdir(exist_ok=True)
            yield home, root, disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


async def worked(url: str, disk: Path) -> Work:
    """Edit, fill the disk, edit on; a page that is told how it stands."""
    async with opened_at(*place(url), "n.ipynb") as page:
        return await worked_on(page, disk)


async def worked_and_freed(url: str, disk: Path) -> tuple[float, Work]:
    """The same, and make room; seconds until it is saved."""
    async with opened_at(*place(url), "n.ipynb") as page:
        work = await worked_on(page, disk)
        await asyncio.sleep(QUIET_SECONDS)
        (disk / FILLER).unlink()
        began = time.monotonic()
        async with asyncio.timeout(LIMIT_SECONDS):
            while state(page)[0] != "saved":
                await page.hear_type("document")
        return time.monotonic() - began, work


async def worked_on(page: Page, disk: Path) -> Work:
    """Edits before and after the disk is full, each acknowledged."""
    work = Work()
    for number in range(1, EDITS_BEFORE + EDITS_AFTER + 1):
        if number == EDITS_BEFORE:
            fill(disk)
        cell = Cell(CellId(f"c{number}"), "code", CELL)
        await page.hear_ack(await page.edit(SetSource(FIRST, str(number)), InsertCell(FIRST, cell)))
        work.acknowledged = number
    async with asyncio.timeout(LIMIT_SECONDS):
        while state(page)[0] in {"unsaved", "saving"}:
            await page.hear_type("document")
    work.state, work.message = state(page)
    return work


def state(page: Page) -> tuple[str, str]:
    """What the page was told last of the document, and the sentence with it."""
    for said in reversed(page.said):
        document = said["document"] if said["type"] == "snapshot" else said
        if said["type"] in {"snapshot", "document"} and isinstance(document, dict):
            return str(document["state"]), str(document["message"])
    return "", ""


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / FILLER).open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def is_torn(file: Path) -> bool:
    """Whether it is no whole notebook."""
    try:
        on_disk(file)
    except (json.JSONDecodeError, OSError, LookupError):
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
