"""What tells a crash from an end: a file that a process holds while it runs, and into which its last words go.

    folder/crash-<pid>.txt    held (locked) by the process; empty unless it crashed hard, as by a fault in a library

`faulthandler` writes into it where each thread was: files, lines and functions, no values. A file that nobody holds was
left by a process that did not come to its end: with last words it crashed, without it was killed or the power went.
"""

from __future__ import annotations

import faulthandler
import os
from pathlib import Path
from typing import IO

from adrastea.file_lock import try_lock

_MAX_BYTES = 8_000  # of the last words


class CrashMark:
    """One per process. Main thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"crash-{os.getpid()}.txt"
        self._file: IO[str] | None = None

    def set(self) -> str:
        """Begin; returns the last words that earlier processes have left, and forgets them.

        Raises:
            OSError: the folder cannot be written.
        """
        words = "\n".join(filter(None, map(_last_words, sorted(self._path.parent.glob("crash-*.txt")))))
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = open(descriptor, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- a descriptor, held while we run
        try_lock(self._file)
        faulthandler.enable(self._file)
        return words

    def clear(self) -> None:
        """The process comes to its end."""
        if self._file is None:
            return
        faulthandler.disable()
        try:
            self._file.close()
            self._path.unlink(missing_ok=True)
        except OSError:  # the disk has become read-only: the next start finds it empty
            pass
        self._file = None


def _last_words(path: Path) -> str:
    """What the file holds, if nobody holds it; it is removed."""
    try:
        with path.open("r+", encoding="utf-8", errors="replace") as file:
            if not try_lock(file):
                return ""
            words = file.read(_MAX_BYTES).strip()
        path.unlink()
    except OSError:
        return ""
    return words
