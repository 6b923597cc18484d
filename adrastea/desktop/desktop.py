"""`Desktop`: the native window where there can be one, else the browser.

It knows a URL and paths, nothing of notebooks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from adrastea.desktop.obstacle import obstacle


class _Front(Protocol):
    def run(self, paths: Sequence[Path]) -> int: ...
    def open(self, paths: Sequence[Path]) -> str: ...


class Desktop:
    """What the user sees. `run` on the main thread, `open` on any.

    `url` gives the server's address with a token that works once, `running` the notebooks whose kernels work; both may
    raise AppError. Paths are shown relative to `root`. `ui` is the folder with the page's files, of which the window
    needs the menu and the icon.
    """

    def __init__(
        self, url: Callable[[], str], running: Callable[[], Sequence[str]], root: Path, state_dir: Path, ui: Path
    ) -> None:
        self._url = url
        self._running = running
        self._root = root
        self._front = self._choose(state_dir, ui)

    def run(self, paths: Sequence[Path]) -> int:
        """Show `paths` until the user closes the window. Returns the exit code."""
        return self._front.run(paths)

    def open(self, paths: Sequence[Path]) -> str:
        """Show `paths` in what is open already. Returns what to say to whoever asked for it.

        Raises:
            Unavailable: it has been closed.
        """
        return self._front.open(paths)

    def address(self, paths: Sequence[Path]) -> str:
        """The page that shows `paths`."""
        return address(self._url(), self._root, paths)

    def _choose(self, state_dir: Path, ui: Path) -> _Front:
        reason = obstacle()
        if reason is None:
            from adrastea.desktop.window import Window

            return Window(self.address, self._running, self._root, state_dir, ui)
        from adrastea.desktop.browser import Browser

        return Browser(self.address, reason)


def address(url: str, root: Path, paths: Sequence[Path]) -> str:
    """`url` with a `folder` for the files panel and a `path` for each file, relative to `root`, `/` between folders."""
    folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112 -- False also where we may not look
    files = [path for path in paths if path not in folders]
    folder = folders[0] if folders else (files[0].parent if files else Path.home())
    query = [("folder", _relative(folder, root)), *(("path", _relative(path, root)) for path in files)]
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query, errors='surrogateescape')}"


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
