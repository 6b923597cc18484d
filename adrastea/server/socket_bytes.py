"""Bytes in and out on a connection that Tornado has upgraded: what is left of it when HTTP has had its say.

`taken_over` takes the connection from Tornado where the loop can read sockets itself: what comes is read with one call
of the system, what goes is written with one, and nothing of the request is kept. Elsewhere (an encrypted connection,
Windows) the bytes go through Tornado's stream. Both: nothing blocks; each wakeup reads once, so that no client holds up
the others; of what goes, the rest that the system does not take waits here, in order. Server thread only.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from asyncio import Future
from typing import Final, Protocol, cast

from tornado.iostream import IOStream, StreamClosedError

_READ_BYTES: Final = (
    16384  # from one client before the others get a turn: what it may ask for is more work than reading
)
_NOTHING: Final = memoryview(b"")
_EVERYTHING: Final = 1 << 30  # more than a stream holds: what it has read beyond what is asked for would be lost


class Owner(Protocol):
    """Whom a connection tells, on the server loop. May not raise."""

    def on_data(self, data: bytes) -> None:
        """The peer has sent this."""
        ...

    def on_drained(self) -> None:
        """What was not taken at once has left the program."""
        ...

    def on_end(self) -> None:
        """The peer has gone, and nothing more comes or goes. Not called after `close`."""
        ...


class SocketBytes(Protocol):
    """One connection. Server thread only."""

    @property
    def is_waiting(self) -> bool:
        """Whether something has not left the program yet."""
        ...

    def write(self, piece: bytes) -> bool:
        """Send. Says whether all that was written has left the program; if not, `on_drained` will be called."""
        ...

    def finish(self) -> None:
        """Say no more: the peer hears the end behind what was written. What it sends still comes."""
        ...

    def close(self) -> None:
        """Let go; what has not left the program is lost. May be called twice."""
        ...


def taken_over(stream: IOStream, owner: Owner) -> SocketBytes:
    """Take the connection; what has come already is told from the loop. A stream that is not needed is closed."""
    connection: socket.socket | None = stream.socket
    if type(stream) is not IOStream or sys.platform == "win32" or stream.writing() or connection is None:
        return _ThroughStream(stream, owner)  # which also tells the end of one that is closed
    ours = connection.dup()  # first: a stream that reads the end closes its own
    come = _come(stream)
    stream.close()
    return _Direct(ours, owner, come)


def _come(stream: IOStream) -> bytes:
    """What the stream has read already, and what it can read now."""
    try:
        come = cast("Future[bytes]", stream.read_bytes(_EVERYTHING, partial=True))
    except StreamClosedError:
        return b""
    return come.result() if come.done() and come.exception() is None else b""


class _Direct:
    """A socket that is a member of the loop."""

    def __init__(self, connection: socket.socket, owner: Owner, come: bytes) -> None:
        self._socket = connection
        self._owner = owner
        self._loop = asyncio.get_running_loop()
        self._rest = _NOTHING
        self._queue: list[bytes] = []  # behind the rest
        self._finishing = False
        self._closed = False
        connection.settimeout(0.0)
        self._loop.add_reader(connection, self._on_readable)
        if come:
            self._loop.call_soon(self._on_come, come)

    @property
    def is_waiting(self) -> bool:
        return bool(self._rest)

    def write(self, piece: bytes) -> bool:
        if self._closed:
            return False
        if self._rest:
            self._queue.append(piece)
            return False
        sent = self._sent(piece)
        if sent == len(piece):
            return True
        self._rest = memoryview(piece)[sent:]
        self._loop.add_writer(self._socket, self._on_writable)
        return False

    def finish(self) -> None:
        self._finishing = True
        if not self._rest and not self._closed:
            with contextlib.suppress(OSError):  # it has ended, which reading will tell
                self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._loop.remove_reader(self._socket)
        if self._rest:
            self._loop.remove_writer(self._socket)
        self._rest = _NOTHING
        self._queue.clear()
        self._socket.close()

    def _on_come(self, data: bytes) -> None:
        if not self._closed:
            self._owner.on_data(data)

    def _on_readable(self) -> None:
        try:
            data = self._socket.recv(_READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._owner.on_data(data)
        else:
            self.close()
            self._owner.on_end()

    def _on_writable(self) -> None:
        self._rest = self._rest[self._sent(self._rest) :]
        if self._rest or self._closed:
            return
        if self._queue:
            self._rest = memoryview(b"".join(self._queue))
            self._queue.clear()
            return
        self._loop.remove_writer(self._socket)
        if self._finishing:
            self.finish()
        self._owner.on_drained()

    def _sent(self, piece: bytes | memoryview) -> int:
        try:
            return self._socket.send(piece)
        except OSError:  # it takes nothing now; or has ended, which reading will tell
            return 0


class _ThroughStream:
    """Tornado's stream, which encrypts, or knows how to wait on this system."""

    def __init__(self, stream: IOStream, owner: Owner) -> None:
        self._stream = stream
        self._owner = owner
        self._closed = False
        self._reading = asyncio.get_running_loop().create_task(self._read())

    @property
    def is_waiting(self) -> bool:
        return self._stream.writing()

    def write(self, piece: bytes) -> bool:
        try:
            written = self._stream.write(piece)
        except StreamClosedError:
            return False
        written.add_done_callback(self._on_written)
        return False

    def finish(self) -> None:
        """Nothing: the peer is not told before the connection is closed."""

    def close(self) -> None:
        self._closed = True
        self._stream.close()

    async def _read(self) -> None:
        try:
            while True:
                self._owner.on_data(await self._stream.read_bytes(_READ_BYTES, partial=True))
        except StreamClosedError:
            if not self._closed:
                self._closed = True
                self._owner.on_end()

    def _on_written(self, written: Future[None]) -> None:
        if not written.cancelled() and written.exception() is None and not self._stream.writing():
            self._owner.on_drained()
