"""The journals on the disk: what was done to open notebooks and no file holds yet, kept for the next start (D2).

    <folder>/<run>/lock                held by the run of the program that writes here, until it ends, however it ends
    <folder>/<run>/<key>-<n>.journal   of one open notebook; `key` is a hash of its path

Journals whose run has ended without removing them are left over from a crash: `Journals.find` finds those of a file.
Where the first folder refuses, the next one is taken. Folders have mode 0700, files 0600. Everything blocks: it all
belongs to the `journal` thread, but for `sync` and what has been found. That thread serves all notebooks, so it never
looks at where they lie: that may be a slow disk.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from adrastea.documents import journal_records, store
from adrastea.documents.journal_records import Edits, Header, Mark, Record
from adrastea.documents.store import Fingerprint
from adrastea.errors import AppError, StorageFailed
from adrastea.file_lock import try_lock
from adrastea.private_folder import private_file, private_folder

log = logging.getLogger(__name__)

COMPACT_BYTES: Final = 4 << 20  # a journal with more than this above its last save is made shorter

_LOCK: Final = "lock"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The journals of one file that crashes left behind, the oldest first."""

    files: tuple[Path, ...] = ()
    journals: tuple[tuple[Record, ...], ...] = ()
    at: datetime | None = None
    """When the last of them was last written to; aware, UTC."""

    def remove(self) -> None:
        """The file holds all of it now."""
        for file in self.files:
            with suppress(OSError):
                file.unlink()


class Journals:
    """The folders: those of this run, and those that ended runs left."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Nothing is made on the disk before something is written."""
        self.folders: Final = tuple(folders)
        self._own: dict[Path, tuple[Path, IO[str]]] = {}
        self._claimed: dict[Path, IO[str]] = {}
        self._begun = 0  # journals: a file may be open under two names

    def find(self, file: Path) -> list[tuple[int, Path]]:
        """The journals that crashes left of this file, the oldest first, each with when it was written to, in ns.

        Its path has no links in it. No other program gets them while we run.
        """
        key = store.key_of_real(file)
        found: list[tuple[int, Path]] = []
        for run in self._ended_runs():
            with suppress(OSError):
                found += [(path.stat().st_mtime_ns, path) for path in run.glob(f"{key}-*.journal")]
        return sorted(found)

    def place(self, folder: Path, file: Path) -> Path:
        """Where this run may begin a journal of a file, in one of `folders`.

        Raises:
            OSError, AppError: the disk refuses.
        """
        if folder not in self._own:
            self._own[folder] = _run_folder(folder)
        self._begun += 1
        return self._own[folder][0] / f"{store.key_of_real(file)}-{self._begun}.journal"

    def close(self) -> None:
        """Let go, and remove the folders in which nothing is left."""
        for run, lock in (*self._own.values(), *self._claimed.items()):
            _remove_run(run)
            lock.close()
        self._own.clear()
        self._claimed.clear()

    def _ended_runs(self) -> list[Path]:
        own = {run for run, _ in self._own.values()}
        for folder in self.folders:
            with suppress(OSError):
                for run in folder.iterdir():
                    if run not in self._claimed and run not in own:
                        self._try_to_claim(run)
        return list(self._claimed)

    def _try_to_claim(self, run: Path) -> None:
        with suppress(OSError):
            lock = (run / _LOCK).open("r+", encoding="ascii")
            if try_lock(lock):
                self._claimed[run] = lock
            else:
                lock.close()


