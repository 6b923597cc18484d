"""The signature of a notebook file as Jupyter makes it: an HMAC of everything that is in it, under the user's secret.

    keys in order, each with its value · lists one after the other · texts as UTF-8 · the rest as Python writes it

Signed is what Jupyter has after reading: texts that stand as lists of lines are joined, and what it takes out when it
reads (`signature`, `orig_nbformat`, `trusted`) is not there. Pure; any thread.

Source of truth: nbformat/sign.py (`yield_everything`) and nbformat/v4/rwbase.py.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, cast

from adrastea.documents.json_values import is_list, is_object
from adrastea.documents.notebook import JsonObject, JsonValue

if TYPE_CHECKING:
    from adrastea.documents.json_text import Parts

ALGORITHM: Final = "sha256"
_FORMAT: Final = 4  # of nbformat; Jupyter signs older ones as what it makes of them
_BLANKS: Final = " \t\r\n"
_TRANSIENT: Final = frozenset({"signature", "orig_nbformat", "orig_nbformat_minor"})
_RICH: Final = frozenset({"execute_result", "display_data"})


def signature_of(data: bytes, secret: bytes) -> str | None:
    """The signature of a file, in hexadecimal; None: it is none that Jupyter would sign."""
    try:
        raw = _parsed(data)
        if raw is None or raw.get("nbformat") != _FORMAT:
            return None
        digest = hmac.new(secret, digestmod=hashlib.sha256)
        for piece in _pieces(_as_read(raw)):
            digest.update(piece)
    except (ValueError, RecursionError):  # not JSON, or not UTF-8
        return None
    return digest.hexdigest()


def _parsed(data: bytes) -> JsonObject | None:
    """The object in a file, a cell at a time: to parse a large one in one holds up all threads. None: another value.

    Raises:
        ValueError, RecursionError: it is no JSON.
    """
    from adrastea.documents import json_text  # an idle server has signed nothing

    text = data.decode("utf-8-sig").strip(_BLANKS)
    if not text.startswith("{"):
        return None
    top, end = json_text.split(text, inside=("cells",))
    if end != len(text):
        return None
    return {part.key: part.value if part.inner is None else _items(part.inner) for part in top.items}


def _items(parts: Parts) -> JsonValue:
    values = [part.value for part in parts.items]
    return values if parts.brackets == "[]" else None


def _pieces(value: JsonValue) -> Iterator[bytes]:
    if is_object(value):
        for key in sorted(value):
            yield key.encode()
            yield from _pieces(value[key])
    elif is_list(value):
        for item in value:
            yield from _pieces(item)
    else:
        yield (value if isinstance(value, str) else str(value)).encode()


def _as_read(notebook: JsonObject) -> JsonObject:
    cells = notebook.get("cells")
    return {
        **notebook,
        "metadata": _without(notebook.get("metadata"), _TRANSIENT),
        "cells": [_cell(cell) for cell in cells] if is_list(cells) else [],
    }


def _cell(raw: JsonValue) -> JsonValue:
    if not is_object(raw):
        return raw
    cell = {**raw, "metadata": _without(raw.get("metadata"), frozenset({"trusted"}))}
    if "source" in cell:
        cell["source"] = _joined(cell["source"])
    attachments, outputs = cell.get("attachments"), cell.get("outputs")
    if is_object(attachments):
        cell["attachments"] = {name: _bundle(file) for name, file in attachments.items()}
    if cell.get("cell_type") == "code" and is_list(outputs):
        cell["outputs"] = [_output(output) for output in outputs]
    return cell


def _output(raw: JsonValue) -> JsonValue:
    if not is_object(raw):
        return raw
    if raw.get("output_type") in _RICH:
        return {**raw, "data": _bundle(raw["data"])} if "data" in raw else raw
    return {**raw, "text": _joined(raw["text"])} if "text" in raw else raw


def _bundle(raw: JsonValue) -> JsonValue:
    if not is_object(raw):
        return raw
    return {mime: value if _is_json(mime) else _joined(value) for mime, value in raw.items()}


def _joined(value: JsonValue) -> JsonValue:
    if is_list(value) and all(isinstance(line, str) for line in value):
        return "".join(cast("list[str]", value))
    return value


def _is_json(mime: str) -> bool:
    return mime == "application/json" or (mime.startswith("application/") and mime.endswith("+json"))


def _without(raw: JsonValue, names: frozenset[str]) -> JsonValue:
    if not isinstance(raw, Mapping):
        return raw
    return {name: value for name, value in raw.items() if name not in names}
