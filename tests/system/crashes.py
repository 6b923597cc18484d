"""The program, killed while somebody works: what it had acknowledged, and what is there afterwards."""

from __future__ import annotations

import asyncio
import json
import random
import signal
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tornado.websocket import WebSocketClosedError

from adrastea.documents.edits import InsertCell, SetSource
from adrastea.documents.notebook import Cell as NotebookCell
from adrastea.documents.notebook import CellId
from tests.server.page import Page, opened_at
from tests.system.document import Cell, write
from tests.system.program import Program, ask, program

PATH = "n.ipynb"
FIRST = CellId("first")
TALKS = "talks"
TALK = "import itertools, time\nfor n in itertools.count():\n    print(n)\n    time.sleep(0.002)"


@dataclass(frozen=True, slots=True)
class Work:
    """What a page had done when the program was killed."""

    acknowledged: int
    """The last of the numbers that were typed into the first cell, of which the server had said that it has it."""
    sent: int
    """The last one of all."""
    shown: str = ""
    """What the running cell had shown to the page."""
    sure: str = ""
    """What it had shown when an edit was acknowledged last: that is behind it in the journal."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the next start shows."""

    number: int
    """In the first cell."""
    shown: str
    """By the cell that ran."""
    cells: int
    restored: bool
    state: str
    """How notebook and file stand to each other."""


@contextmanager
def served(home: Path, root: Path, autosave_seconds: float) -> Generator[tuple[Program, str]]:
    """The program and its address. What it remembers of earlier runs is in `home`."""
    config = home / "config" / "adrastea"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text(f"autosave_seconds = {autosave_seconds}\nwarm_kernels = false\n")
    with program(home, "serve", str(root), "--token", "T") as running:
        yield running, running.url()


def notebook(root: Path) -> Path:
    """A notebook whose first cell holds the number 0."""
    return write(root, PATH, Cell(FIRST, "0"), Cell(TALKS, TALK))


async def ran_until_killed(running: Program, url: str, number: int, seconds: float) -> Work:
    """The same, while a cell prints."""
    async with opened_at(*place(url), PATH) as page:
        body = {"path": PATH, "type": "notebook", "kernel": {"name": "python3"}}
        await asyncio.get_running_loop().run_in_executor(None, ask, url, "/api/sessions", "POST", body)
        await page.run(TALKS)
        await page.hear(lambda said: said["type"] == "run" and said["running"] == TALKS)
        await page.hear(lambda _: page.text(TALKS).startswith("0\n"))
        return await _worked(page, running, number, seconds)


async def worked_until_killed(running: Program, url: str, number: int, seconds: float) -> Work:
    """Type numbers and add cells, as fast as they are acknowledged, until the program is killed in the midst of it."""
    async with opened_at(*place(url), PATH) as page:
        return await _worked(page, running, number, seconds)


async def _worked(page: Page, running: Program, number: int, seconds: float) -> Work:
    asyncio.get_running_loop().call_later(seconds, running.popen.send_signal, signal.SIGKILL)
    work = Work(number, number)
    try:
        while True:
            number = work.sent + 1
            work = replace(work, sent=number)
            cell = NotebookCell(CellId(f"c{number}"), "code", f"x = {number}")
            more = (InsertCell(FIRST, cell),) if number % 5 == 0 else ()
            await page.hear_ack(await page.edit(SetSource(FIRST, str(number)), *more))
            work = Work(number, number, "", page.text(TALKS))
    except (EOFError, WebSocketClosedError):
        return replace(work, shown=page.text(TALKS))


async def found(url: str) -> Found:
    """What the next start shows to a page that opens the notebook."""
    async with opened_at(*place(url), PATH) as page:
        return Found(
            int(page.source(FIRST) or "-1"), page.text(TALKS), len(page.notebook.cells), was_restored(page), state(page)
        )


def was_restored(page: Page) -> bool:
    """Whether the page is told that a crash left something."""
    document = page.said[0]["document"]
    assert isinstance(document, dict)
    return document["restored"] is not None


def state(page: Page) -> str:
    """How notebook and file stood to each other when the page opened."""
    document = page.said[0]["document"]
    assert isinstance(document, dict)
    return str(document["state"])


def on_disk(file: Path) -> int:
    """The number in the file, which must be a whole notebook at any time."""
    return int("".join(json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"]))


def place(url: str) -> tuple[str, str]:
    """Where `opened_at` finds the server, and its token."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}", parse_qs(parts.query)["token"][0]


def moments(count: int, most_seconds: float, seed: int) -> list[float]:
    """When to kill."""
    chance = random.Random(seed)
    return [chance.uniform(0.0, most_seconds) for _ in range(count)]
