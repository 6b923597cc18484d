"""What is said to a kernel about its widgets: of each widget's updates at most one is under way.

While the kernel works on an update of a widget, further ones wait, joined: of each part only the newest. So a slider
that is dragged over a busy kernel costs it one message and not hundreds. A message that is no update goes at once,
behind all updates that wait: the click on a button finds the text that was typed before it. Server thread only.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from adrastea.documents.notebook import CellId
from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import JsonObject, JsonValue
from adrastea.protocol.messages import MsgId
from adrastea.sessions.widget_models import Buffers, parts_of

_REMEMBERED: Final = 1_000  # messages whose late outputs still find their cell

Say: TypeAlias = Callable[[CommId, JsonObject, tuple[bytes, ...]], MsgId]
"""Sends one comm message. Raises AppError where the kernel takes none."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    state: JsonObject
    buffers: Buffers
    cell: CellId | None

    def without(self, parts: Container[str]) -> _Waiting:
        state = {name: value for name, value in self.state.items() if name not in parts}
        buffers = {path: data for path, data in self.buffers.items() if str(path[0]) not in parts}
        return replace(self, state=state, buffers=buffers)


class WidgetSending:
    """See the module."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._under_way: dict[MsgId, CommId] = {}
        self._waiting: dict[CommId, _Waiting] = {}
        self._sent: OrderedDict[MsgId, CellId | None] = OrderedDict()

    @property
    def has_sent(self) -> bool:
        """Whether anything may be answered."""
        return bool(self._sent)

    def is_ours(self, msg_id: MsgId) -> bool:
        """Whether we have said this, lately."""
        return msg_id in self._sent

    def cell_of(self, msg_id: MsgId) -> CellId | None:
        """In which cell the widget stood about which this was said."""
        return self._sent.get(msg_id)

    def update(self, comm: CommId, state: JsonObject, buffers: Buffers, cell: CellId | None) -> None:
        """Parts of a widget are different. Raises AppError where the kernel takes nothing."""
        waiting = self._waiting.pop(comm, None)
        if waiting is not None:
            waiting = waiting.without(parts_of(state, buffers))
            state, buffers = {**waiting.state, **state}, {**waiting.buffers, **buffers}
        self._waiting[comm] = _Waiting(state, buffers, cell)
        if comm not in self._under_way.values():
            self._flush(comm)

    def custom(self, comm: CommId, content: JsonValue, buffers: tuple[bytes, ...], cell: CellId | None) -> None:
        """Something else about a widget. Raises AppError where the kernel takes nothing."""
        for other in tuple(self._waiting):
            self._flush(other)
        self._note(self._say(comm, {"method": "custom", "content": content}, buffers), cell)

    def done(self, msg_id: MsgId) -> None:
        """The kernel has done with this, and so with what was said before. Raises AppError as `update`."""
        if msg_id not in self._under_way:
            return
        before = tuple(self._under_way)
        for earlier in before[: before.index(msg_id) + 1]:
            comm = self._under_way.pop(earlier)
            if comm in self._waiting and comm not in self._under_way.values():
                self._flush(comm)

    def overruled(self, comm: CommId, parts: Container[str]) -> None:
        """The kernel has set these parts itself: what waits of them is outdated."""
        waiting = self._waiting.pop(comm, None)
        left = None if waiting is None else waiting.without(parts)
        if left is not None and (left.state or left.buffers):
            self._waiting[comm] = left

    def forget(self, comm: CommId) -> None:
        """The widget has gone."""
        self._waiting.pop(comm, None)

    def end(self) -> None:
        """The kernel has gone."""
        self._under_way.clear()
        self._waiting.clear()
        self._sent.clear()

    def _flush(self, comm: CommId) -> None:
        waiting = self._waiting.pop(comm)
        paths: list[JsonValue] = [list(path) for path in waiting.buffers]
        data: JsonObject = {"method": "update", "state": waiting.state, "buffer_paths": paths}
        msg_id = self._say(comm, data, tuple(waiting.buffers.values()))
        self._under_way[msg_id] = comm
        self._note(msg_id, waiting.cell)

    def _note(self, msg_id: MsgId, cell: CellId | None) -> None:
        self._sent[msg_id] = cell
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
