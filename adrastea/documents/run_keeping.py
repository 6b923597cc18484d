"""The door from the loop to the past runs: all is done by a thread of its own, in the order in which it was asked.

So a run that was kept before its notebook was renamed is renamed with it. Nobody waits for a run to be kept: a disk
that refuses is for the log. What waits for a slow disk is bounded. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from adrastea.documents.disk import thread
from adrastea.documents.notebook import Output
from adrastea.documents.past_runs import PastRuns
from adrastea.documents.run_record import PastRun, Ran
from adrastea.errors import StorageFailed

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_MOST_WAITING: Final = 1_000  # runs: what they hold is held in memory until they are written


class RunKeeping:
    """See the module."""

    def __init__(self, runs: PastRuns) -> None:
        self._runs = runs
        self._thread = thread("runs")
        self._closed = False
        self._waiting: set[asyncio.Future[None]] = set()

    def keep(self, file: Path, ran: Ran) -> None:
        """A cell of a notebook has run. Returns at once."""
        if self._closed:
            return
        if len(self._waiting) >= _MOST_WAITING:
            log.warning("the disk is too slow: a run is not kept")
            return
        keeping = asyncio.get_running_loop().run_in_executor(self._thread, self._runs.keep, file, ran)
        self._waiting.add(keeping)
        keeping.add_done_callback(self._kept)

    async def of_cell(self, file: Path, cell: str) -> list[PastRun]:
        """The runs of a cell, the newest first."""
        return await self._done(self._runs.of_cell, file, cell)

    async def one(self, file: Path, run_id: str) -> tuple[PastRun, str, tuple[Output, ...]]:
        """A run, its source and its outputs.

        Raises:
            NotFound: there is none, or what it holds has gone.
            StorageFailed: it cannot be read, or is not what was kept.
        """
        return await self._done(self._one, file, run_id)

    async def move(self, old: Path, new: Path) -> None:
        """The file, or the folder around files, has another name. A disk that refuses is for the log."""
        try:
            await self._done(self._runs.move, old, new)
        except StorageFailed as error:
            log.warning("past runs keep the old name of their notebook: %s", error)

    async def forget(self, file: Path) -> None:
        """The file, or all in the folder of that name, is deleted."""
        try:
            await self._done(self._runs.forget, file)
        except StorageFailed as error:
            log.warning("past runs of a deleted notebook are still there: %s", error)

    async def close(self) -> None:
        """Return when all that was asked for is done. Nothing is kept from now on."""
        self._closed = True
        while self._waiting:
            await asyncio.wait(self._waiting)
        self._thread.shutdown(wait=False)

    def _one(self, file: Path, run_id: str) -> tuple[PastRun, str, tuple[Output, ...]]:
        run = self._runs.one(file, run_id)
        return run, self._runs.source(run), self._runs.outputs(run)

    async def _done(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(*args, **kwargs))

    def _kept(self, keeping: asyncio.Future[None]) -> None:
        self._waiting.discard(keeping)
        error = None if keeping.cancelled() else keeping.exception()
        if error is not None:
            log.warning("a run is not kept: %s", error, exc_info=None if isinstance(error, StorageFailed) else error)
