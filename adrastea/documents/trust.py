"""Whose outputs may run scripts: what a kernel has made while the notebook was open, and what the user trusts.

A cell is trusted or not, with all its outputs. What is not known to be harmless (`is_harmless`) is off until it is.
What comes from elsewhere (a file that somebody else has written, a pasted cell) is not trusted; what was trusted and
comes back unchanged (undo) is. State of one document, without I/O; its thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from adrastea.documents.edits import (
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    MoveCell,
    ReplaceNotebook,
    ReplaceOutput,
    SetAttachments,
    SetCellMetadata,
    SetCellType,
    SetExecutionCount,
    SetNotebookMetadata,
    SetOutputs,
    SetSource,
)
from adrastea.documents.notebook import Cell, CellId, DisplayData, ExecuteResult, Notebook, Output

_ACTIVE: Final = ("html", "javascript", "bokehjs", "widget-view")
"""In a type: it may hold a script, or stand for one."""


def is_harmless(outputs: Iterable[Output]) -> bool:
    """Whether no output can bring a script. Careful: the page looks more closely, and never trusts more than we do."""
    rich = (output.data for output in outputs if isinstance(output, DisplayData | ExecuteResult))
    return not any(part in mime for data in rich for mime in data for part in _ACTIVE)


class Trust:
    """What is trusted of one notebook. At first nothing."""

    def __init__(self, notebook: Notebook) -> None:
        self._trusted: set[CellId] = set()
        self._gone: dict[CellId, tuple[Output, ...]] = {}
        """Trusted outputs that are not there any more; undo may bring them back."""
        self.untrusted: tuple[CellId, ...] = ()
        """The cells whose outputs may hold scripts that may not run, in order."""
        self._count(notebook)

    def of_kernel(self, before: Notebook, after: Notebook, edits: Iterable[Edit]) -> None:
        """The kernel has done this. What it adds to outputs from elsewhere makes those no better."""
        changed = False
        for edit in edits:
            match edit:
                case ClearOutputs(cell_id) | SetOutputs(cell_id) if cell_id not in self._trusted:
                    self._now_trusted(cell_id)
                    changed = True
                case AppendOutput(cell_id) | ReplaceOutput(cell_id) if cell_id not in self._trusted:
                    cell = before.cell(cell_id)
                    if cell is None or is_harmless(cell.outputs):
                        self._now_trusted(cell_id)
                    changed = True
                case _:
                    pass
        if changed:
            self._count(after)

    def of_others(self, before: Notebook, after: Notebook, edits: Iterable[Edit]) -> None:
        """A page, another client or the disk has done this."""
        touched = [cell_id for edit in edits for cell_id in _touched(edit, before, after)]
        if not touched:
            return
        for cell_id in dict.fromkeys(touched):
            self._compare(cell_id, before.cell(cell_id), after.cell(cell_id))
        self._count(after)

    def trust(self, known: Notebook, now: Notebook) -> None:
        """The user trusts the outputs that `known` has, as far as `now` still has them."""
        for cell in known.cells:
            there = now.cell(cell.id)
            if there is not None and there.outputs == cell.outputs:
                self._now_trusted(cell.id)
        self._count(now)

    def is_whole(self, notebook: Notebook) -> bool:
        """Whether there is something that needs trust, and all of it is trusted."""
        return not self.untrusted and any(not is_harmless(cell.outputs) for cell in notebook.cells)

    def _now_trusted(self, cell_id: CellId) -> None:
        self._trusted.add(cell_id)
        self._gone.pop(cell_id, None)

    def _compare(self, cell_id: CellId, before: Cell | None, after: Cell | None) -> None:
        old = () if before is None else before.outputs
        new = () if after is None else after.outputs
        was = cell_id in self._trusted
        if old == new:
            return
        if was and not is_harmless(old):
            self._gone[cell_id] = old
        if self._gone.get(cell_id) == new:
            self._trusted.add(cell_id)
        else:
            self._trusted.discard(cell_id)

    def _count(self, notebook: Notebook) -> None:
        self.untrusted = tuple(
            cell.id for cell in notebook.cells if cell.id not in self._trusted and not is_harmless(cell.outputs)
        )


def _touched(edit: Edit, before: Notebook, after: Notebook) -> Sequence[CellId]:
    """The cells whose outputs may be others."""
    match edit:
        case InsertCell(_, cell):
            return (cell.id,) if cell.outputs else ()
        case DeleteCell(cell_id) | SetCellType(cell_id):
            return (cell_id,)
        case ClearOutputs(cell_id) | AppendOutput(cell_id) | ReplaceOutput(cell_id) | SetOutputs(cell_id):
            return (cell_id,)
        case ReplaceNotebook():
            return tuple(cell.id for notebook in (before, after) for cell in notebook.cells if cell.outputs)
        case (
            SetSource()
            | SetCellMetadata()
            | SetNotebookMetadata()
            | SetAttachments()
            | SetExecutionCount()
            | MoveCell()
        ):
            return ()
        case _:
            assert_never(edit)
