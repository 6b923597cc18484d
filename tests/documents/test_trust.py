"""Scripts run in outputs that a kernel has made here, or that the user trusts, and in no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adrastea.documents.edits import (
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    MoveCell,
    ReplaceNotebook,
    ReplaceOutput,
    SetCellType,
    SetOutputs,
    SetSource,
    apply,
)
from adrastea.documents.notebook import Cell, CellId, DisplayData, ExecuteResult, Notebook, Output, Stream
from adrastea.documents.trust import Trust, is_harmless

A, B, C = CellId("a"), CellId("b"), CellId("c")
SCRIPT = DisplayData({"text/html": "<script>1</script>"})
OTHER = DisplayData({"text/html": "<script>2</script>"})
TEXT = Stream("stdout", "x")


class Case:
    """A notebook whose cells `a` and `b` show scripts from elsewhere, and its trust."""

    def __init__(self) -> None:
        self.notebook = Notebook(
            (Cell(A, "code", outputs=(SCRIPT,)), Cell(B, "code", outputs=(SCRIPT,)), Cell(C, "code"))
        )
        self.trust = Trust(self.notebook)

    def of_kernel(self, *edits: Edit) -> tuple[CellId, ...]:
        before = self._apply(edits)
        self.trust.of_kernel(before, self.notebook, edits)
        return self.trust.untrusted

    def of_others(self, *edits: Edit) -> tuple[CellId, ...]:
        before = self._apply(edits)
        self.trust.of_others(before, self.notebook, edits)
        return self.trust.untrusted

    def trusted(self) -> Case:
        self.trust.trust(self.notebook, self.notebook)
        return self

    def _apply(self, edits: tuple[Edit, ...]) -> Notebook:
        before = self.notebook
        for edit in edits:
            self.notebook = apply(self.notebook, edit)
        return before


@pytest.mark.parametrize(
    ("mime", "harmless"),
    [
        ("text/plain", True),
        ("image/png", True),
        ("image/svg+xml", True),
        ("application/vnd.plotly.v1+json", True),
        ("text/html", False),
        ("application/javascript", False),
        ("application/vnd.bokehjs_exec.v0+json", False),
        ("application/vnd.jupyter.widget-view+json", False),
    ],
)
def test_what_may_bring_a_script_is_told_by_its_type(mime: str, harmless: bool) -> None:  # noqa: FBT001
    outputs: tuple[Output, ...] = (TEXT, ExecuteResult({"text/plain": "x", mime: "y"}))

    assert is_harmless(outputs) is harmless


def test_a_notebook_from_elsewhere_is_not_trusted() -> None:
    case = Case()

    assert case.trust.untrusted == (A, B)
    assert not case.trust.is_whole(case.notebook)


def test_a_cell_that_is_run_is_trusted_from_then_on() -> None:
    assert Case().of_kernel(ClearOutputs(A), AppendOutput(A, OTHER)) == (B,)


def test_a_cell_that_showed_nothing_is_trusted_with_what_the_kernel_shows_in_it() -> None:
    case = Case()

    assert case.of_kernel(AppendOutput(C, SCRIPT)) == (A, B)
    assert case.of_kernel(ReplaceOutput(C, 0, OTHER)) == (A, B)


def test_what_a_kernel_adds_to_outputs_from_elsewhere_makes_them_no_better() -> None:
    case = Case()

    assert case.of_kernel(AppendOutput(A, OTHER)) == (A, B)
    assert case.of_kernel(ReplaceOutput(B, 0, OTHER)) == (A, B)


def test_the_user_trusts_all_that_is_there() -> None:
    case = Case().trusted()

    assert case.trust.untrusted == ()
    assert case.trust.is_whole(case.notebook)


def test_trust_in_what_the_file_held_is_none_in_what_came_since() -> None:
    case = Case()
    file = case.notebook
    case.of_others(SetOutputs(A, (OTHER,)))

    case.trust.trust(file, case.notebook)

    assert case.trust.untrusted == (A,)


@pytest.mark.parametrize(
    "edit",
    [
        SetOutputs(A, (OTHER,)),
        AppendOutput(A, OTHER),
        ReplaceOutput(A, 0, OTHER),
    ],
)
def test_outputs_that_a_page_puts_in_are_not_trusted(edit: Edit) -> None:
    assert Case().trusted().of_others(edit) == (A,)


def test_a_pasted_cell_is_not_trusted_though_the_notebook_is() -> None:
    pasted = Cell(CellId("new"), "code", outputs=(SCRIPT,))

    assert Case().trusted().of_others(InsertCell(A, pasted)) == ("new",)


def test_what_was_trusted_and_comes_back_unchanged_is_trusted() -> None:
    case = Case().trusted()
    cell = case.notebook.cells[0]
    case.of_others(DeleteCell(A))
    case.of_others(ClearOutputs(B))

    assert case.of_others(InsertCell(None, cell)) == ()
    assert case.of_others(SetOutputs(B, (SCRIPT,))) == ()


def test_what_was_trusted_and_comes_back_otherwise_is_not() -> None:
    case = Case().trusted()
    cell = case.notebook.cells[0]
    case.of_others(DeleteCell(A), SetCellType(B, "markdown"))

    assert case.of_others(InsertCell(None, replace(cell, outputs=(OTHER,)))) == (A,)


def test_of_a_file_that_somebody_else_wrote_only_what_is_the_same_is_trusted() -> None:
    case = Case().trusted()
    cells = (case.notebook.cells[0], Cell(B, "code", outputs=(OTHER,)), Cell(C, "code", outputs=(SCRIPT,)))

    assert case.of_others(ReplaceNotebook(Notebook(cells))) == (B, C)


def test_other_edits_change_nothing() -> None:
    assert Case().of_others(SetSource(A, "x"), MoveCell(A, B)) == (A, B)


def test_a_notebook_without_anything_that_could_run_needs_no_signature() -> None:
    notebook = Notebook((Cell(A, "code", outputs=(TEXT,)),))

    assert not Trust(notebook).is_whole(notebook)
