"""What waits for one WebSocket client: in order, counted in bytes, bounded.

A client that does not read costs at most `LIMIT_BYTES`; then the queue is emptied for good and the owner told once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

LIMIT_BYTES: Final = 64 * 1024 * 1024


class ClientQueue:
    """Messages on their way to one client. Server thread only.

    `write` returns when the bytes have left the process; `overflow` is called when too much waits.
    """

    def __init__(
        self,
        write: Callable[[str | bytes], Awaitable[None]],
        overflow: Callable[[], None],
        limit_bytes: int = LIMIT_BYTES,
    ) -> None:
        self._write = write
        self._overflow = overflow
        self._limit = limit_bytes
        self._waiting: deque[str | bytes] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def waiting_bytes(self) -> int:
        """How much waits, with the message that is being written. Text counts as its number of characters."""
        return self._bytes

    def put(self, message: str | bytes) -> None:
        """Queue a message. Returns at once; does nothing when the queue is closed."""
        if self._closed:
            return
        if self._bytes and self._bytes + len(message) > self._limit:
            self.close()
            self._overflow()
            return
        self._waiting.append(message)
        self._bytes += len(message)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._drain())

    def close(self) -> None:
        """Forget what waits, and take nothing more."""
        self._closed = True
        self._waiting.clear()
        self._bytes = 0

    async def _drain(self) -> None:
        while self._waiting:
            message = self._waiting.popleft()
            try:
                await self._write(message)
            except (WebSocketClosedError, StreamClosedError):
                self.close()
                break
            self._bytes = max(0, self._bytes - len(message))
        self._task = None
