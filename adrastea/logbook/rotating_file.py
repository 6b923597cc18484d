"""A text file that grows at its end and never beyond its bounds; several processes may write to it.

Each entry is one write to the end of the file, which the system keeps whole, and the file is open only for that. When
it is full it becomes `<name>.1`, and so on: who renames holds a lock, and who does not get the lock leaves it to the
other. Nothing here raises and nothing waits: a disk that is full or cannot be written loses entries, no more.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from adrastea.file_lock import try_lock

LIMIT_BYTES: Final = 512 * 1024
FILES: Final = 3


class RotatingFile:
    """`path` and its older parts. Any thread, any number of processes."""

    def __init__(self, path: Path, limit_bytes: int = LIMIT_BYTES, files: int = FILES) -> None:
        self.path: Final = path
        self._limit = limit_bytes
        self._files = files

    def append(self, entry: str) -> bool:
        """Write `entry` and a newline. Whether that was possible."""
        data = f"{entry}\n".encode("utf-8", "backslashreplace")
        try:
            if self._size() + len(data) > self._limit:
                self._rotate(len(data))
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                written = os.write(descriptor, data)
            finally:
                os.close(descriptor)
        except OSError:
            return False
        return written == len(data)

    def tail(self, limit_bytes: int) -> str:
        """The end of what was written, whole lines; across the last two files."""
        text = ""
        for path in (self.path, self._part(1)):
            text = _end_of(path, limit_bytes - len(text)) + text
        return text

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def _rotate(self, coming: int) -> None:
        with self.path.with_suffix(".lock").open("a", encoding="ascii") as lock:
            if not try_lock(lock) or self._size() + coming <= self._limit:
                return
            for number in range(self._files - 1, 0, -1):
                with contextlib.suppress(FileNotFoundError):
                    self._part(number - 1).replace(self._part(number))

    def _part(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}") if number else self.path


def _end_of(path: Path, limit_bytes: int) -> str:
    if limit_bytes <= 0:
        return ""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - limit_bytes))
            data = file.read(limit_bytes)
    except OSError:
        return ""
    if size > limit_bytes:
        _, _, data = data.partition(b"\n")
    return data.decode("utf-8", "replace")
