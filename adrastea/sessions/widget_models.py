"""The widgets of one kernel as it has described them: the state of each model, with its binary parts.

A model's state is JSON; what is binary in it stands beside it, by the path to where it belongs. Closed models are
forgotten but for their ids, so that a view can tell "gone" from "unknown". All together are bounded: when they grow too
large, those of kernels that have ended go first, then the oldest. Pure; server thread only.

Source of truth: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import EMPTY, JsonObject, JsonValue

MAX_BYTES: Final = 256_000_000  # about what all models together may take
MAX_MODELS: Final = 20_000
_MAX_CLOSED: Final = 20_000
_OTHER_VALUE: Final = 8  # bytes that a number or a null is counted as

BufferPath: TypeAlias = tuple[str | int, ...]
Buffers: TypeAlias = Mapping[BufferPath, bytes]

NO_BUFFERS: Final[Buffers] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WidgetModel:
    """One widget's state. Every key of `buffers` begins with the name of the part that it belongs to."""

    state: JsonObject = field(default_factory=lambda: EMPTY)
    buffers: Buffers = field(default_factory=lambda: NO_BUFFERS)
    alive: bool = True
    """Whether its kernel runs."""
    size: int = 0

    def updated(self, state: JsonObject, buffers: Buffers) -> WidgetModel:
        """With these parts instead of those of the same names."""
        names = parts_of(state, buffers)
        kept_state = {name: value for name, value in self.state.items() if name not in names}
        kept = {path: data for path, data in self.buffers.items() if path[0] not in names}
        gone = sum(len(data) for path, data in self.buffers.items() if path not in kept)
        gone += sum(_size(value) for name, value in self.state.items() if name in names)
        come = sum(map(_size, state.values())) + sum(map(len, buffers.values()))
        size = self.size - gone + come
        return replace(self, state={**kept_state, **state}, buffers={**kept, **buffers}, size=size)


class WidgetModels:
    """See the module."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_models: int = MAX_MODELS) -> None:
        self._models: dict[CommId, WidgetModel] = {}
        self._closed: dict[CommId, None] = {}
        self._size = 0
        self._max_bytes = max_bytes
        self._max_models = max_models

    def __iter__(self) -> Iterator[CommId]:
        return iter(tuple(self._models))

    def __contains__(self, comm: object) -> bool:
        return comm in self._models

    @property
    def closed(self) -> Sequence[CommId]:
        """The models that there were."""
        return tuple(self._closed)

    def get(self, comm: CommId) -> WidgetModel | None:
        """The model as it is now."""
        return self._models.get(comm)

    def open(self, comm: CommId, state: JsonObject, buffers: Buffers) -> tuple[CommId, ...]:
        """A model has come about. Returns those that had to go for it."""
        self.close(comm)
        self._closed.pop(comm, None)
        self._put(comm, WidgetModel().updated(state, buffers))
        return tuple(self._bound(comm))

    def update(self, comm: CommId, state: JsonObject, buffers: Buffers) -> tuple[CommId, ...]:
        """Parts of a model are different; nothing for a model that is unknown. Returns those that had to go for it."""
        model = self._models.get(comm)
        if model is None:
            return ()
        self._put(comm, model.updated(state, buffers))
        return tuple(self._bound(comm))

    def close(self, comm: CommId) -> bool:
        """A model has gone. Says whether there was one."""
        model = self._models.pop(comm, None)
        if model is None:
            return False
        self._size -= model.size
        self._closed[comm] = None
        while len(self._closed) > _MAX_CLOSED:
            self._closed.pop(next(iter(self._closed)))
        return True

    def end(self) -> tuple[CommId, ...]:
        """The kernel has gone: what its widgets showed last stays. Returns those that were alive."""
        ended = tuple(comm for comm, model in self._models.items() if model.alive)
        for comm in ended:
            self._models[comm] = replace(self._models[comm], alive=False)
        return ended

    def _put(self, comm: CommId, model: WidgetModel) -> None:
        before = self._models.get(comm)
        self._size += model.size - (0 if before is None else before.size)
        self._models[comm] = model

    def _bound(self, newest: CommId) -> Iterator[CommId]:
        if self._size <= self._max_bytes and len(self._models) <= self._max_models:
            return
        candidates = sorted(self._models, key=lambda comm: self._models[comm].alive)  # stable: the oldest first
        for comm in candidates:
            if self._size <= self._max_bytes and len(self._models) <= self._max_models:
                return
            if comm != newest:
                self.close(comm)
                yield comm


def parts_of(state: JsonObject, buffers: Buffers) -> frozenset[str]:
    """The names of the parts of a model that these say something about: a part that is binary stands in no state."""
    return frozenset(state) | {str(path[0]) for path in buffers}


def buffers_of(paths: JsonValue, data: Iterable[bytes]) -> Buffers:
    """Which binary part belongs where; a path that makes no sense takes its part with it."""
    listed = paths if isinstance(paths, list | tuple) else ()
    pairs = ((_path(path), part) for path, part in zip(listed, data, strict=False))
    return {path: part for path, part in pairs if path}


def _path(raw: JsonValue) -> BufferPath:
    if not isinstance(raw, list | tuple) or not raw or not isinstance(raw[0], str):
        return ()
    steps = tuple(step for step in raw if isinstance(step, str | int))
    return steps if len(steps) == len(raw) else ()


def _size(value: JsonValue) -> int:
    """About how many bytes a JSON value has on the wire."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(key) + _size(item) for key, item in value.items())
    if isinstance(value, Sequence):
        return sum(map(_size, value))
    return _OTHER_VALUE
