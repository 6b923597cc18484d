"""Stream text is what a terminal shows, however it was cut into chunks, and never more than the limit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.streams import STREAM_KEEP, STREAM_LIMIT, Kept, Pieces, grown, join, kept, pieces_of, with_kept

VECTORS = Path(__file__).parents[1] / "vectors" / "streams"


class Vector(TypedDict):
    name: str
    previous: str
    new: str
    after: str
    limit: NotRequired[int]
    keep: NotRequired[int]


VECTOR_LIST: list[Vector] = json.loads((VECTORS / "join.json").read_text(encoding="utf-8"))
chunks = st.text(st.sampled_from("abcxyz\n\r\b\U0001f600"), max_size=30)


@pytest.mark.parametrize("vector", VECTOR_LIST, ids=lambda vector: vector["name"])
def test_joining_follows_the_vectors(vector: Vector) -> None:
    limit, keep = vector.get("limit", STREAM_LIMIT), vector.get("keep", STREAM_KEEP)

    assert join(vector["previous"], vector["new"], limit, keep) == vector["after"]


@given(chunks, chunks, chunks)
def test_how_the_output_was_cut_into_chunks_never_shows(before: str, one: str, two: str) -> None:
    text = join("", before, 40, 10)

    assert join(join(text, one, 40, 10), two, 40, 10) == join(text, one + two, 40, 10)


@given(st.lists(chunks, max_size=12), st.sampled_from((40, 10_000)))
def test_a_text_in_pieces_is_the_same_text(parts: list[str], limit: int) -> None:
    pieces, text = Pieces(), ""
    for part in parts:
        pieces, text = grown(pieces, part, limit, 10, piece=3), join(text, part, limit, 10)

        assert (str(pieces), pieces.length) == (text, len(text))


@given(chunks)
def test_text_that_was_joined_once_stays_as_it_is(text: str) -> None:
    shown = join("", text)

    assert join("", shown) == shown
    assert join(shown, "") == shown


@given(st.text(st.characters(exclude_characters="\r\b\x1b")), st.text(st.characters(exclude_characters="\r\b\x1b")))
def test_text_without_control_characters_is_put_behind(one: str, two: str) -> None:
    assert join(one, two) == one + two


@pytest.mark.slow
@given(st.lists(chunks, max_size=20))
def test_the_text_never_passes_the_limit_by_more_than_its_mark_and_its_cursor(parts: list[str]) -> None:
    text = ""
    for part in parts:
        text = join(text, part, 40, 10)

    assert len(text) <= 40 + len("\n[… 1000 characters left out …]\n") + len("\r") + 40


@pytest.mark.slow
def test_the_beginning_and_the_end_stay_and_what_is_missing_is_counted() -> None:
    text = ""
    for chunk in range(10):
        text = join(text, "".join(f"{line:09d}\n" for line in range(chunk * 100_000, (chunk + 1) * 100_000)))
    text = join(text, "end\n")
    missing = 10_000_000 + len("end\n") - (len(text) - len("\n[… 6000000 characters left out …]\n"))

    assert text.startswith("000000000\n")
    assert text.endswith("000999999\nend\n")
    assert f"\n[… {missing} characters left out …]\n" in text
    assert len(text) <= STREAM_LIMIT


def test_a_text_that_grows_is_not_copied() -> None:
    large = "x" * 500_000
    pieces = grown(grown(pieces_of(large), "y"), "z")

    assert pieces.done[0] is large
    assert (pieces.last, pieces.length) == ("yz", 500_002)


@pytest.mark.slow
def test_a_line_of_a_million_characters_and_as_many_backspaces_is_no_trap() -> None:
    text = join("x" * 500_000, "\b" * 300_000 + "y" * 200_000, 4_000_000, 1_000_000)

    assert text == "x" * 200_000 + "y" * 200_000 + "x" * 100_000 + "\r" + "x" * 200_000 + "y" * 200_000


def test_where_the_whole_is_kept_stays_said_when_more_is_left_out() -> None:
    shown = join("0123456789abcdefghij", "k", 20, 5)
    assert kept(shown, 5) is None

    marked = with_kept(shown, Kept("0123456789abcdef"), 5)
    later = join(marked, "x" * 30, 20, 5)

    assert kept(later, 5) == Kept("0123456789abcdef")
    assert with_kept(later, None, 5) == join(shown, "x" * 30, 20, 5)


def test_a_text_of_which_nothing_is_left_out_says_nothing() -> None:
    assert with_kept("0123456789", Kept("0123456789abcdef"), 5) == "0123456789"
    assert kept("0123456789", 5) is None


def test_that_only_the_beginning_is_kept_is_said() -> None:
    shown = join("0123456789abcdefghij", "k", 20, 5)

    assert kept(with_kept(shown, Kept("0123456789abcdef", whole=False), 5), 5) == Kept("0123456789abcdef", whole=False)
