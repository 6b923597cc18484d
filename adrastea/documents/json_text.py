"""JSON as text that is changed only where its value changed.

    split("{ "a": 1, "b": [2] }")  ->  parts, each with its own text and what stands around it
    patched(part, value)           ->  the text of `value`; whatever is the same as in `part` keeps its very characters

Order of keys, spelling of numbers and escapes, blanks: all of it stays, except in what is new or different; that is
written in a `Style`. Two values are the same when their JSON is: `1`, `1.0` and `true` are three. Pure; any thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from adrastea.documents.json_style import Style, dumped, key_and_colon, lead_of
from adrastea.documents.json_values import is_list, is_object
from adrastea.documents.notebook import JsonObject, JsonValue

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an object or one item of an array."""

    lead: str
    """Blanks before it."""
    head: str
    """The key with its colon; empty in an array."""
    key: str
    text: str
    value: JsonValue
    """None if `inner` is there."""
    trail: str
    """Blanks behind it."""
    at: int
    """Where `text` begins."""
    inner: Parts | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """An object or an array in pieces: all their texts together are its text."""

    brackets: str
    items: tuple[Part, ...]
    blanks: str
    """Between the brackets where there are no items."""

    def text(self) -> str:
        """The text as it was."""
        return "".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """The same in pieces, none longer than an item that was not taken apart."""
        yield self.brackets[0] + self.blanks
        for position, item in enumerate(self.items):
            yield f"{',' if position else ''}{item.lead}{item.head}"
            if item.inner is None:
                yield item.text
            else:
                yield from item.inner.pieces()
            yield item.trail
        yield self.brackets[1]

    def without_values(self) -> Parts:
        """The same text, and no memory spent on what it stands for."""
        return replace(self, items=tuple(replace(item, value=None, inner=_textual(item.inner)) for item in self.items))


Render = Callable[[Part | None, str, JsonValue], str]
"""The text of a value, from the part that it had before (None if it is new) and its key."""


def same(one: JsonValue, other: JsonValue) -> bool:
    """Whether both are the same JSON. The order of keys does not count, the kind of number does."""
    return one is other or canonical(one) == canonical(other)


def canonical(value: JsonValue) -> str:
    """One text for all texts of the same JSON."""
    return json.dumps(value, sort_keys=True, default=dict)


def value_of(part: Part) -> JsonValue:
    """What the part's text stands for."""
    value: JsonValue = json.loads(part.text)
    return value


def split(text: str, start: int = 0, inside: Container[str] = ()) -> tuple[Parts, int]:
    """Take apart the object or array that begins at `start`; members named in `inside` are taken apart too.

    Returns the parts and the position behind them.

    Raises:
        ValueError: it is not JSON (`json.JSONDecodeError`, which knows where), or has a number too long to read.
        RecursionError: it is nested too deeply.
    """
    brackets = "{}" if text[start] == "{" else "[]"
    items: list[Part] = []
    at = start + 1
    first = _BLANKS.match(text, at)
    blanks = first.group() if first else ""
    if text.startswith(brackets[1], at + len(blanks)):
        return Parts(brackets, (), blanks), at + len(blanks) + 1
    while True:
        item, at = _item(text, at, brackets, inside)
        items.append(item)
        if text.startswith(brackets[1], at):
            return Parts(brackets, tuple(items), ""), at + 1
        if not text.startswith(",", at):
            raise json.JSONDecodeError("A comma is missing", text, at)
        at += 1


def patched(part: Part | None, value: JsonValue, style: Style, depth: int) -> str:
    """The JSON text of `value` at this depth of brackets, with as much of the part's text as is still right."""
    return dumped(value, style, depth) if part is None else _patched(part.text, value_of(part), value, style, depth)


