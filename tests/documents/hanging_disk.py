"""A disk that hangs: between the program and the system, below one folder."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.fakes.client import LIMIT_SECONDS

Path_ = str | bytes | os.PathLike[str]


class HangingDisk:
    """Whoever looks at what lies in the folder, or syncs it, waits until it goes on."""

    def __init__(self, folder: Path) -> None:
        self.hangs = threading.Event()
        """Somebody waits."""
        self._folder = str(folder)
        self._goes_on = threading.Event()

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """From now on."""
        real_sync, real_lstat, real_stat = os.fsync, os.lstat, os.stat

        def synced(descriptor: int) -> None:
            self._wait_below(Path(f"/proc/self/fd/{descriptor}").readlink())
            real_sync(descriptor)

        def lstat(path: Path_) -> os.stat_result:
            self._wait_below(path)
            return real_lstat(path)

        def status(path: Path_ | int, *, follow_symlinks: bool = True) -> os.stat_result:
            if not isinstance(path, int):
                self._wait_below(path)
            return real_stat(path, follow_symlinks=follow_symlinks)

        patch.setattr(os, "fsync", synced)
        patch.setattr(os, "lstat", lstat)
        patch.setattr(os, "stat", status)

    def go_on(self) -> None:
        """Let all that wait go on, and wait no more."""
        self._goes_on.set()

    def _wait_below(self, path: Path_) -> None:
        if os.fsdecode(path).startswith(self._folder) and not self._goes_on.is_set():
            self.hangs.set()
            self._goes_on.wait(LIMIT_SECONDS)
