"""What stands in for the window where none can be opened: the default browser, or at least the printed address."""

from __future__ import annotations

import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

from adrastea.desktop import display

_INSTEAD: Final = "Adrastea uses the browser instead; 'adrastea doctor' says more. Ctrl-C ends it."


class Browser:
    """The same two methods as `Window`: `run` on the main thread, `open` on any."""

    def __init__(self, address: Callable[[Sequence[Path]], str], reason: str) -> None:
        self._address = address
        self._reason = reason
        self._has_display = _has_display()
        self._end = threading.Event()

    def run(self, paths: Sequence[Path]) -> int:
        """Show `paths`, then wait for a signal to end. A second one ends the program at once. Returns the exit code."""
        self._on_signals(self._on_signal)
        sys.stdout.write(f"{self._reason} {_INSTEAD}\n{self.open(paths)}\n")
        sys.stdout.flush()
        self._end.wait()
        return 0

    def open(self, paths: Sequence[Path]) -> str:
        """Show `paths` in the default browser. Returns what to tell the user: an address that works once."""
        if self._has_display:
            webbrowser.open(self._address(paths))
        return f"Open this address, it works once: {self._address(paths)}"

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._on_signals(signal.SIG_DFL)
        self._end.set()

    def _on_signals(self, handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
        signal.signal(signal.SIGINT, handler)
        signal.signal(signal.SIGTERM, handler)
        if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` wants it
            signal.signal(signal.SIGHUP, handler)


def _has_display(platform: str = sys.platform) -> bool:
    """Without one the only browsers are those that take over the terminal; a silent one keeps them waiting for ever."""
    return not platform.startswith("linux") or display.reply(os.environ) == "answers"
