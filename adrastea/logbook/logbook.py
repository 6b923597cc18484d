"""`Logbook`: our warnings and every error that nobody has handled, in `state_dir/logs/adrastea.log`.

The folder has mode 0700, the files 0600, together at most 1.5 MiB; `entry.py` says what never gets into them. Warnings
go to stderr as well. A disk that refuses stops nothing: then the last entries are kept in memory only.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from adrastea.about import one_line
from adrastea.errors import StartFailed
from adrastea.logbook.crash_mark import CrashMark
from adrastea.logbook.entry import masked, text_of
from adrastea.logbook.rotating_file import RotatingFile
from adrastea.private_folder import private_folder

log = logging.getLogger(__name__)

_REMEMBERED: Final = 100  # entries, for when the disk keeps none
_SHOWN_BYTES: Final = 32_000


def log_file(state_dir: Path) -> Path:
    """Where the log lies; what it had to make room for lies beside it."""
    return state_dir / "logs" / "adrastea.log"


class Logbook:
    """The log of one process, from `with` to its end. Entered and left on the main thread; read on any."""

    def __init__(self, state_dir: Path, purpose: str, complaint: str = "") -> None:
        """`purpose` and, as a warning, `complaint` are noted at the beginning."""
        self._purpose = purpose
        self._complaint = complaint
        self._file = RotatingFile(log_file(state_dir))
        self._remembered: deque[str] = deque(maxlen=_REMEMBERED)
        self._is_kept = False
        self._crash = ""
        self._mark = CrashMark(self._file.path.parent)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._level = logging.NOTSET
        self._handlers: tuple[logging.Handler, ...] = ()

    def __enter__(self) -> Self:
        """Listen to `logging`, to errors that nobody handles and to crashes."""
        self._handlers = (_Handler(self.write), *((logging.lastResort,) if logging.lastResort else ()))
        for handler in self._handlers:
            logging.getLogger().addHandler(handler)
        self._level = logging.getLogger("adrastea").level
        logging.getLogger("adrastea").setLevel(logging.INFO)
        sys.excepthook, threading.excepthook = self._unhandled, self._unhandled_in_thread
        sys.unraisablehook = self._unraisable
        self._open()
        log.info("%s, process %d: %s", one_line(), os.getpid(), self._purpose)
        if self._complaint:
            log.warning("%s", self._complaint)
        if self._crash:
            log.error("Adrastea had crashed; its last words:\n%s", self._crash)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        to_file, *others = self._handlers
        for handler in others:  # Python itself will write on stderr by which error the program ends
            logging.getLogger().removeHandler(handler)
        if isinstance(error, StartFailed):
            log.error("Could not start: %s", error)
        elif isinstance(error, Exception):
            log.critical("The program ends by an error", exc_info=error)
        log.info("Process %d ends", os.getpid())
        logging.getLogger("adrastea").setLevel(self._level)
        logging.getLogger().removeHandler(to_file)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self._mark.clear()

    def write(self, entry: str) -> None:
        """Add an entry. Never raises."""
        self._remembered.append(entry)
        self._is_kept = self._file.append(entry)

    def last_entries(self) -> str:
        """The end of the log, of earlier runs too; of this run only where the disk keeps none. Blocks."""
        kept = self._file.tail(_SHOWN_BYTES) if self._is_kept else ""
        return kept or "\n".join(self._remembered.copy())

    def take_crash(self) -> str:
        """The last words of a process that has crashed; empty when there are none, or they were taken."""
        crash, self._crash = self._crash, ""
        return crash

    def _open(self) -> None:
        try:
            private_folder(self._file.path.parents[1])
            private_folder(self._file.path.parent)
            self._crash = masked(self._mark.set())
        except (OSError, StartFailed) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            log.warning("No log is kept on disk: %s", reason)

    def _unhandled(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            log.critical("An error was not handled", exc_info=(kind, error, trace))

    def _unhandled_in_thread(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is None or isinstance(failed.exc_value, SystemExit):
            return
        name = failed.thread.name if failed.thread is not None else "?"
        trace = (failed.exc_type, failed.exc_value, failed.exc_traceback)
        log.critical("An error was not handled in the thread %s", name, exc_info=trace)

    def _unraisable(self, failed: sys.UnraisableHookArgs) -> None:
        """An error where none can be raised: while an object goes away, or in a callback of a library."""
        if failed.exc_value is not None:
            trace = (failed.exc_type, failed.exc_value, failed.exc_traceback)
            log.error("An error could not be raised", exc_info=trace)


class _Handler(logging.Handler):
    """`logging`'s hook; may be called on any thread, and never raises."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__()
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        with contextlib.suppress(Exception):  # whoever logs has troubles enough
            self._write(text_of(record))
