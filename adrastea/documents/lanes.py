"""Work on files that blocks: what concerns one file in turn, other files meanwhile, in as many threads as block.

A disk that is slow, or a network drive that has gone, holds up the notebooks that lie there and no others. A thread
begins when all that there are have something to do, so mostly there is one. Server thread only.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Final, TypeVar

from adrastea.documents.turns import heard

T = TypeVar("T")


class Lanes:
    """See the module."""

    def __init__(self, pool: Executor) -> None:
        self.pool: Final = pool
        """For what need not be in turn."""
        self._last: dict[Path, asyncio.Task[object]] = {}

    async def run(self, place: Path, work: Callable[[], T]) -> T:
        """Do this when all has ended that was asked for before about the file that lies there. Raises what it raises.

        It is done also where nobody waits for it any more.
        """
        task = asyncio.get_running_loop().create_task(self._after(self._last.get(place), work))
        task.add_done_callback(heard)
        self._last[place] = task
        task.add_done_callback(lambda done: self._over(place, done))
        return await asyncio.shield(task)

    def shutdown(self) -> None:
        """Return when all that was asked for is done."""
        self.pool.shutdown()

    async def _after(self, before: asyncio.Task[object] | None, work: Callable[[], T]) -> T:
        if before is not None:
            await asyncio.wait([before])
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    def _over(self, place: Path, done: asyncio.Task[T]) -> None:
        if self._last.get(place) is done:
            del self._last[place]


class Lane:
    """The lane of one file that is open, and may get another name."""

    def __init__(self, lanes: Lanes, place: Path, file: Callable[[], Path], lies: Callable[[Path], None]) -> None:
        """`place` is where it lies, without links; `file` says its path now, `lies` hears where it lies now."""
        self._lanes = lanes
        self._place = place
        self._file = file
        self._lies = lies

    async def run(self, work: Callable[[], T]) -> T:
        """`Lanes.run`."""
        return await self._lanes.run(self._place, work)

    async def find(self) -> None:
        """Look where it lies: it may have got another name, or a link in its path lead elsewhere."""
        file = self._file()
        place = await self.run(lambda: Path(os.path.realpath(file)))
        if file == self._file():
            self._place = place
            self._lies(place)
