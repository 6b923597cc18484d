"""What a window is to the table of windows, and the table to a window, on every system. Interfaces only.

Everything here is called on the main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from adrastea.desktop.placement import Placement
from adrastea.desktop.words import Words


class Frame(Protocol):
    """One window, as its system shows it."""

    placement: Placement
    """Where it is; when it has been closed, where it was."""
    words: Words
    """The language in which its page speaks, and it too."""

    def run_js(self, script: str) -> None:
        """Run a script in the page, as soon as that has loaded. Returns at once."""
        ...

    def greet(self, script: str) -> None:
        """The same, and again in the page that comes after a crash. A later greeting replaces it."""
        ...

    def front(self) -> None:
        """Bring it to the front."""
        ...

    def ask_to_close(self) -> None:
        """Close it, after a question where something would be lost."""
        ...

    def close(self) -> None:
        """Close it without a question."""
        ...


class Owner(Protocol):
    """What a window asks of the table that it stands in."""

    def running(self, frame: Frame) -> Sequence[str]:
        """The notebooks that would be stopped if this window closed: none while there are others."""
        ...

    @property
    def can_keep(self) -> bool:
        """Whether they can be kept running instead."""
        ...

    def keep_running(self) -> None:
        """Have them go on when the program ends."""
        ...

    def is_last(self, frame: Frame) -> bool:
        """Whether the program ends with it."""
        ...

    def open_window(self, folder: Path | None) -> None:
        """Show the window of a folder, or a new one without a folder."""
        ...

    def open_file(self, frame: Frame, path: Path) -> None:
        """Show a file that was dropped on the window."""
        ...

    def show_log_folder(self) -> None:
        """Show the folder of the log in the system's file manager."""
        ...

    def quit(self) -> None:
        """Close all windows, each after its question, until one stays."""
        ...

    def updates(self, wish: str, value: str) -> object:
        """What is known of new versions, after a wish of the page."""
        ...

    def stays(self, frame: Frame) -> None:
        """The user has said that it shall not be closed."""
        ...

    def closed(self, frame: Frame) -> None:
        """It has been closed."""
        ...


class System(Protocol):
    """The toolkit of one system."""

    def later(self, call: Callable[[], None]) -> None:
        """Run `call` on the main thread, as soon as the loop runs. Any thread."""
        ...

    def show(self, owner: Owner, address: str, again: Callable[[], str], at: Placement) -> Frame:
        """Make a window. `again` gives the address of its page after a crash."""
        ...

    def run(self, stop: Callable[[], None]) -> None:
        """Run the loop until the last window has closed. `stop` is called when a signal wants the program to end."""
        ...
