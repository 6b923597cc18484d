"""The notebook as JSON: nothing is lost on the way to a view and back."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given

from adrastea.documents.notebook import (
    Cell,
    CellId,
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonObject,
    Notebook,
    Output,
    Stream,
    UnknownOutput,
)
from adrastea.documents.wire_form import (
    cell_to_wire,
    is_cell_id,
    notebook_from_wire,
    notebook_to_wire,
    output_from_wire,
    output_to_wire,
)
from adrastea.errors import BadRequest
from tests.documents.notebooks import notebooks, outputs

DOCUMENTED: JsonObject = {  # the example of docs/document-socket.md
    "metadata": {},
    "cells": [
        {
            "id": "a1",
            "cell_type": "code",
            "source": "1+1",
            "metadata": {},
            "execution_count": 2,
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": "hi\n"},
                {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}, "display_id": "d1"},
                {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}, "execution_count": 2},
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["…"]},
            ],
        },
        {
            "id": "b2",
            "cell_type": "markdown",
            "source": "# T",
            "metadata": {},
            "attachments": {"a.png": {"image/png": "…"}},
        },
    ],
}


def test_the_documented_example_is_read_and_written() -> None:
    notebook = notebook_from_wire(DOCUMENTED)

    assert [cell.cell_type for cell in notebook.cells] == ["code", "markdown"]
    assert notebook.cells[0].outputs == (
        Stream("stdout", "hi\n"),
        DisplayData({"text/plain": "x"}, {}, "d1"),
        ExecuteResult({"text/plain": "2"}, {}, 2),
        ErrorOutput("E", "v", ("…",)),
    )
    assert notebook_to_wire(notebook) == DOCUMENTED


@pytest.mark.slow
@given(notebooks)
def test_a_notebook_comes_back_from_the_wire_as_it_was(notebook: Notebook) -> None:
    assert notebook_from_wire(json.loads(json.dumps(notebook_to_wire(notebook)))) == notebook


@pytest.mark.slow
@given(outputs)
def test_an_output_comes_back_from_the_wire_as_it_was(output: Output) -> None:
    assert output_from_wire(output_to_wire(output)) == output


@pytest.mark.slow
@given(notebooks)
def test_what_goes_to_a_view_is_json_for_everybody(notebook: Notebook) -> None:
    json.dumps(notebook_to_wire(notebook), allow_nan=False)


def test_a_strange_number_in_an_output_becomes_null() -> None:
    output = DisplayData({"application/json": {"y": [math.nan]}})

    assert output_to_wire(output)["data"] == {"application/json": {"y": [None]}}


STRANGE: list[JsonObject] = [
    {},
    {"output_type": 7},
    {"output_type": "future", "payload": [1]},
    {"output_type": "stream", "text": 7},
    {"output_type": "stream", "name": 7, "text": "x"},
    {"output_type": "display_data", "data": []},
    {"output_type": "display_data", "data": {}, "metadata": []},
    {"output_type": "display_data", "data": {}, "display_id": 7},
    {"output_type": "execute_result", "data": {}, "execution_count": "7"},
    {"output_type": "error", "ename": 7},
    {"output_type": "error", "evalue": 7},
    {"output_type": "error", "traceback": "text"},
    {"output_type": "error", "traceback": ["a", 7]},
]


@pytest.mark.parametrize("raw", STRANGE, ids=json.dumps)
def test_an_output_that_does_not_look_as_its_type_should_is_carried_unchanged(raw: JsonObject) -> None:
    output = output_from_wire(raw)

    assert output == UnknownOutput(raw)
    assert output_to_wire(output) == raw


def test_an_output_that_leaves_things_out_is_completed() -> None:
    raw: list[JsonObject] = [{"output_type": "stream"}, {"output_type": "error"}, {"output_type": "display_data"}]

    assert [output_from_wire(item) for item in raw] == [Stream("stdout", ""), ErrorOutput("", ""), DisplayData({})]


def test_unknown_keys_stand_beside_the_known_ones() -> None:
    raw: JsonObject = {"output_type": "stream", "name": "stdout", "text": "x", "future": {"k": 1}}

    assert output_from_wire(raw) == Stream("stdout", "x", {"future": {"k": 1}})


def test_a_markdown_cell_has_neither_outputs_nor_count() -> None:
    assert set(cell_to_wire(Cell(CellId("a"), "markdown"))) == {"id", "cell_type", "source", "metadata"}


def test_a_cell_type_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadRequest, match="code, markdown or raw"):
        notebook_from_wire({"metadata": {}, "cells": [{"id": "a", "cell_type": "html", "source": ""}]})


@pytest.mark.parametrize("raw", ["a", "A-_9", "x" * 64])
def test_an_id_of_a_cell_has_letters_digits_hyphens_and_underscores(raw: str) -> None:
    assert is_cell_id(raw)


@pytest.mark.parametrize("raw", ["", "x" * 65, "a b", "é", "a\n", None, 7])
def test_nothing_else_is_an_id_of_a_cell(raw: str | int | None) -> None:
    assert not is_cell_id(raw)
