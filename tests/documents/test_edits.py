"""Edits: every change to a notebook as a value. Both twins follow the same vectors."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path
from typing import TypedDict, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edit_wire_form import edit_from_wire
from adrastea.documents.edits import (
    OUTPUTS_LIMIT,
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    SetSource,
    apply,
    merge,
)
from adrastea.documents.notebook import Cell, CellId, DisplayData, JsonValue, Notebook, Stream
from adrastea.documents.wire_form import notebook_from_wire, notebook_to_wire
from tests.documents.notebooks import cell_ids, edits, notebooks

A = CellId("a")
VECTORS = Path(__file__).parents[1] / "vectors" / "edits"


class Vector(TypedDict):
    name: str
    notebook: JsonValue
    edit: JsonValue
    after: JsonValue


def vectors() -> list[Vector]:
    return [vector for path in sorted(VECTORS.glob("*.json")) for vector in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["name"])
def test_applying_follows_the_vectors(vector: Vector) -> None:
    after = apply(notebook_from_wire(vector["notebook"]), edit_from_wire(vector["edit"]))

    assert notebook_to_wire(after) == vector["after"]


def test_the_vectors_hold_every_kind_of_edit() -> None:
    ops = {json.dumps(vector["edit"]).partition('"op": "')[2].partition('"')[0] for vector in vectors()}

    assert len(ops) == len(get_args(Edit))


@pytest.mark.slow
@given(notebooks, edits)
def test_every_edit_of_every_notebook_makes_a_notebook_with_unique_ids(notebook: Notebook, edit: Edit) -> None:
    after = apply(notebook, edit)

    assert len({cell.id for cell in after.cells}) == len(after.cells)
    assert all(cell.cell_type == "code" or (not cell.outputs and cell.execution_count is None) for cell in after.cells)


@pytest.mark.slow
@given(notebooks, edits)
def test_applying_leaves_the_notebook_as_it_was(notebook: Notebook, edit: Edit) -> None:
    before = repr(notebook)
    apply(notebook, edit)

    assert repr(notebook) == before


appends = st.builds(
    AppendOutput,
    cell_ids,
    st.builds(Stream, st.sampled_from(("stdout", "stderr")), st.text(st.sampled_from("ab\n\r\b"), max_size=6)),
)


@pytest.mark.slow
@given(notebooks, st.lists(appends | st.builds(SetSource, cell_ids, st.text()) | edits, max_size=12))
def test_merged_edits_have_the_same_effect(notebook: Notebook, several: list[Edit]) -> None:
    assert reduce(apply, merge(several), notebook) == reduce(apply, several, notebook)


B = CellId("b")


def test_consecutive_text_for_the_same_stream_of_a_cell_is_merged() -> None:
    out, err = (AppendOutput(A, Stream(name, "x")) for name in ("stdout", "stderr"))

    assert merge([out, out, out, err, out]) == [AppendOutput(A, Stream("stdout", "xxx")), err, out]


def test_text_for_two_cells_is_not_merged() -> None:
    several: list[Edit] = [AppendOutput(A, Stream("stdout", "x")), AppendOutput(B, Stream("stdout", "x"))]

    assert merge(several) == several


def test_text_before_and_after_a_clear_is_not_merged() -> None:
    several: list[Edit] = [
        AppendOutput(A, Stream("stdout", "x")),
        ClearOutputs(A),
        AppendOutput(A, Stream("stdout", "y")),
    ]

    assert merge(several) == several


def test_a_source_that_is_overtaken_at_once_is_dropped() -> None:
    assert merge([SetSource(A, "1"), SetSource(A, "12"), SetSource(B, "3")]) == [SetSource(A, "12"), SetSource(B, "3")]


def test_an_edit_that_changes_nothing_returns_the_very_same_notebook() -> None:
    notebook = Notebook()

    assert apply(notebook, DeleteCell(A)) is notebook


def test_behind_so_many_outputs_streams_that_take_turns_are_one() -> None:
    lines = [AppendOutput(A, Stream(("stdout", "stderr")[number % 2], f"{number}\n")) for number in range(3000)]
    after = reduce(apply, [*lines, AppendOutput(A, DisplayData({}))], Notebook((Cell(A, "code"),)))
    outputs = reduce(apply, lines[:3], after).cells[0].outputs

    assert len(outputs) == OUTPUTS_LIMIT + 2
    assert outputs[OUTPUTS_LIMIT - 1] == Stream(
        "stderr", "".join(f"{number}\n" for number in range(OUTPUTS_LIMIT - 1, 3000))
    )
    assert outputs[-1] == Stream("stdout", "0\n1\n2\n")
