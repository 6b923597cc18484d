"""The streams of one open notebook that are too long to be shown: when their file in the spool begins, grows and ends.

    append_output passes the cap ─▶ begins: what stood there, and what is new   the text names the file (`streams.py`)
    append_output to the same    ─▶ grows
    anything else to that cell   ─▶ ends                                        cleared: it is the first to go

Whatever else brings long outputs into the notebook or takes them away (undo, another version, a deleted cell) tells the
spool which files are seen and which are not any more.

Nothing is done, and nothing looked for on the disk, before a stream passes the cap. The file holds what was shown when
it began, and from there on what was printed, as it was printed. The loop does not wait for the disk: a thread of its
own writes, and what waits for it is bounded. Where that bound is met, or the disk refuses, the file ends, the mark
says so, and the run goes on. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Final

from adrastea.documents import spool_names, streams
from adrastea.documents.edits import (
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    ReplaceNotebook,
    ReplaceOutput,
    SetCellType,
    SetOutputs,
    continues,
)
from adrastea.documents.notebook import CellId, Notebook, Output, Stream
from adrastea.documents.spool import Spool, new_id
from adrastea.documents.streams import Kept
from adrastea.errors import StorageFailed

log = logging.getLogger(__name__)

_MOST_WAITING: Final = 64_000_000  # characters; a disk takes them in less than a second, or does not take them at all


@dataclass(slots=True)
class _Growing:
    """One file, and what is on its way to it."""

    id: str
    cell: CellId
    begun: bool = False
    """It is there."""
    waiting: list[str] = field(default_factory=list[str])
    size: int = 0
    """Characters that wait or are being written."""
    writing: asyncio.Future[None] | None = None
    refused: bool = False
    """Nothing is written any more."""


class Spooling:
    """See the module. Each document has one; `pool` has one thread, `notebook` and `apply` are the document's."""

    def __init__(
        self,
        spool: Spool,
        pool: Executor,
        notebook: Callable[[], Notebook],
        apply: Callable[[Sequence[Edit]], None],
        most_waiting: int = _MOST_WAITING,
    ) -> None:
        self._spool = spool
        self._pool = pool
        self._notebook = notebook
        self._apply = apply
        self._most = most_waiting
        self._growing: dict[CellId, _Growing] = {}
        self._plain: set[CellId] = set()  # cells whose last stream is known to be whole
        self._lost: set[CellId] = set()  # cells of whose last stream something is nowhere any more
        self._writes: set[asyncio.Future[None]] = set()
        self._let_go: set[str] = set()  # files of outputs that may be brought back by undo
        self._hold(spool_names.in_notebook(notebook()))

    def before(self, notebook: Notebook, edit: Edit) -> Edit:
        """Take from an edit that is about to be applied what it prints. Returns what is to be applied in its place."""
        match edit:
            case AppendOutput(cell, Stream() as new):
                return self._printed(notebook, edit, cell, new)
            case ClearOutputs(cell) | DeleteCell(cell) | SetCellType(cell):
                self._end(cell)
                self._changed(notebook, cell, ())
            case SetOutputs(cell, outputs):
                self._end(cell)
                self._changed(notebook, cell, outputs)
            case AppendOutput(cell) | ReplaceOutput(cell):
                self._end(cell)
            case InsertCell(_, new):
                self._hold(spool_names.in_outputs(new.outputs))
            case ReplaceNotebook(after):
                self.replaced(notebook, after)
            case _:
                pass
        return edit

    async def written(self) -> None:
        """Return when what was printed so far is in the files, or the disk has refused it."""
        while self._writes:
            await asyncio.wait(self._writes)

    def end(self) -> None:
        """The notebook is closed: nothing of it can be undone any more."""
        self._pool.submit(self._spool.forget, tuple(self._let_go))

    def replaced(self, before: Notebook, after: Notebook) -> None:
        """One notebook took the place of another, also without an edit."""
        self._growing.clear()
        self._plain.clear()
        self._lost.clear()
        self._replaced(spool_names.in_notebook(before), spool_names.in_notebook(after))

    def _changed(self, notebook: Notebook, cell_id: CellId, outputs: Sequence[Output]) -> None:
        """A cell shows these outputs from now on. Another cell may show the same as it did: a copy of it."""
        cell = notebook.cell(cell_id)
        before = spool_names.in_outputs(cell.outputs) if cell is not None else set[str]()
        after = spool_names.in_outputs(outputs)
        if before - after:
            others = (output for other in notebook.cells if other.id != cell_id for output in other.outputs)
            self._replaced(before - spool_names.in_outputs(others), after)
        else:
            self._hold(after - before)

    def _replaced(self, before: set[str], after: set[str]) -> None:
        for spool_id in before - after:
            self._let_go.add(spool_id)
            self._pool.submit(self._spool.release, spool_id)
        self._hold(after - before)

    def _hold(self, spool_ids: set[str]) -> None:
        if spool_ids:
            self._let_go -= spool_ids
            self._pool.submit(self._spool.hold, tuple(spool_ids))

    def _printed(self, notebook: Notebook, edit: AppendOutput, cell_id: CellId, new: Stream) -> Edit:
        cell = notebook.cell(cell_id)
        if cell is None or cell.cell_type != "code":
            return edit
        last = cell.outputs[-1] if cell.outputs else None
        if not isinstance(last, Stream) or not continues(cell.outputs, new):
            self._end(cell_id)
            return edit if new.length <= streams.STREAM_LIMIT else self._begin(edit, new, None)
        growing = self._growing.get(cell_id) or self._found(cell_id, last)
        if growing is not None:
            self._grow(growing, (new.text,))
        if growing is not None or cell_id in self._lost or last.length + new.length <= streams.STREAM_LIMIT:
            return edit
        return self._begin(edit, new, last, len(cell.outputs) - 1)

    def _begin(self, edit: AppendOutput, new: Stream, last: Stream | None, index: int = 0) -> Edit:
        """The stream passes the cap: `last` is what stands at `index`, None where `new` is the first of its output."""
        after = (last or Stream(new.name, "", new.extra)).joined(new.text)
        growing = _Growing(new_id(), edit.cell)
        marked = streams.with_kept(after.text, Kept(growing.id))
        if marked == after.text:  # it has overwritten so much of itself that nothing is left out
            return edit
        self._growing[edit.cell] = growing
        self._grow(growing, (new.text,) if last is None else (last.text, new.text))
        output = Stream(after.name, marked, after.extra)
        return AppendOutput(edit.cell, output) if last is None else ReplaceOutput(edit.cell, index, output)

    def _found(self, cell: CellId, last: Stream) -> _Growing | None:
        """The file of a stream that grew before: the notebook was opened anew, or another edit came between."""
        if cell in self._plain or cell in self._lost or last.length <= 2 * streams.STREAM_KEEP:
            return None
        kept = streams.kept(last.text)
        if kept is None or not kept.whole:
            (self._lost if streams.is_cut(last.text) else self._plain).add(cell)
            return None
        self._growing[cell] = found = _Growing(kept.id, cell, begun=True)
        return found

    def _end(self, cell: CellId) -> None:
        self._plain.discard(cell)
        self._lost.discard(cell)
        self._growing.pop(cell, None)

    def _grow(self, growing: _Growing, texts: Sequence[str]) -> None:
        if growing.refused:
            return
        growing.waiting.extend(texts)
        growing.size += sum(map(len, texts))
        if growing.size > self._most:
            log.warning("the disk is too slow for what a cell prints")
            growing.refused = True
        elif growing.writing is None:
            self._write(growing)

    def _write(self, growing: _Growing) -> None:
        texts, growing.waiting = growing.waiting, []
        size = sum(map(len, texts))
        work = self._spool.append if growing.begun else self._spool.begin
        in_use = tuple(other.id for other in self._growing.values())
        growing.writing = asyncio.get_running_loop().run_in_executor(self._pool, work, growing.id, texts, in_use)
        self._writes.add(growing.writing)
        growing.writing.add_done_callback(lambda writing: self._wrote(growing, size, writing))

    def _wrote(self, growing: _Growing, size: int, writing: asyncio.Future[None]) -> None:
        self._writes.discard(writing)
        growing.writing = None
        growing.size -= size
        error = None if writing.cancelled() else writing.exception()
        if error is None:
            growing.begun = True
        else:
            growing.refused = True
            growing.waiting.clear()
            log.warning("%s", error, exc_info=None if isinstance(error, StorageFailed) else error)
        if growing.waiting:  # also of an output that has ended: it is kept to its end
            self._write(growing)
            return
        if growing.refused:
            self._say(growing)
        if growing.id in self._let_go:  # it was written to since
            self._pool.submit(self._spool.release, growing.id)

    def _say(self, growing: _Growing) -> None:
        """No more is kept: let the mark say so."""
        if self._growing.get(growing.cell) is growing:
            del self._growing[growing.cell]
            self._lost.add(growing.cell)
        cell = self._notebook().cell(growing.cell)
        kept = Kept(growing.id, whole=False) if growing.begun else None
        for index, shown in enumerate(() if cell is None else cell.outputs):
            if isinstance(shown, Stream) and streams.kept(shown.text) == Kept(growing.id):
                marked = streams.with_kept(shown.text, kept)
                self._apply((ReplaceOutput(growing.cell, index, Stream(shown.name, marked, shown.extra)),))
