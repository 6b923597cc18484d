"""Uploads in pieces (`chunk` in a PUT): the pieces go into a file beside the target, which it becomes with the last.

    chunk 1 ──▶ 2 ──▶ 3 … ──▶ -1: the file is there, whole

So a broken upload leaves the old file. One that is given up is swept away with the other temporary files. One upload
for each path at a time: a new first piece begins a new one. Server thread, but for what says that it blocks.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from adrastea.documents.store import sync
from adrastea.errors import BadRequest, Conflict, StorageFailed

LAST: Final = -1
_MOST: Final = 1000  # uploads that are under way; beyond it the oldest is forgotten


@dataclass(frozen=True, slots=True)
class Upload:
    """One that is under way."""

    part: Path
    """The file that holds the pieces that have come."""
    received: int = 0
    """Bytes."""
    next_chunk: int = 1


class Uploads:
    """See the module."""

    def __init__(self) -> None:
        self._by_place: dict[Path, Upload] = {}

    def take(self, place: Path, chunk: int) -> Upload:
        """The upload that this piece belongs to; nobody else gets it until `put_back`.

        Raises:
            BadRequest: pieces are counted from 1, and the last is -1.
            Conflict: it is not the piece that is due.
        """
        if chunk < 1 and chunk != LAST:
            raise BadRequest("The pieces of an upload are counted from 1; the last one is -1.")
        if chunk == 1:
            self._by_place.pop(place, None)
            return Upload(_part(place))
        found = self._by_place.pop(place, None)
        if found is None or chunk not in {found.next_chunk, LAST}:
            raise Conflict(f"This is not the next piece of {place.name}: begin again with piece 1.")
        return found

    def put_back(self, place: Path, upload: Upload, added: int) -> Upload:
        """A piece of `added` bytes has been written."""
        upload = Upload(upload.part, upload.received + added, upload.next_chunk + 1)
        while len(self._by_place) >= _MOST:
            del self._by_place[next(iter(self._by_place))]
        self._by_place[place] = upload
        return upload


def add(upload: Upload, data: bytes) -> None:
    """Write a piece. Blocks.

    Raises:
        StorageFailed: the disk refused.
    """
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | (0 if upload.received else os.O_TRUNC)
    try:
        with os.fdopen(os.open(upload.part, flags, 0o666), "wb", buffering=0) as file:
            file.seek(upload.received)
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
    except OSError as error:
        upload.part.unlink(missing_ok=True)
        raise StorageFailed(f"The upload was refused by the disk: {error.strerror}.") from None


def finish(upload: Upload, place: Path) -> None:
    """Let the file be what has come, with the mode that it had. Blocks.

    Raises:
        StorageFailed: the disk refused.
    """
    target = Path(os.path.realpath(place))
    try:
        with upload.part.open("rb+") as file:
            if target.exists():
                os.chmod(upload.part, target.stat().st_mode & 0o7777)  # noqa: PTH101 -- Path's follows links, as this does
            sync(file.fileno())
        upload.part.replace(target)
    except OSError as error:
        upload.part.unlink(missing_ok=True)
        raise StorageFailed(f"{place.name} is not saved: {error.strerror}.") from None


def _part(place: Path) -> Path:
    target = Path(os.path.realpath(place))
    name = sha256(os.fsencode(target)).hexdigest()[:16]
    return target.with_name(f".adrastea-{name}.tmp")  # as `store` names what may be swept away
