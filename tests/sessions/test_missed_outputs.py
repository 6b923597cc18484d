"""A cell that was deleted while it ran and is brought back shows what it printed meanwhile."""

from __future__ import annotations

from adrastea.documents.edits import (
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    ReplaceNotebook,
    SetExecutionCount,
    SetSource,
)
from adrastea.documents.notebook import Cell, CellId, Notebook, Stream
from adrastea.sessions.missed_outputs import MissedOutputs

A, B = CellId("a"), CellId("b")
BOTH = Notebook((Cell(A, "code"), Cell(B, "code")))
ONE = Notebook((Cell(B, "code"),))


def printed(text: str, cell: CellId = A) -> Edit:
    return AppendOutput(cell, Stream("stdout", text))


def test_what_belongs_to_a_cell_that_is_there_is_not_kept() -> None:
    missed = MissedOutputs()
    edits = (printed("1"), ClearOutputs(B), SetSource(CellId("gone"), "x"))

    assert missed.keep(BOTH, edits) == edits
    assert missed.back(BOTH, [InsertCell(None, Cell(A, "code"))]) == ()


def test_what_a_missing_cell_prints_comes_behind_what_it_showed() -> None:
    missed = MissedOutputs()
    assert missed.keep(ONE, (printed("1"), printed("here", B), printed("2"), SetExecutionCount(A, 7))) == (
        printed("here", B),
    )

    assert missed.back(BOTH, [InsertCell(None, Cell(A, "code"))]) == (printed("12"), SetExecutionCount(A, 7))
    assert missed.back(BOTH, [InsertCell(None, Cell(A, "code"))]) == ()


def test_a_missing_cell_that_clears_shows_nothing_older_when_it_is_back() -> None:
    missed = MissedOutputs()
    missed.keep(ONE, (printed("1"), ClearOutputs(A), printed("2")))

    assert missed.back(BOTH, [ReplaceNotebook(BOTH)]) == (ClearOutputs(A), printed("2"))


def test_it_is_brought_back_with_the_cell_and_by_nothing_else() -> None:
    missed = MissedOutputs()
    missed.keep(ONE, (printed("1"),))

    assert missed.back(ONE, [InsertCell(None, Cell(CellId("c"), "code"))]) == ()
    assert missed.back(BOTH, [SetSource(B, "x"), DeleteCell(B)]) == ()
    assert missed.back(BOTH, [InsertCell(None, Cell(A, "code"))]) == (printed("1"),)


def test_no_more_than_a_few_cells_are_kept_and_none_of_a_notebook_that_is_closed() -> None:
    missed, most = MissedOutputs(), 20
    cells = [Cell(CellId(f"c{number}"), "code") for number in range(most + 1)]
    for cell in cells:
        missed.keep(Notebook(), (ClearOutputs(cell.id), printed("x", cell.id)))

    back = missed.back(Notebook(tuple(cells)), [InsertCell(None, cells[0])])
    assert len(back) == 2 * most
    assert printed("x", cells[0].id) not in back

    missed.keep(ONE, (printed("1"),))
    missed.forget()
    assert missed.back(BOTH, [ReplaceNotebook(BOTH)]) == ()