def patched_object(parts: Parts, value: JsonObject, style: Style, depth: int, render: Render) -> str:
    """The same for an object in parts, whose values are written by `render`. Members that are gone leave no trace."""
    keys = _keys([part.key for part in parts.items], value)
    old = {part.key: part for part in parts.items}  # of a key that stands there twice, the last counts
    items: list[tuple[Part | None, str]] = []
    for key in keys:
        part = old.get(key)
        head = key_and_colon(key, style) if part is None else part.head
        items.append((part, head + render(part, key, value[key])))
    return patched_array(parts, items, style, depth)


def patched_array(parts: Parts, items: Sequence[tuple[Part | None, str]], style: Style, depth: int) -> str:
    """These texts between the brackets; each comes with the part that it had before, and with the blanks around it."""
    return "".join(array_pieces(parts, items, style, depth))


def array_pieces(parts: Parts, items: Sequence[tuple[Part | None, str]], style: Style, depth: int) -> list[str]:
    """The same in pieces, each of which is one of the texts or short."""
    if not items:
        return [parts.brackets if parts.items else parts.text()]
    old = parts.items
    out = [parts.brackets[0]]
    for position, (part, text) in enumerate(items):
        last = position == len(items) - 1
        if part is not None and (part is old[0]) == (position == 0):
            lead = part.lead
        elif position == 0 and old:
            lead = old[0].lead
        else:
            lead = lead_of(style, depth + 1, first=position == 0)
        trail = part.trail if part is not None and (part is old[-1]) == last else ""
        if last and (not old or part is not old[-1]):
            trail = old[-1].trail if old else lead_of(style, depth, first=True)
        out += [lead, text, trail, "" if last else ","]
    return [*out, parts.brackets[1]]


def _textual(parts: Parts | None) -> Parts | None:
    return None if parts is None else parts.without_values()


def _item(text: str, at: int, brackets: str, inside: Container[str]) -> tuple[Part, int]:
    begin = _after_blanks(text, at)
    lead, key, value_at = text[at:begin], "", begin
    if brackets == "{}":
        if not text.startswith('"', begin):
            raise json.JSONDecodeError("A name in quotes is missing", text, begin)
        key, colon = _DECODER.raw_decode(text, begin)
        colon = _after_blanks(text, colon)
        if not text.startswith(":", colon):
            raise json.JSONDecodeError("A colon is missing", text, colon)
        value_at = _after_blanks(text, colon + 1)
    head = text[begin:value_at]
    if key in inside and text.startswith("[", value_at):
        inner, end = split(text, value_at)
        behind = _after_blanks(text, end)
        return Part(lead, head, key, "", None, text[end:behind], value_at, inner), behind
    value, end = _DECODER.raw_decode(text, value_at)
    behind = _after_blanks(text, end)
    return Part(lead, head, key, text[value_at:end], value, text[end:behind], value_at), behind


def _after_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _patched(text: str, old: JsonValue, new: JsonValue, style: Style, depth: int) -> str:
    if same(old, new):
        return text
    if is_object(old) and is_object(new):

        def render(part: Part | None, _: str, value: JsonValue) -> str:
            if part is None:
                return dumped(value, style, depth + 1)
            return _patched(part.text, part.value, value, style, depth + 1)

        return patched_object(split(text)[0], new, style, depth, render)
    if is_list(old) and is_list(new):
        parts = split(text)[0]
        kept = [
            (part, _patched(part.text, part.value, item, style, depth + 1))
            for part, item in zip(parts.items, new, strict=False)
        ]
        added = [(None, dumped(item, style, depth + 1)) for item in new[len(kept) :]]
        return patched_array(parts, [*kept, *added], style, depth)
    return dumped(new, style, depth)


def _keys(old: Sequence[str], value: Mapping[str, JsonValue]) -> list[str]:
    """The keys of `value` in the order that they had; new ones in alphabetical order where that is the order."""
    keys = [*(key for key in dict.fromkeys(old) if key in value), *(key for key in value if key not in old)]
    return sorted(keys) if all(one < other for one, other in pairwise(old)) else keys
