"""The few calls that the page may make to the window.

pywebview runs each on a thread of its own: each passes a value on.

`Bridge` is what pywebview sees as `window.pywebview.api`; every public method is callable by the page, so there is
none more.
"""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence


class Dialogs(Protocol):
    """What the window does for the page."""

    def choose_files(self) -> Sequence[str]:
        """Ask for files to open; absolute paths, none when the user cancels."""
        ...

    def choose_folder(self) -> str | None:
        """Ask for a folder to open."""
        ...

    def choose_target(self, name: str) -> str | None:
        """Ask where to save under which name."""
        ...

    def set_title(self, title: str) -> None:
        """Show `title` in the window's frame."""
        ...

    def full_screen(self) -> None:
        """Enter full screen, or leave it."""
        ...

    def quit(self) -> None:
        """Close the window."""
        ...


class Bridge:
    """`window.pywebview.api`. Names are those that the page calls."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs = dialogs

    def open_file_dialog(self) -> list[str]:
        """Native dialog: paths of files to open."""
        return list(self._dialogs.choose_files())

    def open_folder_dialog(self) -> str | None:
        """Native dialog: a folder to open."""
        return self._dialogs.choose_folder()

    def save_file_dialog(self, name: str) -> str | None:
        """Native dialog: where to save; the system asks before it replaces a file."""
        return self._dialogs.choose_target(str(name))

    def set_title(self, title: str) -> None:
        """The window's title."""
        self._dialogs.set_title(str(title))

    def toggle_full_screen(self) -> None:
        """Full screen on or off."""
        self._dialogs.full_screen()

    def open_external(self, url: str) -> bool:
        """Open a link in the default browser; only web and mail addresses."""
        if urlsplit(str(url)).scheme not in {"http", "https", "mailto"}:
            return False
        return webbrowser.open(str(url))

    def quit(self) -> None:
        """Close the window and, with the last one, the program."""
        self._dialogs.quit()
