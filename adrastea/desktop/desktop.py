"""`Desktop`: native windows where there can be some, else the browser.

It knows a URL and paths, nothing of notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from adrastea.desktop.closing import Work
from adrastea.desktop.folders import Target, targets
from adrastea.desktop.obstacle import obstacle
from adrastea.logbook.logbook import log_file


class _Front(Protocol):
    def run(self, paths: Sequence[Path]) -> int: ...
    def open(self, paths: Sequence[Path]) -> str: ...


class Desktop:
    """What the user sees. `run` on the main thread, `open` on any.

    `url` gives the server's address with a token that works once, and may raise AppError; `work` is what kernels do.
    Paths are shown relative to `root`. `ui` is the folder with the page's files, of which the window needs the menu and
    the icon. `update_feed` is the address that tells of new versions.
    """

    def __init__(
        self,
        url: Callable[[], str],
        work: Work,
        root: Path,
        state_dir: Path,
        ui: Path,
        update_feed: str,
    ) -> None:
        self._url = url
        self._work = work
        self._root = root
        self._front = self._choose(state_dir, ui, update_feed)

    def run(self, paths: Sequence[Path]) -> int:
        """Show `paths` until the user closes the last window. Returns the exit code."""
        return self._front.run(paths)

    def open(self, paths: Sequence[Path]) -> str:
        """Show `paths` in what is open already. Returns what to say to whoever asked for it.

        Raises:
            Unavailable: it has been closed.
        """
        return self._front.open(paths)

    def _choose(self, state_dir: Path, ui: Path, update_feed: str) -> _Front:
        reason = obstacle()
        if reason is None:
            from adrastea.desktop.places import Places
            from adrastea.desktop.system import system
            from adrastea.desktop.update_watch import UpdateWatch
            from adrastea.desktop.windows import Windows

            toolkit = system(state_dir / "webview", ui)
            updates = UpdateWatch(update_feed, state_dir, toolkit.later)
            places, log_folder = Places(state_dir), log_file(state_dir).parent
            return Windows(toolkit, self._page, self._work, self._root, places, updates, log_folder)
        from adrastea.desktop.browser import Browser

        return Browser(self._tab, reason)

    def _page(self, target: Target, is_only: bool) -> str:  # noqa: FBT001 -- the windows' callback
        page = address(self._url(), self._root, target)
        own = "" if target.folder is None else _relative(target.folder, self._root)
        return f"{page}&{urlencode({'window': own}, errors='surrogateescape')}" if is_only else page

    def _tab(self, paths: Sequence[Path]) -> str:
        """The page in a browser shows all that was asked for, from several folders too."""
        wanted = targets(paths, ())
        files = tuple(file for target in wanted for file in target.files)
        return address(self._url(), self._root, Target(wanted[0].folder if wanted else None, files))


def address(url: str, root: Path, target: Target) -> str:
    """`url` with a `folder` for the files panel and a `path` for each file, relative to `root`, `/` between folders."""
    folder = Path.home() if target.folder is None else target.folder
    query = [("folder", _relative(folder, root)), *(("path", _relative(path, root)) for path in target.files)]
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query, errors='surrogateescape')}"


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
