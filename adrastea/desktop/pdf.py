"""A PDF of what the page has laid out for paper, straight into a file: which, and that it appears whole or not at all.

The window's web view prints into a folder of ours that goes with the call; what lies there is checked and then written
as every file of ours is: beside its target, synced, renamed. So a full disk, a folder that may not be written or a
printing that is given up leave nothing, and a file that was there stays as it was. One at a time. Main thread; writing
waits for the disk.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from adrastea.documents import store
from adrastea.errors import AppError, Conflict, StorageFailed

log = logging.getLogger(__name__)

Heard: TypeAlias = "Callable[[str], None]"
"""Who waits for the end: hears nothing for a file that is there, or why it is not, as a sentence."""

_BEGINS: Final = b"%PDF-"
_ENDS: Final = b"%%EOF"
_TAIL_BYTES: Final = 1024


class Printer(Protocol):
    """What a web view can do."""

    def print_to(self, file: Path, done: Heard) -> None:
        """Print the page into a file that is not there yet. Returns at once; `done` is called once, on the main thread.

        What `done` hears of the system is not checked: the file may be there in part.
        """
        ...


class PdfFile:
    """What one window prints into. `ask` asks where to, under which name, and whether a file may be replaced."""

    def __init__(self, printer: Printer, ask: Callable[[str], str | None]) -> None:
        self._printer = printer
        self._ask = ask
        self._target: Path | None = None
        self._printing: object = None  # stands for the one that is under way
        self._given_up = False

    def choose(self, name: str) -> bool:
        """Ask where to. False: the user does not want to any more."""
        chosen = self._ask(Path(name).name or "notebook.pdf")
        self._target = None if chosen is None else _with_ending(Path(chosen))
        return self._target is not None

    def write(self, heard: Heard) -> None:
        """Print into the file that was chosen last. Returns at once."""
        target, self._target = self._target, None
        try:
            if self._printing is not None:
                raise Conflict("Another PDF is still being printed. Wait for it, then try again.")
            if target is None:
                raise Conflict("No file has been chosen for the PDF.")
            if not store.is_writable(target):
                raise StorageFailed(f"{target.name} cannot be written there. Choose another folder.")
            folder = _room()
        except AppError as error:
            heard(str(error))
        else:
            self._start(folder, target, heard)

    def cancel(self) -> None:
        """Keep nothing of what is being printed."""
        self._given_up = self._printing is not None

    def _start(self, folder: Path, target: Path, heard: Heard) -> None:
        self._printing = this = object()
        self._given_up = False
        printed = folder / "page.pdf"

        def done(said: str) -> None:
            if self._printing is not this:
                return  # a system that says it twice
            self._printing = None
            try:
                if not self._given_up:
                    _keep(printed, target, said)
            except AppError as error:
                heard(str(error))
            else:
                heard("")
            finally:
                shutil.rmtree(folder, ignore_errors=True)

        try:
            self._printer.print_to(printed, done)
        except Exception as error:
            log.warning("The page cannot be printed: %s: %s", type(error).__name__, error)
            done(str(error) or type(error).__name__)


def _room() -> Path:
    import tempfile  # not for the start

    try:
        return Path(tempfile.mkdtemp(prefix="adrastea-pdf-"))
    except OSError as error:
        raise StorageFailed(f"There is no room to print in: {error.strerror}.") from None


def _keep(printed: Path, target: Path, said: str) -> None:
    """Write what was printed, if it is whole."""
    try:
        data = printed.read_bytes()
    except OSError:
        data = b""
    if not data.startswith(_BEGINS) or _ENDS not in data[-_TAIL_BYTES:]:
        log.warning("Printed %d bytes, which are not a whole PDF: %s", len(data), said)
        if said:
            raise StorageFailed(f"The system has not printed a whole PDF: {said}.")
        raise StorageFailed("The system has not printed a whole PDF.")
    store.replace(target, data, None)


def _with_ending(path: Path) -> Path:
    """Some systems add it, some do not. A name without one has not been asked about: it gets a free one."""
    if path.suffix.lower() == ".pdf":
        return path
    ended = path.with_name(f"{path.name}.pdf")
    number = 1
    while ended.exists():
        number += 1
        ended = path.with_name(f"{path.name} {number}.pdf")
    return ended
