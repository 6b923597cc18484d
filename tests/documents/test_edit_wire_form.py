"""Edits as JSON: what is sent comes back as it was, and what makes no sense is refused with a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from adrastea.documents.edit_wire_form import edit_from_wire, edit_to_wire
from adrastea.documents.edits import Edit, apply
from adrastea.documents.json_values import finite_object
from adrastea.documents.notebook import JsonObject, JsonValue, Notebook
from adrastea.documents.wire_form import notebook_from_wire, notebook_to_wire
from adrastea.errors import BadRequest
from tests.documents.notebooks import edits, json_values, notebooks


@pytest.mark.slow
@given(edits)
def test_an_edit_comes_back_from_the_wire_as_it_was(edit: Edit) -> None:
    assert edit_from_wire(json.loads(json.dumps(edit_to_wire(edit), default=dict))) == edit


@pytest.mark.slow
@given(notebooks, edits)
def test_a_view_that_gets_the_edit_by_wire_stays_equal(notebook: Notebook, edit: Edit) -> None:
    view = apply(notebook_from_wire(notebook_to_wire(notebook)), edit_from_wire(edit_to_wire(edit)))

    assert notebook_to_wire(view) == notebook_to_wire(apply(notebook, edit))


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
