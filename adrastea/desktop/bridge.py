"""The few calls that the page may make to the window: `window.pywebview.api`.

On Linux `gtk_page.py` passes them on, on the main thread, by name; elsewhere pywebview does, on threads of its own, and
sees every public method: so there is none more than the calls and `call`.
"""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from typing import Final, Protocol
from urllib.parse import urlsplit


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


CALLS: Final = (
    "open_file_dialog",
    "open_folder_dialog",
    "save_file_dialog",
    "set_title",
    "toggle_full_screen",
    "open_external",
    "quit",
)
"""What the page may call."""


class Bridge:
    """`window.pywebview.api`. Names are those that the page calls."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs = dialogs

    def call(self, name: str, values: Sequence[object]) -> object:
        """Call one of the others by its name.

        Raises:
            ValueError: there is no such call.
            TypeError: it takes other arguments.
        """
        if name not in CALLS:
            raise ValueError(name)
        answer: object = getattr(self, name)(*values)
        return answer

    def open_file_dialog(self) -> list[str]:
        """Native dialog: paths of files to open."""
        return list(self._dialogs.choose_files())

    def open_folder_dialog(self) -> str | None:
        """Native dialog: a folder to open."""
        return self._dialogs.choose_folder()

    def save_file_dialog(self, name: str) -> str | None:
        """Native dialog: where to save. The page asks before it replaces a file: not every system does."""
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
