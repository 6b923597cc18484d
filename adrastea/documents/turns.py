"""Work of one document that must not overlap: each piece begins when the one before has ended. Server thread only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from adrastea.errors import AppError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Turns:
    """See the module."""

    def __init__(self) -> None:
        self._last: asyncio.Task[None] | None = None

    def take(self, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Do this when all that was asked for before has ended, however it ended. Nobody need wait for it."""
        self._last = asyncio.get_running_loop().create_task(_after(self._last, work))
        self._last.add_done_callback(heard)
        return self._last

    async def over(self) -> None:
        """Return when what was asked for last has ended."""
        if self._last is not None:
            await asyncio.wait([self._last])


def heard(task: asyncio.Task[T]) -> None:
    """Nobody may wait for the task: then what it raised is in a status already, or belongs into the log."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, AppError):
        log.error("the disk's work failed", exc_info=error)


async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait([before])
    await work()
