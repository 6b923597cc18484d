"""Read a file; replace a file so that a crash leaves the old or the new, never a mixture (S1, S2, S3).

The new bytes go into a temporary file beside the target, are synced, and take its name in one step; then the folder is
synced. Symbolic links are followed, mode bits, owner and extended attributes kept. The temporary file goes in any case;
one that a killed program left behind goes with `sweep`. Everything blocks: `disk` or `work` threads only.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

if sys.platform == "darwin":  # pragma: no cover
    import fcntl

from adrastea.errors import ChangedOnDisk, Forbidden, NotFound, StorageFailed

_TEMPORARY = re.compile(r"\.adrastea-[0-9a-f]{16}\.tmp")
_ABANDONED_SECONDS = 3600.0  # no save takes that long
_NEW_FILE_MODE = 0o666  # less what the user's umask takes away
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)  # file systems whose folders cannot be synced


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which file it was and when it was last written to. Another one says nothing: only what it holds is a change."""

    device: int
    inode: int
    size: int
    written_ns: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file held, by its content: a time stamp that was touched is no change."""

    digest: str
    """SHA-256, hexadecimal."""
    stamp: Stamp | None = field(default=None, compare=False, repr=False)
    """Of the file that held it, where one is known: it need not be read again as long as that is the same."""


def key_of(path: Path) -> str:
    """The name under which things about a file are kept elsewhere: a hash of its path, links followed."""
    return key_of_real(Path(os.path.realpath(path)))


def key_of_real(path: Path) -> str:
    """The same of a path that has no links in it: no disk is asked."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def read(path: Path) -> tuple[bytes, Fingerprint]:
    """All bytes of a regular file.

    Raises:
        NotFound: there is no such file.
        Forbidden: we may not read it.
        StorageFailed: the disk refused.
    """
    with _readable(path) as file:
        stamp = _stamp(os.fstat(file.fileno()))
        data = file.readall()
    return data, Fingerprint(fingerprint(data).digest, stamp)


def is_untouched(path: Path, known: Fingerprint) -> bool:
    """Whether this is the file that was known to hold this, and nobody has written to it. If not, it must be read."""
    try:
        return known.stamp is not None and _stamp(path.stat()) == known.stamp
    except OSError:
        return False


def read_fingerprint(path: Path) -> Fingerprint:
    """Of what a regular file holds; it is not kept in memory.

    Raises:
        NotFound, Forbidden, StorageFailed: as `read`.
    """
    with _readable(path) as file:
        return Fingerprint(hashlib.file_digest(file, "sha256").hexdigest(), _stamp(os.fstat(file.fileno())))


def fingerprint(data: bytes) -> Fingerprint:
    """The fingerprint of a file that holds these bytes."""
    return fingerprint_of((data,))


def fingerprint_of(pieces: Iterable[bytes]) -> Fingerprint:
    """The fingerprint of a file that holds these bytes, one behind the other."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return Fingerprint(digest.hexdigest())


def replace(path: Path, data: bytes, expected: Fingerprint | None) -> Fingerprint:
    """Let the file hold these bytes. With `expected`, only if it holds what it did then, or is gone.

    Raises:
        ChangedOnDisk, Forbidden, StorageFailed: as `replace_by_pieces`.
    """
    return replace_by_pieces(path, (data,), expected)


def replace_by_pieces(path: Path, pieces: Sequence[bytes], expected: Fingerprint | None) -> Fingerprint:
    """The same with the bytes in pieces: a large file need not be put together for it.

    Raises:
        ChangedOnDisk: it holds something else than `expected`, and than `data`.
        Forbidden: the file or its folder may not be written.
        StorageFailed: the disk refused: full, read-only, gone.
    """
    try:
        return _replace(Path(os.path.realpath(path)), pieces, expected)
    except PermissionError:
        raise Forbidden(f"{path.name} is not saved: its folder may not be written by you.") from None
    except OSError as error:
        raise _refused(path, error) from None


def is_writable(path: Path) -> bool:
    """Whether a save of this file can be expected to succeed."""
    target = Path(os.path.realpath(path))
    return _may_write(target.parent) and (not target.exists() or _may_write(target))


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed program left in a folder. One that cannot be read is let be."""
    latest = time.time() - _ABANDONED_SECONDS
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < latest:
                Path(entry.path).unlink()


