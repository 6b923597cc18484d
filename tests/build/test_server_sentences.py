"""What the server says to the page has its German, each sentence of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build.server_sentences import GERMAN, Unclear, sentences


def _said(folder: Path, source: str, name: str = "some.py") -> frozenset[str]:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")
    return sentences(folder)


def test_every_sentence_of_the_server_has_its_german() -> None:
    german = json.loads(GERMAN.read_text(encoding="utf-8"))

    missing = sentences() - german.keys()

    assert not missing, f"Add to {GERMAN.name} (python -m build.server_sentences lists them): {sorted(missing)}"


def test_no_german_stands_for_what_nothing_says() -> None:
    german = json.loads(GERMAN.read_text(encoding="utf-8"))

    assert german.keys() <= sentences()


def test_a_value_in_a_sentence_is_a_pair_of_braces(tmp_path: Path) -> None:
    assert _said(tmp_path, 'raise NotFound(f"{path.name!r} does not exist.")') == {"{} does not exist."}


def test_a_name_may_stand_for_several_sentences(tmp_path: Path) -> None:
    source = """
def refuse(place):
    if place: why = "the disk is full"
    else: why = f"the disk refused it ({place})"
    raise StorageFailed(f"It is not saved: {why}.")
"""

    assert _said(tmp_path, source) == {
        "It is not saved: {}.",
        "the disk is full",
        "the disk refused it ({})",
    }


def test_what_a_function_or_a_table_puts_into_a_sentence_is_a_sentence_too(tmp_path: Path) -> None:
    source = """
REASONS = {1: "memory ran out"}
def installed(): return f"Installed: {names}."
def refuse(): raise Conflict(f"{REASONS[1]}. {installed()}")
"""

    assert _said(tmp_path, source) == {"{}. {}", "memory ran out", "Installed: {}."}


def test_a_text_whose_words_cannot_be_found_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unclear, match="which text is that"):
        _said(tmp_path, "raise NotFound(table[name])")


def test_a_sentence_from_pieces_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unclear, match="whole sentences"):
        _said(tmp_path, 'raise NotFound(f"It ended{a}{b}.")')


def test_what_only_a_terminal_shows_needs_no_german(tmp_path: Path) -> None:
    assert _said(tmp_path, 'raise StartFailed("Choose another port.")') == frozenset()
    assert _said(tmp_path, 'raise NotFound("No such option.")', "export/export.py") == frozenset()
