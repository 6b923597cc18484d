"""JSON text is changed where its value changed, and nowhere else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.json_style import Style, dumped
from adrastea.documents.json_text import Part, patched, same, split, value_of
from adrastea.documents.notebook import JsonValue
from tests.documents.notebooks import json_values

NO_PART = Part("", "", "", "", None, "", 0)
STRANGE = '{ "b" :1.0 ,\t"a":[ 1E+2, {"x":  "\\u0041"} ,3 ]\n,"c":{ } }'


def part_of(text: str) -> Part:
    return Part("", "", "", text, None, "", 0)


def patch(text: str, value: JsonValue, style: Style | None = None) -> str:
    return patched(part_of(text), value, style or Style(sort=False), 0)


def test_a_text_in_parts_is_the_same_text() -> None:
    parts, end = split(STRANGE)

    assert parts.text() == STRANGE
    assert end == len(STRANGE)


@pytest.mark.slow
@given(json_values, st.sampled_from((None, 0, 1, "\t")))
def test_every_object_and_array_in_parts_is_the_same_text(value: JsonValue, indent: int | str | None) -> None:
    text = json.dumps({"key": value, "cells": [value, value]}, indent=indent)

    parts, _ = split(text, inside=("cells",))

    assert parts.text() == parts.without_values().text() == text


def test_the_parts_know_where_they_are_and_what_they_hold() -> None:
    parts, _ = split(STRANGE)

    assert [(STRANGE[part.at : part.at + len(part.text)], part.value) for part in parts.items] == [
        ("1.0", 1.0),
        ('[ 1E+2, {"x":  "\\u0041"} ,3 ]', [100.0, {"x": "A"}, 3]),
        ("{ }", {}),
    ]


def test_parts_without_values_can_still_tell_them() -> None:
    parts = split(STRANGE)[0].without_values()

    assert parts.items[0].value is None
    assert value_of(parts.items[0]) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[",
        "[1",
        "[1 2]",
        '{"a"',
        '{"a" 1}',
        '{"a":',
        '{"a":1',
        '{"a":1 "b":2}',
        "{1:2}",
        "[1,]",
        '{"a":1,}',
        "[,]",
    ],
)
def test_what_is_not_json_is_refused_with_its_position(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        split(text)


@pytest.mark.slow
@given(json_values, json_values, st.sampled_from((Style(), Style(indent=None), Style(indent="\t", sort=False))))
def test_a_patched_text_stands_for_the_new_value(old: JsonValue, new: JsonValue, style: Style) -> None:
    assert same(json.loads(patch(dumped(old, style, 0), new, style)), new)


@pytest.mark.slow
@given(json_values, json_values)
def test_a_patched_text_in_one_style_is_as_if_written_anew(old: JsonValue, new: JsonValue) -> None:
    assert patch(dumped(old, Style(), 0), new, Style()) == dumped(new, Style(), 0)


@pytest.mark.slow
@given(json_values)
def test_the_same_value_keeps_its_very_text(value: JsonValue) -> None:
    text = json.dumps(value, indent=3)

    assert patch(text, value) == text


def test_what_is_the_same_keeps_its_very_text_inside_of_what_changed() -> None:
    value = json.loads(STRANGE)
    value["a"][2] = 4

    assert patch(STRANGE, value) == STRANGE.replace(",3 ]", ",4 ]")


def test_a_new_member_goes_behind_the_others_unless_they_are_sorted() -> None:
    one_line = Style(indent=None, sort=False)

    assert patch('{"b": 1, "a": 2}', {"b": 1, "a": 2, "aa": 3}, one_line) == '{"b": 1, "a": 2, "aa": 3}'
    assert patch('{"a": 2, "b": 1}', {"a": 2, "b": 1, "aa": 3}, one_line) == '{"a": 2, "aa": 3, "b": 1}'


def test_a_member_that_is_gone_leaves_no_trace() -> None:
    assert patch('{\n "a": 1,\n "b": 2\n}', {"a": 1}) == '{\n "a": 1\n}'


def test_an_array_that_grows_and_shrinks_keeps_what_it_holds() -> None:
    assert patch("[\n 1.0,\n 2.50\n]", [1.0, 2.5, 3]) == "[\n 1.0,\n 2.50,\n 3\n]"
    assert patch("[\n 1.0,\n 2.50\n]", [1.0]) == "[\n 1.0\n]"
    assert patch("[\n 1.0\n]", []) == "[]"
    assert patch("[ ]", [1]) == "[\n 1\n]"


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert patch('{"k": 1, "k": 2}', {"k": 2}) == '{"k": 1, "k": 2}'
    assert patch('{"k": 1, "k": 2.50, "l": 3}', {"k": 2.5, "l": 4}, Style(indent=None)) == '{"k": 2.50, "l": 4}'


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (1, 1.0), ("1", 1), (None, False), ([], {})])
def test_values_of_two_kinds_are_not_the_same(one: JsonValue, other: JsonValue) -> None:
    assert not same(one, other)


def test_values_are_the_same_whatever_the_order_of_their_keys() -> None:
    assert same({"a": 1, "b": float("nan")}, {"b": float("nan"), "a": 1})


def test_a_new_value_is_written_in_the_style() -> None:
    assert patched(None, [1], Style(), 1) == "[\n  1\n ]"
