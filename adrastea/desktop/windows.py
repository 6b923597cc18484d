"""The windows: one per folder, and any number without a folder. Which there are, what each shows, how they close.

The table belongs to the main thread; `open` and later starts come in by the door of the system's loop. What a window is
on this system stands behind `System` and `Frame`.
"""

from __future__ import annotations

import json
import logging
import webbrowser
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from pathlib import Path

from adrastea.desktop import open_files
from adrastea.desktop.closing import Work
from adrastea.desktop.folders import Target, labels, real, targets
from adrastea.desktop.frame import Frame, System
from adrastea.desktop.menu import open_script
from adrastea.desktop.places import Places
from adrastea.desktop.update_watch import UpdateWatch
from adrastea.errors import AppError, Unavailable

log = logging.getLogger(__name__)

_SHOWN_SECONDS = 20.0
_SAID = "Adrastea is running already; its window shows it."


class Windows:
    """See the module. `run` on the main thread, `open` on any; what is for `Owner` on the main thread.

    `address` gives the page for a window, and hears whether it is the only one of its folder. Paths are shown relative
    to `root`.
    """

    def __init__(
        self,
        system: System,
        address: Callable[[Target, bool], str],
        work: Work,
        root: Path,
        places: Places,
        updates: UpdateWatch,
        log_folder: Path,
    ) -> None:
        self._system = system
        self._address = address
        self._work = work
        self._root = root
        self._places = places
        self._updates = updates
        self._log_folder = log_folder
        self._frames: dict[Frame, Path | None] = {}  # the one that was made last at the end
        self._quitting = False
        self._told_of_running = False  # the first window that quits has asked for all
        self._keeps = False  # the user wants the kernels that work to go on; a later no takes that back
        self._ended = False
        self._handed_over: Future[str] | None = None

    def run(self, paths: Sequence[Path]) -> int:
        """Show `paths` and run the toolkit's loop until the last window is closed. Returns the exit code."""
        open_files.listen(self._asked_by_the_system)
        self._show(targets(paths, ()))
        try:
            self._system.run(self._stop)
        finally:
            self._ended = True
            waiting = self._handed_over
            if waiting is not None and not waiting.done():
                waiting.cancel()
        return 0

    def open(self, paths: Sequence[Path]) -> str:
        """Show `paths`, each in its window, and bring that to the front. Returns what to say to whoever asked for it.

        Raises:
            Unavailable: the last window has been closed.
        """
        asked: Future[str] = Future()
        self._handed_over = asked
        if self._ended:
            raise Unavailable("The window is not open.")
        self._system.later(lambda: self._hand_over(paths, asked))
        try:
            return asked.result(_SHOWN_SECONDS)
        except (TimeoutError, CancelledError):
            raise Unavailable("The window is not open.") from None

    def is_last(self, frame: Frame) -> bool:
        """See `Owner`."""
        return self._quitting or set(self._frames) <= {frame}

    def running(self, frame: Frame) -> Sequence[str]:
        """See `Owner`."""
        if self._told_of_running or not self.is_last(frame):
            return ()
        self._told_of_running = self._quitting
        try:
            return self._work.running()
        except AppError as error:
            log.info("The server was not asked what runs: %s", error)
            return ()

    @property
    def can_keep(self) -> bool:
        """See `Owner`."""
        return self._work.keep is not None

    def keep_running(self) -> None:
        """See `Owner`."""
        self._keeps = True

    def open_window(self, folder: Path | None) -> None:
        """See `Owner`."""
        self._show((Target(None if folder is None else real(folder)),))

    def open_file(self, frame: Frame, path: Path) -> None:
        """See `Owner`."""
        if path.is_relative_to(self._root):
            frame.run_js(open_script(path.relative_to(self._root).as_posix()))

    def show_log_folder(self) -> None:
        """See `Owner`."""
        webbrowser.open(self._log_folder.as_uri())  # for a folder that is the file manager

    def quit(self) -> None:
        """See `Owner`."""
        self._quitting, self._told_of_running = True, False
        self._close_next()

    def updates(self, wish: str, value: str) -> object:
        """See `Owner`."""
        return self._updates.answer(wish, value)

    def stays(self, frame: Frame) -> None:
        """See `Owner`."""
        self._quitting = self._told_of_running = self._keeps = False

    def closed(self, frame: Frame) -> None:
        """See `Owner`."""
        folder = self._frames.pop(frame)
        self._places.remember(folder, frame.placement)
        self._tell_apart()
        if self._keeps and not self._frames:
            self._keep_kernels()
        if self._quitting:
            self._close_next()

    def _keep_kernels(self) -> None:
        try:
            if self._work.keep is not None:
                self._work.keep()
        except AppError as error:
            log.error("The kernels that work cannot be kept running: %s", error)  # noqa: TRY400 -- the sentence says it

    def _asked_by_the_system(self, paths: Sequence[Path]) -> None:
        self._system.later(lambda: self._hand_over(paths, Future()))

    def _hand_over(self, paths: Sequence[Path], asked: Future[str]) -> None:
        try:
            wanted = targets(paths, [folder for folder in self._frames.values() if folder is not None])
            if not wanted and self._frames:
                next(reversed(self._frames)).front()
            else:
                self._show(wanted)
        except Exception as error:
            asked.set_exception(error)
        else:
            asked.set_result(_SAID)

    def _show(self, wanted: Sequence[Target]) -> None:
        for target in wanted or (Target(),):
            frame = self._of(target.folder)
            if frame is None:
                self._make(target)
                continue
            for file in target.files:
                self.open_file(frame, file)
            frame.front()

    def _of(self, folder: Path | None) -> Frame | None:
        if folder is None:
            return None
        return next((frame for frame, known in self._frames.items() if known == folder), None)

    def _make(self, target: Target) -> None:
        is_only = target.folder is not None or None not in self._frames.values()
        frame = self._system.show(
            self,
            self._address(target, is_only),
            lambda: self._address(Target(target.folder), is_only),
            self._places.of(target.folder),
        )
        self._frames[frame] = target.folder
        self._tell_apart()

    def _tell_apart(self) -> None:
        """Tell each page by which name it is told apart from the others."""
        names = labels(tuple(self._frames.values()))
        for frame, name in zip(self._frames, names, strict=True):
            frame.greet(f"window.adrastea?.label?.({json.dumps(name if len(names) > 1 else None)})")

    def _close_next(self) -> None:
        frame = next(iter(self._frames), None)
        if frame is not None:
            frame.ask_to_close()

    def _stop(self) -> None:
        for frame in tuple(self._frames):
            frame.close()
