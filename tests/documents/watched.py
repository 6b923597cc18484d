"""Open notebooks for tests, and a view of them that remembers what it was told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from adrastea.documents import ipynb
from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import Edit
from adrastea.documents.folders import System
from adrastea.documents.journal import Journals
from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.documents.signatures import Signatures
from adrastea.documents.spool import Spool
from adrastea.documents.status import Restored, Status

A = CellId("a")
LIMIT_SECONDS = 20.0  # nothing is decided by it: only a test that fails waits so long
SOON = 0.01
NEVER = 3600.0


class View:
    """A listener that remembers."""

    def __init__(self, document: Document) -> None:
        self.edits: list[Edit] = []
        self.origins: list[object | None] = []
        self.states: list[str] = []
        self.paths: list[str] = []
        self.restored: list[Restored | None] = []
        self._document = document
        self._restored, self._combined = document.status.restored, document.status.combined
        self._news = asyncio.Event()
        self.leave = document.subscribe(self)

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        self.edits.extend(edits)
        self.origins.append(origin)
        self._news.set()

    def on_status(self, status: Status) -> None:
        if status.combined is not self._combined:
            self._combined = status.combined
        elif status.restored is not self._restored:
            self._restored = status.restored
            self.restored.append(status.restored)
        else:
            self.states.append(status.state)
        self._news.set()

    def on_renamed(self, path: str) -> None:
        self.paths.append(path)

    def shown(self) -> list[str | None]:
        """Which versions were told to be shown; None when the user has chosen."""
        return [None if restored is None else restored.shown for restored in self.restored]

    async def until(self, *states: str) -> None:
        """Wait until these are the states that were told."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while tuple(self.states) != states:
                self._news.clear()
                await self._news.wait()

    async def until_last(self, state: str) -> None:
        """Wait until this is the state."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while self.states[-1:] != [state]:
                self._news.clear()
                await self._news.wait()

    async def until_source(self, source: str) -> None:
        """Wait until the first cell has this text."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while self._document.notebook.cells[0].source != source:
                self._news.clear()
                await self._news.wait()


def with_documents(
    root: Path,
    main: Callable[[Documents], Coroutine[object, object, None]],
    autosave_seconds: float = NEVER,
    journals: Path | None = None,
    watch: System | None = None,
    signatures: Signatures | None = None,
) -> None:
    async def run() -> None:
        kept, spool = Journals([journals or root / ".journals"]), Spool(root / ".spool", 10**9)
        documents = Documents(root, kept, spool, autosave_seconds, watch, signatures)
        try:
            await main(documents)
        finally:
            await documents.close_all()

    asyncio.run(run())


def with_document(
    file: Path, main: Callable[[Document, View], Coroutine[object, object, None]], autosave_seconds: float = NEVER
) -> None:
    async def run(documents: Documents) -> None:
        document = await documents.open(file.name)
        await main(document, View(document))

    with_documents(file.parent, run, autosave_seconds)


def source_in(file: Path) -> str:
    return ipynb.decode(file.read_bytes())[0].cells[0].source


def identity(file: Path) -> tuple[int, int]:
    return file.stat().st_ino, file.stat().st_mtime_ns


def read(file: Path) -> bytes:
    return file.read_bytes()


def write_bytes(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def remove(file: Path) -> None:
    file.unlink()


def rename(file: Path, target: Path) -> None:
    file.rename(target)


def write(file: Path, *texts: str) -> None:
    """Cells with these texts: `a`, `a1`, `a2`, …"""
    cells = [Cell(CellId(f"a{place or ''}"), "code", text) for place, text in enumerate(texts)]
    file.write_bytes(ipynb.encode(Notebook(tuple(cells)), ipynb.Formatting()))


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


def sources_in(file: Path) -> list[str]:
    return sources(ipynb.decode(file.read_bytes())[0])
