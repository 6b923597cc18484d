"""The seam between `file_watch.py` and what tells of changed files on a system, and what those have in common.

    something happens ──▶ a tenth of a second, in which more of it is let come ──▶ all of it is read, and told once

So a program that writes without end into a watched folder costs ten wakeups a second, and nothing runs while nothing
happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final, NewType, Protocol, TypeAlias

FolderId = NewType("FolderId", int)
"""A watched folder, or one name in it."""

Told: TypeAlias = Callable[[FolderId | None, str | None], None]
"""A folder and a name in it whose content may be another one.

No name: nothing more is told of the folder; it has gone, or the name may mean another file. Whoever wants more forgets
it and watches again. No folder: so much has happened that nobody knows what.
"""

_PAUSE_SECONDS: Final = 0.1


class Folders(Protocol):
    """What tells: `inotify.py`, `kqueue.py` or `looking.py`. Server thread, but for `watch`."""

    def watch(self, folder: Path, name: str) -> FolderId:
        """Tell what happens to this name in it from now on, and perhaps to others. Blocks; any thread. Raises OSError.

        All names of a folder may have the same id.
        """
        ...

    def forget(self, folder: FolderId) -> None:
        """Tell nothing of it any more."""
        ...

    def close(self) -> None:
        """Tell nothing any more."""
        ...


System: TypeAlias = Callable[[Told], Folders]


class Gathered:
    """A descriptor that is readable when something has happened, read when more of it has been let come."""

    def __init__(self, descriptor: int, read: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._read = read
        self._loop = asyncio.get_running_loop()
        self._pause: asyncio.TimerHandle | None = None
        self._loop.add_reader(descriptor, self._on_readable)

    def close(self) -> None:
        """Read no more."""
        if self._pause is not None:
            self._pause.cancel()
        else:
            self._loop.remove_reader(self._descriptor)

    def _on_readable(self) -> None:
        self._loop.remove_reader(self._descriptor)
        self._pause = self._loop.call_later(_PAUSE_SECONDS, self._over)

    def _over(self) -> None:
        self._pause = None
        self._loop.add_reader(self._descriptor, self._on_readable)
        self._read()
