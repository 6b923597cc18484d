"""One JSON part of a message: bytes from outside become an object that can be written again, or a ProtocolError (P2).

As the other Jupyter programs do, we are lenient where a kernel's output would else be lost: bytes that are not UTF-8
become U+FFFD, and numbers that JSON does not have (NaN, Infinity, 1e999) become null. What we write is plain JSON that
every parser takes, with one exception to readability: text with a lone surrogate is written with ASCII escapes.

Source of truth: RFC 8259.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from adrastea.errors import ProtocolError

JsonValue: TypeAlias = "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]

EMPTY: Final[JsonObject] = MappingProxyType({})

MAX_DEPTH: Final = 200
"""How deep arrays and objects may nest. Python's own parser gives up near 1000, a limit that depends on who calls; far
below it, whatever has been read can also be written, copied and compared."""


def load_object(data: bytes | str, what: str) -> dict[str, JsonValue]:
    """The JSON object in `data`; `what` names it in the error, as in "header".

    Raises:
        ProtocolError: not JSON, not an object, or nested too deeply.
    """
    if data == b"{}":  # most parents of requests, and most metadata
        return {}
    text = (data if isinstance(data, str) else str(data, "utf-8", "replace")).strip(_SPACE)
    try:
        value, end = cast("tuple[JsonValue, int]", _DECODER.raw_decode(text))
    except (ValueError, RecursionError):
        value, end = None, -1
    if end != len(text):
        raise ProtocolError(f"The {what} of a message is not valid JSON.")
    if not isinstance(value, dict):
        raise ProtocolError(f"The {what} of a message is not a JSON object.")
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deeper(value, MAX_DEPTH):
        raise ProtocolError(f"The {what} of a message is nested more than {MAX_DEPTH} levels deep.")
    return value


def dump_object(value: JsonObject) -> bytes:
    """The object as UTF-8 JSON without spaces; numbers that JSON does not have become null.

    Raises:
        ProtocolError: the value holds something that has no JSON form, or itself.
    """
    try:
        text = _dumps(value, ensure_ascii=False)
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _dumps(value, ensure_ascii=True).encode("ascii")


def _dumps(value: JsonObject, *, ensure_ascii: bool) -> str:
    try:
        try:
            return json.dumps(value, ensure_ascii=ensure_ascii, allow_nan=False, separators=(",", ":"), default=_plain)
        except ValueError:
            return json.dumps(_without_nan(value), ensure_ascii=ensure_ascii, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):  # ValueError: an integer of more digits than Python converts
        raise ProtocolError("A message cannot be written as JSON.") from None


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(cast("JsonObject", value))
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _without_nan(value: JsonValue) -> JsonValue:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    return value


def _no_number(_name: str) -> None:
    return None


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _is_deeper(value: JsonValue, limit: int) -> bool:
    level: list[JsonValue] = [value]
    for _ in range(limit):
        level = [item for outer in level for item in _inside(outer) if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def _inside(value: JsonValue) -> Sequence[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return cast("list[JsonValue]", value)


_SPACE: Final = " \t\n\r"  # that may stand around a value
_DECODER: Final = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
