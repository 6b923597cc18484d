"""The trash of the user's desktop: a file that is deleted can be put back from there. Everything blocks.

Linux follows the freedesktop.org specification: the home trash for files on its file system, a trash folder at the top
of each other one. macOS: `~/.Trash`. Elsewhere there is none that we can reach.

Source of truth: https://specifications.freedesktop.org/trash-spec/latest/
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import quote

from adrastea.errors import StorageFailed


def move_to_trash(place: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Move a file, folder or symbolic link into the trash.

    Raises:
        StorageFailed: this system has no trash that we know.
        OSError: there is no such file, or it may not be moved.
    """
    place.lstat()
    place = place.parent.resolve() / place.name  # the note in the trash names the true folder
    if platform == "darwin":
        _move_to_mac_trash(place, environ)
    elif platform != "win32":
        _move_to_freedesktop_trash(place, environ)
    else:
        raise StorageFailed(f"{place.name} is not deleted: the trash of this system cannot be reached.")


def _move_to_mac_trash(place: Path, environ: Mapping[str, str]) -> None:
    trash = Path(environ.get("HOME") or Path.home()) / ".Trash"
    shutil.move(place, next(trash / name for name in _names(place.name) if not os.path.lexists(trash / name)))


def _move_to_freedesktop_trash(place: Path, environ: Mapping[str, str]) -> None:
    home = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "Trash"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _device(home) != _device(place.parent):
        top = _top(place.parent)
        for trash in (top / ".Trash" / str(os.getuid()), top / f".Trash-{os.getuid()}"):
            with suppress(PermissionError):
                if _is_usable(trash, top):
                    _move(place, trash, str(place.relative_to(top)))
                    return
    _move(place, home, str(place))


def _device(folder: Path) -> int:
    return folder.stat().st_dev


def _top(folder: Path) -> Path:
    """The topmost folder of its file system."""
    top = folder
    while top.parent != top and _device(top.parent) == _device(folder):
        top = top.parent
    return top


def _is_usable(trash: Path, top: Path) -> bool:
    """Whether this is a trash of ours that nobody else can look into or redirect; it is made where the rules allow."""
    if trash.parent != top:
        try:
            shared = trash.parent.lstat()
        except OSError:
            return False
        if not stat.S_ISDIR(shared.st_mode) or not shared.st_mode & stat.S_ISVTX:
            return False
    try:
        trash.mkdir(mode=0o700, exist_ok=True)
        return stat.S_ISDIR(trash.lstat().st_mode)
    except OSError:
        return False


def _move(place: Path, trash: Path, origin: str) -> None:
    files, infos = trash / "files", trash / "info"
    for folder in (files, infos):
        folder.mkdir(mode=0o700, exist_ok=True)
    deleted = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S")
    note = f"[Trash Info]\nPath={quote(os.fsencode(origin))}\nDeletionDate={deleted}\n"
    for name in _names(place.name):  # pragma: no branch
        info = infos / f"{name}.trashinfo"
        try:
            with info.open("x", encoding="ascii") as file:  # the note comes first: it reserves the name
                file.write(note)
        except FileExistsError:
            continue
        if os.path.lexists(files / name):
            info.unlink()
            continue
        try:
            shutil.move(place, files / name)
        except OSError:
            info.unlink()
            raise
        return


def _names(name: str) -> Iterator[str]:
    stem, dot, suffix = name.partition(".")
    return (f"{stem}.{number}{dot}{suffix}" if number else name for number in count())
