"""One JSON part of a message: lenient where output would be lost, never another exception than ProtocolError (P2)."""

from __future__ import annotations

import json
import math
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol.json_part import EMPTY, MAX_DEPTH, JsonObject, JsonValue, dump_object, load_object

texts = st.sampled_from(["", "a", "é🦋", "\ud800", '"\\', "\0\n"])
scalars = st.one_of(st.sampled_from([None, True, 0, -1, 2**70, 0.1, -1e300]), texts)
flat = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(texts, scalars, max_size=3))
objects: st.SearchStrategy[dict[str, JsonValue]] = st.dictionaries(
    texts, st.one_of(flat, st.lists(flat, max_size=3)), max_size=3
)


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    """An object with arrays in it; its innermost array is at `depth`, the object itself at 1."""
    return f'{{"a":{opening * (depth - 1)}{closing * (depth - 1)}}}'.encode()


def cyclic() -> JsonObject:
    inner: list[JsonValue] = []
    inner.append(inner)
    return {"a": inner}


@given(objects)
def test_what_is_written_is_read_back_equal_by_us_and_by_a_strict_parser(value: dict[str, JsonValue]) -> None:
    data = dump_object(value)
    assert load_object(data, "content") == value
    assert json.loads(data.decode("utf-8"), parse_constant=pytest.fail) == value


@given(st.one_of(st.binary(max_size=60), st.text(alphabet='{}[]",:0123456789.eE-+truefalsnNaIity\\u d', max_size=60)))
def test_p2_any_bytes_give_an_object_or_a_protocol_error(data: bytes | str) -> None:
    try:
        value = load_object(data, "content")
    except ProtocolError:
        return
    assert load_object(dump_object(value), "content") == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"{",
        b"{}{}",
        b"{'a':1}",
        b'{"a":}',
        b"[]",
        b'"text"',
        b"1",
        b"null",
        b"NaN",
        b'{"a":01}',
        b"\xef\xbb\xbf{}",
        b"{} }",
        b"\x0b{}",
        b"{}\xc2\xa0",
    ],
)
def test_what_is_no_json_object_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="parent_header"):
        load_object(data, "parent_header")


def test_space_that_json_knows_may_stand_around_an_object() -> None:
    assert load_object(b' \n\t{"a" : 1}\r\n', "content") == {"a": 1}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_json_does_not_have_become_null(number: str) -> None:
    assert load_object(f'{{"a": {number}, "b": [1.5, {number}]}}', "content") == {"a": None, "b": [1.5, None]}


def test_an_integer_too_long_for_python_is_refused() -> None:
    with pytest.raises(ProtocolError):
        load_object(b'{"a":' + b"9" * 5000 + b"}", "content")


def test_bytes_that_are_not_utf_8_are_replaced_as_in_jupyter() -> None:
    assert load_object(b'{"a":"x\xffy"}', "content") == {"a": "x\ufffdy"}


def test_nesting_is_read_down_to_its_limit_and_not_below() -> None:
    load_object(nested(MAX_DEPTH), "content")
    with pytest.raises(ProtocolError, match=str(MAX_DEPTH)):
        load_object(nested(MAX_DEPTH + 1), "content")


def test_objects_count_as_nesting_too() -> None:
    inner = b'{"a":' * (MAX_DEPTH - 1) + b"{}" + b"}" * (MAX_DEPTH - 1)
    load_object(inner, "content")
    with pytest.raises(ProtocolError):
        load_object(b'{"a":' + inner + b"}", "content")


@pytest.mark.parametrize("depth", [500, 990, 1000, 5000, 200_000])
def test_nesting_far_beyond_the_limit_is_refused_and_does_not_crash(depth: int) -> None:
    with pytest.raises(ProtocolError):
        load_object(nested(depth), "content")
    with pytest.raises(ProtocolError):
        load_object(b"[" * depth, "content")


def test_many_brackets_side_by_side_are_not_nesting() -> None:
    value: JsonObject = {"a": [[1], {"b": [2]}] * MAX_DEPTH, "c": "[" * 5 * MAX_DEPTH}
    assert load_object(dump_object(value), "content") == value


def test_a_lone_surrogate_survives_in_plain_ascii() -> None:
    data = dump_object({"text": "é \ud800"})
    assert data.isascii()
    assert load_object(data, "content") == {"text": "é \ud800"}


def test_two_halves_of_one_character_become_the_character() -> None:
    assert load_object(dump_object({"text": "\ud83e\udd8b"}), "content") == {"text": "🦋"}


def test_text_outside_ascii_is_written_as_it_is() -> None:
    assert dump_object({"text": "é🦋"}) == '{"text":"é🦋"}'.encode()


def test_numbers_that_json_does_not_have_are_written_as_null() -> None:
    value: JsonObject = {"a": math.nan, "b": (math.inf, 1.5), "c": MappingProxyType({"d": [-math.inf, "\ud800"]})}
    assert dump_object(value) == b'{"a":null,"b":[null,1.5],"c":{"d":[null,"\\ud800"]}}'


def test_frozen_mappings_and_tuples_are_written_like_others() -> None:
    assert dump_object(MappingProxyType({"a": EMPTY, "b": (1, 2)})) == b'{"a":{},"b":[1,2]}'


@pytest.mark.parametrize("value", [object(), b"bytes", {1}])
def test_what_has_no_json_form_is_a_protocol_error(value: object) -> None:
    with pytest.raises(ProtocolError):
        dump_object({"a": value})  # type: ignore[dict-item]  # what the types forbid, at run time


def test_an_integer_too_long_for_python_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError):
        dump_object({"a": 10**5000})


def test_a_value_that_holds_itself_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError):
        dump_object(cyclic())
