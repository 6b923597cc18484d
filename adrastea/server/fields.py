"""What a request says, parsed into values: JSON bodies, their fields, query arguments. Pure.

Whatever does not fit raises BadRequest with a sentence that names it; nothing here ever raises anything else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from adrastea.documents.json_values import finite
from adrastea.documents.notebook import EMPTY, JsonObject, JsonValue
from adrastea.errors import BadRequest


def json_object(body: bytes) -> JsonObject:
    """The JSON object that a body holds; an empty body is an empty object.

    Raises:
        BadRequest: it is not JSON, or not an object.
    """
    if not body.strip():
        return EMPTY
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):  # also a wrong encoding, and a number too long to read
        raise BadRequest("The body of the request is not JSON.") from None
    if value is None:
        return EMPTY
    if not isinstance(value, dict):
        raise BadRequest("The body of the request is not a JSON object.")
    return cast("JsonObject", value)


def json_bytes(value: JsonValue) -> bytes:
    """The JSON text of a value, in UTF-8. What JSON has no word for (NaN, infinities) becomes null.

    Raises:
        BadRequest: it is nested too deeply to be written.
    """
    try:
        return _dump(value)
    except ValueError:
        return _dump(finite(value))
    except RecursionError:
        raise BadRequest("It is nested too deeply to be sent.") from None


def text(body: JsonObject, name: str) -> str:
    """A field that must be there, as text."""
    value = optional_text(body, name)
    if value is None:
        raise BadRequest(f"The field {name!r} is missing.")
    return value


def optional_text(body: JsonObject, name: str) -> str | None:
    """A field that may be missing or null, as text."""
    value = body.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadRequest(f"The field {name!r} is not text.")


def optional_number(body: JsonObject, name: str) -> int | None:
    """A field that may be missing or null, as a whole number."""
    value = body.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise BadRequest(f"The field {name!r} is not a whole number.")


def optional_object(body: JsonObject, name: str) -> JsonObject | None:
    """A field that may be missing or null, as an object."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, Mapping):
        return value
    raise BadRequest(f"The field {name!r} is not an object.")


def clean_path(path: str) -> str:
    """A path as the workspace names it: no slash at its ends, none twice, no `.`; `..` is left as it is."""
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def flag(value: str | None, name: str, *, default: bool) -> bool:
    """A query argument that is 0 or 1; `default` when it is missing."""
    match value:
        case None:
            return default
        case "0":
            return False
        case "1":
            return True
        case _:
            raise BadRequest(f"{name!r} is {value!r}; it can be 0 or 1.")


def _dump(value: JsonValue) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: only its \\u form can be sent
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