def sync(descriptor: int) -> None:
    """Return when the bytes of an open file are down, and survive a crash of the machine.

    Raises:
        OSError: the disk refused.
    """
    if sys.platform == "darwin":  # pragma: no cover  # there, fsync leaves the bytes in the drive's own memory
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


@contextmanager
def _readable(path: Path) -> Generator[FileIO]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: opening a pipe would wait for its writer
            raise NotFound(f"{path.name} is not a file.")
        with path.open("rb", buffering=0) as file:
            yield file
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"{path.name} does not exist.") from None
    except PermissionError:
        raise Forbidden(f"{path.name} may not be read by you. Its owner can change that.") from None
    except OSError as error:
        raise StorageFailed(f"{path.name} cannot be read: {error.strerror}.") from None


def _replace(target: Path, pieces: Sequence[bytes], expected: Fingerprint | None) -> Fingerprint:
    before = _status(target)
    new = fingerprint_of(pieces)
    temporary = target.with_name(f".adrastea-{secrets.token_hex(8)}.tmp")
    renamed = False
    try:
        stamp = _write(temporary, pieces, target, before)
        if expected is not None and _has_changed(target, expected, new):
            raise ChangedOnDisk(f"{target.name} was changed by another program since it was opened.")
        temporary.replace(target)
        renamed = True
    finally:
        if not renamed:
            with suppress(OSError):
                temporary.unlink()
    _sync_folder(target.parent)
    return Fingerprint(new.digest, stamp)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _may_write(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _status(target: Path) -> os.stat_result | None:
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise StorageFailed(f"{target.name} is not a file.")
    if not _may_write(target):  # the folder would let us, but somebody wanted this file to stay
        raise Forbidden(f"{target.name} is write-protected.")
    return status


def _write(temporary: Path, pieces: Sequence[bytes], target: Path, before: os.stat_result | None) -> Stamp:
    mode = _NEW_FILE_MODE if before is None else stat.S_IRUSR | stat.S_IWUSR
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode)
    try:
        if before is not None:
            _keep_attributes(descriptor, target, before)
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[os.write(descriptor, left) :]
        sync(descriptor)  # S2: the bytes must be down before the name points at them
        return _stamp(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _keep_attributes(new: int, target: Path, before: os.stat_result) -> None:
    if os.name != "posix":  # pragma: no cover
        return
    made = os.fstat(new)
    if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        with suppress(PermissionError):  # a user may give nothing away; then the file is theirs
            os.fchown(new, before.st_uid, before.st_gid)
    with suppress(OSError, AttributeError):  # neither every system nor every file system has them
        for name in os.listxattr(target):
            os.setxattr(new, name, os.getxattr(target, name))
    with suppress(OSError):
        os.fchmod(new, stat.S_IMODE(before.st_mode))


def _has_changed(target: Path, expected: Fingerprint, new: Fingerprint) -> bool:
    try:
        with target.open("rb", buffering=0) as file:
            return Fingerprint(hashlib.file_digest(file, "sha256").hexdigest()) not in (expected, new)
    except FileNotFoundError:
        return False  # deleted: what the user works on is worth more than an empty place


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # pragma: no cover
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)  # S2: the name, too, must be down before we say that it is saved
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _refused(path: Path, error: OSError) -> StorageFailed:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            why = "the disk is full. Free some space and save again"
        case errno.EROFS:
            why = "the disk is read-only. Save it somewhere else"
        case errno.ENOENT | errno.ENOTDIR:
            why = "its folder does not exist any more"
        case errno.ENAMETOOLONG:
            why = "its name is too long"
        case _:
            why = f"the disk refused it ({error.strerror})"
    return StorageFailed(f"{path.name} is not saved: {why}.")
