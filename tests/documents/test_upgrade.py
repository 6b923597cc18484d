"""Older notebooks become nbformat 4.5, as Jupyter's own library does it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.documents.upgrade import cell_ids, cells_of_v3, metadata_of_v3
from adrastea.documents.wire_form import is_cell_id
from adrastea.errors import BadRequest

given_ids = st.none() | st.sampled_from(("a", "b", "not valid!", "")) | st.integers()


@pytest.mark.slow
@given(st.lists(st.tuples(given_ids, st.text(max_size=3)), max_size=8))
def test_every_cell_gets_an_id_of_its_own(cells: list[tuple[JsonValue, str]]) -> None:
    ids = cell_ids(cells)

    assert len(set(ids)) == len(ids) == len(cells)
    assert all(map(is_cell_id, ids))


@pytest.mark.slow
@given(st.lists(st.tuples(given_ids, st.text(max_size=3)), max_size=8))
def test_two_who_open_the_same_file_agree_on_the_ids(cells: list[tuple[JsonValue, str]]) -> None:
    assert cell_ids(cells) == cell_ids(list(cells))


def test_the_first_of_equal_ids_keeps_it_and_a_later_valid_one_is_never_taken() -> None:
    ids = cell_ids([("a", "1"), ("a", "2"), (None, "3"), ("b", "4")])

    assert (ids[0], ids[3]) == ("a", "b")


def test_an_id_that_we_would_make_and_that_is_taken_is_made_anew() -> None:
    made = cell_ids([(None, "text")])[0]

    assert cell_ids([(None, "text"), (made, "")]) != [made, made]
    assert cell_ids([(None, "text"), (made, "")])[1] == made


def v3(*cells: JsonValue) -> list[JsonObject]:
    return cells_of_v3({"worksheets": [{"cells": cells}]})


def test_a_heading_becomes_markdown() -> None:
    assert v3({"cell_type": "heading", "level": 3, "source": ["A\n", "b"]}) == [
        {"cell_type": "markdown", "source": "### A b"}
    ]


@pytest.mark.parametrize("level", [0, 7, "2", None])
def test_a_heading_of_a_strange_level_is_of_the_first(level: JsonValue) -> None:
    assert v3({"cell_type": "heading", "level": level, "source": 7})[0]["source"] == "# "


def test_json_that_was_a_text_becomes_json_where_it_is_some() -> None:
    outputs: list[JsonValue] = [
        {"output_type": "display_data", "json": raw} for raw in ('{"k": 1}', ["[1,\n", "2]"], "no json", {"k": 1})
    ]
    upgraded = v3({"cell_type": "code", "outputs": outputs})[0]["outputs"]

    assert [output["data"] for output in upgraded] == [  # type: ignore[union-attr, index, call-overload]
        {"application/json": value} for value in ({"k": 1}, [1, 2], "no json", {"k": 1})
    ]


def test_what_nobody_knows_is_carried_through() -> None:
    cell: JsonObject = {"cell_type": "future", "x": 1}
    output: JsonObject = {"output_type": "future", "y": 2}

    assert v3(cell, {"cell_type": "code", "outputs": [output]})[0] == cell
    assert v3({"cell_type": "code", "outputs": [output]})[0]["outputs"] == [output]


def test_strange_metadata_and_outputs_are_left_to_the_parser() -> None:
    upgraded = v3({"cell_type": "code", "metadata": 7, "collapsed": True, "outputs": 7})[0]

    assert upgraded["metadata"] == 7
    assert upgraded["outputs"] == 7


def test_strange_metadata_of_an_output_is_dropped() -> None:
    outputs: list[JsonValue] = [{"output_type": "pyout", "text": "x", "metadata": 7, "prompt_number": 3}]

    assert v3({"cell_type": "code", "outputs": outputs})[0]["outputs"] == [
        {"output_type": "execute_result", "data": {"text/plain": "x"}, "metadata": {}, "execution_count": 3}
    ]


@pytest.mark.parametrize("notebook", [{}, {"worksheets": 7}, {"worksheets": []}, {"worksheets": [{"cells": 7}]}])
def test_a_notebook_without_worksheets_has_no_cells(notebook: JsonObject) -> None:
    assert cells_of_v3(notebook) == []


@pytest.mark.parametrize("sheets", [[7], [{"cells": [7]}], [{"cells": [{"cell_type": "code", "outputs": [7]}]}]])
def test_worksheets_and_cells_that_are_no_objects_are_refused(sheets: JsonValue) -> None:
    with pytest.raises(BadRequest):
        cells_of_v3({"worksheets": sheets})


def test_name_and_signature_of_the_notebook_go() -> None:
    assert metadata_of_v3({"name": "n", "signature": "s", "other": 1}) == {"other": 1}
