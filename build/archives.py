"""Files in archives that are the same on every run: in order of their names, owned by root, with one time for all.

No program of the system is used, so that a package for Linux can be made anywhere. Source of truth: deb(5), ar(5).
"""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

PROGRAM = 0o755
_TEXT = 0o644
_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time


@dataclass(frozen=True, slots=True)
class File:
    """One file of a package: its path with `/`, relative to where the package is unpacked."""

    path: str
    data: bytes
    mode: int = _TEXT


def below(folder: str, files: Iterable[File]) -> tuple[File, ...]:
    """The same files, one folder deeper."""
    return tuple(File(f"{folder}/{file.path}", file.data, file.mode) for file in files)


def tar(files: Iterable[File], when: int, root: str = "") -> bytes:
    """A tar of the files and their folders; `root` stands before every name ("./" in Debian's packages)."""
    buffer = io.BytesIO()
    by_path = {file.path: file for file in files}
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        if root:
            archive.addfile(_folder(root.rstrip("/"), when))
        for path in sorted({*by_path, *_folders(by_path)}):
            file = by_path.get(path)
            if file is None:
                archive.addfile(_folder(root + path, when))
                continue
            member = tarfile.TarInfo(root + path)
            member.size, member.mode, member.mtime = len(file.data), file.mode, when
            member.uname = member.gname = "root"
            archive.addfile(member, io.BytesIO(file.data))
    return buffer.getvalue()


def ar(members: Sequence[tuple[str, bytes]], when: int) -> bytes:
    """An ar archive with the members in the order given; a Debian package is one."""
    parts = [b"!<arch>\n"]
    for name, data in members:
        parts += [f"{name:<16}{when:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode("ascii"), data]
        if len(data) % 2:
            parts.append(b"\n")
    return b"".join(parts)


def zipped(files: Iterable[File]) -> bytes:
    """A zip of the files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files, key=lambda file: file.path):
            member = zipfile.ZipInfo(file.path, _ZIP_BEGINS)
            member.external_attr = file.mode << 16
            archive.writestr(member, file.data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def gz(data: bytes) -> bytes:
    """Gzipped, without name and time."""
    return gzip.compress(data, 9, mtime=0)


def xz(data: bytes) -> bytes:
    """Compressed as xz."""
    return lzma.compress(data, preset=9)


def _folders(paths: Iterable[str]) -> set[str]:
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents if str(folder) != "."}


def _folder(name: str, when: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.mode, member.mtime = tarfile.DIRTYPE, PROGRAM, when
    member.uname = member.gname = "root"
    return member
