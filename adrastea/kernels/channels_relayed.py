"""The server thread's end of channels whose sockets belong to another thread; no sockets here.

    RelayedChannels.send ──▶ commands (deque), `wake` ──▶ the other thread
    Deliver ◀── a share per kernel and turn of the loop ◀── arrivals (deque), `arrived` ◀──┘

What crosses is immutable, each deque is written by one thread and emptied by the other. While the server loop is held
up, arrivals wait; when it goes on, each kernel gets its share of every turn, so that a kernel that floods us holds up
neither the others nor the rest of the program.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NewType, TypeAlias

from adrastea.errors import Unavailable
from adrastea.kernels.connection import ConnectionInfo
from adrastea.protocol.wire import Channel

log = logging.getLogger(__name__)

_SHARE: Final = 128  # messages that one kernel may deliver in one turn of the loop
_WAITING_BYTES: Final = 64 << 20  # that a kernel has not taken yet; then `send` refuses
_MESSAGE_BYTES: Final = 512  # what a message costs besides its parts

Link = NewType("Link", int)
"""One run of one kernel."""

Message: TypeAlias = tuple[Channel, list[bytes]]

Deliver: TypeAlias = Callable[[Sequence[Message]], None]
"""As in `channels.py`, whose protocols the classes here fulfil without naming them: that file names its transport."""

Arrivals: TypeAlias = deque[tuple[Link, Message | None]]
"""What has come, in order. None stands behind the last words of a kernel."""


@dataclass(slots=True)
class Flow:
    """Bytes for one kernel, counted from the start. Each field is written by one thread."""

    accepted: int = 0
    """By the server thread."""
    passed: int = 0
    """By the other: its sockets have taken them."""


@dataclass(frozen=True, slots=True)
class Open:
    """Make sockets."""

    link: Link
    info: ConnectionInfo
    flow: Flow


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message, and add `size` to what has passed when the socket has taken it."""

    link: Link
    channel: Channel
    parts: tuple[bytes, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Finish:
    """The kernel has ended: read what it said last, let None follow it, close."""

    link: Link


@dataclass(frozen=True, slots=True)
class Close:
    """Close the sockets at once; there may be none any more."""

    link: Link


Command: TypeAlias = Open | Send | Finish | Close | None
"""None: close everything and end."""


class Relayed:
    """All channels of one transport. Server thread only."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """`wake` tells the other thread that commands wait."""
        self.commands: Final[deque[Command]] = deque()
        self.arrivals: Final[Arrivals] = deque()
        self._wake = wake
        self._channels: dict[Link, RelayedChannels] = {}
        self._links = 0

    def open(self, info: ConnectionInfo, deliver: Deliver) -> RelayedChannels:
        """New channels."""
        self._links += 1
        link = Link(self._links)
        channels = self._channels[link] = RelayedChannels(link, deliver, self._command)
        self._command(Open(link, info, channels.flow))
        return channels

    def close(self) -> None:
        """Close all channels, and tell the other thread to end."""
        for channels in tuple(self._channels.values()):
            channels.close()
        self._command(None)

    def arrived(self) -> None:
        """Deliver to each kernel its share, and come back for the rest when the others have had their turn."""
        while self.arrivals:
            link, message = self.arrivals.popleft()
            if link in self._channels:
                self._channels[link].waiting.append(message)
        more = [channels.deliver_share() for channels in tuple(self._channels.values()) if channels.waiting]
        if any(more):
            asyncio.get_running_loop().call_soon(self.arrived)

    def _command(self, command: Command) -> None:
        if isinstance(command, Close):
            self._channels.pop(command.link, None)
        self.commands.append(command)
        if len(self.commands) == 1:  # where another waits before it, the other thread is on its way to both
            self._wake()


class RelayedChannels:
    """The `Channels` of one run of a kernel. Server thread only."""

    def __init__(self, link: Link, deliver: Deliver, command: Callable[[Command], None]) -> None:
        self.flow: Final = Flow()
        self.waiting: Final[deque[Message | None]] = deque()
        """What has come and is not delivered yet."""
        self._link = link
        self._deliver = deliver
        self._command = command
        self._open = True
        self._closed = False
        self._done: Callable[[], None] | None = None

    def send(self, channel: Channel, parts: Sequence[bytes]) -> None:
        """Queue one message for the kernel. Returns at once.

        Raises:
            Unavailable: the kernel has stopped reading and the queue is full, or the channels are closed.
        """
        if not self._open:
            raise Unavailable("The connection to the kernel is closed.")
        if self.flow.accepted - self.flow.passed > _WAITING_BYTES:
            raise Unavailable("The kernel takes no more messages until it has read those that wait for it.")
        size = sum(map(len, parts)) + _MESSAGE_BYTES
        self.flow.accepted += size
        self._command(Send(self._link, channel, tuple(parts), size))

    def listen(self, channel: Channel) -> None:
        """The other thread waits for all channels anyway."""

    def finish(self, done: Callable[[], None]) -> None:
        """The kernel has ended: deliver what it said last, close, then call `done` on the loop. Within 0.5 s."""
        if self._open:
            self._open = False
            self._done = done
            self._command(Finish(self._link))
        else:
            asyncio.get_running_loop().call_soon(done)

    def close(self) -> None:
        """Let go of the sockets. Nothing is delivered any more; what was not sent is gone. May be called twice."""
        if self._closed:
            return
        self._open, self._closed = False, True
        self.waiting.clear()
        self._command(Close(self._link))
        if self._done is not None:
            asyncio.get_running_loop().call_soon(self._done)

    def deliver_share(self) -> bool:
        """Deliver what waits, as much as one turn may. Says whether more waits."""
        items = [self.waiting.popleft() for _ in range(min(_SHARE, len(self.waiting)))]
        batch = [item for item in items if item is not None]
        if batch:
            self._deliver(batch)
        if len(batch) < len(items):
            self.close()
        return bool(self.waiting)
