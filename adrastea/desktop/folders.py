"""Which window shows what: there is one window per folder, and a file belongs to the nearest folder around it.

Paths are the system's, absolute; folders are compared by where they really lie, so that a link to a folder does not
make a second window of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    """A window by its folder, None for one that has none, and the files that it shall show."""

    folder: Path | None = None
    files: tuple[Path, ...] = ()


def targets(paths: Sequence[Path], opened: Iterable[Path]) -> tuple[Target, ...]:
    """What `paths` ask for while windows of the folders `opened` are there, in order. It looks at the disk.

    A folder asks for its window, a file for the window of the nearest folder around it, else for one of its own folder.
    """
    asked: dict[Path, list[Path]] = {}
    folders = [path for path in paths if _is_folder(path)]
    known = {*opened, *map(real, folders)}
    for path in folders:
        asked.setdefault(real(path), [])
    for path in paths:
        if path in folders:
            continue
        file = real(path.parent) / path.name
        folder = nearest(file, known) or file.parent
        known.add(folder)
        asked.setdefault(folder, []).append(file)
    return tuple(Target(folder, tuple(files)) for folder, files in asked.items())


def nearest(path: Path, folders: Iterable[Path]) -> Path | None:
    """The deepest of `folders` that `path` lies in."""
    around = [folder for folder in folders if path.is_relative_to(folder)]
    return max(around, key=lambda folder: len(folder.parts), default=None)


def labels(folders: Sequence[Path | None]) -> tuple[str, ...]:
    """A name for each folder, by which it is told apart from the others: `data`, or `a/data` beside `b/data`."""
    return tuple("" if folder is None else _label(folder, folders) for folder in folders)


def real(path: Path) -> Path:
    """Where it lies; as far as that can be found out."""
    return Path(os.path.realpath(path))


def _label(folder: Path, folders: Sequence[Path | None]) -> str:
    others = [other for other in folders if other is not None and other != folder]
    depth = 1
    while depth < len(folder.parts) and any(other.parts[-depth:] == folder.parts[-depth:] for other in others):
        depth += 1
    return Path(*folder.parts[-depth:]).as_posix()


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 -- False also where we may not look
