"""What stands in for the window where none can be opened: the default browser, or at least the printed address."""

from __future__ import annotations

import os
import signal
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import FrameType


class Browser:
    """The same two methods as `Window`: `run` on the main thread, `open` on any."""

    def __init__(self, address: Callable[[Sequence[Path]], str], reason: str) -> None:
        self._address = address
        self._reason = reason
        self._end = threading.Event()

    def run(self, paths: Sequence[Path]) -> int:
        """Show `paths`, then wait for SIGINT or SIGTERM. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        sys.stdout.write(f"{self._reason} Adrastea uses the browser instead. Ctrl-C ends it.\n")
        self.open(paths)
        self._end.wait()
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._end.set()

    def open(self, paths: Sequence[Path]) -> None:
        """Show `paths` in the default browser, and print an address that works once."""
        if _has_display():
            webbrowser.open(self._address(paths))
        sys.stdout.write(f"Open this address, it works once: {self._address(paths)}\n")
        sys.stdout.flush()


def _has_display(platform: str = sys.platform) -> bool:
    """Without one the only browsers are those that take over the terminal."""
    return not platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
