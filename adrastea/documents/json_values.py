"""Questions about JSON values that came from outside, and the form that others can read.

`NaN` and infinities, which Python writes into notebooks and JSON does not know, become null in `finite`. Pure; any
thread.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import BadRequest

MAX_DEPTH = 200  # levels of arrays and objects; real notebooks have about 30


def is_object(value: JsonValue) -> TypeGuard[JsonObject]:
    """Whether this is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    """Whether this is a JSON array."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_count(value: JsonValue) -> TypeGuard[int | None]:
    """Whether this is a whole number or null, as an execution count is."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def is_json_mime(mime: str) -> bool:
    """Whether the entries of this mime type are JSON, not text."""
    return mime == "application/json" or (mime.startswith("application/") and mime.endswith("+json"))


def is_too_deep(value: JsonValue, levels: int = MAX_DEPTH) -> bool:
    """Whether arrays and objects are nested so deep that some reader, of ours or another, would run out of stack."""
    if is_object(value):
        return levels == 0 or any(is_too_deep(item, levels - 1) for item in value.values() if type(item) is not str)
    if is_list(value):  # of lines, mostly
        return levels == 0 or any(is_too_deep(item, levels - 1) for item in value if type(item) is not str)
    return False


def object_from_json(raw: JsonValue, what: str) -> JsonObject:
    """An open object.

    Raises:
        BadRequest: it is no object; the sentence begins with `what`.
    """
    if not is_object(raw):
        raise BadRequest(f"{what} is a JSON object.")
    return raw


def mimebundle_from_json(raw: JsonObject) -> JsonObject:
    """A mimebundle with every text as one string."""
    return {mime: value if is_json_mime(mime) else _joined(value) for mime, value in raw.items()}


def text_from_json(raw: JsonValue) -> str | None:
    """A string, or a list of lines as one string; None for anything else."""
    joined = _joined(raw)
    return joined if isinstance(joined, str) else None


def without(raw: JsonObject, known: Sequence[str]) -> JsonObject:
    """The members that have other names than these."""
    return {key: value for key, value in raw.items() if key not in known}


def finite_object(value: JsonObject) -> JsonObject:
    """The object with null for every number that JSON does not know."""
    return {key: finite(item) for key, item in value.items()}


def finite(value: JsonValue) -> JsonValue:
    """The value with null for every number that JSON does not know."""
    if is_object(value):
        return finite_object(value)
    if is_list(value):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _joined(raw: JsonValue) -> JsonValue:
    if not is_list(raw):
        return raw
    lines = [line for line in raw if isinstance(line, str)]
    return "".join(lines) if len(lines) == len(raw) else raw
