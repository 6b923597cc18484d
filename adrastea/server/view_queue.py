"""What waits to be said to one view: in order, joined where it can be, bounded. Pure.

    edits, acks   joined as `edits.merge` does; when they grow too large, a snapshot stands for all of them
    states        `document`, `kernel`, `run`, input: only the newest of each is said; a snapshot holds them too
    events        `finished` (the newest for each cell), `saved`, `error`: never left out

A view begins with a snapshot, so a new queue is stale. Source of truth: docs/document-socket.md.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, cast

from adrastea.documents.edits import AppendOutput, Edit, merge
from adrastea.documents.notebook import JsonObject, Stream
from adrastea.server.document_messages import Ack, edits_message

MAX_ITEMS: Final = 5_000
MAX_TEXT: Final = 8_000_000  # characters of stream text: a snapshot holds less (`streams.STREAM_LIMIT`)
MAX_SIZE: Final = 64_000_000  # characters of everything else: a figure may be large, many of them may not wait

Waiting: TypeAlias = Edit | Ack | JsonObject

_STATES: Final[Mapping[object, str]] = {
    "document": "document",
    "kernel": "kernel",
    "run": "run",
    "input_request": "input",
    "input_done": "input",
}
_OTHER_VALUE: Final = 8  # what a number or a null is counted as


class ViewQueue:
    """See the module. Server thread only."""

    def __init__(self) -> None:
        self.stale = True
        """Whether a snapshot must be said before anything else."""
        self._waiting: list[Waiting] = []
        self._text = 0
        self._size = 0

    def __bool__(self) -> bool:
        """Whether there is something to say."""
        return self.stale or bool(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether even what may not be left out is too much."""
        return self.stale and len(self._waiting) > MAX_ITEMS // 2

    def add(self, item: Edit | Ack) -> None:
        """An edit, or the place of the view's own edits among them. Nothing is kept that the snapshot will hold."""
        if not self.stale:
            self._waiting.append(item)
            self._count(item)
            self._bound()

    def say(self, message: JsonObject) -> None:
        """A message, behind the edits that came before it. A state is not kept that the snapshot will hold."""
        if not (self.stale and _state(message)):
            self._waiting.append(message)
            self._bound()

    def take(self) -> list[JsonObject]:
        """What waits, as messages in order: edits that follow each other are one. Empties the queue."""
        waiting = _joined(_newest(self._waiting))
        self._waiting, self._text, self._size, self.stale = [], 0, 0, False
        messages: list[JsonObject] = []
        edits: list[Edit | Ack] = []
        for item in waiting:
            if not isinstance(item, Mapping):
                edits.append(item)
                continue
            if edits:
                messages.append(edits_message(edits))
                edits = []
            messages.append(item)
        return [*messages, edits_message(edits)] if edits else messages

    def clear(self) -> None:
        """Nobody listens any more."""
        self._waiting, self._text, self._size = [], 0, 0

    def _count(self, item: Waiting) -> None:
        if isinstance(item, AppendOutput) and isinstance(item.output, Stream):
            self._text += len(item.output.text)
        elif not isinstance(item, Mapping):
            self._size += size(item)

    def _bound(self) -> None:
        if not self._exceeds(1):
            return
        self._waiting = list(_joined(_newest(self._waiting)))
        self._text = self._size = 0
        for item in self._waiting:
            self._count(item)
        if self._exceeds(2):  # half must be free now, or the work above would be done for every item that comes
            self.stale = True
            self._waiting = [item for item in self._waiting if isinstance(item, Mapping) and not _state(item)]
            self._text = self._size = 0

    def _exceeds(self, part: int) -> bool:
        return len(self._waiting) > MAX_ITEMS // part or self._text > MAX_TEXT // part or self._size > MAX_SIZE // part


def size(value: object) -> int:
    """About how many characters a value has on the wire."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return sum(size(key) + size(item) for key, item in members.items())
    if isinstance(value, Sequence):
        return sum(map(size, cast("Sequence[object]", value)))
    if dataclasses.is_dataclass(value):
        return sum(size(getattr(value, field.name)) for field in dataclasses.fields(value))
    return _OTHER_VALUE


def _state(message: JsonObject) -> str | None:
    """Which state a message tells; None for an event."""
    return _STATES.get(message.get("type"))


def _newest(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Without the states that a later one replaces."""
    seen: set[object] = set()
    kept: list[Waiting] = []
    for item in reversed(waiting):
        if isinstance(item, Mapping):
            what = ("finished", item.get("cell")) if item.get("type") == "finished" else _state(item)
            if what is not None and what in seen:
                continue
            seen.add(what)
        kept.append(item)
    kept.reverse()
    return kept


def _joined(waiting: Iterable[Waiting]) -> Iterator[Waiting]:
    """The same changes with fewer edits. What is not an edit keeps its place."""
    edits: list[Edit] = []
    for item in waiting:
        if isinstance(item, (Ack, Mapping)):
            yield from merge(edits)
            yield item
            edits = []
        else:
            edits.append(item)
    yield from merge(edits)
