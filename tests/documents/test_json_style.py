"""How a JSON text is written is found out, and followed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from adrastea.documents.json_style import Style, dumped, style_of
from adrastea.documents.json_text import split
from adrastea.documents.notebook import JsonValue
from tests.documents.notebooks import json_values

VALUE: JsonValue = {"b": [1, 2.5, "é", [], {}], "a": {"y": None, "x": True}}
STYLES = {
    "Jupyter's": Style(),
    "two blanks": Style(indent="  ", sort=False),
    "tabs": Style(indent="\t", newline="\r\n", sort=False),
    "no indentation": Style(indent="", sort=False),
    "one line": Style(indent=None, sort=False),
    "compact": Style(indent=None, blank="", colon=":", sort=False),
    "escaped": Style(ascii=True, sort=False),
}


def by_json(value: JsonValue, style: Style) -> str:
    separators = ("," if style.indent is not None else f",{style.blank}", style.colon)
    text = json.dumps(value, indent=style.indent, separators=separators, ensure_ascii=style.ascii, sort_keys=style.sort)
    return text.replace("\n", style.newline)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_a_value_is_written_as_the_json_module_does(style: Style) -> None:
    assert dumped(VALUE, style, 0) == by_json(VALUE, style)


@pytest.mark.slow
@given(json_values)
def test_every_value_is_written_as_the_json_module_does(value: JsonValue) -> None:
    assert dumped(value, Style(), 0) == by_json(value, Style())


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_the_style_of_a_text_is_found_out(style: Style) -> None:
    text = by_json(VALUE, style)
    items = split(text)[0].items
    colon = items[0].head.rpartition('"')[2]
    found = style_of(text, [item.lead for item in items], colon, [[item.key for item in items]])

    assert dumped(VALUE, found, 0) == text


def test_a_value_further_in_is_indented_further() -> None:
    assert dumped([1], Style(indent="  "), 2) == "[\n      1\n    ]"


def test_a_backslash_before_a_u_is_no_escape() -> None:
    found = style_of(r'{"a": "\\usepackage", "b": "\\u0041"}', ["", " "], ": ", [])

    assert not found.ascii
