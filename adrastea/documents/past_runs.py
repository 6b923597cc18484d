"""Every run of every cell, on the disk: what was run, what came of it, when, how long, with how much memory.

    <folder>/<key>.runs             one notebook's, a line for each run (`run_record.py`); `key` is a hash of its path
    <folder>/contents/<ab>/<digest> what is long, by its SHA-256, compressed; runs may share one
    <folder>/lock                   held by who writes; several programs may use one folder at a time

A content is written before the line that names it. Nothing is synced: what a run has shown is in the notebook, which
is; a content that a power cut has torn is told by its SHA-256. When all together would take more than `limit_bytes`,
the oldest runs of all notebooks go. All of it is for this user alone. Everything blocks: `runs` thread only.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import json
import logging
import os
import time
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, cast

from adrastea.documents import run_outputs, run_record, store, wire_form
from adrastea.documents.notebook import Output
from adrastea.documents.run_record import Elsewhere, Held, Inline, PastRun, Ran
from adrastea.errors import AppError, NotFound, StartFailed, StorageFailed
from adrastea.file_lock import try_lock
from adrastea.private_folder import private_file, private_folder

log = logging.getLogger(__name__)

VERSION: Final = 1

_CONTENTS: Final = "contents"
_SUFFIX: Final = ".runs"
_BLOCK: Final = 4096  # bytes that the smallest file takes
_LEFT: Final = 0.9  # of the limit, when something had to go: so that not every run counts everything
_RECOUNT: Final = 500  # runs, after which it is looked how much other programs have written
_LOCK_SECONDS: Final = 2.0
_LOOK_SECONDS: Final = 0.01


class PastRuns:
    """See the module. A limit of 0 keeps nothing."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._total: int | None = None  # bytes of all files, as far as this program knows
        self._kept = 0

    def keep(self, file: Path, ran: Ran) -> None:
        """Write down a run of a cell of a notebook.

        Raises:
            StorageFailed: the disk refused.
        """
        if self._limit == 0:
            return
        outputs, whole = run_outputs.kept(ran.outputs)
        source = ran.source.encode("utf-8", "surrogatepass")
        run = PastRun(
            id=ran.id,
            cell=ran.cell,
            at=ran.at,
            seconds=ran.seconds,
            status=ran.status,
            count=ran.count,
            memory=ran.memory,
            size=len(source) + len(outputs),
            whole=whole,
            source=run_record.held(source),
            outputs=run_record.held(outputs),
        )
        with self._alone():
            for content, data in ((run.source, source), (run.outputs, outputs)):
                if isinstance(content, Elsewhere):
                    self._add(self._content(content.digest), zlib.compress(data, 1))
            self._append(file, run_record.encode(run))
            self._bound()

    def of_cell(self, file: Path, cell: str) -> list[PastRun]:
        """The runs of a cell, the newest first."""
        found: dict[str, PastRun] = {}
        wanted = json.dumps(cell).encode("ascii")
        for line in self._lines(self._log(file)):
            run = run_record.decode(line) if wanted in line else None
            if run is not None and run.cell == cell:
                found[run.id] = run
        return sorted(found.values(), key=lambda run: run.at, reverse=True)

    def one(self, file: Path, run_id: str) -> PastRun:
        """The run with this id.

        Raises:
            NotFound: there is none.
        """
        wanted = json.dumps(run_id).encode("ascii")
        runs = [run_record.decode(line) for line in self._lines(self._log(file)) if wanted in line]
        found = [run for run in runs if run is not None and run.id == run_id]
        if not found:
            raise NotFound(f"There is no run {run_id[:40]!r} of a cell of {file.name}.")
        return found[-1]

    def source(self, run: PastRun) -> str:
        """What was run.

        Raises:
            NotFound: it has gone.
            StorageFailed: it is not what was kept.
        """
        return self._text(run.source)

    def outputs(self, run: PastRun) -> tuple[Output, ...]:
        """What came of it; raises as `source`."""
        try:
            return wire_form.outputs_from_json(json.loads(self._text(run.outputs)))
        except ValueError:
            raise StorageFailed("What is kept of this run was damaged on the disk.") from None

    def forget(self, file: Path) -> None:
        """The file, or all in the folder of that name, is deleted: so are its runs."""
        with self._alone():
            for place, _ in list(self._below(file)):
                with suppress(OSError):
                    place.unlink()

    def move(self, old: Path, new: Path) -> None:
        """The file, or the folder around files, has another name."""
        with self._alone():
            for place, path in list(self._below(old)):
                moved = Path(os.path.realpath(new)) / path.relative_to(os.path.realpath(old))
                lines = b"".join(line for line in self._lines(place) if not line.startswith(_HEAD))
                with suppress(OSError, AppError):
                    store.replace(self._log(moved), _head(moved) + lines, None)
                    place.unlink()

    def _text(self, content: Held) -> str:
        if isinstance(content, Inline):
            return content.text
        try:
            data = zlib.decompress(self._content(content.digest).read_bytes())
        except FileNotFoundError:
            raise NotFound("What is kept of this run has been removed to make room.") from None
        except (OSError, zlib.error):
            raise StorageFailed("What is kept of this run cannot be read.") from None
        if run_record.digest_of(data) != content.digest:
            raise StorageFailed("What is kept of this run was damaged on the disk.")
        return data.decode("utf-8", "surrogatepass")

    def _log(self, file: Path) -> Path:
        return self._folder / f"{store.key_of(file)}{_SUFFIX}"

    def _content(self, digest: str) -> Path:
        return self._folder / _CONTENTS / digest[:2] / digest

    def _lines(self, place: Path) -> Iterator[bytes]:
        with suppress(OSError), place.open("rb") as file:
            yield from file

    @contextmanager
    def _alone(self) -> Generator[None]:
        """While no other program writes here; one that hangs with the lock does not keep us from writing."""
        try:
            private_folder(self._folder)
            with open(self._folder / "lock", "a", encoding="utf-8", opener=private_file) as lock:
                _wait_for(lock)
                yield
        except StartFailed as error:
            raise StorageFailed(str(error)) from None
        except OSError as error:
            raise StorageFailed(f"The run is not kept: {error.strerror}.") from None

    def _add(self, place: Path, data: bytes) -> None:
        """A content, unless it is there."""
        try:
            if place.stat().st_size == len(data):
                return
        except FileNotFoundError:
            private_folder(self._folder / _CONTENTS)
            private_folder(place.parent)
        with open(place, "wb", opener=private_file) as file:
            file.write(data)
        self._count(_room(len(data)))

    def _append(self, file: Path, line: bytes) -> None:
        with open(self._log(file), "ab+", opener=private_file) as found:
            size = found.tell()
            if size == 0:
                line = _head(file) + line
            else:
                _refuse_later(found)
                found.seek(size - 1)
                if found.read(1) != b"\n":  # a crash has torn the last line
                    line = b"\n" + line
            found.write(line)
            self._count(len(line))

    def _count(self, size: int) -> None:
        if self._total is not None:
            self._total += size

    def _bound(self) -> None:
        self._kept += 1
        if self._total is None or self._kept % _RECOUNT == 0:
            self._total = sum(self._logs().values()) + sum(self._contents().values())
        if self._total > self._limit:
            self._total = self._shrink(int(self._limit * _LEFT))

    def _logs(self) -> dict[Path, int]:
        return _sizes(self._folder.glob(f"*{_SUFFIX}"))

    def _contents(self) -> dict[str, int]:
        return {place.name: _room(size) for place, size in _sizes((self._folder / _CONTENTS).glob("*/*")).items()}

    def _shrink(self, limit: int) -> int:
        """Remove the oldest runs until no more than `limit` bytes are left, or only the newest. Returns the rest."""
        sizes = self._contents()
        everything = [
            (run.at, place, line, run)
            for place in self._logs()
            if self._path_of(place) is not None
            for line in self._lines(place)
            if (run := run_record.decode(line)) is not None
        ]
        everything.sort(key=lambda entry: entry[0], reverse=True)
        kept: dict[Path, list[bytes]] = {}
        named: set[str] = set()
        total = 0
        for _, place, line, run in everything:
            new = {content.digest for content in (run.source, run.outputs) if isinstance(content, Elsewhere)} - named
            size = len(line) + sum(sizes.get(digest, 0) for digest in new)
            if total and total + size > limit:
                break
            total += size
            named |= new
            kept.setdefault(place, []).append(line)
        self._rewrite(kept)
        for digest in sizes.keys() - named:
            with suppress(OSError):
                self._content(digest).unlink()
        return total

    def _rewrite(self, kept: dict[Path, list[bytes]]) -> None:
        for place in self._logs():
            lines, path = kept.get(place), self._path_of(place)
            with suppress(OSError, AppError):
                if path is not None and lines is None:
                    place.unlink()
                elif path is not None and lines is not None:
                    store.replace(place, _head(path) + b"".join(reversed(lines)), None)

    def _below(self, file: Path) -> Iterator[tuple[Path, Path]]:
        """The files of runs of this notebook, or of those in the folder of this name, and the notebooks' paths."""
        wanted = Path(os.path.realpath(file))
        for place in self._logs():
            path = self._path_of(place)
            if path is not None and (path == wanted or path.is_relative_to(wanted)):
                yield place, path

    def _path_of(self, place: Path) -> Path | None:
        """The notebook that a file of runs is of; None for one of a later version, or of somebody else."""
        return _path(next(self._lines(place), b""))


_HEAD: Final = b'{"runs": '


def _head(file: Path) -> bytes:
    return json.dumps({"runs": VERSION, "path": os.path.realpath(file)}).encode("ascii") + b"\n"


def _path(line: bytes) -> Path | None:
    try:
        fields = cast("dict[str, object]", json.loads(line))
        version, path = fields["runs"], fields["path"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(path) if version == VERSION and isinstance(path, str) else None


def _refuse_later(found: IO[bytes]) -> None:
    found.seek(0)
    if _path(found.readline()) is None:
        raise StorageFailed("The runs of this notebook were kept by a later version, which alone can keep more.")


def _wait_for(lock: IO[str]) -> None:
    until = time.monotonic() + _LOCK_SECONDS
    while not try_lock(lock) and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)  # noqa: TID251 -- on our own thread, while another program writes for a moment


def _sizes(places: Iterator[Path]) -> dict[Path, int]:
    found: dict[Path, int] = {}
    with suppress(OSError):
        for place in places:
            with suppress(OSError):
                found[place] = place.stat().st_size
    return found


def _room(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK
