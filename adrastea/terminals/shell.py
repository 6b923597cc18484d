"""A shell's process and its pseudo-terminal: all that is the operating system's about a terminal. Server thread only.

No code of ours runs between fork and exec, for the program has threads: a small script for `/bin/sh` takes the terminal
as its own and becomes the shell. Windows would need ConPTY behind the same four deeds, and has none yet.

Source of truth: https://man7.org/linux/man-pages/man7/pty.7.html
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from adrastea.errors import BadRequest, NotFound, Unavailable

PIECE_BYTES: Final = 64 * 1024
"""What is read at most before others get their turn."""
_SIZE: Final = (24, 80)  # until a client says how large it is
# Whoever leads a session without a terminal and opens one has it: that is what Ctrl-C and job control need.
_TAKE_THE_TERMINAL: Final = ': <>"$1" && shift && exec "$@"'

if sys.platform != "win32":
    import termios

    class Shell:
        """A process that leads its session, and the other end of its terminal."""

        def __init__(self, popen: subprocess.Popen[bytes], descriptor: int) -> None:
            self._popen = popen
            self.descriptor = descriptor
            """Our end; does not block. Readable when there is output, or never any more."""

        @property
        def pid(self) -> int:
            """The number of the process."""
            return self._popen.pid

        def read(self) -> bytes | None:
            """What it has said, up to about `PIECE_BYTES`; None when nobody holds the terminal any more."""
            said = bytearray()
            try:
                while len(said) < PIECE_BYTES:
                    piece = os.read(self.descriptor, PIECE_BYTES)
                    if not piece:
                        return bytes(said) or None
                    said += piece
            except BlockingIOError:
                return bytes(said)
            except OSError:  # EIO: Linux says so
                return bytes(said) or None
            return bytes(said)

        def write(self, data: bytes) -> int:
            """Type; returns how many bytes were taken. What nobody can read any more counts as taken."""
            try:
                return os.write(self.descriptor, data)
            except BlockingIOError:
                return 0
            except OSError:
                return len(data)

        def resize(self, rows: int, columns: int) -> None:
            """Programs hear of it by SIGWINCH."""
            with contextlib.suppress(OSError, termios.error):
                termios.tcsetwinsize(self.descriptor, (rows, columns))

        def groups(self) -> frozenset[int]:
            """The process groups of the shell and of what runs in its foreground."""
            found = {self.pid}
            with contextlib.suppress(OSError):
                found.add(os.tcgetpgrp(self.descriptor))
            return frozenset(group for group in found if group > 1)

        def exit_code(self) -> int | None:
            """As a shell would say it, 128 and the signal for a killed one; None while it runs."""
            code = self._popen.poll()
            return code if code is None or code >= 0 else 128 - code

        def close(self) -> None:
            """Let go of the terminal."""
            os.close(self.descriptor)

    def start(argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> Shell:
        """Start a shell on a new terminal.

        Raises:
            NotFound: the folder cannot be entered. Unavailable: the system has no terminal or process left.
        """
        try:
            ours, theirs = os.openpty()
        except OSError as error:
            raise Unavailable(f"The system has no terminal left: {error.strerror}.") from None
        try:
            termios.tcsetwinsize(theirs, _SIZE)
            line = ("/bin/sh", "-c", _TAKE_THE_TERMINAL, "sh", os.ttyname(theirs), *argv)
            popen = subprocess.Popen(
                line, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
            )
        except OSError as error:
            os.close(ours)
            if not os.access(cwd, os.X_OK):
                raise NotFound(f"The folder {cwd.name!r} cannot be entered.") from None
            raise Unavailable(f"The shell cannot be started: {error.strerror}.") from None
        finally:
            os.close(theirs)
        os.set_blocking(ours, False)
        return Shell(popen, ours)

    def send(groups: frozenset[int], *, kill: bool) -> None:
        """Hang up on process groups, or kill them. Nothing happens to those that are gone."""
        for group in groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left (macOS says: not allowed)
                os.killpg(group, signal.SIGKILL if kill else signal.SIGHUP)
                if not kill:
                    os.killpg(group, signal.SIGCONT)  # who was stopped hears it only then

    def any_left(groups: frozenset[int]) -> bool:
        """Whether anybody is left in these groups.

        One whose leader has ended and was not waited for counts as empty: in a container nobody may ever do that.
        """
        return any(_is_there(group) and not _has_ended(group) for group in groups)

    def _is_there(group: int) -> bool:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, 0)
            return True
        return False

    def _has_ended(pid: int) -> bool:
        if sys.platform != "linux":
            return False
        try:
            descriptor = os.pidfd_open(pid)
        except OSError:
            return False
        try:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            return bool(poll.poll(0))
        finally:
            os.close(descriptor)

else:

    def start(argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> Shell:  # noqa: ARG001 -- as above
        """No terminals here yet.

        Raises:
            BadRequest: always.
        """
        raise BadRequest("This version has no terminals on Windows.")
