"""What the disk knows of running kernels, so that a run of the program finds those that an earlier one has left (K3).

    kernels/<random>.json   the record: which process, where it is reached, for which notebooks (`adoption_record.py`)
    kernels/<random>.lock   locked by the program that has the kernel; the system lets go of it however that ends

Guarantees: a record is there from when a process can outlive us until its end is noticed, and is replaced whole; a
kernel is had by one program at a time; a record whose process has ended goes, and what it left as well; one that this
program cannot judge (a later version, another machine) stays. Nothing here is waited for or watched. Server thread, and
`doctor`.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from adrastea.errors import KernelFailed, StartFailed
from adrastea.file_lock import try_lock
from adrastea.kernels import adoption_record, connection, process_identity
from adrastea.kernels.adoption_record import Joined, Later, Record
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.private_folder import private_file, private_folder

if TYPE_CHECKING:
    from adrastea.kernels.starting import Place

log = logging.getLogger(__name__)

Reach: TypeAlias = Literal["reachable", "unreachable", "elsewhere", "later"]
"""What can be done with a kernel that was left: `reachable` can be taken over, `unreachable` only be ended; those on
another machine, and those of a later version of the program, are not for us."""


Verdict: TypeAlias = Reach | Literal["had", "ended", "spare"]
"""`had`: a program that runs has it; `spare`: it was kept ready, and nobody has used it."""

_NONE: Final = 1  # the first process never ends, and kernels know that


@dataclass(frozen=True, slots=True)
class Left:
    """A kernel that an earlier run of the program, or another program, has left and that nobody has."""

    name: str
    """Of its record."""
    reach: Reach
    record: Record | None
    """None: it is of a later version."""


class Records:
    """The records of one program; `folder` None: nothing is written and nothing found, and kernels end with it."""

    def __init__(self, folder: Path | None, root: Path = Path("/"), server: tuple[int, str] | None = None) -> None:
        """Kernels that are started work for notebooks below `root`; `server` is the program, None: this process."""
        self._folder = folder if process_identity.CAN_TELL else None
        self._root = str(root)
        self._server = _ourselves() if server is None else server

    @property
    def parent(self) -> int | None:
        """The process whose end kernels are to notice; None: this one; 1: none, so that they can be found again."""
        return None if self._folder is None else _NONE

    def keep(self, kernel_id: str, spec: KernelSpec, cwd: Path) -> Kept:
        """Begin the record of a new kernel; an empty id: of a process that is kept ready."""
        record = Record(
            id=kernel_id,
            kernelspec=spec.name,
            display_name=spec.display_name,
            language=spec.language,
            interrupt_mode=spec.interrupt_mode,
            root=self._root,
            cwd=str(cwd),
            started=datetime.now(UTC),
            machine=process_identity.machine(),
            host=process_identity.host(),
            server=self._server,
            process=(0, ""),
            connection_file="",
            log_file="",
        )
        return Kept(self._folder, secrets.token_hex(8), record)

    def left(self) -> tuple[Left, ...]:
        """The kernels that nobody has, the oldest first. Changes nothing."""
        found: list[Left] = []
        for name in self._names():
            verdict, record = self._judged(name)
            match verdict:
                case "had" | "ended" | "spare":
                    pass
                case reach:
                    found.append(Left(name, reach, record))
        return tuple(sorted(found, key=lambda one: "" if one.record is None else one.record.started.isoformat()))

    def sweep(self) -> None:
        """Clear away what is left of kernels that have ended, and end processes that were kept ready for nobody."""
        for name in self._names():
            verdict, record = self._judged(name)
            if verdict == "spare" and record is not None:
                kill_group(record)
            if verdict in {"spare", "ended"} and self._folder is not None:
                _clear(self._folder, name, record)

    def here(self) -> tuple[Left, ...]:
        """Those of them that worked for our root, and can be taken over."""
        return tuple(
            left
            for left in self.left()
            if left.reach == "reachable" and left.record is not None and left.record.root == self._root
        )

    def take(self, left: Left) -> Kept | None:
        """Have a kernel that was left, from now on; None: another program was quicker, or it has ended."""
        if self._folder is None or left.record is None:
            return None
        kept = Kept(self._folder, left.name, left.record)
        return kept if kept.take(self._server) else None

    def forget(self, left: Left) -> None:
        """Remove a record without a look at its process."""
        if self._folder is not None:
            _remove(self._folder, left.name)

    def _names(self) -> list[str]:
        if self._folder is None:
            return []
        with suppress(OSError):
            return [path.stem for path in self._folder.iterdir() if path.suffix == ".json"]
        return []

    def _judged(self, name: str) -> tuple[Verdict, Record | None]:
        try:
            record = adoption_record.decode(((self._folder or Path()) / f"{name}.json").read_bytes())
        except OSError:  # its kernel has just ended
            return "had", None
        match record:
            case Later():
                return "later", None
            case None:
                return "ended", None
            case Record():
                return _judge(record), record


def _judge(record: Record) -> Verdict:
    if record.machine != process_identity.machine():
        return "ended" if record.host == process_identity.host() else "elsewhere"  # it was started again meanwhile
    if _lives(record.server):
        return "had"
    if not _lives(record.process):
        return "ended"
    if not record.id:
        return "spare"
    return "reachable" if connection.answers(Path(record.connection_file)) else "unreachable"


class Kept:
    """The record of one kernel that this program has. Server thread only."""

    def __init__(self, folder: Path | None, name: str, record: Record) -> None:
        self.record = record
        self._folder = folder
        self._name = name
        self._lock: FileIO | None = None  # unbuffered: a buffer would be 4 KB for each kernel
        self._complained = False

    @property
    def is_written(self) -> bool:
        """Whether the kernel can be found again."""
        return self._lock is not None

    def take(self, server: tuple[int, str]) -> bool:
        """Have the kernel of a record that is there; False: somebody else has it, or it is there no more."""
        if self._folder is None or not self._locked(self._folder):
            return False
        try:
            now = adoption_record.decode((self._folder / f"{self._name}.json").read_bytes())
        except OSError:
            now = None
        if now != self.record:
            self.let_go()
            return False
        self.record = replace(self.record, server=server)
        self._write()
        return True

    def runs(self, place: Place, pid: int) -> None:
        """Its process is there."""
        self.record = replace(
            self.record,
            process=(pid, process_identity.begun(pid)),
            started=datetime.now(UTC),
            connection_file=str(place.connection_file),
            log_file=str(place.log_file),
        )
        self._write()

    def join(self, joined: Joined) -> None:
        """A session uses it, or has changed."""
        others = tuple(other for other in self.record.sessions if other.id != joined.id)
        if joined not in self.record.sessions:
            self.record = replace(self.record, sessions=(*others, joined))
            self._write()

    def part(self, session_id: str) -> None:
        """A session does not use it any more."""
        others = tuple(other for other in self.record.sessions if other.id != session_id)
        if others != self.record.sessions:
            self.record = replace(self.record, sessions=others)
            self._write()

    def ended(self) -> None:
        """The process has ended; another may follow."""
        self.record = replace(self.record, process=(0, ""))
        self.let_go()
        if self._folder is not None:
            _remove(self._folder, self._name)

    def let_go(self) -> None:
        """Whoever comes may have it; the record stays."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _write(self) -> None:
        if self._folder is None or not self.record.process[0]:
            return
        new = self._folder / f"{self._name}.new"
        try:
            private_folder(self._folder)
            if self._lock is None:
                self._locked(self._folder)
            with open(new, "wb", opener=private_file) as file:
                file.write(adoption_record.encode(self.record))
            new.replace(self._folder / f"{self._name}.json")  # not synced: the kernel ends with the machine as well
        except (OSError, StartFailed) as error:
            if not self._complained:
                self._complained = True
                log.warning("the kernel %s would not be found after a crash: %s", self.record.id, error)

    def _locked(self, folder: Path) -> bool:
        with ExitStack() as undo, suppress(OSError):
            path = str(folder / f"{self._name}.lock")
            lock = undo.enter_context(FileIO(path, "w", opener=private_file))
            if try_lock(lock):
                undo.pop_all()
                self._lock = lock
        return self._lock is not None