class Journal:
    """The journal of one open notebook, made when it is first written to."""

    def __init__(self, journals: Journals, file: Path, base: Fingerprint) -> None:
        """`file` has no links in its path."""
        self._journals = journals
        self._file = file
        self._base = base
        self._written: list[Path] = []
        self._descriptor = -1
        self._size = 0
        self._edited = 0  # where the last edits end
        self._marks: dict[int, int] = {}

    def write(self, records: Sequence[Record]) -> None:
        """Add records: they survive a crash of the program from now on, of the machine after `sync`.

        Raises:
            StorageFailed: no folder takes them. Some of them may be in the journal then.
        """
        if self._descriptor >= 0:
            try:
                self._append(records)
            except OSError as error:
                log.debug("the journal takes no more: %s", error)
                self.close()
            else:
                return
        for folder in self._journals.folders:
            try:
                self._begin(folder)
                self._append(records)
            except (OSError, AppError) as error:
                log.debug("no journal in %s: %s", folder, error)
                self.close()
            else:
                return
        raise StorageFailed("What is not saved cannot be kept aside either: the disk refuses it.")

    def descriptor(self) -> int | None:
        """A copy of the descriptor of what is written to, for `sync`, which closes it; None where there is nothing."""
        return None if self._descriptor < 0 else os.dup(self._descriptor)

    def saved(self, number: int, fingerprint: Fingerprint) -> None:
        """The file holds everything above this mark: that may go."""
        self._base = fingerprint
        end = self._marks.get(number)
        if self._descriptor < 0 or (end is not None and end >= self._edited):
            self.clear(fingerprint)
        elif end is not None and end > COMPACT_BYTES:
            self._compact(end)

    def clear(self, fingerprint: Fingerprint) -> None:
        """The file holds everything, and this."""
        self._base = fingerprint
        self.close()
        for path in self._written:
            with suppress(OSError):
                path.unlink()
        self._written.clear()

    def rebase(self, fingerprint: Fingerprint, records: Sequence[Record]) -> None:
        """The file holds something else now, and these lead from there to the notebook: what was written before goes.

        Raises:
            StorageFailed: no folder takes them; then what was written before stays.
        """
        self.close()
        self._base = fingerprint
        self.write(records)  # before anything goes: a crash finds the one or the other, and the file says which
        while len(self._written) > 1:
            with suppress(OSError):
                self._written.pop(0).unlink()

    def move(self, file: Path) -> None:
        """The notebook has another name, without links in it: so has what is written of it."""
        if file == self._file:
            return
        old, new = store.key_of_real(self._file), store.key_of_real(file)
        for number, path in enumerate(self._written):
            self._written[number] = path.with_name(path.name.replace(old, new))
            with suppress(OSError):
                path.rename(self._written[number])
        self._file = file

    def close(self) -> None:
        """Close the file: what follows begins a new one, so that a torn record at its end hides nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1
        self._size = self._edited = 0
        self._marks.clear()

    def _begin(self, folder: Path) -> None:
        path = self._journals.place(folder, self._file)
        self._descriptor = os.open(path, _NEW, 0o600)
        self._written.append(path)
        self._append((self._header(),))

    def _header(self) -> Header:
        return Header(str(self._file), self._base, datetime.now(UTC).isoformat())

    def _append(self, records: Sequence[Record]) -> None:
        encoded = [journal_records.encode(record) for record in records]
        left = memoryview(encoded[0] if len(encoded) == 1 else b"".join(encoded))
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            with suppress(OSError):  # the torn record would be void, and take what is left of the disk
                os.ftruncate(self._descriptor, self._size)
            raise
        for record, data in zip(records, encoded, strict=True):
            self._size += len(data)
            if isinstance(record, Edits):
                self._edited = self._size
            elif isinstance(record, Mark):
                self._marks[record.number] = self._size

    def _compact(self, end: int) -> None:
        """Let the file begin at `end`. Where that fails it stays as it is: longer, and as good."""
        path = self._written[-1]
        new, header = path.with_suffix(".new"), journal_records.encode(self._header())
        try:
            with path.open("rb") as old, open(new, "wb", opener=private_file) as file:
                old.seek(end)
                file.write(header)
                shutil.copyfileobj(old, file)
                file.flush()
                store.sync(file.fileno())
            new.replace(path)
            descriptor = os.open(path, _NEW, 0o600)
        except OSError as error:
            log.debug("the journal %s is not made shorter: %s", path.name, error)
            return
        os.close(self._descriptor)
        self._descriptor = descriptor
        self._size += len(header) - end
        self._edited += len(header) - end
        self._marks.clear()


def left(found: Sequence[tuple[int, Path]]) -> Leftovers:
    """What these journals hold. Any thread: reading a long one takes a while."""
    whole = [(at, path, records) for at, path in found if (records := _read(path))]
    if not whole:
        return Leftovers()
    at = datetime.fromtimestamp(whole[-1][0] / 1e9, UTC)
    return Leftovers(tuple(path for _, path, _ in whole), tuple(records for _, _, records in whole), at)


def sync(descriptor: int) -> None:
    """What was written to this survives a crash of the machine. Closes it. Any thread, so that no write waits for it.

    Raises:
        StorageFailed: the disk refuses.
    """
    try:
        store.sync(descriptor)
    except OSError as error:
        raise StorageFailed(f"The journal cannot be written: {error.strerror}.") from None
    finally:
        os.close(descriptor)


def _run_folder(folder: Path) -> tuple[Path, IO[str]]:
    """A new folder for this run, and the lock that says that the run goes on."""
    private_folder(folder)
    while True:
        run = folder / secrets.token_hex(8)
        run.mkdir(mode=0o700)
        lock = (run / _LOCK).open("w", encoding="ascii")
        if try_lock(lock):
            return run, lock
        lock.close()  # in this very moment somebody took it for one that has ended


def _remove_run(run: Path) -> None:
    with suppress(OSError):
        if [path.name for path in run.iterdir()] == [_LOCK]:
            (run / _LOCK).unlink()
            run.rmdir()


def _read(path: Path) -> tuple[Record, ...]:
    try:
        return tuple(journal_records.decode(path.read_bytes()))
    except OSError as error:
        log.warning("a journal that a crash left cannot be read: %s", error)
        return ()
