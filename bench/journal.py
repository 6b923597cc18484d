"""What the journal costs: bytes and time for each pause in typing and for each output, and at the next start.

Run it with `python -m bench.journal` from the root of the repository. The parts of the program are called directly, on
files in a temporary folder: one edit of a cell of 40 lines, one line of output, each until it is written; 500 lines a
second for some seconds, until each is shown to a view, which is when it is written; then a notebook of 100 such cells
that is opened without and with a journal of 10 MB. In milliseconds: the median, the least and the most.
"""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from adrastea.documents import ipynb
from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import AppendOutput, Edit, SetSource
from adrastea.documents.journal import Journals
from adrastea.documents.notebook import Cell, CellId, Notebook, Stream
from adrastea.documents.spool import Spool
from adrastea.server.document_view import DocumentView
from adrastea.sessions.session import Session, SessionKey

TIMES = 200
OPENINGS = 15
LINES = 2_000
LINES_PER_SECOND = 500
JOURNAL_BYTES = 10_000_000
CELL = CellId("cell-0")
SOURCE = "\n".join(f"value_{number} = compute(value_{number - 1}, {number})" for number in range(40))
NEVER = 3600.0
_LINE = re.compile("<[0-9]+>")


def main() -> int:
    """Measure and print."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}")
    logging.disable(logging.WARNING)  # each start says that it found something
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(Path(folder)))
    return 0


async def measured(folder: Path) -> None:
    """All of it."""
    cells = tuple(Cell(CellId(f"cell-{number}"), "code", SOURCE) for number in range(100))
    (folder / "n.ipynb").write_bytes(ipynb.encode(Notebook(cells), ipynb.Formatting()))
    before = shutil.copytree(folder, folder.with_name(f"{folder.name}-before"))
    documents = Documents(folder, Journals([folder / "journals"]), Spool(folder / "spool", 0), NEVER)
    document = await documents.open("n.ipynb")
    await edited("a pause in typing", folder, document, lambda number: SetSource(CELL, f"{SOURCE}{number}"))
    await edited(
        "a line of output", folder, document, lambda number: AppendOutput(CELL, Stream("stdout", f"{number}\n"))
    )
    await printed(document)
    number = 0
    while written(folder) < JOURNAL_BYTES:
        number += 1
        document.apply([SetSource(CellId(f"cell-{number % 100}"), f"{SOURCE}{number}")])
        await document.written()
    await opened("opening, without a journal", before)
    await opened(f"opening, with a journal of {written(folder) / 1e6:.1f} MB", folder)
    await documents.close_all()
    shutil.rmtree(before)


async def edited(what: str, folder: Path, document: Document, edit: Callable[[int], Edit]) -> None:
    """Edits one by one, each awaited."""
    before = written(folder)

    times: list[float] = []
    for number in range(TIMES):
        began = time.perf_counter()
        document.apply([edit(number)])
        await document.written()
        times.append(1000 * (time.perf_counter() - began))
    show(what, times)
    print(f"    {(written(folder) - before) / TIMES:,.0f} bytes each")


async def printed(document: Document) -> None:
    """A cell prints lines at a steady rate: how long each takes to the view, and what all of them cost."""
    loop, printed_at, times, views = asyncio.get_running_loop(), dict[str, float](), list[float](), 0
    is_done = asyncio.Event()

    async def write(message: Sequence[bytes]) -> None:
        nonlocal views
        now, views = loop.time(), views + 1
        for line in _LINE.findall(b"".join(message).decode()):
            times.append(1000 * (now - printed_at.pop(line)))
        if len(times) == LINES:
            is_done.set()

    view = DocumentView(document, Session(SessionKey("s"), "n.ipynb", "notebook", "n"), write, is_done.set)
    began, spent = loop.time(), time.process_time()
    for number in range(LINES):
        await asyncio.sleep(began + number / LINES_PER_SECOND - loop.time())
        printed_at[f"<{number}>"] = loop.time()
        document.apply([AppendOutput(CellId("cell-1"), Stream("stdout", f"<{number}>\n"))])
    await is_done.wait()
    spent = time.process_time() - spent
    view.close()
    show("a line of output, to the page", times)
    print(f"    {1000 * spent / (loop.time() - began):.1f} ms of processor time a second, {views} messages")


async def opened(what: str, folder: Path) -> None:
    """The same notebook opened again and again, as the next start would."""
    times: list[float] = []
    for _ in range(OPENINGS):
        journals = Path(tempfile.mkdtemp())
        if (folder / "journals").is_dir():
            shutil.copytree(folder / "journals", journals, dirs_exist_ok=True)
        documents = Documents(folder, Journals([journals]), Spool(folder / "spool", 0), NEVER)
        began = time.perf_counter()
        await documents.open("n.ipynb")  # and not closed: closing would save what was restored
        times.append(1000 * (time.perf_counter() - began))
        shutil.rmtree(journals)
    show(what, times)


def written(folder: Path) -> int:
    """Bytes of all journals."""
    return sum(path.stat().st_size for path in folder.rglob("*.journal"))


def show(what: str, times: Sequence[float]) -> None:
    """One line."""
    print(f"{what:40} {statistics.median(times):7.2f} ms ({min(times):.2f} to {max(times):.2f})")


if __name__ == "__main__":
    sys.exit(main())
