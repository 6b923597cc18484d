"""The processes of a program that we have started, with all that it has started: a group, where systems have groups."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
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


def answer(
    argv: Sequence[str | os.PathLike[str]],
    environ: Mapping[str, str],
    seconds: float,
    *,
    stderr: int = subprocess.DEVNULL,
) -> tuple[int, bytes]:
    """Ask a program something: its exit code, and what it has printed. Waits for it; any thread.

    Raises:
        OSError: it cannot be executed. TimeoutExpired: it has not answered in time, and was ended with all that it has
            started.
    """
    popen = subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=dict(environ),
        start_new_session=os.name == "posix",
    )
    try:
        printed, _ = popen.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill(popen)
        popen.communicate()
        raise
    return popen.returncode, printed
