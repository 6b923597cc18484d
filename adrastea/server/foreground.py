"""The server in the foreground: its loop on the main thread, one line with the address when it answers, an orderly end.

SIGINT and SIGTERM end it; a second one ends it at once.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from collections.abc import Callable
from typing import Final, Protocol

from adrastea.server.thread import Server

_STOP_SECONDS: Final = 3.0


class Foreground(Server, Protocol):
    """What is served."""

    @property
    def root(self) -> str:
        """The folder that is served, as the user knows it."""
        ...

    @property
    def url(self) -> str:
        """The address with the token, for the user to open or copy."""
        ...


def run_in_foreground(build: Callable[[], Foreground], *, open_browser: bool = False) -> int:
    """Serve until a signal comes. Returns the exit code. Main thread.

    Raises:
        StartFailed: it cannot start, for example because the port is in use.
    """
    return asyncio.run(_serve(build, open_browser=open_browser))


async def _serve(build: Callable[[], Foreground], *, open_browser: bool) -> int:
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    _on_signals(loop, end)
    server = build()
    try:
        await server.start()
        sys.stdout.write(f"Adrastea serves {server.root} at {server.url}\n")
        sys.stdout.flush()
        if open_browser:
            await loop.run_in_executor(None, webbrowser.open, server.url)
        await end.wait()
    finally:
        async with asyncio.timeout(_STOP_SECONDS):
            await server.stop()
    return 0


def _on_signals(loop: asyncio.AbstractEventLoop, end: asyncio.Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":  # its loop takes no signal handlers
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(end.set))
        else:
            loop.add_signal_handler(number, _first_then_default, loop, number, end)


def _first_then_default(loop: asyncio.AbstractEventLoop, number: int, end: asyncio.Event) -> None:
    end.set()
    loop.remove_signal_handler(number)
