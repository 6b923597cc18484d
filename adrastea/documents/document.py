"""An open notebook: one value that edits replace, told to its listeners in order, and saved by itself (D1, S3).

Every edit is in the journal at once (`journal_writer.py`), and so survives a crash: the next one who opens the notebook
has it again. How notebook and file stand to each other is drawn in `status.py`.

Server thread only. Reading and writing run in the `disk` threads, in order, while edits go on; a save holds every edit
made before it was asked for. A file that somebody else changed is taken over where nothing is unsaved, and merged by
cell with what is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from adrastea.documents import edits as editing
from adrastea.documents import notebook_file
from adrastea.documents.autosave import Autosave
from adrastea.documents.disk import Disk
from adrastea.documents.edits import Edit, ReplaceNotebook
from adrastea.documents.journal import Journal, Leftovers
from adrastea.documents.journal_writer import JournalWriter
from adrastea.documents.lanes import Lane
from adrastea.documents.listeners import Listeners
from adrastea.documents.notebook import CellId, Notebook
from adrastea.documents.notebook_file import BeforeReplace, Loaded
from adrastea.documents.opened import Opened
from adrastea.documents.recovery import Recovered
from adrastea.documents.signatures import Signatures
from adrastea.documents.spooling import Spooling
from adrastea.documents.status import DocumentListener, Restored, Shown, State, Status
from adrastea.documents.store import Fingerprint
from adrastea.documents.trusting import Trusting
from adrastea.documents.turns import Turns
from adrastea.errors import AppError, ChangedOnDisk

if TYPE_CHECKING:
    from adrastea.documents.merge import Merged

log = logging.getLogger(__name__)


class Document:
    """One open notebook. `Documents` makes them."""

    def __init__(
        self,
        path: str,
        file: Path,
        found: Opened,
        journal: Journal,
        disk: Disk,
        autosave_seconds: float,
        signatures: Signatures | None = None,
    ) -> None:
        loaded = found.loaded
        self.path = path
        self.notebook = loaded.notebook
        self.version = 0
        self.status = Status(writable=loaded.writable)
        self._file = file
        self.formatting = loaded.formatting
        self._fingerprint = found.base
        self._on_disk = loaded.notebook
        self._journal = JournalWriter(journal, disk.journals, disk.syncs, lambda: self.notebook)
        self._disk = Lane(disk.files, found.place, lambda: self._file, self._journal.lies)
        self._spooling = Spooling(disk.printed, disk.spool, lambda: self.notebook, self.apply)
        self._trusting = Trusting(self.notebook, self._disk, signatures, self._tell_trust)
        self.status = replace(self.status, untrusted=self._trusting.untrusted)
        self._leftovers = found.leftovers
        self._is_base_known = found.recovered is None or found.recovered.fits
        self._versions: dict[Shown, Notebook] = {}  # all of them, while the user may choose
        self._autosave = Autosave(autosave_seconds, self._ask_for_save)
        self._missing = False
        self._listeners: Listeners[DocumentListener] = Listeners()
        self._turns = Turns()
        self._queued_save: asyncio.Task[None] | None = None
        self._closed = False
        if found.recovered is not None:
            self._restore(found.recovered, found.leftovers.at or datetime.now(UTC))
        self._look_up(loaded)

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

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._file

    def apply(self, edits: Sequence[Edit], origin: object | None = None) -> None:
        """Apply edits in order and tell the listeners at once; those that change nothing are not told."""
        self._apply(edits, origin, by_kernel=False)

    def apply_of_kernel(self, edits: Sequence[Edit], origin: object) -> None:
        """The same for what a kernel has made, whose scripts may run: the user has run the cell."""
        self._apply(edits, origin, by_kernel=True)

    def trust(self) -> None:
        """The user trusts all outputs that there are, and every script in them."""
        self._trusting.trust_all(self.notebook)
        if not self.is_unsaved:
            self._trusting.saved(self._file, self._fingerprint, self.notebook)

    def _apply(self, edits: Sequence[Edit], origin: object | None, *, by_kernel: bool) -> None:
        notebook = self.notebook
        effective: list[Edit] = []
        for asked in edits:
            edit = self._spooling.before(notebook, asked)
            after = editing.apply(notebook, edit)
            if after is not notebook:
                effective.append(edit)
                notebook = after
        if effective:
            self._trusting.follow(self.notebook, notebook, effective, by_kernel=by_kernel)  # told before the outputs
            self.notebook = notebook
            self.version += 1
            self._journal.add(effective)
            self._listeners.tell(lambda listener: listener.on_edits(effective, origin))
            self._on_change()

    async def written(self) -> None:
        """Return when the edits made so far survive a crash of the program, or no disk takes them."""
        await self._journal.written()

    async def may_be_shown(self) -> None:
        """The same for somebody who only looks: in a flood of outputs a little later, on a disk that hangs anyway."""
        await self._journal.may_be_shown()

    def show(self, version: Shown) -> None:
        """Let the notebook be this of the versions that there are after a crash or a merge; the others are kept."""
        shown = self.status.shown
        if shown is not None and shown != version and version in self._versions:
            self._versions[shown] = self.notebook
            self.apply((ReplaceNotebook(self._versions[version]),))
            self._tell(self.status.showing(version))

    def settle(self) -> None:
        """The user has seen what was restored or merged, and has chosen."""
        self._versions.clear()
        self._tell(replace(self.status, restored=None, combined=None))

    async def save(self) -> None:
        """Save all edits made so far. Returns when they are on the disk; nothing is written that is there already.

        Raises:
            ChangedOnDisk: somebody else changed the file, and it cannot be merged.
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
        """Look whether somebody else changed the file: take it over, or merge it where edits are unsaved."""
        await asyncio.shield(self._turns.take(self._check))

    def look(self) -> None:
        """Somebody may have written the file, perhaps we ourselves: check it if that is so."""
        if not self._closed:
            self._turns.take(self._look)

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
        await self._trusting.end()
        await self._spooling.written()
        self._spooling.end()
        await self._journal.close()

    def move(self, path: str, file: Path) -> None:
        """The file has another name from now on."""
        self.path, self._file = path, file
        self._journal.move(file)
        self._listeners.tell(lambda listener: listener.on_renamed(path))

    def _restore(self, recovered: Recovered, at: datetime) -> None:
        self._versions = {"saved": self.notebook, "restored": recovered.notebook}
        self._take(recovered.notebook)
        state: State = "unsaved" if recovered.fits else "changed_on_disk"
        self.status = replace(self.status, state=state, restored=Restored(at))
        if recovered.fits:
            self._autosave.changed()

    def _set(self, state: State, message: str = "", *, saved: bool = False, writable: bool | None = None) -> None:
        at = datetime.now(UTC) if saved else self.status.at
        may_write = self.status.writable if writable is None else writable
        self._tell(replace(self.status, state=state, message=message, at=at, writable=may_write))

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
        while True:  # again where it was changed meanwhile, and so no more often than others change it
            formatting, expected = self.formatting, self._fingerprint
            try:
                await self._write(
                    lambda notebook, before: notebook_file.save(self._file, notebook, formatting, expected, before)  # noqa: B023
                )
            except ChangedOnDisk:
                if not await self._take_in():
                    raise
            else:
                return

    async def _overwrite(self) -> None:
        formatting = self.formatting
        await self._write(lambda notebook, before: notebook_file.overwrite(self._file, notebook, formatting, before))

    async def _write(self, write: Callable[[Notebook, BeforeReplace], Fingerprint]) -> None:
        notebook, mark = self.notebook, self._journal.mark()
        self._autosave.stop()
        if self.is_unsaved:
            self._set("saving")
        await self._disk.find()
        await self._journal.written()

        def work() -> Fingerprint:
            fingerprint = write(notebook, lambda new: self._journal.about_to_save(mark, new))
            self._leftovers.remove()
            return fingerprint

        try:
            self._fingerprint = await self._disk.run(work)
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
        self._on_disk, self._is_base_known = notebook, True
        self._autosave.saved()
        self._trusting.saved(self._file, self._fingerprint, notebook)
        self._set("unsaved" if self.is_unsaved else "saved", saved=True)

    def _tell_trust(self, untrusted: tuple[CellId, ...]) -> None:
        self._tell(replace(self.status, untrusted=untrusted))

    def _look_up(self, loaded: Loaded) -> None:
        self._trusting.look_up(self._file, loaded.fingerprint, loaded.notebook, lambda: self.notebook)

    def _fail(self, message: str) -> None:
        self._set("failed", message)
        self._autosave.retry()

    async def _load(self) -> Loaded:
        await self._disk.find()
        return await self._disk.run(partial(notebook_file.load, self._file))

    async def _reload(self) -> None:
        self._become(await self._load())
        self.settle()

    async def _take_in(self) -> bool:
        """What somebody else made of the file: as it is, or merged with unsaved edits. Whether that could be done."""
        self._autosave.stop()
        if self.is_unsaved and not self._is_base_known:
            self._set("changed_on_disk")
            return False
        try:
            loaded = await self._load()
        except AppError as error:
            log.info("%s was changed on disk and cannot be read: %s", self.path, error)
            self._set("changed_on_disk", str(error))
            return False
        if self.is_unsaved:
            await self._merge(loaded)
        else:
            self._become(loaded)
        return True

    async def _merge(self, loaded: Loaded) -> None:
        from adrastea.documents import merge  # only where it happens

        base, mine = self._on_disk, self.notebook
        merged = await self._disk.run(partial(merge.merge, base, mine, loaded.notebook))
        if self.notebook is not mine:
            merged = merge.merge_again(merged, mine, self.notebook)
        self._become_merged(loaded, merged)

    def _become_merged(self, loaded: Loaded, merged: Merged) -> None:
        mine, combined = self.notebook, merged.seen_by(self.notebook, self.status.combined, datetime.now(UTC))
        if merged.is_same(loaded.notebook):
            self._become(loaded)
            return
        self.formatting, self._fingerprint = loaded.formatting, loaded.fingerprint
        self._on_disk = loaded.notebook
        if combined is not None:
            self._versions = {"merged": merged.notebook, "mine": mine, "disk": loaded.notebook}
            self._take(merged.notebook)
            self.version += 1
            self._listeners.tell(lambda listener: listener.on_edits((ReplaceNotebook(merged.notebook),), None))
            self._tell(replace(self.status, combined=combined, restored=None))
        self._look_up(loaded)
        self._journal.rebase(loaded.fingerprint)
        self._set("unsaved", writable=loaded.writable)
        self._on_change()

    def _become(self, loaded: Loaded) -> None:
        self._autosave.stop()
        self._leftovers.remove()
        self._leftovers = Leftovers()
        self._journal.forget(loaded.fingerprint)
        self.formatting, self._fingerprint = loaded.formatting, loaded.fingerprint
        self._take(loaded.notebook)
        self._on_disk = loaded.notebook
        self._is_base_known = True
        self.version += 1
        self._listeners.tell(lambda listener: listener.on_edits((ReplaceNotebook(loaded.notebook),), None))
        self._look_up(loaded)
        self._set("saved", writable=loaded.writable)

    def _take(self, notebook: Notebook) -> None:
        """Have another notebook, from elsewhere."""
        self._spooling.replaced(self.notebook, notebook)
        self._trusting.replaced(self.notebook, notebook)
        self.notebook = notebook

    async def _look(self) -> None:
        if not await self._disk.run(partial(notebook_file.is_untouched, self._file, self._fingerprint)):
            await self._check()

    async def _check(self) -> None:
        current, trouble = await self._disk.run(partial(notebook_file.look, self._file))
        was_missing, self._missing = self._missing, current is None
        if current is None:  # a save brings it back; none comes by itself: it may have been deleted on purpose
            if self.status.state == "saved":
                self._set("failed", trouble)
        elif current != self._fingerprint:
            await self._take_in()
        else:
            self._fingerprint = current
            if self.status.state == "changed_on_disk" or (was_missing and self.status.state == "failed"):
                self._set("unsaved" if self.is_unsaved else "saved")
                if self.is_unsaved:
                    self._autosave.changed()
