"""Disks that refuse: real ones where the tests may mount them, else limits that the system sets for us."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def full_disk(size: int = 64 * 1024) -> Generator[Path]:
    """A folder that takes `size` bytes and no more."""
    folder = Path(tempfile.mkdtemp())
    mounted = _mounts("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if not mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        _gone(folder, mounted=mounted)


@contextmanager
def read_only_disk(name: str, data: bytes) -> Generator[Path]:
    """A folder with one file, in which nothing can be written by anybody, or at least not by us."""
    folder = Path(tempfile.mkdtemp())
    mounted = _mounts("-t", "tmpfs", "tmpfs", str(folder))
    try:
        (folder / name).write_bytes(data)
        if mounted:
            assert _mounts("-o", "remount,ro", str(folder))
        else:
            folder.chmod(0o555)
        with as_nobody():
            yield folder
    finally:
        if not mounted:
            folder.chmod(0o755)
        _gone(folder, mounted=mounted)


@contextmanager
def as_nobody() -> Generator[None]:
    """A user whom permissions bind: another one than root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def folder_of_nobody() -> Generator[Path]:
    """A folder that belongs to the user of `as_nobody`."""
    folder = Path(tempfile.mkdtemp())
    try:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _mounts(*arguments: str) -> bool:
    mount = shutil.which("mount")
    return mount is not None and subprocess.run([mount, *arguments], capture_output=True, check=False).returncode == 0


def _gone(folder: Path, *, mounted: bool) -> None:
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)
    shutil.rmtree(folder)
