"""JSON values from outside: what they are is asked once, and never assumed."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.json_values import (
    MAX_DEPTH,
    finite,
    is_count,
    is_json_mime,
    is_list,
    is_object,
    is_too_deep,
    mimebundle_from_json,
    object_from_json,
    text_from_json,
    without,
)
from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import BadRequest
from tests.documents.notebooks import json_values


@pytest.mark.slow
@given(json_values)
def test_a_value_is_an_object_or_a_list_or_neither(value: JsonValue) -> None:
    assert is_object(value) == isinstance(value, dict)
    assert is_list(value) == isinstance(value, list)


@pytest.mark.parametrize("value", [None, 0, -3, 10**40])
def test_whole_numbers_and_null_are_counts(value: JsonValue) -> None:
    assert is_count(value)


@pytest.mark.parametrize("value", [True, 1.0, "1", [], {}])
def test_nothing_else_is_a_count(value: JsonValue) -> None:
    assert not is_count(value)


def test_json_mime_types_are_told_from_text() -> None:
    mimes = ("application/json", "application/vnd.vega.v5+json", "text/plain", "image/svg+xml", "text/x+json")

    assert [mime for mime in mimes if is_json_mime(mime)] == ["application/json", "application/vnd.vega.v5+json"]


def test_an_object_is_refused_by_name_when_it_is_none() -> None:
    with pytest.raises(BadRequest, match=r"^A cell is a JSON object\.$"):
        object_from_json([], "A cell")


def test_text_in_a_mimebundle_is_joined_and_json_is_left_alone() -> None:
    bundle: JsonObject = {
        "text/plain": ["a\n", "b"],
        "application/json": ["a", "b"],
        "text/html": ["a", 7],
        "image/png": "x",
    }

    assert mimebundle_from_json(bundle) == {**bundle, "text/plain": "a\nb"}


@pytest.mark.parametrize(("raw", "text"), [("a", "a"), (["a\n", "b"], "a\nb"), ([], ""), ([1], None), (None, None)])
def test_a_text_is_a_string_or_a_list_of_lines(raw: JsonValue, text: str | None) -> None:
    assert text_from_json(raw) == text


def test_members_can_be_left_out_by_name() -> None:
    assert without({"a": 1, "b": 2, "c": 3}, ("a", "c")) == {"b": 2}


@pytest.mark.slow
@given(st.recursive(st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_finite_value_is_json_for_everybody(value: JsonValue) -> None:
    json.dumps(finite(value), allow_nan=False)


@pytest.mark.slow
@given(json_values)
def test_a_value_without_strange_numbers_stays_as_it_is(value: JsonValue) -> None:
    assert finite(value) == value


def test_a_strange_number_becomes_null() -> None:
    assert finite({"k": [math.nan, math.inf, -math.inf, 1.5]}) == {"k": [None, None, None, 1.5]}


@pytest.mark.parametrize("levels", [MAX_DEPTH, MAX_DEPTH + 1])
def test_depth_is_counted_in_objects_and_in_lists(levels: int) -> None:
    objects: JsonValue = 1
    lists: JsonValue = 1
    for _ in range(levels):
        objects, lists = {"k": objects}, [lists]

    assert is_too_deep(objects) == is_too_deep(lists) == (levels > MAX_DEPTH)
