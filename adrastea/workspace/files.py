"""The files and folders below the workspace's root, by paths with `/` that are relative to it. The root itself is "".

No path leaves the root: not by `..`, not by a symbolic link, not under a name that only begins like the root. Names
that begin with a dot are for nobody, unless `show_hidden`. The root is never renamed and never deleted. Everything
blocks: call it from the loop's pool, but for `resolve`, which is quick.
"""

from __future__ import annotations

import errno
import mimetypes
import os
import re
import shutil
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

from adrastea.errors import BadRequest, Conflict, Forbidden, NotFound, StorageFailed
from adrastea.workspace.trash import move_to_trash

EntryType = Literal["file", "directory", "notebook"]

_COPY = re.compile(r"-Copy\d*(?=\.|$)")  # what Jupyter adds to the name of a copy
_FORBIDDEN_ON_WINDOWS = re.compile(r'[\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder, without its content."""

    name: str
    path: str
    type: EntryType
    size: int
    """Bytes; 0 for a folder."""
    created: datetime
    """UTC, like `last_modified`."""
    last_modified: datetime
    mimetype: str | None
    """By the name; None where that says nothing."""
    writable: bool


class Files:
    """See the module."""

    def __init__(self, root: Path, *, show_hidden: bool = False) -> None:
        self._root = root
        self._show_hidden = show_hidden

    def resolve(self, path: str) -> Path:
        """Where a path lies on this machine; it need not exist.

        Raises:
            Forbidden: it leads out of the root, is hidden, or no system has such names.
        """
        parts = self._parts(path)
        place = self._root.joinpath(*parts)
        real, root = Path(os.path.realpath(place)), Path(os.path.realpath(self._root))
        if not real.is_relative_to(root):
            raise Forbidden(f"{path} leads out of the workspace by a symbolic link.")
        self._refuse_hidden(real.relative_to(root).parts)
        return place

    def path_of(self, system: str) -> str:
        """The path in the workspace of a path of this machine, absolute or from `~`, as tracebacks name files.

        Raises:
            NotFound: it lies elsewhere, or is the root itself.
            Forbidden: it is hidden.
        """
        for place, root in _spellings(system, self._root):
            if place.is_relative_to(root) and place != root:
                parts = place.relative_to(root).parts
                self._refuse_hidden(parts)
                return "/".join(parts)
        raise NotFound(f"{PurePath(system).name or system} does not lie in the folder that is open here.")

    def exists(self, path: str) -> bool:
        """Whether there is anything at this path, be it a link that leads nowhere."""
        return os.path.lexists(self._place(path))

    def stat(self, path: str) -> Entry:
        """One file or folder.

        Raises:
            NotFound, Forbidden: there is none, or it is not for us.
        """
        place = self.resolve(path)
        with _explained(path):
            entry = self._entry("/".join(self._parts(path)), place)
        if entry is None:
            raise NotFound(f"{path} is neither a file nor a folder.")
        return entry

    def entries(self, path: str) -> tuple[Entry, ...]:
        """What is in a folder: folders first, then by name. What cannot be looked at is left out.

        Raises:
            NotFound, Forbidden: there is no such folder, or it is not for us.
        """
        place, folder = self.resolve(path), "/".join(self._parts(path))
        with _explained(path):
            names = [item.name for item in place.iterdir() if self._show_hidden or not item.name.startswith(".")]
        found: list[Entry] = []
        for name in names:
            with suppress(OSError):
                entry = self._entry(f"{folder}/{name}" if folder else name, place / name)
                found += [] if entry is None else [entry]
        return tuple(sorted(found, key=lambda entry: (entry.type != "directory", entry.name.casefold(), entry.name)))

    def create_folder(self, path: str) -> None:
        """Make one folder.

        Raises:
            Conflict: there is something already. NotFound: the folder around it does not exist.
        """
        with _explained(path):
            self.resolve(path).mkdir()

    def create_untitled_folder(self, folder: str, stem: str) -> str:
        """Make a folder `stem`, `stem 1`, … in another; returns its path."""
        for number in count():
            path = _join(folder, f"{stem} {number}" if number else stem)
            if self._is_free(path):
                with suppress(Conflict):  # somebody else was quicker: the next name
                    self.create_folder(path)
                    return path
        raise AssertionError("count() ends")  # pragma: no cover

    def create_untitled_file(self, folder: str, stem: str, suffix: str, data: bytes) -> str:
        """Make a file `stem.suffix`, `stem1.suffix`, … with these bytes; returns its path."""
        names = (f"{stem}{number or ''}{suffix}" for number in count())
        return self._create_first_free(folder, names, data)

    def copy(self, path: str, folder: str) -> str:
        """Copy a file into a folder, as `name.suffix` or `name-Copy1.suffix`, …; returns the copy's path."""
        place = self.resolve(path)
        with _explained(path):
            data = place.read_bytes()
        stem, dot, suffix = _split_name(_COPY.sub("", place.name))
        names = (f"{stem}{f'-Copy{number}' if number else ''}{dot}{suffix}" for number in count())
        made = self._create_first_free(folder, names, data)
        with suppress(OSError):
            shutil.copymode(place, self.resolve(made))
        return made

    def rename(self, old: str, new: str) -> None:
        """Give a file or folder another path. A symbolic link moves itself, not what it leads to.

        Raises:
            Conflict: there is something already. NotFound: no such file, or no folder around the new path.
        """
        source, target = self._place(old), self._place(new)
        with _explained(old):
            status = source.lstat()
        if os.path.lexists(target) and not os.path.samestat(status, target.lstat()):  # the same: another spelling
            raise Conflict(f"{new} exists already.")
        with _explained(new):
            try:
                source.rename(target)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                shutil.move(source, target)

    def trash(self, path: str) -> None:
        """Move a file or folder to the trash of the user; a symbolic link itself, not what it leads to."""
        with _explained(path):
            move_to_trash(self._place(path))

    def delete(self, path: str) -> None:
        """Remove a file or folder for good; a symbolic link itself, not what it leads to."""
        place = self._place(path)
        with _explained(path):
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink()

    def _place(self, path: str) -> Path:
        """Where a path lies, without following it if it is a link; never the root."""
        parts = self._parts(path)
        if not parts:
            raise Forbidden("The workspace folder itself stays where it is.")
        return self.resolve("/".join(parts[:-1])) / parts[-1]

    def _parts(self, path: str) -> tuple[str, ...]:
        parts = PurePosixPath(path.strip("/")).parts
        try:
            os.fsencode(path)
        except UnicodeEncodeError:
            raise Forbidden("The path holds what no file name can hold.") from None
        if ".." in parts or "\0" in path or (os.name == "nt" and any(map(_FORBIDDEN_ON_WINDOWS.search, parts))):
            raise Forbidden(f"{path!r} is not a path in the workspace.")
        self._refuse_hidden(parts)
        return parts

    def _refuse_hidden(self, parts: tuple[str, ...]) -> None:
        if not self._show_hidden and any(part.startswith(".") for part in parts):
            raise Forbidden("Hidden files are not shown. The setting show_hidden changes that.")

    def _is_free(self, path: str) -> bool:
        return not os.path.lexists(self._place(path))

    def _create_first_free(self, folder: str, names: Iterator[str], data: bytes) -> str:
        for name in names:
            path = _join(folder, name)
            if self._is_free(path):
                with suppress(Conflict), _explained(path):
                    _create(self._place(path), data)
                    return path
        raise AssertionError("count() ends")  # pragma: no cover

    def _entry(self, path: str, place: Path) -> Entry | None:
        status = place.stat()
        is_folder = stat.S_ISDIR(status.st_mode)
        if not is_folder and not stat.S_ISREG(status.st_mode):
            return None
        kind: EntryType = "notebook" if place.suffix.lower() == ".ipynb" else "file"
        return Entry(
            name=PurePosixPath(path).name,
            path=path,
            type="directory" if is_folder else kind,
            size=0 if is_folder else status.st_size,
            created=_time(getattr(status, "st_birthtime", status.st_ctime)),
            last_modified=_time(status.st_mtime),
            mimetype=None if is_folder else mimetypes.guess_type(place.name)[0],
            writable=os.access(place, os.W_OK),
        )


def _spellings(system: str, root: Path) -> tuple[tuple[Path, Path], ...]:
    """A path of this machine and the root, as they are written and without links; nothing for what is no such path."""
    try:
        place = Path(os.path.normpath(Path(system).expanduser()))
        real = Path(os.path.realpath(place))
    except (RuntimeError, ValueError):  # no such user; a null
        return ()
    return ((place, root), (real, Path(os.path.realpath(root)))) if place.is_absolute() else ()


@contextmanager
def _explained(path: str) -> Generator[None]:
    """What the system refuses, as an error of ours that names the path."""
    name = path or "The workspace folder"
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"{name} does not exist.") from None
    except FileExistsError:
        raise Conflict(f"{name} exists already.") from None
    except PermissionError:
        raise Forbidden(f"{name} is protected: you may not do that here.") from None
    except OSError as error:
        raise _refused(name, error) from None


