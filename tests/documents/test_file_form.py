"""A cell as a file holds it: texts are split where nbformat splits them, and keep the form that they had."""

from __future__ import annotations

import pytest
from hypothesis import given

from adrastea.documents.file_form import cell_to_file, is_same_cell
from adrastea.documents.notebook import EMPTY, Cell, CellId, DisplayData, JsonObject, JsonValue, Stream, UnknownOutput
from adrastea.documents.wire_form import cell_from_json
from tests.documents.notebooks import cells

A = CellId("a")


def in_file(cell: Cell, before: JsonObject = EMPTY, *, whole_strings: bool = False) -> JsonObject:
    return cell_to_file(cell, before, whole_strings=whole_strings)


@pytest.mark.slow
@given(cells)
def test_a_cell_comes_back_from_a_file(cell: Cell) -> None:
    assert is_same_cell(cell_from_json(cell.id, in_file(cell)), cell)
    assert is_same_cell(cell_from_json(cell.id, in_file(cell, whole_strings=True)), cell)


def test_a_source_is_a_list_of_lines() -> None:
    assert in_file(Cell(A, "raw", "a\nb\r\nc\u2028d"))["source"] == ["a\n", "b\r\n", "c\u2028", "d"]
    assert in_file(Cell(A, "raw", ""))["source"] == []


def test_a_source_is_a_string_where_the_file_has_strings() -> None:
    assert in_file(Cell(A, "raw", "a\nb"), whole_strings=True)["source"] == "a\nb"


@pytest.mark.parametrize("source", ["a\nb", ["a\n", "b"], ["a", "\nb"], ["a\nb"], ["a\nb", ""]])
def test_a_source_that_is_the_same_keeps_its_form(source: JsonValue) -> None:
    assert in_file(Cell(A, "raw", "a\nb"), {"source": source})["source"] == source


def test_a_source_that_changed_keeps_its_kind() -> None:
    assert in_file(Cell(A, "raw", "a\nb"), {"source": "x"})["source"] == "a\nb"
    assert in_file(Cell(A, "raw", "a\nb"), {"source": ["x"]}, whole_strings=True)["source"] == ["a\n", "b"]


def test_mimebundles_are_split_where_nbformat_splits_them() -> None:
    mimes = ("text/plain", "text/html", "image/svg+xml", "application/javascript", "image/png", "application/x")
    cell = Cell(A, "code", outputs=(DisplayData(dict.fromkeys(mimes, "a\nb")), Stream("stdout", "a\nb")))

    assert in_file(cell)["outputs"] == [
        {
            "output_type": "display_data",
            "data": {mime: ["a\n", "b"] if number < 4 else "a\nb" for number, mime in enumerate(mimes)},
            "metadata": {},
        },
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
    ]


def test_outputs_and_attachments_keep_the_form_that_they_had() -> None:
    raw: JsonObject = {
        "cell_type": "code",
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": "a\nb"},
            {"output_type": "display_data", "data": {"text/plain": "a\nb", "image/png": ["x", "y"]}, "metadata": {}},
        ],
        "attachments": {"a": {"text/plain": "a\nb"}, "b": 7},
    }
    written = in_file(cell_from_json(A, raw), raw)

    assert written["outputs"] == raw["outputs"]
    assert written["attachments"] == raw["attachments"]


def test_outputs_that_were_no_outputs_before_are_written_anew() -> None:
    cell = Cell(A, "code", outputs=(Stream("stdout", "x"),))

    assert in_file(cell, {"outputs": [7]})["outputs"] == in_file(cell, {"outputs": 7})["outputs"]


def test_no_file_holds_a_display_id() -> None:
    shown, other = (Cell(A, "code", outputs=(DisplayData({}, display_id=name),)) for name in ("d1", "d2"))

    assert "display_id" not in str(in_file(shown))
    assert is_same_cell(shown, other)


def test_an_unknown_output_is_written_as_it_came() -> None:
    raw: JsonObject = {"output_type": "stream", "text": 7, "x": [1]}

    assert in_file(Cell(A, "code", outputs=(UnknownOutput(raw),)))["outputs"] == [raw]


def test_true_and_one_are_not_the_same() -> None:
    assert not is_same_cell(Cell(A, "raw", metadata={"k": True}), Cell(A, "raw", metadata={"k": 1}))
