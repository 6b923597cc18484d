"""What a terminal has shown lately is bounded, exact, and asks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.terminals.recent_output import RecentOutput


@given(st.lists(st.text("ab", max_size=12), max_size=8))
def test_it_is_the_end_of_what_was_shown(pieces: list[str]) -> None:
    recent = RecentOutput(10)
    for piece in pieces:
        recent.add(piece)

    assert recent.text() == "".join(pieces)[-10:]


def test_what_was_cut_begins_with_a_whole_line() -> None:
    recent = RecentOutput(12)
    recent.add("\x1b[31mred\x1b[0m\r\nnext\r\n")

    assert recent.text() == "next\r\n"


@pytest.mark.parametrize("question", ["\x1b[c", "\x1b[>0c", "\x1b[6n", "\x1b[?6n", "\x1b]11;?\x07", "\x1b]4;1;?\x1b\\"])
def test_questions_to_the_terminal_are_not_asked_again(question: str) -> None:
    recent = RecentOutput()
    recent.add(f"a{question}\x1b[31mb")

    assert recent.text() == "a\x1b[31mb"
