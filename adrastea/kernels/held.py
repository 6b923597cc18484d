"""Requests that wait until their kernel is open: in order, and bounded in bytes. Pure."""

from __future__ import annotations

from typing import Final

from adrastea.errors import Unavailable
from adrastea.protocol.wire import Channel, Frames

LIMIT_BYTES: Final = 32 << 20  # channels take them all at once then

_MESSAGE_BYTES: Final = 512  # what a message costs besides its parts


class Held:
    """See the module."""

    def __init__(self) -> None:
        self._requests: list[tuple[Channel, Frames]] = []
        self._bytes = 0

    def put(self, channel: Channel, frames: Frames) -> None:
        """One more.

        Raises:
            Unavailable: too much waits already.
        """
        parts = (frames.header, frames.parent_header, frames.metadata, frames.content, *frames.buffers)
        size = sum(map(len, parts)) + _MESSAGE_BYTES
        if self._bytes + size > LIMIT_BYTES:
            raise Unavailable("The kernel is still starting and takes no more messages until it has started.")
        self._requests.append((channel, frames))
        self._bytes += size

    def take(self) -> list[tuple[Channel, Frames]]:
        """All of them; none waits any more."""
        taken, self._requests, self._bytes = self._requests, [], 0
        return taken
