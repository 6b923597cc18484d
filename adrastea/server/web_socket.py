"""One open WebSocket, after the upgrade: messages in and out, pings answered, an orderly end whoever begins it.

    open ──close()──▶ closing ──the client's close, or five seconds──▶ ended
      ├──the client's close, answered──────────────────────────────────▶ ended
      └──it breaks the protocol──▶ refused: told the code, not heard any more ──its end, or five seconds──▶ ended

Messages are written many at once, as one piece. Of pings that come faster than their pongs go, the last is answered.
Guarantees: whatever a client sends costs its own connection at most. Server thread only.

Source of truth: RFC 6455, sections 5.5 and 7
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Final, Protocol

from tornado.iostream import IOStream
from tornado.util import _websocket_mask  # pyright: ignore[reportPrivateUsage, reportPrivateImportUsage]  # mostly in C

from adrastea.protocol import websocket_frames
from adrastea.protocol.websocket_frames import (
    BINARY,
    PING,
    PONG,
    TEXT,
    Broken,
    Close,
    Event,
    FrameReader,
    Ping,
    Pong,
    close_frame,
)
from adrastea.server.socket_bytes import SocketBytes, taken_over

log = logging.getLogger(__name__)

_INTERNAL_ERROR: Final = 1011
_CLOSE_SECONDS: Final = 5.0  # for the client's part of an orderly end
_PING_FRAME: Final = websocket_frames.head(PING, 0)


class User(Protocol):
    """Whom a WebSocket tells, on the server loop."""

    def on_request(self, message: str | bytes) -> None:
        """The client has sent a message. What this raises closes the WebSocket with 1011."""
        ...

    def on_drained(self) -> None:
        """What was not written at once has left the program. May not raise."""
        ...

    def on_pong(self, data: bytes) -> None:
        """The client has read what was written before the ping that carried `data`. May not raise."""
        ...

    def on_end(self, code: int | None) -> None:
        """The connection has ended, whoever began; `code` is what the client said. Called once; may not raise."""
        ...


class WebSocket:
    """See the module. Server thread only."""

    def __init__(self, stream: IOStream, user: User, most_bytes: int, ping_seconds: float) -> None:
        """Take the connection over. Messages have at most `most_bytes`; `ping_seconds` 0: no pings."""
        self._user = user
        self._loop = asyncio.get_running_loop()
        self._reader = FrameReader(most_bytes, _websocket_mask)
        self._pong: bytes | None = None  # to be written when there is room
        self._closing = False
        self._ended = False
        self._code: int | None = None
        self._ping_seconds = ping_seconds
        self._heard = True
        self._timer: asyncio.TimerHandle | None = None
        self._over: asyncio.Future[None] | None = None
        self._bytes: SocketBytes = taken_over(stream, self)
        if ping_seconds:
            self._timer = self._loop.call_later(ping_seconds, self._ping)

    def write(self, messages: Iterable[str | bytes], ping: bytes = b"") -> bool:
        """Send the messages, and a ping behind them that carries `ping`; empty: none.

        Says whether they have left the program; if not, `on_drained` will tell, or `on_end`.
        """
        if self._closing:
            return False
        parts: list[bytes] = []
        for message in messages:
            data, opcode = (message.encode("utf-8"), TEXT) if isinstance(message, str) else (message, BINARY)
            parts += (websocket_frames.head(opcode, len(data)), data)
        if ping:
            parts += (websocket_frames.head(PING, len(ping)), ping)
        return self._bytes.write(b"".join(parts))

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Begin to close: say why, and wait for the client's answer. Does nothing the second time."""
        if self._closing:
            return
        self._closing = True
        self._stop_timer()
        self._bytes.write(close_frame(code, reason or ""))
        self._timer = self._loop.call_later(_CLOSE_SECONDS, self.abort)

    async def ended(self) -> None:
        """Wait for the end."""
        if not self._ended:
            self._over = self._loop.create_future()
            await self._over

    def abort(self) -> None:
        """End at once; what has not left the program is lost. May be called twice."""
        self._bytes.close()
        self.on_end()

    # `Owner` of the bytes

    def on_data(self, data: bytes) -> None:
        """What the client has sent."""
        self._heard = True
        for event in self._reader.receive(data):
            if isinstance(event, (bytes, str)):
                if not self._closing:
                    self._tell(event)
            else:
                self._obey(event)
        if self._pong is not None:
            self._answer_ping()

    def on_drained(self) -> None:
        """There is room again."""
        if self._pong is not None:
            self._answer_ping()
        if not self._closing:
            self._user.on_drained()

    def on_end(self) -> None:
        """The connection has ended."""
        if not self._ended:
            self._closing = self._ended = True
            self._stop_timer()
            if self._over is not None and not self._over.done():
                self._over.set_result(None)
            self._user.on_end(self._code)

    def _tell(self, message: str | bytes) -> None:
        try:
            self._user.on_request(message)
        except Exception:  # the fault is ours, and costs this client at most
            log.exception("A message of a WebSocket client has not been understood")
            self.close(_INTERNAL_ERROR, "something went wrong in the server")

    def _obey(self, event: Event) -> None:
        match event:
            case Ping(data):
                self._pong = data
            case Pong(data):
                self._user.on_pong(data)
            case Close(code):
                self._code = code
                if not self._closing:
                    self._bytes.write(close_frame(code))
                self.abort()
            case Broken(code, reason):
                self.close(code, reason)
                self._bytes.finish()
            case _:
                pass

    def _answer_ping(self) -> None:
        said = self._pong
        if said is not None and not self._closing and not self._bytes.is_waiting:
            self._pong = None
            self._bytes.write(websocket_frames.head(PONG, len(said)) + said)

    def _ping(self) -> None:
        if not self._heard:
            self.abort()
            return
        self._heard = False
        if not self._bytes.is_waiting:
            self._bytes.write(_PING_FRAME)
        self._timer = self._loop.call_later(self._ping_seconds, self._ping)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
