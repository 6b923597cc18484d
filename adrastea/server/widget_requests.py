"""What a page says about widgets, parsed: which it has changed, and that it wants to hear of them. Pure.

Source of truth: docs/document-socket.md.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from adrastea.documents.notebook import CellId, JsonObject, JsonValue
from adrastea.errors import BadRequest
from adrastea.protocol.comms import CommId
from adrastea.sessions.widget_models import Buffers, buffers_of

TYPES: Final = ("widgets", "widget_update", "widget_message")


@dataclass(frozen=True, slots=True)
class WidgetsRequest:
    """Say what widgets there are, and from now on what happens to them."""


@dataclass(frozen=True, slots=True)
class WidgetUpdate:
    """The user has changed parts of a widget."""

    count: int
    """Counted up by the page: what it is told later says how many of its updates that includes."""
    model: CommId
    state: JsonObject
    buffers: Buffers
    cell: CellId | None
    """In which it stands."""


@dataclass(frozen=True, slots=True)
class WidgetMessage:
    """A view says something to the kernel's side of its widget."""

    model: CommId
    content: JsonValue
    buffers: tuple[bytes, ...]
    cell: CellId | None


WidgetRequest: TypeAlias = WidgetsRequest | WidgetUpdate | WidgetMessage


def parse(message: Mapping[str, JsonValue]) -> WidgetRequest:
    """One message whose type is one of `TYPES`.

    Raises:
        BadRequest: a field is missing or is not what it should be; the sentence names it.
    """
    if message.get("type") == "widgets":
        return WidgetsRequest()
    model, cell = message.get("model"), message.get("cell")
    if not isinstance(model, str) or not model:
        raise BadRequest("'model' names no widget.")
    where = CellId(cell) if isinstance(cell, str) else None
    buffers = tuple(_bytes(text) for text in _list(message.get("buffers", ())))
    if message.get("type") == "widget_message":
        return WidgetMessage(CommId(model), message.get("content"), buffers, where)
    state, count = message.get("state"), message.get("count")
    if not isinstance(state, Mapping):
        raise BadRequest("'state' is no object.")
    if not isinstance(count, int) or isinstance(count, bool):
        raise BadRequest("'count' is not a whole number.")
    paths = message.get("buffer_paths", ())
    return WidgetUpdate(count, CommId(model), state, buffers_of(paths, buffers), where)


def _list(value: JsonValue) -> Sequence[JsonValue]:
    if isinstance(value, list | tuple):
        return cast("Sequence[JsonValue]", value)
    raise BadRequest("'buffers' is not a list.")


def _bytes(text: JsonValue) -> bytes:
    if not isinstance(text, str):
        raise BadRequest("A buffer is not text.")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest("A buffer is not base64.") from None