def _refused(name: str, error: OSError) -> BadRequest | Conflict | NotFound | StorageFailed:
    match error.errno:
        case errno.ENAMETOOLONG:
            return BadRequest(f"{name[:40]}… is too long a name.")
        case errno.ELOOP:
            return NotFound(f"{name} is a symbolic link that leads to itself.")
        case errno.EINVAL:
            return BadRequest(f"{name} cannot be there: a folder does not fit into itself.")
        case errno.ENOTEMPTY:
            return Conflict(f"{name} exists already.")
        case errno.ENOSPC | errno.EDQUOT:
            return StorageFailed(f"{name} is not written: the disk is full. Free some space and try again.")
        case errno.EROFS:
            return StorageFailed(f"{name} is not written: the disk is read-only.")
        case _:
            return StorageFailed(f"{name}: the disk refused ({error.strerror or 'no reason given'}).")


def _create(place: Path, data: bytes) -> None:
    """A new file with these bytes, or none."""
    with place.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            place.unlink()
            raise


def _join(folder: str, name: str) -> str:
    return f"{folder.strip('/')}/{name}" if folder.strip("/") else name


def _split_name(name: str) -> tuple[str, str, str]:
    """`x`, `.`, `tar.gz`; for a notebook only its own suffix, as Jupyter does it."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot, suffix) if suffix == "ipynb" else name.partition(".")


def _time(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):  # before the year 1 or after 9999: some archives unpack like that
        return datetime.fromtimestamp(0, UTC)
