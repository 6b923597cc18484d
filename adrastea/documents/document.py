"""The open notebooks: each one value that edits replace, told to its listeners in order, and saved by itself (D1, S3).

Every edit is in the journal at once (`journal_writer.py`), and so survives a crash: the next one who opens the notebook
has it again. How notebook and file stand to each other is drawn in `status.py`.

Server thread only. Reading and writing run in the `disk` pool of one thread, in order, while edits go on; a save holds
every edit made before it was asked for. A file that somebody else changed is taken over where nothing is unsaved.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from adrastea.documents import edits as editing
from adrastea.documents import notebook_file, opened
from adrastea.documents.autosave import Autosave
from adrastea.documents.disk import Disk, disk
from adrastea.documents.edits import Edit, ReplaceNotebook
from adrastea.documents.journal import Journal, Journals, Leftovers
from adrastea.documents.journal_writer import JournalWriter
from adrastea.documents.listeners import Listeners
from adrastea.documents.notebook import Notebook
from adrastea.documents.notebook_file import BeforeReplace, Loaded
from adrastea.documents.opened import Opened
from adrastea.documents.recovery import Recovered
from adrastea.documents.spool import Spool
from adrastea.documents.spooling import Spooling
from adrastea.documents.status import DocumentListener, Restored, Shown, State, Status
from adrastea.documents.store import Fingerprint
from adrastea.documents.turns import Turns, heard
from adrastea.errors import AppError, ChangedOnDisk, Forbidden

log = logging.getLogger(__name__)


class Document:
    """One open notebook. `Documents` makes them."""

    def __init__(
        self, path: str, file: Path, found: Opened, journal: Journal, disk: Disk, autosave_seconds: float
    ) -> None:
        loaded = found.loaded
        self.path = path
        self.notebook = loaded.notebook
        self.version = 0
        self.status = Status(writable=loaded.writable)
        self._file = file
        self._formatting = loaded.formatting
        self._fingerprint = found.base
        self._on_disk = loaded.notebook
        self._disk = disk.files
        self._journal = JournalWriter(journal, disk.journals, lambda: self.notebook)
        self._spooling = Spooling(disk.printed, disk.spool, lambda: self.notebook, self.apply)
        self._leftovers = found.leftovers
        self._versions: dict[Shown, Notebook] = {}  # both, while the user may choose
        self._autosave = Autosave(autosave_seconds, self._ask_for_save)
        self._listeners: Listeners[DocumentListener] = Listeners()
        self._turns = Turns()
        self._queued_save: asyncio.Task[None] | None = None
        self._closed = False
        if found.recovered is not None:
            self._restore(found.recovered, found.leftovers.at or datetime.now(UTC))

    @property
    def is_unsaved(self) -> bool:
        """Whether there are edits that no file holds."""
        return self.notebook is not self._on_disk

    @property
    def is_closed(self) -> bool:
        """Whether it is saved by itself no more."""
        return self._closed

    def subscribe(self, listener: DocumentListener) -> Callable[[], None]:
        """Tell `listener` from now on. Returns the function that ends it."""
        return self._listeners.add(listener)

    def apply(self, edits: Sequence[Edit], origin: object | None = None) -> None:
        """Apply edits in order and tell the listeners at once; those that change nothing are not told."""
        notebook = self.notebook
        effective: list[Edit] = []
        for asked in edits:
            edit = self._spooling.before(notebook, asked)
            after = editing.apply(notebook, edit)
            if after is not notebook:
                effective.append(edit)
                notebook = after
        if effective:
            self.notebook = notebook
            self.version += 1
            self._journal.add(effective)
            self._listeners.tell(lambda listener: listener.on_edits(effective, origin))
            self._on_change()

    async def written(self) -> None:
        """Return when the edits made so far survive a crash of the program, or no disk takes them."""
        await self._journal.written()

    def show(self, version: Shown) -> None:
        """Of what a crash left and what the file had held, let the notebook be this; the other one is kept."""
        restored = self.status.restored
        if restored is not None and restored.shown != version:
            self._versions[restored.shown] = self.notebook
            self.apply((ReplaceNotebook(self._versions[version]),))
            self._tell(replace(self.status, restored=replace(restored, shown=version)))

    def settle_restored(self) -> None:
        """The user has seen that something was restored, and has chosen."""
        self._versions.clear()
        self._tell(replace(self.status, restored=None))

    async def save(self) -> None:
        """Save all edits made so far. Returns when they are on the disk; nothing is written that is there already.

        Raises:
            ChangedOnDisk: somebody else changed the file.
            Forbidden, StorageFailed: the disk refused.
        """
        await asyncio.shield(self._ask_for_save())

    async def save_overwriting(self) -> None:
        """Save all edits made so far, whatever the file holds now.

        Raises:
            Forbidden, StorageFailed: the disk refused.
        """
        await asyncio.shield(self._turns.take(self._overwrite))

    async def reload(self) -> None:
        """Take the version on disk; unsaved edits are gone.

        Raises:
            NotFound, Forbidden, StorageFailed: it cannot be read.
            InvalidNotebook: it is not a notebook any more.
        """
        await asyncio.shield(self._turns.take(self._reload))

    async def check(self) -> None:
        """Look whether somebody else changed the file: take it over, or say so where edits are unsaved."""
        await asyncio.shield(self._turns.take(self._check))

    async def close(self) -> None:
        """Save what is unsaved, and save no more. A document that somebody listens to stays open.

        Raises:
            ChangedOnDisk, Forbidden, StorageFailed: as `save`; the document stays open.
        """
        while self.is_unsaved:
            await self.save()
        await self._turns.over()
        if not self._listeners and not self.is_unsaved:
            self._closed = True
            await self.end()

    async def end(self) -> None:
        """Save by itself no more. What is not saved is in the journal."""
        self._autosave.stop()
        await self._spooling.written()
        await self._journal.close()

    def move(self, path: str, file: Path) -> None:
        """The file has another name from now on."""
        self.path, self._file = path, file
        self._journal.move(file)
        self._listeners.tell(lambda listener: listener.on_renamed(path))

    def _restore(self, recovered: Recovered, at: datetime) -> None:
        self._versions = {"saved": self.notebook, "restored": recovered.notebook}
        self.notebook = recovered.notebook
        state: State = "unsaved" if recovered.fits else "changed_on_disk"
        self.status = replace(self.status, state=state, restored=Restored(at))
        if recovered.fits:
            self._autosave.changed()

    def _set(self, state: State, message: str = "", *, saved: bool = False, writable: bool | None = None) -> None:
        at = datetime.now(UTC) if saved else self.status.at
        may_write = self.status.writable if writable is None else writable
        self._tell(Status(state, message, at, may_write, self.status.restored))

    def _tell(self, status: Status) -> None:
        if status != self.status:
            self.status = status
            self._listeners.tell(lambda listener: listener.on_status(status))

    def _on_change(self) -> None:
        if self.status.state == "saved":
            self._set("unsaved")
        if self.status.state != "changed_on_disk" and not self._closed:
            self._autosave.changed()

    def _ask_for_save(self) -> asyncio.Task[None]:
        if self._queued_save is None:  # one that has not begun yet will hold what was edited by now
            self._queued_save = self._turns.take(self._save)
        return self._queued_save

    async def _save(self) -> None:
        self._queued_save = None
        formatting, expected = self._formatting, self._fingerprint
        try:
            await self._write(
                lambda notebook, before: notebook_file.save(self._file, notebook, formatting, expected, before)
            )
        except ChangedOnDisk:
            if self.is_unsaved:
                self._set("changed_on_disk")
                raise
            await self._take_over()

    async def _overwrite(self) -> None:
        formatting = self._formatting
        await self._write(lambda notebook, before: notebook_file.overwrite(self._file, notebook, formatting, before))

    async def _write(self, write: Callable[[Notebook, BeforeReplace], Fingerprint]) -> None:
        notebook, mark = self.notebook, self._journal.mark()
        self._autosave.stop()
        if self.is_unsaved:
            self._set("saving")
        await self._journal.written()

        def work() -> Fingerprint:
            fingerprint = write(notebook, lambda new: self._journal.about_to_save(mark, new))
            self._leftovers.remove()
            return fingerprint

        try:
            self._fingerprint = await asyncio.get_running_loop().run_in_executor(self._disk, work)
        except ChangedOnDisk:
            raise
        except AppError as error:
            self._fail(str(error))
            raise
        except Exception:
            self._fail("The notebook is not saved: something went wrong in the program. Its log says more.")
            raise
        self._leftovers = Leftovers()
        self._journal.saved(mark, self._fingerprint)
        self._on_disk = notebook
        self._set("unsaved" if self.is_unsaved else "saved", saved=True)

    def _fail(self, message: str) -> None:
        self._set("failed", message)
        self._autosave.retry()

    async def _load(self) -> Loaded:
        return await asyncio.get_running_loop().run_in_executor(self._disk, notebook_file.load, self._file)

    async def _reload(self) -> None:
        self._become(await self._load())
        self._tell(replace(self.status, restored=None))

    async def _take_over(self) -> None:
        """The version on disk, unless edits come while it is read, or it is no notebook at the moment."""
        try:
            loaded = await self._load()
        except AppError as error:
            log.info("%s was changed on disk and cannot be read: %s", self.path, error)
            self._set("changed_on_disk")
            return
        if self.is_unsaved:
            self._set("changed_on_disk")
        else:
            self._become(loaded)

    def _become(self, loaded: Loaded) -> None:
        self._autosave.stop()
        self._leftovers.remove()
        self._leftovers = Leftovers()
        self._journal.forget(loaded.fingerprint)
        self._formatting, self._fingerprint = loaded.formatting, loaded.fingerprint
        self.notebook = self._on_disk = loaded.notebook
        self.version += 1
        self._listeners.tell(lambda listener: listener.on_edits((ReplaceNotebook(loaded.notebook),), None))
        self._set("saved", writable=loaded.writable)

    async def _check(self) -> None:
        loop = asyncio.get_running_loop()
        current = await loop.run_in_executor(self._disk, notebook_file.fingerprint, self._file)
        if current is None:
            return  # deleted: the next save brings it back
        if current != self._fingerprint and not self.is_unsaved:
            await self._take_over()
        elif current != self._fingerprint:
            self._autosave.stop()
            self._set("changed_on_disk")
        elif self.status.state == "changed_on_disk":  # and now it holds again what it held
            self._set("unsaved" if self.is_unsaved else "saved")
            if self.is_unsaved:
                self._autosave.changed()


class Documents:
    """The open documents, one for each path (relative to `root`, `/` between folders)."""

    def __init__(self, root: Path, journals: Journals, spool: Spool, autosave_seconds: float = 1.0) -> None:
        self._root = root
        self._journals = journals
        self.spool = spool
        self._autosave_seconds = autosave_seconds
        self._disk = disk(spool)
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
        self._disk.close()
        self._journals.close()

    async def renamed(self, old: str, new: str) -> None:
        """A file or a folder has another name: so have the documents in it."""
        old, new = _normal(old), _normal(new)
        for path, document in list(self._open.items()):
            if path == old or path.startswith(f"{old}/"):
                moved = new + path[len(old) :]
                self._open[moved] = self._open.pop(path)
                document.move(moved, self._root / moved)

    async def _load(self, path: str) -> Document:
        file = self._root / path
        try:
            found = await asyncio.get_running_loop().run_in_executor(
                self._disk.files, opened.read, file, self._journals
            )
            journal = Journal(self._journals, file, found.base)
            document = Document(path, file, found, journal, self._disk, self._autosave_seconds)
            self._open[path] = document
        finally:
            del self._opening[path]
        return document

    async def _close(self, path: str, document: Document) -> None:
        try:
            await document.close()
        except AppError as error:
            log.warning("%s stays open: %s", path, error)
        finally:
            del self._closing[path]
        if document.is_closed:
            self._open = {key: other for key, other in self._open.items() if other is not document}


def _normal(path: str) -> str:
    parts = PurePosixPath(path.strip("/")).parts
    if ".." in parts or not parts:
        raise Forbidden("The path leads out of the workspace.")
    return "/".join(parts)
