"""One WebSocket client of a kernel that asks for executions and counts what comes back.

It does no more than that, so that a hundred of them in one process are not what is measured.
"""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import cast
from uuid import uuid4

from bench.serving import TOKEN

SUBPROTOCOL = "v1.kernel.websocket.jupyter.org"
_BINARY, _PING, _PONG = 0x82, 0x89, 0x8A  # whole frames; what is not answered by a pong is kept by the server
_MIDDLE = 126  # a length that says: two bytes follow; one more says eight
MESSAGES = 5  # that an execute_request brings: busy, execute_input, execute_result, execute_reply, idle


class Client(asyncio.Protocol):
    """See the module. `connected` makes it."""

    def __init__(self, kernel_id: str) -> None:
        self.sent = 0
        self.messages = 0
        self.replies = 0
        self.idles = 0
        self.printed = 0
        """Lines."""
        self.latencies: list[float] = []
        """Seconds from each request to its reply."""
        self.on_done: Callable[[], None] = lambda: None
        """Called at each `idle` of ours."""
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._kernel_id = kernel_id
        self._session = uuid4().hex
        self._asked: dict[bytes, float] = {}
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None
        self._pace: tuple[int, float] | None = None
        self._since_pause = 0

    def execute(self, code: str = "1") -> None:
        """Ask once."""
        msg_id = f"{self._session}_{self.sent}"
        self.sent += 1
        self._asked[msg_id.encode()] = time.perf_counter()
        self._send("execute_request", msg_id, {"code": code, "silent": False, "allow_stdin": False})

    @property
    def lost(self) -> int:
        """Messages of finished and unfinished requests that have not come."""
        return self.sent * MESSAGES - self.messages

    def forget(self) -> None:
        """Begin to count again."""
        self.sent = self.messages = self.replies = self.idles = self.printed = 0
        self.latencies.clear()

    def read_slowly(self, piece_bytes: int, pause_seconds: float) -> None:
        """Read about so much, then pause, again and again."""
        self._pace = (piece_bytes, pause_seconds)

    def read_quickly(self) -> None:
        """Read what comes, from now on."""
        self._pace = None
        self._resume()

    def close(self) -> None:
        """Go."""
        if self._transport is not None:
            self._transport.abort()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast("asyncio.Transport", transport)
        head = [
            f"GET /api/kernels/{self._kernel_id}/channels?session_id={self._session} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: token {TOKEN}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
        ]
        self._transport.write("\r\n".join([*head, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Count."""
        self._data += data
        self._since_pause += len(data)
        if self._pace is not None and self._since_pause >= self._pace[0] and self._transport is not None:
            self._transport.pause_reading()
            pieces, self._since_pause = self._since_pause / self._pace[0], 0
            asyncio.get_running_loop().call_later(pieces * self._pace[1], self._resume)
        if not self.open.done():
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self._data.startswith(b"HTTP/1.1 101"):
                self.open.set_exception(ConnectionError(bytes(self._data[:200])))
                return
            del self._data[: end + 4]
            self.open.set_result(None)
        at = 0
        while (found := self._body(at)) is not None:
            first, (start, at) = self._data[at], found
            if first == _BINARY:
                self._hear(bytes(self._data[start:at]))
            elif first == _PING:
                self._write(bytes(self._data[start:at]), _PONG)
        del self._data[:at]

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come."""
        if not self.open.done():
            self.open.set_exception(exc or ConnectionError("refused"))

    def _resume(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    # Frames

    def _body(self, at: int) -> tuple[int, int] | None:
        """Where the body of the frame at `at` begins and ends; None while it is not whole."""
        data = self._data
        if len(data) < at + 2:
            return None
        length, start = data[at + 1], at + 2
        if length >= _MIDDLE:
            start += 2 if length == _MIDDLE else 8
            length = int.from_bytes(data[at + 2 : start], "big")
        return (start, start + length) if len(data) >= start + length else None

    def _hear(self, frame: bytes) -> None:
        count = int.from_bytes(frame[:8], "little")
        offsets = struct.unpack_from(f"<{count}Q", frame, 8)
        parent = frame[offsets[2] : offsets[3]]
        if self._session.encode() not in parent or b"execute_request" not in parent:
            return
        self.messages += 1
        header = frame[offsets[1] : offsets[2]]
        if b'"execute_reply"' in header:
            self.replies += 1
            msg_id = parent.split(b'"msg_id":')[1].split(b'"')[1]
            self.latencies.append(time.perf_counter() - self._asked.pop(msg_id))
        elif b'"stream"' in header:
            self.printed += frame[offsets[4] : offsets[5]].count(b"\\n")
        elif b'"status"' in header and b'"idle"' in frame[offsets[4] : offsets[5]]:
            self.idles += 1
            self.on_done()

    def _send(self, msg_type: str, msg_id: str, content: object) -> None:
        header = {
            "msg_id": msg_id,
            "session": self._session,
            "username": "bench",
            "date": "2026-01-01T00:00:00Z",
            "msg_type": msg_type,
            "version": "5.3",
        }
        self._write(_frame([b"shell", json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]))

    def _write(self, body: bytes, first: int = _BINARY) -> None:
        size = len(body)
        head = struct.pack("!BB", first, 0x80 | size) if size < _MIDDLE else struct.pack("!BBH", first, 0xFE, size)
        cast("asyncio.Transport", self._transport).write(head + bytes(4) + body)  # masked with zeros


def _frame(parts: Sequence[bytes]) -> bytes:
    count = len(parts) + 1
    offsets = accumulate(map(len, parts), initial=8 * (1 + count))
    return struct.pack(f"<{1 + count}Q", count, *offsets) + b"".join(parts)


async def connected(port: int, kernel_id: str) -> Client:
    """A client whose socket is open."""
    _, client = await asyncio.get_running_loop().create_connection(lambda: Client(kernel_id), "127.0.0.1", port)
    await client.open
    return client
