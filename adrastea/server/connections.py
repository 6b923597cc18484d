"""Which connections there are, and which one makes room when there are too many. Pure: nothing here closes anything.

A stranger has not shown credentials. When the table is full, the oldest stranger makes room, whatever it is doing;
without strangers, the known connection that has been idle longest: whoever is there sends the next request on a new
one. Only when every connection is known and busy, the new one has to go. So whoever opens thousands closes its own.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Connections(Generic[T]):
    """See the module. Server thread only."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._strangers: dict[T, None] = {}  # in the order in which they came
        self._idle: dict[T, None] = {}  # known ones, in the order in which they became idle
        self._busy: dict[T, None] = {}  # known ones

    def __len__(self) -> int:
        return len(self._strangers) + len(self._idle) + len(self._busy)

    def enter(self, connection: T) -> T | None:
        """Somebody has connected; the connection that is to be closed for it, perhaps the new one itself."""
        goes: T | None = None
        if len(self) >= self._limit:
            goes = next(iter(self._strangers), None) or next(iter(self._idle), None)
            if goes is None:
                return connection
            self.leave(goes)
        self._strangers[connection] = None
        return goes

    def has_shown_credentials(self, connection: T) -> None:
        """It is at a request that was admitted."""
        if connection in self._strangers or connection in self._idle:
            self.leave(connection)
            self._busy[connection] = None

    def waits(self, connection: T) -> None:
        """Its request has been answered, and it waits for the next one."""
        if self._busy.pop(connection, self) is None:
            self._idle[connection] = None

    def leave(self, connection: T) -> None:
        """It is closed, or has become a WebSocket."""
        for group in (self._strangers, self._idle, self._busy):
            group.pop(connection, None)
