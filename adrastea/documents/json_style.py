"""How a JSON text is written: found out from a text, and followed in a new one. Pure; any thread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from json.encoder import encode_basestring, encode_basestring_ascii

from adrastea.documents.json_values import is_list, is_object
from adrastea.documents.notebook import JsonValue

_ESCAPE = re.compile(r"\\u(?<!\\\\u)(?!00[0-7])[0-9a-fA-F]{4}")  # of a character beyond ASCII


@dataclass(frozen=True, slots=True)
class Style:
    """How new text is written. The defaults are Jupyter's."""

    indent: str | None = " "
    """One level; None puts everything into one line."""
    newline: str = "\n"
    blank: str = " "
    """Behind the comma, in one line."""
    colon: str = ": "
    ascii: bool = False
    """Whether other characters than ASCII are escaped."""
    sort: bool = True
    """Whether members are in the order of their keys."""


def style_of(text: str, leads: Sequence[str], colon: str, keys: Iterable[Sequence[str]]) -> Style:
    """The style of `text`, given what stands before its outermost members, a colon, and the keys of some objects."""
    line = leads[0].rfind("\n")
    indent = None if line < 0 else leads[0][line + 1 :]
    newline = "\r\n" if line > 0 and leads[0][line - 1] == "\r" else "\n"
    blank = leads[1] if line < 0 and len(leads) > 1 else " "
    ascii_only = text.isascii() and _ESCAPE.search(text) is not None
    return Style(
        indent, newline, blank, colon, ascii_only, all(one < two for row in keys for one, two in pairwise(row))
    )


def dumped(value: JsonValue, style: Style, depth: int) -> str:
    """The JSON text of a value that begins at this depth of brackets."""
    if isinstance(value, str):
        return encode_basestring_ascii(value) if style.ascii else encode_basestring(value)
    if is_object(value):
        keys = sorted(value) if style.sort else list(value)
        members = [key_and_colon(key, style) + dumped(value[key], style, depth + 1) for key in keys]
        return _between("{}", members, style, depth)
    if is_list(value):
        return _between("[]", [dumped(item, style, depth + 1) for item in value], style, depth)
    return json.dumps(value)


def key_and_colon(key: str, style: Style) -> str:
    """What stands before the value of a new member."""
    return dumped(key, style, 0) + style.colon


def lead_of(style: Style, depth: int, *, first: bool) -> str:
    """The blanks before an item at this depth, behind the bracket or behind a comma."""
    if style.indent is None:
        return "" if first else style.blank
    return style.newline + style.indent * depth


def _between(brackets: str, texts: Sequence[str], style: Style, depth: int) -> str:
    if not texts:
        return brackets
    comma = "," + lead_of(style, depth + 1, first=False)
    begin, end = lead_of(style, depth + 1, first=True), lead_of(style, depth, first=True)
    return f"{brackets[0]}{begin}{comma.join(texts)}{end}{brackets[1]}"
