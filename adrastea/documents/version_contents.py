"""The contents of versions, each once, and what is long in them once for all: an image that stays costs nothing.

    <folder>/contents/<ab>/<digest>.parts   a content by its SHA-256: a line of JSON, behind it the short lines, packed
    <folder>/contents/<ab>/<digest>         a content as it is; an earlier version of the program has kept it so
    <folder>/blobs/<ab>/<digest>            one line of 64 KB or more, by its SHA-256: a notebook has an image on one

The line of JSON says in which order they come: `{"parts": 1, "size": …, "layout": [<bytes of short lines>, "<digest>",
…]}`. A blob is written before the content that names it. Whether a content is what was kept is told by its SHA-256.
Everything blocks: `work` threads only. Several programs may use one folder at a time.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias

from adrastea.documents import store
from adrastea.errors import NotFound, StorageFailed
from adrastea.private_folder import private_folder

Layout: TypeAlias = list[int | str]

PARTS: Final = ".parts"

_VERSION: Final = 1
_BLOB_BYTES: Final = 65_536
_PACKED: Final = 6  # zlib's level: a notebook's text becomes a tenth
_PACKED_AT_ONCE: Final = 262_144  # bytes
_YOUNG_SECONDS: Final = 60.0  # another program may be about to name it


@dataclass(frozen=True, slots=True)
class _Head:
    size: int
    """Bytes of the content."""
    layout: Layout

    @property
    def blobs(self) -> frozenset[str]:
        return frozenset(part for part in self.layout if isinstance(part, str))


class _Packing:
    """Packs lines bit by bit: all at once would hold up every other thread."""

    def __init__(self) -> None:
        self._pack = zlib.compressobj(_PACKED)
        self._packed: list[bytes] = []
        self._lines: list[bytes] = []
        self._length = 0

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self._length += len(line)
        if self._length >= _PACKED_AT_ONCE:
            self._put()

    def finished(self) -> list[bytes]:
        self._put()
        return [*self._packed, self._pack.flush()]

    def _put(self) -> None:
        self._packed.append(self._pack.compress(b"".join(self._lines)))
        self._lines, self._length = [], 0


class VersionContents:
    """See the module."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, digest: str, data: bytes) -> None:
        """Keep a content under its SHA-256.

        Raises:
            StorageFailed, Forbidden: the disk refused.
        """
        place = self._content(digest)
        if place.exists() or place.with_name(digest + PARTS).exists():
            self._touch((place, place.with_name(digest + PARTS)))
            return
        layout, packed = self._kept_apart(data)
        head = json.dumps({"parts": _VERSION, "size": len(data), "layout": layout}, separators=(",", ":"))
        self._private(place.parent)
        store.replace_by_pieces(place.with_name(digest + PARTS), (head.encode(), b"\n", *packed), None)

    def read(self, digest: str) -> bytes:
        """A content.

        Raises:
            NotFound: it is gone, or a part of it.
            StorageFailed: it cannot be read, or is not what was kept.
        """
        place = self._content(digest)
        try:
            data = store.read(place)[0] if place.exists() else b"".join(self._pieces(place.with_name(digest + PARTS)))
        except NotFound:
            raise NotFound("The content of this checkpoint is gone.") from None
        except (ValueError, zlib.error):
            data = b""
        if sha256(data).hexdigest() != digest:
            raise StorageFailed("The content of this checkpoint was damaged on the disk.")
        return data

    def size(self, digest: str) -> int | None:
        """Bytes of a content; None when it is gone."""
        try:
            return self._content(digest).stat().st_size
        except OSError:
            head = self._head(digest)
            return None if head is None else head.size

    def total(self) -> int:
        """Bytes of all that is kept, as the files are."""
        return sum(size for size, _ in self._files().values())

    def shrink(self, limit: int, digests: Iterable[str], forget: Callable[[str], None]) -> None:
        """Keep of these, the newest first, what fits; one at least. The others are told to `forget`, then removed."""
        files = self._files()
        kept: set[Path] = set()
        total = 0
        for number, digest in enumerate(digests):
            needs = self._needs(digest, files) - kept
            size = sum(files[place][0] for place in needs)
            if number and total + size > limit:
                forget(digest)
            else:
                kept |= needs
                total += size
        latest = time.time() - _YOUNG_SECONDS
        for place, (_, written) in files.items():
            if place not in kept and written < latest:
                with suppress(OSError):
                    place.unlink()

    def _needs(self, digest: str, files: dict[Path, tuple[int, float]]) -> set[Path]:
        place, head = self._content(digest), self._head(digest)
        wanted = {place, place.with_name(digest + PARTS)}
        if head is not None:
            wanted |= {self._blob(blob) for blob in head.blobs}
        return {file for file in wanted if file in files}

    def _files(self) -> dict[Path, tuple[int, float]]:
        """All that is there: bytes, and when it was last written or wanted."""
        found: dict[Path, tuple[int, float]] = {}
        for name in ("contents", "blobs"):
            with suppress(OSError):
                for place in (self._folder / name).glob("*/*"):
                    with suppress(OSError):
                        status = place.stat()
                        found[place] = status.st_size, status.st_mtime
        return found

    def _kept_apart(self, data: bytes) -> tuple[Layout, list[bytes]]:
        layout: Layout = []
        short, length = _Packing(), 0
        for line in BytesIO(data):  # and not by one call, during which no other thread would run
            if len(line) < _BLOB_BYTES:
                short.add(line)
                length += len(line)
                continue
            if length:
                layout.append(length)
                length = 0
            layout.append(self._keep_blob(line))
        return [*layout, length] if length else layout, short.finished()

    def _keep_blob(self, line: bytes) -> str:
        digest = sha256(line).hexdigest()
        place = self._blob(digest)
        if place.exists():
            self._touch((place,))
        else:
            self._private(place.parent)
            store.replace(place, line, None)
        return digest

    def _pieces(self, place: Path) -> Iterator[bytes]:
        head, _, packed = store.read(place)[0].partition(b"\n")
        short = memoryview(zlib.decompress(packed))
        for part in _parsed(head).layout:
            if isinstance(part, str):
                yield store.read(self._blob(part))[0]
            else:
                yield bytes(short[:part])
                short = short[part:]

    def _head(self, digest: str) -> _Head | None:
        try:
            with self._content(digest).with_name(digest + PARTS).open("rb") as file:
                return _parsed(file.readline())
        except (OSError, ValueError):
            return None

    def _content(self, digest: str) -> Path:
        return self._folder / "contents" / digest[:2] / digest

    def _blob(self, digest: str) -> Path:
        return self._folder / "blobs" / digest[:2] / digest

    def _private(self, folder: Path) -> None:
        for part in (self._folder, folder.parent, folder):
            private_folder(part)

    def _touch(self, places: Iterable[Path]) -> None:
        for place in places:
            with suppress(OSError):
                os.utime(place)  # so that `shrink` of another program does not take it for one that nobody wants


def _parsed(head: bytes) -> _Head:
    """Raises ValueError for what is no such line."""
    match json.loads(head):
        case {"parts": 1, "size": int(size), "layout": [*layout]}:
            return _Head(size, [part for part in layout if isinstance(part, (int, str))])
        case _:
            raise ValueError
