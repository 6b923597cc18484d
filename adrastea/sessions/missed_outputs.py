"""What cells show that are not in the notebook just now: deleted while they run, and perhaps brought back by undo.

A cell that comes back shows what it showed when it went, and behind that what is kept here. Of each cell no more is
kept than it would show, and of no more than the last few. Server thread only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from adrastea.documents import edits as editing
from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, InsertCell, ReplaceNotebook, SetExecutionCount
from adrastea.documents.notebook import Cell, CellId, Notebook

_MOST_CELLS: Final = 20


class MissedOutputs:
    """See the module. Each session has one."""

    def __init__(self) -> None:
        self._cells: dict[CellId, Notebook] = {}
        self._cleared: set[CellId] = set()  # of which what they showed when they went is gone

    def keep(self, notebook: Notebook, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Keep those edits whose cell is not there. Returns the others."""
        here: list[Edit] = []
        for edit in edits:
            if isinstance(edit, (AppendOutput, ClearOutputs, SetExecutionCount)) and notebook.cell(edit.cell) is None:
                self._keep(edit)
            else:
                here.append(edit)
        return tuple(here)

    def back(self, notebook: Notebook, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """What belongs to cells that these edits have brought back."""
        if not self._cells or not any(isinstance(edit, (InsertCell, ReplaceNotebook)) for edit in edits):
            return ()
        back: list[Edit] = []
        for cell_id in tuple(self._cells):
            if notebook.cell(cell_id) is not None:
                back += self._taken(cell_id)
        return tuple(back)

    def forget(self) -> None:
        """The notebook is closed: nothing comes back any more."""
        self._cells.clear()
        self._cleared.clear()

    def _keep(self, edit: AppendOutput | ClearOutputs | SetExecutionCount) -> None:
        kept = self._cells.pop(edit.cell, None) or Notebook((Cell(edit.cell, "code"),))
        self._cells[edit.cell] = editing.apply(kept, edit)  # the last that something came for is the last to go
        if isinstance(edit, ClearOutputs):
            self._cleared.add(edit.cell)
        while len(self._cells) > _MOST_CELLS:
            oldest = next(iter(self._cells))
            del self._cells[oldest]
            self._cleared.discard(oldest)

    def _taken(self, cell_id: CellId) -> list[Edit]:
        cell = self._cells.pop(cell_id).cells[0]
        edits: list[Edit] = [ClearOutputs(cell_id)] if cell_id in self._cleared else []
        self._cleared.discard(cell_id)
        edits += [AppendOutput(cell_id, output) for output in cell.outputs]
        if cell.execution_count is not None:
            edits.append(SetExecutionCount(cell_id, cell.execution_count))
        return edits
