"""Makes one file of a folder with a frozen program: a launcher, the folder as tar.xz, and where that is.

The launcher (`build/launcher.c`) says what the file looks like and what happens at a start. Compressed by LZMA with the
filter for machine code: an eighth smaller than by zstd. The same folder gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import platform
import shutil
import tarfile
from pathlib import Path
from typing import Final

from build.console import CACHE, ROOT, SetupFailed, Task, run

MAGIC: Final = b"ADRASTEA"

_NAME_CHARACTERS: Final = 24
_LONGEST_NAME: Final = 99  # bytes of a path in the archive, as the launcher reads it
_LAUNCHER: Final = ROOT / "build" / "launcher.c"
_DICTIONARY: Final = 32 * 1024 * 1024  # bytes: more than the whole


def make(folder: Path, program: str, target: Path, epoch: int) -> Path:
    """Write `target`: `program` is the executable in `folder`, `epoch` the time that stands at every file.

    Raises:
        SetupFailed: there is no C compiler or no liblzma, or a path is too long.
    """
    launcher = _launcher(program)
    archive = compress(pack(folder, epoch))
    name = hashlib.sha256(archive).hexdigest()[:_NAME_CHARACTERS].encode()
    where = len(launcher).to_bytes(8, "little") + len(archive).to_bytes(8, "little")
    beside = target.with_name(f"{target.name}.new")
    beside.write_bytes(launcher + archive + where + name + MAGIC)
    beside.chmod(0o755)
    beside.replace(target)
    return target


def unpack(file: Path) -> bytes:
    """The archive in such a file, as tar.

    Raises:
        ValueError: it is none.
    """
    data = file.read_bytes()
    if data[-len(MAGIC) :] != MAGIC:
        message = f"{file.name} is not one of our files."
        raise ValueError(message)
    begin, length = (int.from_bytes(data[-48 + at : -40 + at], "little") for at in (0, 8))
    return lzma.decompress(data[begin : begin + length])


def pack(folder: Path, epoch: int) -> bytes:
    """The files of a folder as a plain tar archive: sorted, of nobody, links followed.

    Raises:
        SetupFailed: a path is too long for the launcher.
    """
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            if len(entry.name.encode()) > _LONGEST_NAME:
                message = f"The path {entry.name} is too long for the one file."
                raise SetupFailed(message)
            entry.size = path.stat().st_size
            entry.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            entry.mtime = epoch
            with path.open("rb") as file:
                archive.addfile(entry, file)
    return written.getvalue()


def compress(data: bytes) -> bytes:
    """As small as it gets, with a check that finds damage."""
    filters: list[dict[str, int]] = [
        {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": _DICTIONARY}
    ]
    if platform.machine().lower() in {"x86_64", "amd64", "i686"}:
        filters.insert(0, {"id": lzma.FILTER_X86})
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=filters)


def _launcher(program: str) -> bytes:
    """The launcher as machine code."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        message = "A C compiler is missing. Install one (Debian: apt-get install gcc)."
        raise SetupFailed(message)
    made = CACHE / "freeze" / f"launcher-{program}"
    made.parent.mkdir(parents=True, exist_ok=True)
    options = [
        "-Os",
        "-std=gnu17",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wno-format-truncation",
        "-fPIE",
        "-pie",
        "-fstack-protector-strong",
    ]
    options += ["-D_FORTIFY_SOURCE=2", "-ffunction-sections", "-s"]
    options += ["-Wl,--gc-sections,-z,relro,-z,now,--build-id=none"]
    command: list[str | Path] = [compiler, *options, f'-DPROGRAM="{program}"', _LAUNCHER, "-o", made]
    command += ["-Wl,-Bstatic", "-llzma", "-Wl,-Bdynamic"]
    run(Task("launcher", command, "It needs the static liblzma (Debian: apt-get install liblzma-dev)."))
    return made.read_bytes()
