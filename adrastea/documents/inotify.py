"""Which names in some folders have got other content, as Linux tells it. Nothing runs until something happens.

Each name is told once for all that has happened to it meanwhile. Server thread, but for `watch`.

Source of truth: https://man7.org/linux/man-pages/man7/inotify.7.html
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from adrastea.documents.folders import FolderId, Gathered, Told

_EVENT: Final = struct.Struct("iIII")  # watch, mask, cookie, length of the name behind it
_WRITTEN: Final = 0x00000008  # IN_CLOSE_WRITE
_MOVED_TO: Final = 0x00000080
_OVERFLOW: Final = 0x00004000
_GONE: Final = 0x00008000  # IN_IGNORED
_ONLY_FOLDERS: Final = 0x01000000
_NON_BLOCKING: Final[int] = getattr(os, "O_NONBLOCK", 0)
_CLOSE_ON_EXEC: Final[int] = getattr(os, "O_CLOEXEC", 0)
_READ_BYTES: Final = 1 << 16


class Inotify:
    """See the module."""

    def __init__(self, told: Told) -> None:
        """Raises OSError or ImportError: this system has no such thing, or no more of it."""
        import ctypes  # noqa: PLC0415 -- 0.4 MB, which nobody needs who opens no notebook

        self._told = told
        self._library = ctypes.CDLL(None, use_errno=True)
        self._errno = ctypes.get_errno
        self._descriptor = self._checked(self._library.inotify_init1(_NON_BLOCKING | _CLOSE_ON_EXEC))
        self._gathered = Gathered(self._descriptor, self._read)

    def watch(self, folder: Path, name: str) -> FolderId:
        """As `Folders` has it; the same id for every name.

        Raises:
            OSError: there is no such folder, or the system watches no more of them.
        """
        add = self._library.inotify_add_watch
        return FolderId(self._checked(add(self._descriptor, os.fsencode(folder), _WRITTEN | _MOVED_TO | _ONLY_FOLDERS)))

    def forget(self, folder: FolderId) -> None:
        """As `Folders` has it."""
        self._library.inotify_rm_watch(self._descriptor, folder)

    def close(self) -> None:
        """As `Folders` has it."""
        self._gathered.close()
        os.close(self._descriptor)

    def _read(self) -> None:
        for folder, name in dict.fromkeys(_events(self._descriptor)):
            self._told(folder, name)

    def _checked(self, result: int) -> int:
        if result < 0:
            number = self._errno()
            raise OSError(number, os.strerror(number))
        return result


def _events(descriptor: int) -> Iterator[tuple[FolderId | None, str | None]]:
    while True:
        try:
            data = os.read(descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        yield from parsed(data)


def parsed(data: bytes) -> Iterator[tuple[FolderId | None, str | None]]:
    """What one read has brought, in the words of `Told`. Pure."""
    at = 0
    while at < len(data):
        number, mask, _, length = _EVENT.unpack_from(data, at)
        at += _EVENT.size
        name = os.fsdecode(data[at : at + length].rstrip(b"\0"))
        at += length
        if mask & _OVERFLOW:
            yield None, None
        elif mask & _GONE:
            yield FolderId(number), None
        else:
            yield FolderId(number), name
