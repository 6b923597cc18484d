"""A disk that fails at one call, or at which the program is killed at each: between the program and the system.

The calls that change what lies in a folder are counted: files that are made, writes, syncs, renames, files that are cut
off. Nothing is replaced of the program itself, and the disk below is a real one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

Path_ = str | bytes | os.PathLike[str]


@dataclass
class FaultyDisk:
    """See the module. `on_call` is told the number of each call, from 1, before it is made; it may raise."""

    folder: Path
    on_call: Callable[[int, str], None]
    calls: list[str] = field(default_factory=list[str])
    _ours: set[int] = field(default_factory=set[int])

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """From now on."""
        real_open, real_write, real_sync, real_cut = os.open, os.write, os.fsync, os.ftruncate
        real_replace, real_mkdir = os.replace, os.mkdir

        def opened(path: Path_, flags: int, mode: int = 0o777) -> int:
            if not (flags & os.O_CREAT and self._is_ours(path)):
                return real_open(path, flags, mode)
            self._tell("open")
            descriptor = real_open(path, flags, mode)
            self._ours.add(descriptor)
            return descriptor

        def wrote(descriptor: int, data: bytes) -> int:
            if descriptor in self._ours:
                self._tell("write")
            return real_write(descriptor, data)

        def synced(descriptor: int) -> None:
            self._tell("fsync")
            real_sync(descriptor)

        def cut(descriptor: int, length: int) -> None:
            self._tell("ftruncate")
            real_cut(descriptor, length)

        def replaced(source: Path_, target: Path_) -> None:
            self._tell("rename")
            real_replace(source, target)

        def made(path: Path_, mode: int = 0o777) -> None:
            if self._is_ours(path):
                self._tell("mkdir")
            real_mkdir(path, mode)

        for name, function in (
            ("open", opened),
            ("write", wrote),
            ("fsync", synced),
            ("ftruncate", cut),
            ("replace", replaced),
            ("mkdir", made),
        ):
            patch.setattr(os, name, function)

    def _is_ours(self, path: Path_) -> bool:
        return os.fsdecode(path).startswith(str(self.folder))

    def _tell(self, call: str) -> None:
        self.calls.append(call)
        self.on_call(len(self.calls), call)


def failing_at(number: int, errno: int) -> Callable[[int, str], None]:
    """This one call fails, once."""

    def on_call(count: int, _: str) -> None:
        if count == number:
            raise OSError(errno, os.strerror(errno))

    return on_call


@dataclass
class Killed:
    """What `kill -9` would leave, if it came at a call, and what had been acknowledged by then."""

    copy: Path
    call: str
    acknowledged: int


@dataclass
class Kills:
    """Copies the folder at each call, as a program that is killed there would leave it."""

    folder: Path
    copies: Path
    acknowledged: int = 0
    found: list[Killed] = field(default_factory=list[Killed])
    _busy: bool = False

    def __call__(self, number: int, call: str) -> None:
        """Before a call is made. The copy itself is no call."""
        if self._busy:
            return
        self._busy = True
        copy = self.copies / str(number)
        shutil.copytree(self.folder, copy)
        self.found.append(Killed(copy, call, self.acknowledged))
        self._busy = False

    def revive(self, killed: Killed) -> None:
        """Let the folder be what was left: journals know their file by its path."""
        shutil.rmtree(self.folder)
        killed.copy.rename(self.folder)