def place_of(record: Record, *, hands_over: bool = False) -> Place:
    """Where the kernel is reached, and its files.

    One that `hands_over` sends us the replies that the program which has ended had asked for. Others, whose sockets
    know us by the old name until the kernel looks at them again, would drop all that we ask: they get a new one.

    Raises:
        KernelFailed: its connection file is gone, or makes no sense.
    """
    from adrastea.kernels.starting import Place  # noqa: PLC0415 -- with it comes asyncio, which `doctor` does without

    file = Path(record.connection_file)
    info = connection.read(file)
    return Place(info if hands_over else replace(info, again=secrets.token_bytes(8)), file, Path(record.log_file))


def kill_group(record: Record) -> None:
    """End the kernel and what it has started without asking; nothing happens when it has ended."""
    pid, begun = record.process
    if sys.platform != "win32" and pid > 1 and process_identity.begun(pid) == begun:
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _ourselves() -> tuple[int, str]:
    return os.getpid(), process_identity.begun(os.getpid())


def _lives(process: tuple[int, str]) -> bool:
    pid, begun = process
    return pid > 0 and begun != "" and process_identity.begun(pid) == begun


def _clear(folder: Path, name: str, record: Record | None) -> None:
    """Nothing of it stays."""
    if record is not None:
        with suppress(KernelFailed, OSError):
            connection.read(Path(record.connection_file)).unlink_sockets()
        for path in (record.connection_file, record.log_file):
            with suppress(OSError):
                Path(path).unlink()
    _remove(folder, name)


def _remove(folder: Path, name: str) -> None:
    for ending in (".json", ".new", ".lock"):
        with suppress(OSError):
            (folder / f"{name}{ending}").unlink()
