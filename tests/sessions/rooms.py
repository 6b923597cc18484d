"""Real documents, real kernels (the fake one of tests/fakes/kernel.py) and the sessions above them, in one loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from adrastea.documents.documents import Documents
from adrastea.documents.edits import Edit
from adrastea.documents.journal import Journals
from adrastea.documents.notebook import CellId, ErrorOutput, JsonObject, JsonValue, Stream
from adrastea.documents.spool import Spool
from adrastea.documents.status import Status
from adrastea.kernels.adoption import Records
from adrastea.kernels.channels_pyzmq import PyzmqTransport
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpecs
from adrastea.kernels.starting import NewProcess
from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus
from adrastea.sessions.session import KernelStatus, Session
from adrastea.sessions.sessions import Sessions
from tests.fakes import kernelspecs

LIMIT_SECONDS = 30.0


class Watcher:
    """A view: it remembers what it is told, and waits for what it should be told."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.kernels: list[KernelStatus] = []
        self.runs: list[RunStatus] = []
        self.finished: list[Finished] = []
        self.waiting: list[InputRequest | None] = []
        self._told = asyncio.Event()
        self._ends = [session.subscribe(self)]
        if session.document is not None:
            self._ends.append(session.document.subscribe(self))

    def leave(self) -> None:
        """Hear no more."""
        for end in self._ends:
            end()

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        self._told.set()

    def on_status(self, status: Status) -> None:
        self._told.set()

    def on_renamed(self, path: str) -> None:
        self._told.set()

    def on_kernel(self, status: KernelStatus) -> None:
        self.kernels.append(status)
        self._told.set()

    def on_run(self, status: RunStatus) -> None:
        self.runs.append(status)
        self._told.set()

    def on_finished(self, finished: Finished) -> None:
        self.finished.append(finished)
        self._told.set()

    def on_input(self, waiting: InputRequest | None) -> None:
        self.waiting.append(waiting)
        self._told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what has been told fulfils the condition."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()

    async def until_finished(self, count: int) -> None:
        """Wait until that many cells have come to their end."""
        await self.until(lambda: len(self.finished) >= count)

    async def until_state(self, state: str) -> None:
        """Wait until the kernel is told to be in a state."""
        await self.until(lambda: bool(self.kernels) and self.kernels[-1].state == state)

    async def until_text(self, cell: str, printed: str) -> None:
        """Wait until a cell shows this text."""
        await self.until(lambda: text(self._session, cell) == printed)

    def states(self) -> list[str]:
        """What was told about the kernel, repetitions left out."""
        told = [status.state for status in self.kernels]
        return [state for at, state in enumerate(told) if at == 0 or told[at - 1] != state]

    def statuses(self) -> list[tuple[str, str]]:
        """How cells have ended, in order."""
        return [(finished.cell, finished.status) for finished in self.finished]


class Rooms:
    """What `rooms` opens."""

    def __init__(self, folder: Path, specs: KernelSpecs, server: tuple[int, str] | None = None) -> None:
        """`server`: as which program kernels are written down."""
        self.root = folder / "root"
        self.root.mkdir(exist_ok=True)
        records = Records(folder / "records", self.root, server)
        self.documents = Documents(self.root, Journals([folder / "journals"]), Spool(folder / "spool", 10**9), 0.01)
        starter = NewProcess(folder / "run", parent=records.parent)
        self.kernels = Kernels(specs, starter, PyzmqTransport(), records=records)
        self.sessions = Sessions(self.documents, self.kernels, self.root, "fake")

    async def close(self, *, keep: bool = False) -> None:
        """Close all in order; `keep`: all but the kernels."""
        await self.kernels.close(lambda _: keep)
        await self.sessions.close()
        await self.documents.close_all()

    def write(self, path: str, *sources: str, metadata: JsonObject | None = None) -> None:
        """A notebook whose cells `a`, `b`, … hold these sources."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        empty: JsonObject = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        cells: list[JsonValue] = [{**empty, "id": chr(97 + at), "source": source} for at, source in enumerate(sources)]
        notebook: JsonObject = {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}
        file.write_text(json.dumps(notebook), encoding="utf-8")

    def on_disk(self, path: str) -> str:
        """The notebook's file."""
        return (self.root / path).read_text(encoding="utf-8")

    async def running(self, path: str = "n.ipynb") -> tuple[Session, Watcher]:
        """The session of a notebook with an open kernel, and a view of it."""
        session = await self.sessions.open(path)
        watcher = Watcher(session)
        await self.sessions.start(path)
        await watcher.until_state("idle")
        return session, watcher


@asynccontextmanager
async def rooms(folder: Path, *options: str) -> AsyncGenerator[Rooms]:
    """Rooms whose kernel `fake` has these options; all is closed in order at the end."""
    opened = Rooms(folder, kernelspecs.install(folder, *options))
    try:
        yield opened
    finally:
        await opened.close()


def text(session: Session, cell: str) -> str:
    """What a cell has printed; of errors, their names."""
    notebook = session.notebook()
    found = None if notebook is None else notebook.cell(CellId(cell))
    assert found is not None
    shown = [
        output.text if isinstance(output, Stream) else output.ename if isinstance(output, ErrorOutput) else "?"
        for output in found.outputs
    ]
    return "".join(shown)


def ids(*cells: str) -> list[CellId]:
    """Cells by their names."""
    return [CellId(cell) for cell in cells]
