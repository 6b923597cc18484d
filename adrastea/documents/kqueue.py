"""Whether a name in a folder may have got other content, as macOS tells it. Nothing runs until something happens.

macOS tells what is written into a file to whoever has opened that file, and which names come and go to whoever has
opened the folder. So both are open, for events only, which holds up nobody who wants to remove or unmount them. What
has happened is not asked: after anything the name may mean another file, so it is told that both are to be opened
anew. Until they are forgotten, that is told again; so nothing is lost that happens before `watch` has returned.

`Queue` is the system's part of it, and has not been run yet (docs/platforms.md). Server thread, but for `watch`.

Source of truth: https://github.com/apple-oss-distributions/xnu, bsd/vfs/kpi_vfs.c says what is told, and
bsd/vfs/vfs_vnops.c how long.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Final, Protocol

from adrastea.documents.folders import FolderId, Gathered, Told

_FOR_EVENTS: Final[int] = getattr(os, "O_EVTONLY", os.O_RDONLY)
_FOLDER: Final[int] = getattr(os, "O_DIRECTORY", 0)
_MOST: Final = 64  # events that are read at once; the others wait


class Queue(Protocol):
    """What the system knows of open files."""

    def fileno(self) -> int:
        """A descriptor that is readable while there is something to tell."""
        ...

    def add(self, descriptor: int, folder: FolderId) -> None:
        """Tell `folder` when anything has happened to this file or folder, until its descriptor is closed."""
        ...

    def happened(self) -> Iterable[FolderId]:
        """To which of them something has happened since they were added."""
        ...

    def close(self) -> None:
        """Tell nothing any more."""
        ...


class Kqueue:
    """See the module."""

    def __init__(self, told: Told, queue: Queue) -> None:
        self._told = told
        self._queue = queue
        self._open: dict[FolderId, ExitStack] = {}
        self._numbers = count()
        self._gathered = Gathered(queue.fileno(), self._read)

    def watch(self, folder: Path, name: str) -> FolderId:
        """As `Folders` has it.

        Raises:
            OSError: there is no such folder, or the system opens no more of them.
        """
        number = FolderId(next(self._numbers))
        with ExitStack() as undo:
            self._add(os.open(folder, _FOR_EVENTS | _FOLDER), number, undo)
            with suppress(FileNotFoundError):  # after its folder, which tells if it comes, or another in its place
                self._add(os.open(folder / name, _FOR_EVENTS), number, undo)
            self._open[number] = undo.pop_all()
        return number

    def forget(self, folder: FolderId) -> None:
        """As `Folders` has it."""
        self._open.pop(folder, ExitStack()).close()

    def close(self) -> None:
        """As `Folders` has it."""
        self._gathered.close()
        for folder in tuple(self._open):
            self.forget(folder)
        self._queue.close()

    def _add(self, descriptor: int, number: FolderId, undo: ExitStack) -> None:
        undo.callback(os.close, descriptor)
        self._queue.add(descriptor, number)

    def _read(self) -> None:
        for folder in dict.fromkeys(self._queue.happened()):
            self._told(folder, None)


if sys.platform == "darwin":
    _EVENTS: Final = (
        select.KQ_NOTE_WRITE
        | select.KQ_NOTE_EXTEND
        | select.KQ_NOTE_DELETE
        | select.KQ_NOTE_RENAME
        | select.KQ_NOTE_REVOKE
    )

    class SystemQueue:
        """The `Queue` of macOS."""

        def __init__(self) -> None:
            self._queue = select.kqueue()

        def fileno(self) -> int:
            """As `Queue` has it."""
            return self._queue.fileno()

        def add(self, descriptor: int, folder: FolderId) -> None:
            """As `Queue` has it. Without EV_CLEAR, what has happened stays."""
            event = select.kevent(descriptor, select.KQ_FILTER_VNODE, select.KQ_EV_ADD, _EVENTS, 0, folder)
            self._queue.control([event], 0)

        def happened(self) -> Iterable[FolderId]:
            """As `Queue` has it."""
            return [FolderId(event.udata) for event in self._queue.control(None, _MOST, 0)]

        def close(self) -> None:
            """As `Queue` has it."""
            self._queue.close()

    def kqueue(told: Told) -> Kqueue:
        """How macOS tells. Raises OSError: no more of it."""
        return Kqueue(told, SystemQueue())
