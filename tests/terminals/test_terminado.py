"""terminado's frames: what is understood, what is ignored, what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.terminals import terminado
from adrastea.terminals.terminado import SetSize, Stdin, parse


def test_what_was_typed_becomes_utf_8() -> None:
    assert parse('["stdin","ä\\u0000"]') == Stdin("ä\0".encode())


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert parse('["stdin","\\ud800"]') == Stdin(b"?")


def test_a_size_may_have_pixels_behind_it() -> None:
    assert parse('["set_size",24,80,600.5,800]') == SetSize(24, 80)


@pytest.mark.parametrize("size", ["0,80", "-1,80", "24,65536", "24.5,80", "true,80", "null,null", '"24","80"', "24"])
def test_a_size_that_no_terminal_has_is_ignored(size: str) -> None:
    assert parse(f'["set_size",{size}]') is None


@pytest.mark.parametrize("frame", ["[]", "{}", "7", "null", '["stdin"]', '["stdin",7]', '["other",1]', "[[[]]]"])
def test_json_that_says_nothing_to_us_is_ignored(frame: str) -> None:
    assert parse(frame) is None


@pytest.mark.parametrize("frame", ["", "[", b"\xff\xfe\xfd", "x" * 100, "[" * 100_000])
def test_what_is_no_json_is_refused(frame: str | bytes) -> None:
    with pytest.raises(ProtocolError):
        parse(frame)


@given(st.text())
def test_what_is_shown_arrives_as_it_was(text: str) -> None:
    assert json.loads(terminado.stdout(text)) == ["stdout", text]


def test_the_end_begins_as_terminados_and_adds_the_exit_code() -> None:
    assert json.loads(terminado.disconnect(7)) == ["disconnect", 1, 7]
    assert json.loads(terminado.SETUP) == ["setup", {}]
