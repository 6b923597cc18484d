"""What the window says itself: all of it in both languages, and none of it elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

import adrastea.desktop
from adrastea.desktop.words import ENGLISH, GERMAN, words_for

FOLDER = Path(adrastea.desktop.__file__).parent
SAME = {"notebooks"}
"""Words that are the same in both languages."""
NOT_SHOWN = {
    "browser.py": "said in a terminal",
    "obstacle.py": "the same",
    "windows.py": "the same",
    "menu.py": "names of keys in the toolkits; what is shown comes from the page",
}
OF_PROGRAMS = {
    *("Adrastea", "Wayland", "Gtk", "Soup"),  # names
    *("Notify", "Read"),  # of methods on the session bus
    *("Cut", "Copy", "Paste"),  # commands of WebKit
    *("Top", "Bottom", "Left", "Right"),  # parts of methods of Cocoa
    "Print to File",  # GTK's name of a printer, which GTK translates
}
LOOKED_AT = [file for file in sorted(FOLDER.glob("*.py")) if file.name not in {"words.py", *NOT_SHOWN}]
READS = re.compile(r"[A-Z][a-z]+( .+|…)?")
"""What reads like a title, a button or a sentence."""


def test_german_says_something_else_than_english_and_puts_the_same_values_into_it() -> None:
    english, german = asdict(ENGLISH), asdict(GERMAN)

    assert {name for name in english if english[name] == german[name]} == SAME
    for name, text in english.items():
        assert re.findall(r"{\w*}", german[name]) == re.findall(r"{\w*}", text), name


@pytest.mark.parametrize(("lang", "words"), [("de", GERMAN), ("en", ENGLISH), ("fr", ENGLISH), ("", ENGLISH)])
def test_a_page_without_words_of_ours_has_english_ones(lang: str, words: object) -> None:
    assert words_for(lang) is words


@pytest.mark.parametrize("file", LOOKED_AT, ids=lambda file: file.name)
def test_what_is_shown_is_said_in_no_other_file(file: Path) -> None:
    """What an error says is translated in the page, what is logged is English."""
    said = {text for text in texts(ast.parse(file.read_text(encoding="utf-8"))) if READS.fullmatch(text)}

    assert not said - OF_PROGRAMS


def texts(node: ast.AST) -> Iterator[str]:
    """The texts in a file, but its docstrings, its errors and what it logs."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Raise() | ast.Expr(value=ast.Constant()) | ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                continue
            case ast.Constant(value=str(text)):
                yield text.strip()
            case _:
                yield from texts(child)
