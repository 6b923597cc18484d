"""The processes of a program that we have started, with all that it has started: a group, where systems have groups."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Protocol


class Leader(Protocol):
    """A process of ours that was started in a session of its own, such as a `Popen`."""

    @property
    def pid(self) -> int:
        """Its number, and that of its group."""
        ...

    def kill(self) -> None:
        """End it alone."""
        ...


def kill(leader: Leader) -> None:
    """End them all. Returns at once; they may have ended already. Any thread."""
    with suppress(OSError):
        if sys.platform == "win32":
            leader.kill()
        else:
            os.killpg(leader.pid, signal.SIGKILL)
