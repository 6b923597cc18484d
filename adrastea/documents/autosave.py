"""When an open notebook is saved by itself. One timer at most; server thread only.

A save is due after a time of quiet, or ten times that after the first change where quiet never comes: a cell that
prints for an hour is saved all the while. After a save that failed, it is due when something changes, or by and by.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_PATIENCE = 10  # times the quiet
_FIRST_RETRY_SECONDS = 2.0  # after a save that failed; then twice as long each time
_MOST_RETRY_SECONDS = 30.0


class Autosave:
    """Calls `save` when it is due; `save` may not raise."""

    def __init__(self, quiet_seconds: float, save: Callable[[], object]) -> None:
        self._quiet = quiet_seconds
        self._save = save
        self._timer: asyncio.TimerHandle | None = None
        self._waits_for_quiet = False
        self._first = 0.0
        self._last = 0.0
        self._retry_seconds = _FIRST_RETRY_SECONDS

    def changed(self) -> None:
        """There is something to save."""
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        if not self._waits_for_quiet:
            self.stop()
            self._waits_for_quiet = True
            self._first = self._last
            self._timer = loop.call_later(self._quiet, self._look)

    def retry(self) -> None:
        """A save failed."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._retry_seconds, self._due)
            self._retry_seconds = min(2 * self._retry_seconds, _MOST_RETRY_SECONDS)

    def saved(self) -> None:
        """A save has come to its end: the next one that fails is tried again soon."""
        self._retry_seconds = _FIRST_RETRY_SECONDS

    def stop(self) -> None:
        """There is nothing to save any more, or somebody does it now."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._waits_for_quiet = False

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        due = min(self._last + self._quiet, self._first + _PATIENCE * self._quiet)
        if due <= loop.time():
            self._due()
        else:
            self._timer = loop.call_at(due, self._look)

    def _due(self) -> None:
        self.stop()
        self._save()
