"""`Terminal`: one shell as its clients see it, from its start to its end. Server thread only.

It outlives its clients: whoever comes back gets what was shown lately. While a client has more than `UNSENT_LIMIT`
unsent, nothing is read, and the system makes whoever prints wait: a flood costs bounded memory.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Protocol

from adrastea.errors import Unavailable
from adrastea.terminals import shell as processes
from adrastea.terminals.recent_output import RecentOutput

UNSENT_LIMIT: Final = 1024 * 1024  # characters
_UNREAD_LIMIT: Final = 1024 * 1024  # bytes that were typed and nobody has read
_GRACE_SECONDS: Final = 1.0  # between SIGHUP and SIGKILL
_KILLED_SECONDS: Final = 1.0  # for the system to end what was killed
_LOOK_SECONDS: Final = 0.02
_LAST_PIECES: Final = 16  # what is read at most after the shell's end: others may go on for ever


class Client(Protocol):
    """Somebody who looks at a terminal."""

    @property
    def unsent(self) -> int:
        """How many characters wait to be sent to it."""
        ...

    def shown(self, text: str) -> None:
        """This was printed."""
        ...

    def ended(self, code: int) -> None:
        """The shell has ended. Nothing follows."""
        ...


class Terminal:
    """See the module."""

    def __init__(self, name: str, shell: processes.Shell, over: Callable[[], None]) -> None:
        """Read from now on; `over` is called once, when the shell has ended."""
        self.name = name
        self.last_activity = datetime.now(UTC)
        """When something was typed or printed."""
        self._shell = shell
        self._over = over
        self._recent = RecentOutput()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._clients: dict[Client, None] = {}
        self._typed = bytearray()
        self._reading = False
        self._code: int | None = None
        self._done = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._watch: int | None = _watch(shell.pid)
        if self._watch is not None:
            self._loop.add_reader(self._watch, self._shell_ended)
        self._read_on()

    @property
    def is_reading(self) -> bool:
        """Whether output is read: not while a client has too much unsent, and not after the end."""
        return self._reading

    def join(self, client: Client) -> None:
        """Show a client what was printed lately, and from now on."""
        recent = self._recent.text()
        if recent:
            client.shown(recent)
        if self._code is None:
            self._clients[client] = None
        else:
            client.ended(self._code)

    def leave(self, client: Client) -> None:
        """The client has gone. The shell goes on."""
        self._clients.pop(client, None)
        self.relieved()

    def relieved(self) -> None:
        """A client has less unsent than before."""
        if not self._reading and self._code is None and not self._too_much_unsent():
            self._read_on()

    def type(self, data: bytes) -> None:
        """Type; what nobody reads yet waits.

        Raises:
            Unavailable: too much of it waits already.
        """
        if self._code is not None:
            return
        if len(self._typed) + len(data) > _UNREAD_LIMIT:
            raise Unavailable("Nothing reads what was typed; too much is waiting.")
        self.last_activity = datetime.now(UTC)
        was_waiting = bool(self._typed)
        self._typed += data
        if not was_waiting:
            self._type_on()

    def resize(self, rows: int, columns: int) -> None:
        """The last client who says how large it is, is right."""
        if self._code is None:
            self._shell.resize(rows, columns)

    async def end(self) -> None:
        """Hang up on the shell and on what runs in its foreground; kill what has not ended after a second.

        Whoever started something that heeds no hangup (`nohup`) in the background keeps it.
        """
        if self._code is not None:
            return
        groups = self._shell.groups()
        processes.send(groups, kill=False)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                await self._done.wait()
                while processes.any_left(groups):  # noqa: ASYNC110 -- no system tells of the end of a group
                    await asyncio.sleep(_LOOK_SECONDS)
        processes.send(groups, kill=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_KILLED_SECONDS):
                await self._done.wait()

    def _read_on(self) -> None:
        self._reading = True
        self._loop.add_reader(self._shell.descriptor, self._readable)

    def _stop_reading(self) -> None:
        self._reading = False
        self._loop.remove_reader(self._shell.descriptor)

    def _readable(self) -> None:
        said = self._shell.read()
        if said is None:
            self._stop_reading()
            self._nobody_left()
            return
        self._show(self._decoder.decode(said))
        if self._too_much_unsent():
            self._stop_reading()

    def _show(self, text: str) -> None:
        if not text:
            return
        self.last_activity = datetime.now(UTC)
        self._recent.add(text)
        for client in tuple(self._clients):
            client.shown(text)

    def _too_much_unsent(self) -> bool:
        return any(client.unsent > UNSENT_LIMIT for client in self._clients)

    def _type_on(self) -> None:
        del self._typed[: self._shell.write(bytes(self._typed[: processes.PIECE_BYTES]))]
        if self._typed:
            self._loop.add_writer(self._shell.descriptor, self._type_on)
        else:
            self._loop.remove_writer(self._shell.descriptor)

    def _nobody_left(self) -> None:
        """Nobody holds the terminal: the shell has ended, or has let go of it and is of no use."""
        shell = frozenset({self._shell.pid})
        processes.send(shell, kill=False)
        self._loop.call_later(_GRACE_SECONDS, self._kill_unless_ended, shell)
        self._shell_ended()

    def _kill_unless_ended(self, shell: frozenset[int]) -> None:
        if self._code is None:
            processes.send(shell, kill=True)

    def _shell_ended(self) -> None:
        if self._code is not None:
            return
        code = self._shell.exit_code()
        if code is None:  # it has let go of its terminal and is about to end
            self._loop.call_later(_LOOK_SECONDS, self._shell_ended)
            return
        for _ in range(_LAST_PIECES):
            said = self._shell.read()
            if not said:
                break
            self._show(self._decoder.decode(said))
        self._show(self._decoder.decode(b"", final=True))
        self._close(code)

    def _close(self, code: int) -> None:
        self._code = code
        self._stop_reading()
        self._loop.remove_writer(self._shell.descriptor)
        if self._watch is not None:
            self._loop.remove_reader(self._watch)
            os.close(self._watch)
        self._shell.close()
        clients, self._clients = tuple(self._clients), {}
        for client in clients:
            client.ended(code)
        self._done.set()
        self._over()


def _watch(pid: int) -> int | None:
    """A descriptor that is readable when the process has ended. None: the end of its terminal says so (macOS)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return os.pidfd_open(pid)
    return None
