"""What a request says: whatever does not fit is a BadRequest, and nothing else is ever raised."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.notebook import JsonValue
from adrastea.errors import BadRequest
from adrastea.server import fields


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"1",
        b'"text"',
        b"\xff\xfe\x00",
        b"\x80",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b"{'a': 1}",
    ],
)
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        fields.json_object(body)


@pytest.mark.parametrize("body", [b"", b" \n", b"null", b"{}"])
def test_a_body_that_says_nothing_is_an_empty_object(body: bytes) -> None:
    assert dict(fields.json_object(body)) == {}


@given(st.binary())
def test_no_bytes_bring_the_parser_down(body: bytes) -> None:
    with contextlib.suppress(BadRequest):
        fields.json_object(body)


def test_json_is_written_in_utf_8() -> None:
    assert fields.json_bytes({"ä": ["é", None]}) == '{"ä":["é",null]}'.encode()


def test_half_a_surrogate_pair_is_written_as_an_escape() -> None:
    assert json.loads(fields.json_bytes({"a": "\ud800é"})) == {"a": "\ud800é"}


def test_what_json_has_no_word_for_becomes_null() -> None:
    value: JsonValue = {"a": [float("nan"), float("inf"), 1.5], "b": {"c": float("-inf")}}

    assert json.loads(fields.json_bytes(value)) == {"a": [None, None, 1.5], "b": {"c": None}}


def test_what_is_nested_too_deeply_to_be_written_is_refused() -> None:
    value: JsonValue = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(BadRequest):
        fields.json_bytes(value)


def test_a_field_of_the_wrong_type_is_refused_by_its_name() -> None:
    with pytest.raises(BadRequest, match="'a' is not text"):
        fields.optional_text({"a": 1}, "a")
    with pytest.raises(BadRequest, match="'a' is not an object"):
        fields.optional_object({"a": []}, "a")
    with pytest.raises(BadRequest, match="'a' is missing"):
        fields.text({}, "a")


def test_a_field_that_is_null_counts_as_missing() -> None:
    assert fields.optional_text({"a": None}, "a") is None
    assert fields.optional_object({"a": None}, "a") is None
    with pytest.raises(BadRequest):
        fields.text({"a": None}, "a")


def test_a_flag_is_0_or_1() -> None:
    assert fields.flag("1", "x", default=False)
    assert not fields.flag("0", "x", default=True)
    assert fields.flag(None, "x", default=True)
    with pytest.raises(BadRequest, match="'x' is 'yes'"):
        fields.flag("yes", "x", default=True)
