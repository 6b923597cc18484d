"""The table of terminals: each by its name, from its start until its shell has ended. Server thread only.

What a terminal needs of Python is imported with the first one.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from adrastea.errors import BadRequest, Conflict, NotFound
from adrastea.terminals.command import command, environment

if TYPE_CHECKING:
    from adrastea.terminals.terminal import Terminal

LIMIT: Final = 64
"""How many there are at most."""
_NAME: Final = re.compile(r"\w[\w.-]{0,63}")


class Terminals:
    """See the module."""

    def __init__(self) -> None:
        self._terminals: dict[str, Terminal] = {}

    def all(self) -> tuple[Terminal, ...]:
        """Those whose shells run."""
        return tuple(self._terminals.values())

    def get(self, name: str) -> Terminal:
        """One of them.

        Raises:
            NotFound: there is none of this name.
        """
        try:
            return self._terminals[name]
        except KeyError:
            raise NotFound("There is no terminal of this name; its shell may have ended.") from None

    def start(self, name: str | None, cwd: Path) -> Terminal:
        """Start a shell in this folder; without a name it gets the first free number.

        Raises:
            BadRequest: the name is none, or the system has no terminals. Conflict: the name is taken, or there are too
            many. NotFound: the folder cannot be entered. Unavailable: the system has no terminal left.
        """
        if name is None:
            name = next(str(number) for number in count(1) if str(number) not in self._terminals)
        if not _NAME.fullmatch(name):
            raise BadRequest("The name of a terminal has up to 64 letters, digits, '-', '_' and '.'.")
        if name in self._terminals:
            raise Conflict(f"There is a terminal {name} already.")
        if len(self._terminals) >= LIMIT:
            raise Conflict(f"There are {LIMIT} terminals already. Close one.")
        from adrastea.terminals import shell
        from adrastea.terminals.terminal import Terminal

        started = shell.start(_command(), environment(os.environ), cwd)
        self._terminals[name] = terminal = Terminal(name, started, lambda: self._forget(name))
        return terminal

    async def close(self) -> None:
        """End them all. About a second at most, two when something cannot be killed."""
        await asyncio.gather(*(terminal.end() for terminal in self.all()))

    def _forget(self, name: str) -> None:
        del self._terminals[name]


def _command() -> tuple[str, ...]:
    """A login shell where the program was not started in a terminal: then nobody has read the user's profile."""
    has_terminal = sys.stdout is not None and sys.stdout.isatty()
    return command(os.environ, lambda path: os.access(path, os.X_OK), login=not has_terminal)
