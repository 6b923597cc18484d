"""Takes the connections that knock at a listening socket, also when the process has no descriptor left for them.

A listening socket with somebody waiting is always readable: a loop that cannot accept would spin. So one descriptor is
kept in reserve; when there is no other, it is given up to take the connection and close it, and opened again. Whoever
connects is told at once, and nobody else notices. Where even that fails, nothing is accepted for half a second. One
connection is taken in each turn of the loop: who comes with many waits for those who are there, not they for him.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from tornado.ioloop import IOLoop

log = logging.getLogger(__name__)

_NONE_LEFT: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_PAUSE_SECONDS: Final = 0.5
_SAY_SECONDS: Final = 60.0  # between two warnings

Take = Callable[[socket.socket, Any], None]


class Acceptor:
    """One listening socket, non-blocking. Server thread only."""

    def __init__(self, listener: socket.socket, take: Take) -> None:
        """`take` receives each connection and its address."""
        self._listener = listener
        self._take = take
        self._loop = IOLoop.current()
        self._closed = False
        self._pause: asyncio.TimerHandle | None = None
        self._said: float | None = None
        self._reserve = _opened()
        self._loop.add_handler(listener, self._on_knock, IOLoop.READ)

    def close(self) -> None:
        """Take no more. The listening socket stays open."""
        if self._closed:
            return
        self._closed = True
        if self._pause is None:
            self._loop.remove_handler(self._listener)
        else:
            self._pause.cancel()
        self._give_up_reserve()

    def _on_knock(self, _listener: object, _events: int) -> None:
        if self._closed or self._pause is not None:
            return
        try:
            connection, address = self._listener.accept()
        except BlockingIOError:
            return
        except OSError as error:  # none is left, or the connection has ended while it waited
            if error.errno in _NONE_LEFT:
                self._turn_away()
            return
        self._take(connection, address)

    def _turn_away(self) -> None:
        """Close the first connection that waits, by means of the descriptor in reserve."""
        self._say()
        had_reserve = self._reserve is not None
        self._give_up_reserve()
        if had_reserve:
            with suppress(OSError):
                self._listener.accept()[0].close()
        self._reserve = _opened()
        if self._reserve is None:
            self._loop.remove_handler(self._listener)
            self._pause = asyncio.get_running_loop().call_later(_PAUSE_SECONDS, self._resume)

    def _resume(self) -> None:
        self._pause = None
        self._reserve = _opened()
        self._loop.add_handler(self._listener, self._on_knock, IOLoop.READ)

    def _give_up_reserve(self) -> None:
        if self._reserve is not None:
            os.close(self._reserve)
            self._reserve = None

    def _say(self) -> None:
        now = time.monotonic()
        if self._said is None or now - self._said > _SAY_SECONDS:
            self._said = now
            log.warning("No file can be opened any more; new connections are turned away")


def _opened() -> int | None:
    try:
        return os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return None
