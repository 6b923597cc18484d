"""Which names in some folders have got other content, as Linux tells it. Nothing runs until something happens.

    something happens ──▶ a tenth of a second, in which more of it is let come ──▶ each name is told once

So a program that writes without end into a watched folder costs ten wakeups a second. Server thread, but for `watch`.

Source of truth: https://man7.org/linux/man-pages/man7/inotify.7.html
"""

from __future__ import annotations

import asyncio
import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NewType, TypeAlias

FolderId = NewType("FolderId", int)
"""The system's number for a watched folder; the same for every name of it."""

Told: TypeAlias = Callable[[FolderId | None, str | None], None]
"""A folder and a name in it. No name: the folder has gone. No folder: so much has happened that nobody knows what."""

_EVENT: Final = struct.Struct("iIII")  # watch, mask, cookie, length of the name behind it
_WRITTEN: Final = 0x00000008  # IN_CLOSE_WRITE
_MOVED_TO: Final = 0x00000080
_OVERFLOW: Final = 0x00004000
_GONE: Final = 0x00008000  # IN_IGNORED
_ONLY_FOLDERS: Final = 0x01000000
_NON_BLOCKING: Final = os.O_NONBLOCK
_CLOSE_ON_EXEC: Final = getattr(os, "O_CLOEXEC", 0)
_PAUSE_SECONDS: Final = 0.1
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
        self._loop = asyncio.get_running_loop()
        self._pause: asyncio.TimerHandle | None = None
        self._loop.add_reader(self._descriptor, self._on_readable)

    def watch(self, folder: Path) -> FolderId:
        """Tell what happens in it from now on. Blocks; any thread.

        Raises:
            OSError: there is no such folder, or the system watches no more of them.
        """
        add = self._library.inotify_add_watch
        return FolderId(self._checked(add(self._descriptor, os.fsencode(folder), _WRITTEN | _MOVED_TO | _ONLY_FOLDERS)))

    def forget(self, folder: FolderId) -> None:
        """Tell nothing of it any more."""
        self._library.inotify_rm_watch(self._descriptor, folder)

    def close(self) -> None:
        """Tell nothing any more."""
        if self._pause is not None:
            self._pause.cancel()
        else:
            self._loop.remove_reader(self._descriptor)
        os.close(self._descriptor)

    def _on_readable(self) -> None:
        self._loop.remove_reader(self._descriptor)
        self._pause = self._loop.call_later(_PAUSE_SECONDS, self._read)

    def _read(self) -> None:
        self._pause = None
        happened = dict.fromkeys(_events(self._descriptor))
        self._loop.add_reader(self._descriptor, self._on_readable)
        for folder, name in happened:
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
