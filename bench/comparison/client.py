"""One WebSocket client of one kernel: it asks for executions and counts what comes back, in the dialect agreed on.

It does little more than that, so that a hundred of them in one process are not what is measured. It asks for the v1
subprotocol unless told otherwise, and speaks JSON where the server does not choose it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import cast
from uuid import uuid4

from bench.comparison import frames
from bench.comparison.loads import Dialect
from bench.comparison.rest import Address

MESSAGES = 5  # that an execute_request brings: busy, execute_input, execute_result, execute_reply, idle
_OPEN_SECONDS = 120.0


class Client(asyncio.Protocol):
    """See the module; `connected` makes it."""

    def __init__(self, where: Address, kernel_id: str, dialect: Dialect) -> None:
        loop = asyncio.get_running_loop()
        self.kernel_id = kernel_id
        self.sent = 0
        self.messages = 0
        self.replies: list[float] = []
        """Seconds from each request to its reply."""
        self.idles: list[float] = []
        """Seconds from each request to its idle."""
        self.on_idle: Callable[[], None] = lambda: None
        self.open: asyncio.Future[None] = loop.create_future()
        self.info: asyncio.Future[None] = loop.create_future()
        """Done when the kernel has answered a kernel_info_request."""
        self.lost = False
        """Whether the server has closed the connection."""
        self._where = where
        self._path = f"api/kernels/{kernel_id}/channels"
        self._as_v1 = dialect == "v1"
        self._session = uuid4().hex
        self._number = 0  # of requests, for no two have the same id
        self._asked: dict[str, float] = {}
        self._data = bytearray()
        self._pieces: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._pace: tuple[int, float] | None = None
        self._since_pause = 0

    def execute(self, code: str = "1") -> None:
        """Ask for an execution."""
        self._number += 1
        msg_id = f"{self._session}_{self._number}"
        self.sent += 1
        self._asked[msg_id] = time.perf_counter()
        content: dict[str, object] = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
        }
        self._send("execute_request", msg_id, {**content, "stop_on_error": True})

    def ask_info(self) -> None:
        """Ask the kernel what it is."""
        self._send("kernel_info_request", f"{self._session}_info", {})

    def forget(self) -> None:
        """Begin to count again."""
        self.sent = self.messages = 0
        self.replies.clear()
        self.idles.clear()
        self._asked.clear()

    @property
    def missing(self) -> int:
        """Messages that have been asked for and have not come."""
        return max(0, self.sent * MESSAGES - self.messages)

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
            f"GET /{self._path}?session_id={self._session}&token={self._where.token} HTTP/1.1",
            f"Host: 127.0.0.1:{self._where.port}",
            f"Authorization: token {self._where.token}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            *([f"Sec-WebSocket-Protocol: {frames.SUBPROTOCOL}"] if self._as_v1 else []),
        ]
        self._transport.write("\r\n".join([*head, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Count."""
        self._data += data
        self._pause_after(len(data))
        if not self.open.done() and not self._upgraded():
            return
        at = 0
        while (frame := frames.frame_at(self._data, at)) is not None:
            at = frame.end
            self._take(frame)
        del self._data[:at]

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come."""
        self.lost = True
        for waiting in (self.open, self.info):
            if not waiting.done():
                waiting.set_exception(exc or ConnectionError("the server has closed the WebSocket"))
                waiting.exception()  # nobody need ask for it

    def _upgraded(self) -> bool:
        head, end, _ = bytes(self._data[:4096]).partition(b"\r\n\r\n")
        if not end:
            return False
        if b" 101 " not in head.partition(b"\r\n")[0]:
            self.open.set_exception(ConnectionError(head.partition(b"\r\n")[0].decode(errors="replace")))
            self.close()
            return False
        self._as_v1 = self._as_v1 and frames.SUBPROTOCOL.encode() in head
        del self._data[: len(head) + len(end)]
        self.open.set_result(None)
        return True

    def _take(self, frame: frames.Frame) -> None:
        if frame.opcode == frames.PING:
            self._write(frames.masked(frames.PONG, frame.body))
        if frame.opcode not in {frames.TEXT, frames.BINARY, frames.CONTINUED}:
            return
        self._pieces.append(frame.body)
        if frame.is_last:
            message = frames.heard(b"".join(self._pieces), as_v1=self._as_v1)
            self._pieces.clear()
            self._hear(message)

    def _hear(self, message: frames.Heard) -> None:
        if message.msg_type == "kernel_info_reply" and not self.info.done():
            self.info.set_result(None)
        asked = self._asked.get(message.parent_id)
        if asked is None:
            return
        self.messages += 1
        if message.msg_type == "execute_reply":
            self.replies.append(time.perf_counter() - asked)
        elif message.msg_type == "status" and message.content["execution_state"] == "idle":
            self.idles.append(time.perf_counter() - asked)
            self.on_idle()

    def _pause_after(self, size: int) -> None:
        self._since_pause += size
        if self._pace is None or self._since_pause < self._pace[0] or self._transport is None:
            return
        self._transport.pause_reading()
        pieces, self._since_pause = self._since_pause / self._pace[0], 0
        asyncio.get_running_loop().call_later(pieces * self._pace[1], self._resume)

    def _resume(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def _send(self, msg_type: str, msg_id: str, content: dict[str, object]) -> None:
        header = {"msg_id": msg_id, "session": self._session, "username": "bench", "msg_type": msg_type}
        stamp = {"date": "2026-01-01T00:00:00Z", "version": "5.3"}
        self._write(frames.request(header | stamp, content, as_v1=self._as_v1))

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)


async def connected(where: Address, kernel_id: str, dialect: Dialect = "v1") -> Client:
    """A client whose socket is open.

    Raises:
        ConnectionError: the server refuses it.
        TimeoutError: it says nothing.
    """
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: Client(where, kernel_id, dialect), "127.0.0.1", where.port)
    async with asyncio.timeout(_OPEN_SECONDS):
        await client.open
    return client
