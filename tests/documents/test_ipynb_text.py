"""A file that is no notebook is refused with a sentence and the line of the trouble."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.ipynb_text import parse, text_of
from adrastea.errors import InvalidNotebook


def test_a_file_in_utf_8_is_read() -> None:
    assert text_of("é 😀".encode()) == "é 😀"


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(InvalidNotebook, match=r"^The file holds bytes that are not UTF-8 \(line 2\)\.$") as refusal:
        text_of(b"{\n\xff}")

    assert refusal.value.line == 2


def test_utf_16_is_named() -> None:
    with pytest.raises(InvalidNotebook, match="UTF-16"):
        text_of("{}".encode("utf-16"))


def test_the_outermost_object_is_found_between_blanks() -> None:
    before, parts, after = parse('\n {"cells": [1], "a": 2}\t\n')

    assert (before, parts.text(), after) == ("\n ", '{"cells": [1], "a": 2}', "\t\n")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n "a": 1\n "b": 2\n}', 3, "comma"),
        ('{\n "a": 1,\n}', 3, "name"),
        ('{\n "a": [\n  1,,\n ]}', 3, "not valid JSON"),
        ('{\n "a": "unfinished\n}', 2, "not valid JSON"),
        ('{\n "a": 1', 2, "comma"),
        ('{"a": 1}\n\n{"b": 2}', 3, "behind the end"),
        ("[1,\n 2]", 1, "not a notebook"),
        ("print(1)\n", 1, "not valid JSON"),
        ('{\n "a": 1,\n<<<<<<< HEAD\n "b": 2\n=======\n', 3, "merge conflict"),
        ('{"a": ' + "9" * 5000 + "}", 1, "digits"),
        ('{"a": ' + "[" * 100_000, 1, "deeply"),
    ],
)
def test_what_is_not_an_object_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(InvalidNotebook, match=words) as refusal:
        parse(text)

    assert refusal.value.line == line
    assert str(refusal.value).endswith(f"(line {line}).")


@given(st.text(st.sampled_from('{}[]":,1a \n\\'), min_size=1).filter(str.strip))
def test_every_text_is_an_object_or_refused(text: str) -> None:
    with suppress(InvalidNotebook):
        before, parts, after = parse(text)
        assert before + parts.text() + after == text
