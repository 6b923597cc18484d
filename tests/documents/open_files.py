"""What macOS knows of open files, for tests on Linux: a `Queue` of `kqueue.py` for real files.

As there, what has happened to an open file or folder is told until its descriptor is closed. It is found out by
comparing: how the file is called, which names the folder has, what the file holds. The system wakes by itself whoever
waits; here a test says `look` when it has done something.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterable
from pathlib import Path

from adrastea.documents.folders import FolderId


class OpenFiles:
    """See the module."""

    def __init__(self) -> None:
        self._added: dict[int, tuple[FolderId, int, object]] = {}
        self._lock = threading.Lock()  # two who list a folder by one descriptor at a time get a half each
        self._read_end, self._write_end = os.pipe()

    def fileno(self) -> int:
        return self._read_end

    def add(self, descriptor: int, folder: FolderId) -> None:
        with self._lock:
            self._added[descriptor] = (folder, os.fstat(descriptor).st_ino, _state(descriptor))

    def happened(self) -> Iterable[FolderId]:
        os.read(self._read_end, 1000)
        with self._lock:
            happened = [folder for descriptor, folder, before in self._open() if _state(descriptor) != before]
        if happened:
            self.look()  # there is still something to tell
        return happened

    def look(self) -> None:
        """Something was done."""
        os.write(self._write_end, b".")

    def close(self) -> None:
        assert not list(self._open())
        os.close(self._read_end)
        os.close(self._write_end)

    def _open(self) -> Iterable[tuple[int, FolderId, object]]:
        for descriptor, (folder, inode, state) in self._added.items():
            if os.path.lexists(_place(descriptor)) and os.fstat(descriptor).st_ino == inode:
                yield descriptor, folder, state


def _state(descriptor: int) -> object:
    name = _place(descriptor).readlink().name  # of one that is removed, with a word that says so
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        return name, sorted(os.listdir(descriptor))
    return name, os.pread(descriptor, 1000, 0)


def _place(descriptor: int) -> Path:
    return Path("/proc/self/fd") / str(descriptor)
