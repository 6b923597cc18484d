"""Whether a file may have got other content, found out by looking: for systems of which we know no other way.

Each file is looked at every two seconds, all in one piece of work, and the next look begins when the last has ended:
a drive that hangs is waited for once. Only the stamp of a file is looked at, not its content. Nothing runs while no
file is watched. Server thread, but for `watch`.
"""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

from adrastea.documents.folders import FolderId, Told

_Stamp: TypeAlias = tuple[int, int, int] | None
_Files: TypeAlias = dict[FolderId, tuple[Path, _Stamp]]
_SECONDS: Final = 2.0


class Looking:
    """See the module."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._files: _Files = {}
        self._numbers = count()
        self._loop = asyncio.get_running_loop()
        self._next: asyncio.TimerHandle | None = None
        self._looks = False

    def watch(self, folder: Path, name: str) -> FolderId:
        """As `Folders` has it; a folder that is not there may come."""
        number, file = FolderId(next(self._numbers)), folder / name
        self._loop.call_soon_threadsafe(self._begin, number, file, _stamp(file))
        return number

    def forget(self, folder: FolderId) -> None:
        """As `Folders` has it."""
        self._files.pop(folder, None)
        if not self._files and self._next is not None:
            self._next.cancel()
            self._next = None

    def close(self) -> None:
        """As `Folders` has it."""
        for folder in tuple(self._files):
            self.forget(folder)

    def _begin(self, number: FolderId, file: Path, stamp: _Stamp) -> None:
        self._files[number] = file, stamp
        self._wait()

    def _wait(self) -> None:
        if self._files and self._next is None and not self._looks:
            self._next = self._loop.call_later(_SECONDS, self._look)

    def _look(self) -> None:
        self._next, self._looks = None, True
        look = self._loop.run_in_executor(None, _look, dict(self._files))
        look.add_done_callback(self._seen)

    def _seen(self, look: asyncio.Future[_Files]) -> None:
        self._looks = False
        self._wait()
        for folder, (file, stamp) in look.result().items():
            if folder in self._files:
                self._files[folder] = file, stamp
                self._told(folder, file.name)


def _look(files: _Files) -> _Files:
    """Those whose stamp is another one, with that."""
    looked = {folder: (file, _stamp(file)) for folder, (file, _) in files.items()}
    return {folder: seen for folder, seen in looked.items() if seen != files[folder]}


def _stamp(file: Path) -> _Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
