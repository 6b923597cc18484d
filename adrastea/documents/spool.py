"""What cells have printed that is too long to be shown: each stream whole in a file of its own, bounded together.

    <folder>/<id>.txt    UTF-8; `id` is 16 random hexadecimal digits, which stand in the output's text (`streams.py`)

A file only ever grows. When all together would be larger than `limit_bytes`, the oldest go that nothing grows in; one
that nobody can see any more counts as the oldest, and goes by itself a week later, unless a version, a journal or a
past run still speaks of it, or it may be undone. Folder and files are of mode 0700 and 0600. A disk that refuses ends
one file and nothing else. Several programs may use one folder at a time. Everything blocks: `spool` thread only, but
for `place`, `is_there` and `new_id`.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from adrastea.documents import large_blocks, spool_names
from adrastea.errors import StartFailed, StorageFailed
from adrastea.private_folder import private_folder

log = logging.getLogger(__name__)

_ID: Final = re.compile(r"[0-9a-f]{16}")
_NAME: Final = re.compile(r"[0-9a-f]{16}\.txt")
_DAY_SECONDS: Final = 86_400.0
_WEEK_SECONDS: Final = 7 * _DAY_SECONDS
_SPARE_BYTES: Final = 256 * 1024 * 1024  # of the disk, which is left to others


def new_id() -> str:
    """The name of a file that is not there yet. Any thread."""
    return secrets.token_hex(8)


class Spool:
    """See the module. `histories` are the folders in which something may still speak of a file."""

    def __init__(
        self,
        folder: Path,
        limit_bytes: int,
        spare_bytes: int = _SPARE_BYTES,
        histories: Sequence[Path] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._histories = histories
        self._clock = clock
        self._undoable: set[str] = set()
        self._collected = -_DAY_SECONDS
        self._limit = limit_bytes
        self._spare = spare_bytes
        self._total: int | None = None  # bytes of all files, as far as this program knows

    def place(self, spool_id: str) -> Path | None:
        """Where the file lies, or lay; None where there is no such id. Any thread."""
        return self._place(spool_id) if _ID.fullmatch(spool_id) else None

    def is_there(self) -> bool:
        """Whether there has ever been a file. Any thread; asks the disk of the state folder."""
        return self._folder.is_dir()

    def begin(self, spool_id: str, texts: Iterable[str], in_use: Iterable[str]) -> None:
        """Make the file, with this in it.

        Raises:
            StorageFailed: as `append`.
        """
        try:
            private_folder(self._folder)
        except StartFailed as error:
            raise StorageFailed(str(error)) from None
        large_blocks.give_back()
        self._write(spool_id, texts, in_use, os.O_CREAT | os.O_EXCL)

    def append(self, spool_id: str, texts: Iterable[str], in_use: Iterable[str]) -> None:
        """Write this behind what is there. The files `in_use` are not removed to make room.

        Raises:
            StorageFailed: there is no room, the disk refused, or the file is gone.
        """
        self._write(spool_id, texts, in_use, 0)

    def release(self, spool_id: str) -> None:
        """Nobody sees it any more, but for what may be undone: it is the first to go when there is no room."""
        self._undoable.add(spool_id)
        with suppress(OSError):
            os.utime(self._place(spool_id), (self._clock(), 0))

    def hold(self, spool_ids: Iterable[str]) -> None:
        """They are seen, perhaps again."""
        for spool_id in spool_ids:
            self._undoable.discard(spool_id)
            with suppress(OSError):
                if self._place(spool_id).stat().st_mtime == 0:
                    os.utime(self._place(spool_id))

    def forget(self, spool_ids: Iterable[str]) -> None:
        """Nobody can undo any more what has let go of them."""
        self._undoable.difference_update(spool_ids)

    def collect(self) -> None:
        """Remove what nobody has seen for a week and nobody can bring back. Once a day; more often nothing is done."""
        now = self._clock()
        if now < self._collected + _DAY_SECONDS:
            return
        self._collected = now
        unseen = [place for place in self._unseen(now) if place.stem not in self._undoable]
        if not unseen:
            return
        try:
            named = spool_names.in_folders(self._histories)
        except OSError as error:
            log.info("nothing is removed from the spool: %s", error)
            return
        for place in unseen:
            if place.stem not in named:
                with suppress(OSError):
                    size = place.stat().st_size
                    place.unlink()
                    self._total = None if self._total is None else self._total - size

    def _unseen(self, now: float) -> list[Path]:
        """Files that were let go of more than a week ago."""
        found: list[Path] = []
        with suppress(OSError):
            for place in self._folder.iterdir():
                with suppress(OSError):
                    status = place.stat()
                    if not _NAME.fullmatch(place.name) or status.st_mtime != 0:
                        continue
                    if status.st_atime == 0:  # by a version that did not say when
                        os.utime(place, (now, 0))
                    elif status.st_atime <= now - _WEEK_SECONDS:
                        found.append(place)
        return found

    def _place(self, spool_id: str) -> Path:
        return self._folder / f"{spool_id}.txt"

    def _write(self, spool_id: str, texts: Iterable[str], in_use: Iterable[str], flags: int) -> None:
        data = memoryview("".join(texts).encode("utf-8", "surrogatepass"))
        self._make_room(len(data), {spool_id, *in_use})
        flags |= os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self._place(spool_id), flags, 0o600)
            try:
                while data:
                    written = os.write(descriptor, data)
                    data = data[written:]
                    self._total = (self._total or 0) + written
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StorageFailed(f"The whole output is not kept: {error.strerror}.") from None

    def _make_room(self, size: int, in_use: set[str]) -> None:
        if self._total is None or self._total + size > self._limit:
            self._total = self._shrink(self._limit - size, in_use)
        if self._total + size > self._limit:
            raise StorageFailed("The whole output is not kept: spool_megabytes allows no more.")
        if _free_bytes(self._folder) < size + self._spare:
            raise StorageFailed("The whole output is not kept: the disk is nearly full.")

    def _shrink(self, limit: int, in_use: set[str]) -> int:
        """Remove the oldest until no more than `limit` bytes are left, or only what is in use. Returns what is left."""
        found: list[tuple[float, int, Path]] = []
        with suppress(OSError):
            for place in self._folder.iterdir():
                if _NAME.fullmatch(place.name):
                    with suppress(OSError):
                        status = place.stat()
                        found.append((status.st_mtime, status.st_size, place))
        total = sum(size for _, size, _ in found)
        for _, size, place in sorted(found):
            if total <= limit:
                break
            if place.stem not in in_use:
                with suppress(OSError):
                    place.unlink()
                    total -= size
        return total


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
