"""The few calls that the page may make to the window: `window.pywebview.api`. They come through the door of `door.py`.

Main thread.
"""

from __future__ import annotations

import binascii
import logging
import webbrowser
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from adrastea.desktop.abilities import Abilities, NoAbilities
from adrastea.desktop.menu import Shown, parse_shown
from adrastea.desktop.navigation import crashed
from adrastea.desktop.pdf import PdfFile
from adrastea.desktop.words import Words, words_for

log = logging.getLogger(__name__)


_SMALLEST, _LARGEST = 0.25, 5.0  # times: what a page may ask for


class Dialogs(Protocol):
    """What the window does for the page."""

    words: Words
    """In which language it speaks."""

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

    def open_window(self, folder: str | None) -> None:
        """Show the window of a folder, or a new one without a folder."""
        ...

    def close_window(self) -> None:
        """Close this window, after a question where something would be lost."""
        ...

    def show_log_folder(self) -> None:
        """Show the folder of the log in the system's file manager."""
        ...

    def show_menu(self, entries: Sequence[Shown]) -> None:
        """Show the menu bar's entries so; those that are not named cannot be chosen now."""
        ...

    def show_file(self, path: str) -> None:
        """Come to the front, and show the notebook at a path of the workspace."""
        ...

    def quit(self) -> None:
        """Close all windows, each in this way."""
        ...

    def updates(self, wish: str, value: str) -> object:
        """What is known of new versions, after a wish of the page: see `UpdateWatch.answer`."""
        ...


CALLS: Final = (
    "speak",
    "open_file_dialog",
    "open_folder_dialog",
    "save_file_dialog",
    "set_title",
    "toggle_full_screen",
    "open_external",
    "open_pdf",
    "open_window",
    "close_window",
    "open_log_folder",
    "show_menu",
    "notify",
    "copy_image",
    "pasted_image",
    "zoom",
    "dropped_paths",
    "quit",
    "updates",
    "choose_pdf",
    "print_pdf",
    "cancel_pdf",
)
"""What the page may call."""


class Bridge:
    """`window.pywebview.api`. Names are those that the page calls. Without `pdf` the page has the system's dialog."""

    def __init__(self, dialogs: Dialogs, abilities: Abilities | None = None, pdf: PdfFile | None = None) -> None:
        self._dialogs = dialogs
        self._abilities = abilities or NoAbilities()
        self._pdf = pdf

    @property
    def crashed(self) -> str:
        """The page that is shown instead of one that does nothing but crash, as HTML."""
        return crashed(self._dialogs.words)

    def serve(self, name: str, values: Sequence[object], then: Callable[[object], None]) -> None:
        """Answer a call of the page: at once, or, what takes long, when it has been done."""
        if name == "print_pdf" and self._pdf is not None:
            self._pdf.write(then)
        else:
            then(self.answer(name, values))

    def answer(self, name: str, values: Sequence[object]) -> object:
        """What one of the others answers, by its name; None where there is no such call, or it fails."""
        if name not in CALLS:
            log.warning("The page wanted something that it may not have")
            return None
        try:
            answered: object = getattr(self, name)(*values)
        except Exception as error:
            log.warning("A call of the page failed: %s: %s", name, error)
            return None
        return answered

    def speak(self, lang: str) -> None:
        """In which language the page speaks; the door's own script calls this."""
        self._dialogs.words = words_for(str(lang))

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

    def open_pdf(self, path: str) -> bool:
        """Open a PDF of the workspace with the system's program for it; nothing else, for other files might be run."""
        file = Path(Path.home().anchor, str(path))  # the window sees the whole disk
        return file.suffix.lower() == ".pdf" and file.is_file() and webbrowser.open(file.as_uri())

    def open_window(self, folder: str | None = None) -> None:
        """The window of a folder, by its path in the system; without one, a new window."""
        self._dialogs.open_window(None if folder is None else str(folder))

    def close_window(self) -> None:
        """Close this window and, with the last one, the program."""
        self._dialogs.close_window()

    def open_log_folder(self) -> None:
        """The folder of the log, for whoever reports a problem."""
        self._dialogs.show_log_folder()

    def show_menu(self, entries: str) -> None:
        """What the menu bar shows now, as JSON."""
        self._dialogs.show_menu(parse_shown(str(entries)))

    def notify(self, title: str, text: str, path: str) -> bool:
        """A notice of the system; whoever follows it sees the notebook at that path of the workspace."""
        shown = str(path)
        follow = self._dialogs.words.open
        return self._abilities.notify(str(title), str(text), follow, lambda: self._dialogs.show_file(shown))

    def copy_image(self, png: str) -> bool:
        """An image, in base64, onto the clipboard; False: the page has to do that."""
        try:
            return self._abilities.copy_image(b64decode(str(png), validate=True))
        except binascii.Error:
            return False

    def pasted_image(self) -> str | None:
        """The image on the clipboard, a PNG in base64."""
        png = self._abilities.pasted_image()
        return None if png is None else b64encode(png).decode("ascii")

    def zoom(self, factor: float) -> bool:
        """The page so many times as large; False: the page has to do that."""
        return self._abilities.zoom(min(max(float(factor), _SMALLEST), _LARGEST))

    def dropped_paths(self) -> list[str]:
        """Where the files lie that were dropped last."""
        return list(self._abilities.dropped())

    def quit(self) -> None:
        """Close all windows, and the program."""
        self._dialogs.quit()

    def updates(self, wish: str = "", value: str = "") -> object:
        """What is known of new versions, after a wish of the user's."""
        return self._dialogs.updates(str(wish), str(value))

    def choose_pdf(self, name: str) -> bool | None:
        """Native dialog: which PDF is to be printed; None: the window prints none without the system's dialog."""
        return None if self._pdf is None else self._pdf.choose(str(name))

    def print_pdf(self) -> str | None:
        """Print the page into it; nothing, or why it is not there. `serve` answers where that can be done."""
        return None

    def cancel_pdf(self) -> None:
        """Keep nothing of what is being printed."""
        if self._pdf is not None:
            self._pdf.cancel()
