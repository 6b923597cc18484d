"""What is on its way from an open notebook to its journal (D2). Server thread, but for `about_to_save`.

    add ──▶ waiting ── `journal` thread ──▶ written: survives `kill -9` ── `sync` thread, within a second ──▶ synced:
                joined as edits are, bounded                                                       and a power cut

The first edits are written at once, those that follow after a tenth of a second, or when somebody waits for them: a
view is told that its edits were taken when they are written, and shown what others did and what cells printed when
that is written, not before. So each batch for a view is one write. Of a cell that prints more than a million
characters in a tenth of a second, not what it printed is written, but what it shows, every quarter of a second, and
views wait for that. Nothing runs while nothing changes.

Where the disk refuses, the notebook as a whole is written as soon as the disk takes something again: that is tried
with the next edit, and by and by without one.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from adrastea.documents import edits as editing
from adrastea.documents import journal
from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, ReplaceNotebook, ReplaceOutput, SetOutputs
from adrastea.documents.journal import Journal
from adrastea.documents.journal_records import Edits, Mark, Record, Saved
from adrastea.documents.notebook import CellId, Notebook, Stream
from adrastea.documents.store import Fingerprint
from adrastea.errors import StorageFailed

log = logging.getLogger(__name__)

_PAUSE_SECONDS: Final = 0.1
_FLOOD_SECONDS: Final = 0.25  # behind a whole stream: to write it sixty times a second costs more than it saves
_SYNC_SECONDS: Final = 0.8  # with the time of a write, less than the second that may be lost
_RETRY_SECONDS: Final = 2.0  # after a write that the disk refused
_MOST_TEXT: Final = 1_000_000  # characters of stream text in one pause; more than a stream shows
_SHOW_SECONDS: Final = 1.0  # after which a view is shown what a disk that hangs has not taken


class JournalWriter:
    """See the module. `notebook` gives the document's value as it is now."""

    def __init__(self, written: Journal, pool: Executor, syncs: Executor, notebook: Callable[[], Notebook]) -> None:
        self._journal = written
        self._pool = pool
        self._syncs = syncs
        self._notebook = notebook
        self._waiting: list[Edit | Mark] = []
        self._text = 0  # characters that were printed since `_counts_from`
        self._counts_from = 0.0
        self._printing: set[CellId] = set()  # cells of which what they show is written
        self._writing: asyncio.Task[None] | None = None
        self._pause: asyncio.Handle | None = None
        self._next = 0.0
        self._pause_seconds = _PAUSE_SECONDS
        self._sync: asyncio.TimerHandle | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._marks = 0
        self._added = self._done = self._urgent = 0
        self._waiters: list[tuple[int, asyncio.Future[None]]] = []
        self._broken = False
        self._new_base: Fingerprint | None = None

    @property
    def is_broken(self) -> bool:
        """Whether the disk refused what was last to be written."""
        return self._broken

    def add(self, edits: Sequence[Edit]) -> None:
        """These edits were applied."""
        self._added += 1
        for edit in edits:
            if isinstance(edit, _OUTPUTS) and edit.cell in self._printing:
                continue
            self._waiting.append(edit)
            if isinstance(edit, AppendOutput) and isinstance(edit.output, Stream):
                self._text += len(edit.output.text)
        if self._text > _MOST_TEXT:
            self._shorten()
        self._wake()

    def mark(self) -> int:
        """A save is asked for, which holds what was added so far; its number."""
        self._added += 1
        self._marks += 1
        self._waiting.append(Mark(self._marks))
        return self._marks

    async def written(self) -> None:
        """Return when what was added so far survives `kill -9`, or the disk has refused it."""
        self._urgent = self._added
        await self._until_written()

    async def may_be_shown(self) -> None:
        """The same for what is only shown: it waits for the next write of a flood, and not for a disk that hangs."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SHOW_SECONDS):
                await self._until_written()

    def about_to_save(self, mark: int, fingerprint: Fingerprint) -> None:
        """The file is about to hold this: returns when the journal says so. Blocks; a `disk` thread.

        After `written`, so that the mark stands there already. Where the disk refuses, the save is worth more.
        """
        try:
            self._pool.submit(self._journal.write, (Saved(mark, fingerprint),)).result()
            self._sync_now()  # before the file's new name is down: else the journal would not fit it
        except StorageFailed as error:
            log.warning("a save is not noted in the journal: %s", error)

    def saved(self, mark: int, fingerprint: Fingerprint) -> None:
        """The file holds everything that was added before this mark."""
        self._pool.submit(self._journal.saved, mark, fingerprint)

    def forget(self, fingerprint: Fingerprint) -> None:
        """The notebook is what the file holds, and that is this."""
        self._broken = False
        self._new_base = None
        self._waiting.clear()
        self._printing.clear()
        self._text = 0
        self._pool.submit(self._journal.clear, fingerprint)

    def rebase(self, fingerprint: Fingerprint) -> None:
        """The file holds this now, and the notebook is something else: it is written as a whole, upon that."""
        self._added += 1
        self._new_base = fingerprint
        self._waiting.clear()
        self._printing.clear()
        self._text = 0
        self._wake()

    def move(self, file: Path) -> None:
        """The notebook has another name: its disk has just answered."""
        self._pool.submit(lambda: self._journal.move(Path(os.path.realpath(file))))

    def lies(self, place: Path) -> None:
        """The notebook's file is there; no link is in this path."""
        self._pool.submit(self._journal.move, place)

    async def _until_written(self) -> None:
        if self._done >= self._added:
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append((self._added, waiter))
        self._wake(at_once=self._is_awaited)
        await waiter

    @property
    def _is_awaited(self) -> bool:
        """Whether somebody waits who need not wait for the next write of a flood."""
        return self._urgent > self._done or (bool(self._waiters) and self._pause_seconds != _FLOOD_SECONDS)

    async def close(self) -> None:
        """Write what waits, and no more. It stays for the next start where no save has removed it."""
        await self.written()
        for timer in (self._pause, self._sync, self._retry):
            if timer is not None:
                timer.cancel()
        self._pool.submit(self._journal.close)

    def _shorten(self) -> None:
        """Of cells that print, what they show when it is written stands for what waits."""
        self._printing.update(
            edit.cell for edit in self._waiting if isinstance(edit, AppendOutput) and isinstance(edit.output, Stream)
        )
        self._waiting = [
            edit for edit in self._waiting if not (isinstance(edit, _OUTPUTS) and edit.cell in self._printing)
        ]
        self._text = 0

    def _wake(self, *, at_once: bool = False) -> None:
        if self._writing is not None or (self._pause is not None and not at_once):
            return
        if self._pause is not None:
            self._pause.cancel()
        loop = asyncio.get_running_loop()
        self._pause = loop.call_soon(self._begin) if at_once else loop.call_later(self._next - loop.time(), self._begin)

    def _begin(self) -> None:
        self._pause = None
        records, until = tuple(self._records()), self._added
        self._waiting = []
        self._count_anew(asyncio.get_running_loop().time())
        self._pause_seconds = _FLOOD_SECONDS if self._printing else _PAUSE_SECONDS
        self._printing.clear()
        base, self._new_base = self._new_base, None
        self._writing = asyncio.get_running_loop().create_task(self._write(records, until, base))

    def _count_anew(self, now: float) -> None:
        """A flood is what prints much in one pause, in however many writes."""
        if self._printing or now >= self._counts_from + _PAUSE_SECONDS:
            self._counts_from, self._text = now, 0

    def _records(self) -> Iterator[Record]:
        """What waits. Marks stand above a whole notebook: it may hold more than a save that they mark."""
        if self._broken or self._new_base is not None:
            yield from (item for item in self._waiting if isinstance(item, Mark))
            yield Edits((ReplaceNotebook(self._notebook()),))
            return
        edits: list[Edit] = []
        for item in self._waiting:
            if isinstance(item, Mark):
                yield from _edits(edits)
                yield item
                edits = []
            else:
                edits.append(item)
        notebook = self._notebook()
        shown = (notebook.cell(cell_id) for cell_id in self._printing)
        edits += [SetOutputs(cell.id, cell.outputs) for cell in shown if cell is not None]
        yield from _edits(edits)

    async def _write(self, records: Sequence[Record], until: int, base: Fingerprint | None) -> None:
        loop = asyncio.get_running_loop()
        was_broken, self._broken = self._broken, True
        write = self._journal.write if base is None else partial(self._journal.rebase, base)
        try:
            if records:
                await loop.run_in_executor(self._pool, write, records)
        except StorageFailed as error:
            if not was_broken:
                log.warning("the journal is not written: %s", error)
        except Exception:
            log.exception("the journal is not written")
        else:
            self._broken = False
            if self._sync is None:
                self._sync = loop.call_later(_SYNC_SECONDS, self._begin_sync)
        self._writing = None
        self._done = until
        self._next = loop.time() + self._pause_seconds
        self._tell()
        if self._broken and self._retry is None:
            self._retry = loop.call_later(_RETRY_SECONDS, self._try_again)
        if self._waiting or self._printing or self._waiters:
            self._wake(at_once=self._is_awaited)

    def _try_again(self) -> None:
        self._retry = None
        if self._broken:
            self._wake(at_once=True)

    def _tell(self) -> None:
        for target, waiter in self._waiters:
            if target <= self._done and not waiter.done():
                waiter.set_result(None)
        self._waiters = [(target, waiter) for target, waiter in self._waiters if target > self._done]

    def _begin_sync(self) -> None:
        self._sync = None
        self._syncs.submit(self._sync_logged)

    def _sync_logged(self) -> None:
        try:
            self._sync_now()
        except StorageFailed as error:
            log.warning("%s", error)

    def _sync_now(self) -> None:
        """What was written is down. Blocks, and no write meanwhile; any thread but `journal`."""
        descriptor = self._pool.submit(self._journal.descriptor).result()
        if descriptor is not None:
            try:
                journal.sync(descriptor)
            except StorageFailed:
                self._pool.submit(self._journal.close)
                raise


_OUTPUTS: Final = (AppendOutput, ClearOutputs, ReplaceOutput, SetOutputs)


def _edits(edits: Sequence[Edit]) -> Iterator[Edits]:
    merged = editing.merge(edits)
    if merged:
        yield Edits(tuple(merged))
