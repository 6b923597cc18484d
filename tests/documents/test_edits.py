"""Edits: every change to a notebook as a value. Both twins follow the same vectors."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path
from typing import TypedDict, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edits import (
    OUTPUTS_LIMIT,
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    SetSource,
    apply,
    edit_from_wire,
    edit_to_wire,
    merge,
)
from adrastea.documents.json_values import finite_object
from adrastea.documents.notebook import Cell, CellId, DisplayData, JsonObject, JsonValue, Notebook, Stream
from adrastea.documents.wire_form import notebook_from_wire, notebook_to_wire
from adrastea.errors import BadRequest
from tests.documents.notebooks import cell_ids, edits, json_values, notebooks

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


@pytest.mark.slow
@given(edits)
def test_an_edit_comes_back_from_the_wire_as_it_was(edit: Edit) -> None:
    assert edit_from_wire(json.loads(json.dumps(edit_to_wire(edit), default=dict))) == edit


@pytest.mark.slow
@given(notebooks, edits)
def test_a_view_that_gets_the_edit_by_wire_stays_equal(notebook: Notebook, edit: Edit) -> None:
    view = apply(notebook_from_wire(notebook_to_wire(notebook)), edit_from_wire(edit_to_wire(edit)))

    assert notebook_to_wire(view) == notebook_to_wire(apply(notebook, edit))


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


@pytest.mark.slow
@given(json_values)
def test_whatever_comes_from_outside_is_an_edit_or_a_bad_request(raw: JsonValue) -> None:
    with pytest.raises(BadRequest):
        edit_from_wire(raw)


CELL: JsonObject = {
    "id": "a",
    "cell_type": "code",
    "source": "",
    "metadata": {},
    "outputs": [],
    "execution_count": None,
}
REFUSED: list[JsonObject] = [
    {},
    {"op": 7},
    {"op": "no_such_edit"},
    {"op": "set_source", "cell": "a"},
    {"op": "set_source", "cell": "a", "source": 7},
    {"op": "set_source", "cell": None, "source": ""},
    {"op": "insert_cell", "cell": CELL},
    {"op": "insert_cell", "after": 7, "cell": CELL},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "id": ""}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "id": "a b"}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "id": "x" * 65}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "cell_type": "heading"}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "source": {}}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "metadata": []}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "outputs": {}}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "outputs": [7]}},
    {"op": "insert_cell", "after": None, "cell": {**CELL, "execution_count": "7"}},
    {"op": "set_cell_type", "cell": "a", "cell_type": "heading"},
    {"op": "set_cell_metadata", "cell": "a", "metadata": None},
    {"op": "set_attachments", "cell": "a", "attachments": []},
    {"op": "set_execution_count", "cell": "a", "execution_count": True},
    {"op": "set_execution_count", "cell": "a", "execution_count": 1.5},
    {"op": "append_output", "cell": "a", "output": "text"},
    {"op": "replace_output", "cell": "a", "index": "0", "output": {}},
    {"op": "set_outputs", "cell": "a", "outputs": None},
    {"op": "replace_notebook", "notebook": {"metadata": {}}},
    {"op": "replace_notebook", "notebook": {"metadata": {}, "cells": [CELL, CELL]}},
    {"op": "replace_notebook", "notebook": {"metadata": 7, "cells": []}},
]


@pytest.mark.parametrize("raw", REFUSED, ids=lambda raw: json.dumps(raw)[:60])
def test_an_edit_that_makes_no_sense_is_refused_with_a_sentence(raw: JsonObject) -> None:
    with pytest.raises(BadRequest, match=r"^[A-Z].*\.$"):
        edit_from_wire(raw)


def test_an_edit_that_is_nested_too_deeply_is_refused() -> None:
    deep: JsonValue = {}
    for _ in range(300):
        deep = {"k": deep}

    with pytest.raises(BadRequest, match="too deeply"):
        edit_from_wire({"op": "set_notebook_metadata", "metadata": deep})


def test_an_index_that_is_null_replaces_nothing() -> None:
    edit = edit_from_wire({"op": "replace_output", "cell": "a", "index": None, "output": {"output_type": "future"}})
    notebook = notebook_from_wire({"metadata": {}, "cells": [CELL]})

    assert apply(notebook, edit) is notebook


def test_numbers_that_json_does_not_know_reach_a_view_as_null() -> None:
    wire = edit_to_wire(edit_from_wire({"op": "set_notebook_metadata", "metadata": {"k": [float("nan"), 1.5]}}))

    assert wire["metadata"] == finite_object({"k": [None, 1.5]})


def test_behind_so_many_outputs_streams_that_take_turns_are_one() -> None:
    lines = [AppendOutput(A, Stream(("stdout", "stderr")[number % 2], f"{number}\n")) for number in range(3000)]
    after = reduce(apply, [*lines, AppendOutput(A, DisplayData({}))], Notebook((Cell(A, "code"),)))
    outputs = reduce(apply, lines[:3], after).cells[0].outputs

    assert len(outputs) == OUTPUTS_LIMIT + 2
    assert outputs[OUTPUTS_LIMIT - 1] == Stream(
        "stderr", "".join(f"{number}\n" for number in range(OUTPUTS_LIMIT - 1, 3000))
    )
    assert outputs[-1] == Stream("stdout", "0\n1\n2\n")
