"""One ZeroMQ socket of ours with its one peer: a non-blocking connection that is a member of the server loop.

    connect ─refused, not there yet─▶ again, after a twentieth of the time waited so far: 10 to 250 ms
       └─▶ greeting, READY (`protocol/zmtp.py`) ─▶ open: messages go both ways ─lost─▶ connect

Guarantees: nothing blocks; each wakeup reads once, so that no peer holds up the others; no timer runs and nothing wakes
the loop while the connection is open and silent. A message whose last byte was not sent when a connection was lost is
sent whole on the next one. Server thread only (K1).
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections import deque
from collections.abc import Callable
from typing import Final, TypeAlias

from adrastea.errors import ProtocolError
from adrastea.protocol.wire import Channel
from adrastea.protocol.zmtp import Connection, SocketType

log = logging.getLogger(__name__)

_READ_BYTES: Final = 65536  # from one socket before the others get a turn
_MOST_RESTS: Final = 1024
_LEAST_RETRY_SECONDS: Final = 0.010
_MOST_RETRY_SECONDS: Final = 0.250
_LASTING_SECONDS: Final = 1.0  # a connection that lasted less was no better than none
_RETRY_PART: Final = 0.05  # of the time waited so far: it costs a start that much at most
_CONNECTING: Final = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK})

Address: TypeAlias = str | tuple[str, int]
"""The path of a Unix socket, or an IP address and a port."""


class ZmtpSocket:
    """See the module. Connects from its construction on."""

    def __init__(
        self,
        channel: Channel,
        address: Address,
        socket_type: SocketType,
        identity: bytes,
        on_messages: Callable[[list[tuple[Channel, list[bytes]]]], None],
        on_change: Callable[[Channel], None],
    ) -> None:
        """`on_messages` gets what has come. `on_change` is called when `is_ready` or `is_open` comes true.

        Both are told the `channel` that this is, and neither may raise.
        """
        self.waiting_bytes = 0
        """How much is queued and not sent."""
        self._channel: Final[Channel] = channel
        self._address = address
        self._socket_type: Final[SocketType] = socket_type
        self._identity = identity
        self._on_messages = on_messages
        self._on_change = on_change
        self._on_end: Callable[[], None] | None = None
        self._loop = asyncio.get_running_loop()
        self._queue: deque[bytes] | None = None  # None while no message has to wait: an empty one is 760 bytes
        self._current = b""  # what is being sent, and how much of it has gone
        self._offset = 0
        self._current_is_message = False
        self._held = False
        self._expects_room = False
        self._zmtp = Connection(socket_type, identity)
        self._socket: socket.socket | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._closed = False
        self._complained = False
        self._since = self._begun = self._loop.time()
        self._connect()

    @property
    def is_ready(self) -> bool:
        """Whether the peer takes messages."""
        return self._zmtp.ready

    @property
    def is_open(self) -> bool:
        """Whether the peer knows us: it can find us by our identity, and has taken our subscription."""
        return self._zmtp.confirmed

    def send(self, data: bytes) -> None:
        """Queue one encoded message. Returns at once; what the system takes now has gone."""
        self.waiting_bytes += len(data)
        if not self._queue and not self._current and self._takes_messages:
            self._current, self._current_is_message = data, True
        elif self._queue is None:
            self._queue = deque((data,))
        else:
            self._queue.append(data)
        if self._zmtp.ready and not self._expects_room:
            self._write()

    def hold(self) -> None:
        """Keep what is queued until `release`."""
        self._held = True

    def release(self) -> None:
        """Send what is queued as soon as that can be."""
        self._held = False
        if self._zmtp.ready and not self._expects_room:
            self._write()

    def finish(self, on_end: Callable[[], None]) -> None:
        """The peer has ended: read what it sent last, close, call `on_end`; at once where there is no connection."""
        self._on_end = on_end
        if not self._zmtp.ready:
            self._end()

    def read_rest(self) -> bool:
        """Read at once what the system holds, at most 64 MiB. Whether something came."""
        came = 0
        while came < _MOST_RESTS and self._on_readable():
            came += 1
        return came > 0

    def close(self) -> None:
        """Let go. Nothing is told any more, what was not sent is gone. May be called twice."""
        self._closed = True
        self._on_end = None
        self._disconnect()
        self._queue = None
        self.waiting_bytes = 0
        if self._retry is not None:
            self._retry.cancel()

    # The connection

    def _connect(self) -> None:
        self._retry = None
        is_path = isinstance(self._address, str)
        family = socket.AF_UNIX if is_path else socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        try:
            made = self._socket = socket.socket(family, socket.SOCK_STREAM)
            made.settimeout(0.0)
            if not is_path:
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            code = made.connect_ex(self._address)
        except OSError as error:  # no file descriptor is left, mostly
            self._lost(error)
            return
        if code in _CONNECTING and not is_path:
            self._loop.add_writer(made, self._on_connected)
        elif code:  # of a Unix socket also: its queue of those who wait is full
            self._lost()
        else:
            self._begin(made)

    def _on_connected(self) -> None:
        made = self._socket
        if made is None:
            return
        self._loop.remove_writer(made)
        if made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._lost()
        else:
            self._begin(made)

    def _begin(self, made: socket.socket) -> None:
        if _is_looped(made):
            self._lost()
            return
        self._begun = self._loop.time()
        self._zmtp = Connection(self._socket_type, self._identity)
        self._loop.add_reader(made, self._on_readable)
        self._write()

    def _lost(self, error: Exception | None = None) -> None:
        if error is not None and not self._complained:
            self._complained = True
            log.warning("the connection to a kernel's socket was lost: %s", error)
        now = self._loop.time()
        if self._zmtp.ready and now - self._begun > _LASTING_SECONDS:
            self._since = now
        self._disconnect()
        if self._on_end is not None:
            self._end()
            return
        waited = now - self._since
        pause = min(max(waited * _RETRY_PART, _LEAST_RETRY_SECONDS), _MOST_RETRY_SECONDS)
        self._retry = self._loop.call_later(pause, self._connect)

    def _disconnect(self) -> None:
        made, self._socket = self._socket, None
        if made is not None:
            self._loop.remove_reader(made)
            self._loop.remove_writer(made)
            made.close()
        self._expects_room = False
        self._zmtp = Connection(self._socket_type, self._identity)
        if self._current and self._current_is_message:
            self._queue = self._queue or deque()
            self._queue.appendleft(self._current)
        self._current, self._offset = b"", 0

    def _end(self) -> None:
        told = self._on_end
        self.close()
        if told is not None:
            told()

    # What comes

    def _on_readable(self) -> bool:
        """Read once. Whether something came."""
        if self._socket is None:
            return False
        try:
            data = self._socket.recv(_READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            data = b""
        if not data:
            self._lost()
            return False
        zmtp = self._zmtp
        was_ready, was_open = zmtp.ready, zmtp.confirmed
        try:
            messages = zmtp.receive(data)
        except ProtocolError as error:
            self._lost(error)
            return False
        if not was_ready and zmtp.ready:
            self._introduce(zmtp)
        if zmtp.outgoing and not self._expects_room:
            self._write()
        if (was_ready, was_open) != (zmtp.ready, zmtp.confirmed):
            self._on_change(self._channel)
        if messages and not self._closed:
            self._on_messages([(self._channel, parts) for parts in messages])
        return True

    def _introduce(self, zmtp: Connection) -> None:
        if self._socket_type == "SUB":
            zmtp.outgoing.append(zmtp.subscription())
        zmtp.confirm()
        self._write()

    # What goes

    def _write(self) -> None:
        """Send until there is nothing more, or the system takes no more."""
        while self._socket is not None and (self._current or self._next()):
            try:
                sent = self._socket.send(memoryview(self._current)[self._offset :] if self._offset else self._current)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                self._lost()
                return
            self._offset += sent
            if self._offset < len(self._current):
                self._expect_room()
                return
            if self._current_is_message:
                self.waiting_bytes -= len(self._current)
            self._current, self._offset = b"", 0
        if self._expects_room and self._socket is not None:
            self._expects_room = False
            self._loop.remove_writer(self._socket)

    def _next(self) -> bool:
        """Take what is to be sent next: the protocol's own words before messages."""
        if self._zmtp.outgoing:
            self._current, self._current_is_message = self._zmtp.outgoing.pop(0), False
        elif self._queue and self._takes_messages:
            self._current, self._current_is_message = self._queue.popleft(), True
            self._queue = self._queue or None
        return bool(self._current)

    @property
    def _takes_messages(self) -> bool:
        """Whether a message may be sent now: the protocol's own words have been."""
        return self._zmtp.ready and not self._held and not self._zmtp.outgoing

    def _expect_room(self) -> None:
        if not self._expects_room and self._socket is not None:
            self._expects_room = True
            self._loop.add_writer(self._socket, self._write)


def _is_looped(made: socket.socket) -> bool:
    """Whether we speak with ourselves: who looks for a port at which nobody listens may be given that very port."""
    if made.family not in {socket.AF_INET, socket.AF_INET6}:
        return False
    try:
        return bool(made.getsockname() == made.getpeername())
    except OSError:  # lost at once; reading will tell
        return False
