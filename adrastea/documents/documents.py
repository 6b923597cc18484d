"""The open notebooks of the program: one document for each path, and the threads in which they read and write.

Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from adrastea.documents.disk import disk
from adrastea.documents.file_watch import FileWatch
from adrastea.documents.folders import System
from adrastea.documents.journal import Journal, Journals, Leftovers, left
from adrastea.documents.signatures import Signatures
from adrastea.documents.spool import Spool
from adrastea.documents.turns import heard
from adrastea.errors import AppError, Forbidden

if TYPE_CHECKING:
    from adrastea.documents.document import Document

log = logging.getLogger(__name__)


class Documents:
    """The open documents, one for each path (relative to `root`, `/` between folders)."""

    def __init__(
        self,
        root: Path,
        journals: Journals,
        spool: Spool,
        autosave_seconds: float = 1.0,
        watch: System | None = None,
        signatures: Signatures | None = None,
    ) -> None:
        """`watch` is how the system tells of files that others write; None: they are looked at when a view asks.

        `signatures` is the list of those that the user trusts; None: trust lasts as long as a notebook is open.
        """
        self._root = root
        self._journals = journals
        self.spool = spool
        self._autosave_seconds = autosave_seconds
        self._disk = disk(spool)
        self.signatures = signatures
        self._watch = FileWatch(self._disk.files.pool, watch)
        self._open: dict[str, Document] = {}
        self._opening: dict[str, asyncio.Task[Document]] = {}
        self._closing: dict[str, asyncio.Task[None]] = {}

    async def open(self, path: str) -> Document:
        """The document of a path, read from the disk if it is not open yet.

        Raises:
            NotFound, Forbidden, StorageFailed: it cannot be read.
            InvalidNotebook: it is not a notebook.
        """
        path = _normal(path)
        while path in self._closing:
            await asyncio.wait([self._closing[path]])
        if path in self._open:
            return self._open[path]
        if path not in self._opening:
            self._opening[path] = asyncio.get_running_loop().create_task(self._load(path))
            self._opening[path].add_done_callback(heard)
        return await asyncio.shield(self._opening[path])

    def get(self, path: str) -> Document | None:
        """The document of a path if it is open."""
        return self._open.get(_normal(path))

    def all(self) -> tuple[Document, ...]:
        """All open documents."""
        return tuple(self._open.values())

    async def check(self) -> None:
        """Look for changes from outside in all open documents; what cannot be looked at is let be."""
        await asyncio.gather(*(document.check() for document in self.all()), return_exceptions=True)

    def tidy(self) -> None:
        """Let go of what nobody has seen for long. Returns at once; for the start of the program."""
        if self.spool.is_there():
            self._disk.spool.submit(self.spool.collect)

    async def close(self, document: Document) -> None:
        """Save a document and forget it. One that cannot be saved, or that somebody watches again, stays open."""
        path = document.path
        if self._open.get(path) is document and path not in self._closing:
            self._closing[path] = asyncio.get_running_loop().create_task(self._close(path, document))
        if path in self._closing:
            await asyncio.shield(self._closing[path])

    async def close_all(self) -> None:
        """Save all documents and end the threads. Those that cannot be saved are logged; the next start has them."""
        await asyncio.gather(*(document.close() for document in self.all()), return_exceptions=True)
        for document in self.all():
            if document.is_unsaved:
                log.error("%s could not be saved: %s", document.path, document.status.message)
        await asyncio.gather(*(document.end() for document in self.all()))
        self._open.clear()
        await self._watch.close()
        self._disk.close()
        self._journals.close()

    async def renamed(self, old: str, new: str) -> None:
        """A file or a folder has another name: so have the documents in it."""
        old, new = _normal(old), _normal(new)
        for path, document in list(self._open.items()):
            if path == old or path.startswith(f"{old}/"):
                moved = new + path[len(old) :]
                self._open[moved] = self._open.pop(path)
                self._watch.remove(document.file)
                document.move(moved, self._root / moved)
                self._watch.add(document.file, document.look)

    async def _load(self, path: str) -> Document:
        from adrastea.documents import opened  # with the first notebook
        from adrastea.documents.document import Document

        file = self._root / path
        try:
            reading = partial(opened.read, file, self._left_of)
            found = await asyncio.get_running_loop().run_in_executor(self._disk.files.pool, reading)
            journal = Journal(self._journals, found.place, found.base)
            document = Document(path, file, found, journal, self._disk, self._autosave_seconds, self.signatures)
            self._open[path] = document
            self._watch.add(file, document.look)
        finally:
            del self._opening[path]
        return document

    def _left_of(self, place: Path) -> Leftovers:
        """What crashes left of this file. Blocks; a `disk` thread, so that a long journal holds up no other."""
        return left(self._disk.journals.submit(self._journals.find, place).result())

    async def _close(self, path: str, document: Document) -> None:
        try:
            await document.close()
        except AppError as error:
            log.warning("%s stays open: %s", path, error)
        finally:
            del self._closing[path]
        if document.is_closed:
            self._open = {key: other for key, other in self._open.items() if other is not document}
            self._watch.remove(document.file)
            self._disk.spool.submit(self.spool.collect)


def _normal(path: str) -> str:
    parts = PurePosixPath(path.strip("/")).parts
    if ".." in parts or not parts:
        raise Forbidden("The path leads out of the workspace.")
    return "/".join(parts)
