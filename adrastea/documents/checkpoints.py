"""Versions of files that were kept: each whole, each content once, the oldest gone when there are too many bytes.

    <folder>/<key>/<ms>-<digest>.json    one checkpoint: of which file, when, which content; `key` is a hash of its path
    <folder>/contents, <folder>/blobs    the contents, by their SHA-256; two checkpoints may share one, or parts of it

A checkpoint is written behind its content, and a content is removed behind the checkpoints that name it: whenever the
program ends, every checkpoint that is there can be restored. All of it lies in a folder of mode 0700. Everything
blocks: `work` threads only. Several programs may use one folder at a time.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, cast

from adrastea.documents import store
from adrastea.documents.version_contents import VersionContents
from adrastea.errors import AppError, NotFound
from adrastea.private_folder import private_folder

log = logging.getLogger(__name__)

VERSION: Final = 1

_NAME: Final = re.compile(r"([0-9]{13})-([0-9a-f]{64})\.json")
_NOT_OF_FILES: Final = ("contents", "blobs")
_ROOM: Final = 20  # a part of the limit that is left free behind a clearance: looking what fits takes a while


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One version of one file."""

    id: str
    at: datetime
    """When it was made; aware, UTC."""
    digest: str
    """SHA-256 of its content, hexadecimal."""


class Checkpoints:
    """See the module. `limit_bytes` bounds all contents together."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._contents = VersionContents(folder)

    def create(self, file: Path, data: bytes) -> Checkpoint:
        """Keep this content of a file. The newest checkpoint is the answer when it holds the same.

        Raises:
            StorageFailed, Forbidden: the disk refused.
        """
        digest = sha256(data).hexdigest()
        before = self.all(file)
        if before and before[0].digest == digest:
            return before[0]
        now = max(int(datetime.now(UTC).timestamp() * 1000), _ms(before[0]) + 1 if before else 0)
        self._private(self._folder)
        self._contents.keep(digest, data)
        folder = self._private(self._folder / store.key_of(file))
        what = {"checkpoint": VERSION, "path": os.path.realpath(file), "digest": digest, "size": len(data)}
        store.replace(folder / f"{now}-{digest}.json", json.dumps(what).encode(), None)
        self._bound()
        return _checkpoint(now, digest)

    def all(self, file: Path) -> list[Checkpoint]:
        """The checkpoints of a file, the newest first."""
        found = [made for made, _ in _in(self._folder / store.key_of(file))]
        return sorted(found, key=_ms, reverse=True)

    def read(self, file: Path, checkpoint_id: str) -> bytes:
        """The content of one.

        Raises:
            NotFound: there is no such checkpoint.
            StorageFailed: it cannot be read, or is not what was kept.
        """
        return self._contents.read(self._get(file, checkpoint_id).digest)

    def size(self, made: Checkpoint) -> int | None:
        """Bytes of its content; None when that is gone."""
        return self._contents.size(made.digest)

    def delete(self, file: Path, checkpoint_id: str) -> None:
        """Forget one.

        Raises:
            NotFound: there is no such checkpoint.
        """
        found = self._get(file, checkpoint_id)
        with suppress(OSError):
            (self._folder / store.key_of(file) / f"{_ms(found)}-{found.digest}.json").unlink()

    def forget(self, file: Path) -> None:
        """The file, or all in the folder of that name, is deleted: so are the checkpoints."""
        for folder, _ in self._below(file):
            shutil.rmtree(folder, ignore_errors=True)

    def move(self, old: Path, new: Path) -> None:
        """The file, or the folder around files, has another name."""
        for folder, path in list(self._below(old)):
            target = self._folder / store.key_of(Path(os.path.realpath(new)) / path.relative_to(os.path.realpath(old)))
            with suppress(OSError):
                shutil.rmtree(target, ignore_errors=True)  # of a file that was there before
                folder.rename(target)
                self._rename(target, Path(os.path.realpath(new)) / path.relative_to(os.path.realpath(old)))

    def _rename(self, folder: Path, path: Path) -> None:
        for _, entry in _in(folder):
            with suppress(OSError, ValueError, AppError):
                what = json.loads(entry.read_bytes())
                store.replace(entry, json.dumps({**what, "path": str(path)}).encode(), None)

    def _get(self, file: Path, checkpoint_id: str) -> Checkpoint:
        for found in self.all(file):
            if found.id == checkpoint_id:
                return found
        raise NotFound(f"There is no checkpoint {checkpoint_id[:40]!r} of {file.name}.")

    def _private(self, folder: Path) -> Path:
        private_folder(self._folder)
        return private_folder(folder)

    def _below(self, file: Path) -> Iterator[tuple[Path, Path]]:
        """The folders of checkpoints of this file, or of files in the folder of this name, and those files' paths."""
        wanted = Path(os.path.realpath(file))
        for folder, path in self._files():
            if path == wanted or path.is_relative_to(wanted):
                yield folder, path

    def _files(self) -> Iterator[tuple[Path, Path]]:
        with suppress(OSError):
            for folder in self._folder.iterdir():
                first = next(_in(folder), None) if folder.name not in _NOT_OF_FILES else None
                if first is not None:
                    with suppress(OSError, ValueError, KeyError, TypeError):
                        yield folder, Path(cast("dict[str, str]", json.loads(first[1].read_bytes()))["path"])

    def _bound(self) -> None:
        """Forget the oldest of all until the contents fit, with room for some more."""
        if self._contents.total() <= self._limit:
            return
        places = [self._folder / name for name in self._names()]
        everything = sorted((entry for folder in places for entry in _in(folder)), key=_age, reverse=True)
        entries: dict[str, list[Path]] = {}
        for made, entry in everything:
            entries.setdefault(made.digest, []).append(entry)

        def forget(digest: str) -> None:
            for entry in entries[digest]:
                with suppress(OSError):
                    entry.unlink()

        self._contents.shrink(self._limit - self._limit // _ROOM, entries, forget)

    def _names(self) -> list[str]:
        return [folder.name for folder in self._folder.iterdir() if folder.name not in _NOT_OF_FILES]


def _in(folder: Path) -> Iterator[tuple[Checkpoint, Path]]:
    with suppress(OSError):
        for entry in folder.iterdir():
            if named := _NAME.fullmatch(entry.name):
                yield _checkpoint(int(named[1]), named[2]), entry


def _checkpoint(milliseconds: int, digest: str) -> Checkpoint:
    return Checkpoint(f"{milliseconds}-{digest[:8]}", datetime.fromtimestamp(milliseconds / 1000, UTC), digest)


def _age(entry: tuple[Checkpoint, Path]) -> int:
    return _ms(entry[0])


def _ms(made: Checkpoint) -> int:
    return int(made.id.partition("-")[0])
