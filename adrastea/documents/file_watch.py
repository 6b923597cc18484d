"""Which of some files may have been written by somebody else, as the system tells it: nothing is asked in vain.

The folder of each file is watched: most programs put a new file in the place of the old one. What is told is a hint:
who hears it looks at the content. Where the system tells nothing (a network drive that another machine writes to; no
more watches left), files are looked at when their window is, and before each save. Server thread only; what blocks runs
in `pool`.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea.documents.folders import FolderId, Folders, System

log = logging.getLogger(__name__)

_FIRST_RETRY_SECONDS: Final = 1.0  # for a folder that has gone; then twice as long each time
_MOST_RETRY_SECONDS: Final = 60.0


def system() -> System:
    """How this system tells."""
    if sys.platform == "linux":
        from adrastea.documents.inotify import Inotify

        return Inotify
    elif sys.platform == "darwin":  # noqa: RET505 -- mypy takes the branches of a platform check apart by `elif`
        from adrastea.documents.kqueue import kqueue

        return kqueue
    else:
        from adrastea.documents.looking import Looking

        return Looking


@dataclass(slots=True)
class _Watched:
    changed: Callable[[], None]
    folder: FolderId | None = None
    name: str = ""
    retry: asyncio.TimerHandle | None = None
    retry_seconds: float = _FIRST_RETRY_SECONDS


class FileWatch:
    """See the module."""

    def __init__(self, pool: Executor, make: System | None) -> None:
        self._pool = pool
        self._make = make
        self._folders: Folders | None = None
        self._files: dict[Path, _Watched] = {}
        self._beginning: set[asyncio.Task[None]] = set()

    def add(self, file: Path, changed: Callable[[], None]) -> None:
        """Call `changed` some time after somebody has written the file, ourselves included, and once at the start."""
        if file not in self._files:
            self._files[file] = _Watched(changed)
            self._begin(file, self._files[file])

    def remove(self, file: Path) -> None:
        """Tell of it no more."""
        watched = self._files.pop(file, None)
        if watched is not None:
            if watched.retry is not None:
                watched.retry.cancel()
            self._let_go(watched.folder)

    async def close(self) -> None:
        """Tell nothing any more."""
        self._make = None
        for file in tuple(self._files):
            self.remove(file)
        if self._beginning:
            await asyncio.wait(self._beginning)
        if self._folders is not None:
            self._folders.close()
            self._folders = None

    def _system(self) -> Folders | None:
        if self._folders is None and self._make is not None:
            try:
                self._folders = self._make(self._told)
            except (OSError, ImportError, AttributeError) as error:
                log.warning("Files that other programs change are seen when their window is looked at: %s", error)
                self._make = None  # and nobody asks again
        return self._folders

    def _begin(self, file: Path, watched: _Watched) -> None:
        watched.retry = None
        folders = self._system()
        if folders is not None:
            task = asyncio.get_running_loop().create_task(self._find(folders, file, watched))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)

    async def _find(self, folders: Folders, file: Path, watched: _Watched) -> None:
        work = asyncio.get_running_loop().run_in_executor(self._pool, _watch, folders, file)
        try:
            folder, name = await work
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR}:
                self._try_later(file, watched)
            else:
                log.warning("Changes of %s by other programs are seen when its window is: %s", file.name, error)
            return
        if self._files.get(file) is not watched:
            self._let_go(folder)
            return
        watched.folder, watched.name, watched.retry_seconds = folder, name, _FIRST_RETRY_SECONDS
        watched.changed()  # perhaps before anybody told

    def _let_go(self, folder: FolderId | None) -> None:
        is_used = any(other.folder == folder for other in self._files.values())
        if folder is not None and not is_used and self._folders is not None:
            self._folders.forget(folder)

    def _told(self, folder: FolderId | None, name: str | None) -> None:
        for file, watched in tuple(self._files.items()):
            if folder is not None and (watched.folder != folder or name not in {None, watched.name}):
                continue
            if folder is not None and name is None:
                watched.folder = None
                self._let_go(folder)
                self._begin(file, watched)
            watched.changed()

    def _try_later(self, file: Path, watched: _Watched) -> None:
        if self._files.get(file) is watched and watched.retry is None:
            watched.retry = asyncio.get_running_loop().call_later(watched.retry_seconds, self._begin, file, watched)
            watched.retry_seconds = min(2 * watched.retry_seconds, _MOST_RETRY_SECONDS)


def _watch(folders: Folders, file: Path) -> tuple[FolderId, str]:
    place = Path(os.path.realpath(file))
    return folders.watch(place.parent, place.name), place.name
