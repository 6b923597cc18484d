"""A notebook file that cannot be read, made one that can: what is understood of it stays, nothing is made up.

Characters that are not UTF-8 are marked, of a merge conflict the first side is taken, commas too many are left out, and
what ends in the middle is closed. A cell that is none becomes a raw cell with its text, so that a reader sees it. The
file before stays beside it: whoever calls this keeps a copy. Pure; any thread.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Final, cast

from adrastea.documents import ipynb
from adrastea.documents.json_values import is_list, is_object, without
from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import InvalidNotebook

_CONFLICT: Final = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}[^\n]*\n.*?^>{7}[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_CLOSES: Final = {"[": "]", "{": "}"}


def repaired(data: bytes) -> bytes:
    """The bytes of a readable notebook.

    Raises:
        InvalidNotebook: too little of it is understood.
    """
    text = _CONFLICT.sub(lambda found: found["ours"], _text(data))
    try:
        raw = cast("JsonValue", json.loads("".join(_closed(text)), strict=False))
    except (ValueError, RecursionError):
        raise InvalidNotebook("This file could not be repaired: its text has too little of a notebook.") from None
    notebook = _notebook(raw)
    made = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    result = made.encode("utf-8", "replace")
    ipynb.decode(result)
    return result


def _text(data: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    return data.decode("utf-8", "replace")


def _closed(text: str) -> Iterator[str]:
    """The tokens without commas that nothing follows, a name without its value left out, and all brackets closed."""
    open_brackets: list[str] = []
    waiting: list[str] = []  # a comma, and a name and its colon, which are told when something follows
    for piece in _pieces(text):
        if piece == ",":
            waiting = waiting if waiting[:1] == [","] else [","]
            continue
        if piece in {"]", "}"}:
            if not open_brackets or _CLOSES[open_brackets.pop()] != piece:
                return  # what follows belongs to nothing
            waiting = []
            yield piece
            continue
        if _is_name(piece, waiting, open_brackets):
            waiting.append(piece)
            continue
        if piece == ":":
            waiting.append(piece)
            continue
        yield from waiting
        waiting = []
        yield piece
        if piece in _CLOSES:
            open_brackets.append(piece)
    yield from (_CLOSES[bracket] for bracket in reversed(open_brackets))


def _is_name(piece: str, waiting: list[str], open_brackets: list[str]) -> bool:
    return piece.startswith('"') and open_brackets[-1:] == ["{"] and ":" not in waiting


def _pieces(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        piece = found[0]
        ends = piece.startswith('"') and (len(piece) == 1 or not piece.endswith('"') or _is_escaped(piece))
        yield f'{piece.rstrip(chr(92))}"' if ends else piece


def _is_escaped(piece: str) -> bool:
    """Whether the last quote belongs to the text: an odd number of backslashes is before it."""
    body = piece[:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def _notebook(raw: JsonValue) -> JsonObject:
    members: JsonObject = raw if is_object(raw) else {"cells": raw if is_list(raw) else None}
    cells = members.get("cells")
    if not is_list(cells):
        raise InvalidNotebook("This file could not be repaired: there are no cells in it.")
    metadata = members.get("metadata")
    nothing: dict[str, JsonValue] = {}
    return {
        **without(members, ("cells", "metadata", "nbformat", "nbformat_minor")),
        "cells": [_cell(cell) for cell in cells],
        "metadata": metadata if is_object(metadata) else nothing,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(raw: JsonValue) -> JsonValue:
    """As it is where it can be read; a code cell without outputs that cannot; else a raw cell."""
    tried: list[JsonValue] = [raw]
    if is_object(raw) and "outputs" in raw:
        tried.append({**raw, "outputs": ()})
    for one in tried:
        whole = json.dumps({"cells": [one], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        try:
            ipynb.decode(whole.encode("utf-8", "replace"))
        except InvalidNotebook:
            continue
        return one
    return {"cell_type": "raw", "metadata": {}, "source": json.dumps(raw, indent=1, ensure_ascii=False)}
