"""What a view has still to be told about widgets: which parts of which models are different, and what was said to them.

Of a model's parts only the names wait: what is said is what they are at that moment, so however often something changes
while the page is busy, it costs one value. What the kernel says to the views of a widget waits as it is, bounded by its
bytes. Binary parts go as base64, for the socket speaks JSON. Server thread only; what is said is in
docs/document-socket.md.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.protocol.comms import CommId
from adrastea.server.widget_requests import WidgetMessage, WidgetUpdate
from adrastea.sessions.widget_models import WidgetModel
from adrastea.sessions.widgets import Widgets

MAX_SAID: Final = 64_000_000  # bytes that may wait: a figure's frames are hundreds of thousands each
MAX_MESSAGES: Final = 5_000
_PORTION: Final = 4_000_000  # bytes of models in one message


class WidgetNews:
    """A listener of a session's widgets for one view. `wake` is called when there is something to say."""

    def __init__(self, widgets: Widgets, wake: Callable[[], None]) -> None:
        self._widgets = widgets
        self._wake = wake
        self._seen = 0
        self._is_new = True
        self._changed: dict[CommId, set[str] | None] = dict.fromkeys(widgets.models)
        self._closed: dict[CommId, None] = dict.fromkeys(widgets.closed)
        self._said: list[JsonObject] = []
        self._size = 0
        self.close = widgets.subscribe(self)

    def __bool__(self) -> bool:
        """Whether there is something to say."""
        return bool(self._is_new or self._changed or self._closed or self._said)

    @property
    def is_full(self) -> bool:
        """Whether the page has not listened for too long."""
        return self._size > MAX_SAID or len(self._said) > MAX_MESSAGES

    def update(self, request: WidgetUpdate) -> None:
        """The page has changed a widget. Raises AppError as `Widgets.update`."""
        self._seen = request.count
        self._widgets.update(request.model, request.state, request.buffers, request.cell, by=self)

    def say(self, request: WidgetMessage) -> None:
        """The page says something about a widget. Raises AppError as `Widgets.custom`."""
        self._widgets.custom(request.model, request.content, request.buffers, request.cell)

    def take(self) -> Iterator[JsonObject]:
        """What there is to say, in order: models as they are now, then what was said to them. Nothing is left."""
        changed, closed, said, is_new = self._changed, tuple(self._closed), self._said, self._is_new
        self._changed, self._closed, self._said, self._size, self._is_new = {}, {}, [], 0, False
        if is_new or changed or closed:
            portions = tuple(self._portions(changed)) or ([],)
            for at, models in enumerate(portions):
                yield {
                    "type": "widgets",
                    "begins": is_new and at == 0,
                    "more": at < len(portions) - 1,
                    "seen": self._seen,
                    "models": models,
                    "closed": closed if at == 0 else (),
                }
        yield from said

    # WidgetListener

    def on_model(self, model: CommId, parts: Iterable[str] | None) -> None:
        """Parts of it are different."""
        known = self._changed.get(model, set[str]())
        self._changed[model] = None if parts is None or known is None else known | set(parts)
        self._closed.pop(model, None)
        self._wake()

    def on_custom(self, model: CommId, content: JsonValue, buffers: tuple[bytes, ...]) -> None:
        """The kernel says something to its views."""
        parts = [_text(part) for part in buffers]
        self._size += sum(map(len, parts))
        self._said.append({"type": "widget_message", "model": model, "content": content, "buffers": parts})
        self._wake()

    def on_closed(self, model: CommId) -> None:
        """It has gone."""
        self._changed.pop(model, None)
        self._closed[model] = None
        self._wake()

    def _portions(self, changed: dict[CommId, set[str] | None]) -> Iterator[list[JsonValue]]:
        portion: list[JsonValue] = []
        size = 0
        for comm, parts in changed.items():
            model = self._widgets.model(comm)
            if model is None:
                continue
            portion.append(_described(comm, model, parts))
            size += model.size
            if size > _PORTION:
                yield portion
                portion, size = [], 0
        if portion:
            yield portion


def _described(comm: CommId, model: WidgetModel, parts: set[str] | None) -> JsonObject:
    state = {name: value for name, value in model.state.items() if parts is None or name in parts}
    buffers = {path: data for path, data in model.buffers.items() if parts is None or path[0] in parts}
    return {
        "model": comm,
        "whole": parts is None,
        "alive": model.alive,
        "state": state,
        "buffer_paths": [list(path) for path in buffers],
        "buffers": [_text(data) for data in buffers.values()],
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
