"""Writes WebSocket messages on a connection that Tornado has opened: many of them at once, as one piece.

    81 text, 82 bytes | length: 7 bits; 7E and uint16; 7F and uint64 | the message, whole and unmasked

What the system takes at once never enters Tornado's buffer; the rest of a piece, and every piece on an encrypted
connection, goes through its stream, behind what it was writing already. So Tornado's own frames (pong, close) stand
between pieces, never inside one. Server thread only.

Source of truth: RFC 6455, section 5.2
"""

from __future__ import annotations

import struct
from asyncio import Future
from collections.abc import Callable, Iterable
from typing import Final

from tornado.iostream import IOStream, StreamClosedError

_TEXT: Final = 0x81
_BINARY: Final = 0x82
_PING: Final = 0x89
_SHORT: Final = 125
_MIDDLE: Final = 0xFFFF


class FrameWriter:
    """See the module."""

    def __init__(self, stream: IOStream, drained: Callable[[], None]) -> None:
        """`drained` is called when a piece that was not taken at once has gone; never after the connection's end."""
        self._stream = stream
        self._drained = drained
        self._direct = type(stream) is IOStream  # and not the encrypted one

    def write(self, messages: Iterable[str | bytes], ping: bytes = b"") -> bool:
        """Send the messages, and a ping behind them that carries `ping`; empty: none.

        Says whether they have left the program; if not, `drained` will, or they never do.
        """
        parts: list[bytes] = []
        for message in messages:
            data, opcode = (message.encode("utf-8"), _TEXT) if isinstance(message, str) else (message, _BINARY)
            parts += (_head(opcode, len(data)), data)
        if ping:
            parts += (_head(_PING, len(ping)), ping)
        piece = memoryview(b"".join(parts))
        if self._direct and not self._stream.writing() and not self._stream.closed():
            piece = piece[self._sent(piece) :]
            if not piece:
                return True
        try:
            written = self._stream.write(piece)
        except StreamClosedError:
            return False
        written.add_done_callback(self._on_written)
        return False

    def _sent(self, piece: memoryview) -> int:
        try:
            return self._stream.socket.send(piece)  # pyright: ignore[reportOptionalMemberAccess]  # None once closed
        except OSError:  # it takes nothing now, or has ended, which the stream will notice and say
            return 0

    def _on_written(self, written: Future[None]) -> None:
        if not written.cancelled() and written.exception() is None:
            self._drained()


def _head(opcode: int, length: int) -> bytes:
    if length <= _SHORT:
        return bytes((opcode, length))
    if length <= _MIDDLE:
        return struct.pack("!BBH", opcode, 126, length)
    return struct.pack("!BBQ", opcode, 127, length)
