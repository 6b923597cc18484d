"""The server in the foreground: its loop on the main thread, one line with the address when it answers, an orderly end.

SIGINT, SIGTERM and the end of the terminal (SIGHUP) end it in order, within three seconds; a second signal ends it and
its kernels at once, even while the loop hangs.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from typing import Final, Protocol

from adrastea.server.thread import Server

log = logging.getLogger(__name__)

_STOP_SECONDS: Final = 3.0


class Foreground(Server, Protocol):
    """What is served."""

    @property
    def root(self) -> str:
        """The folder that is served, as the user knows it."""
        ...

    @property
    def url(self) -> str:
        """The address, with the token where it may be shown, for the user to open or copy."""
        ...

    @property
    def note(self) -> str:
        """How to log in, where the address alone does not do that; empty where it does."""
        ...

    def on_end(self, deed: Callable[[], None]) -> None:
        """What to do when a client asks for the end."""
        ...

    def kill(self) -> None:
        """End all kernels at once; called between two steps of whatever runs on the main thread. May not raise."""
        ...

    @property
    def browser_url(self) -> str:
        """The address for the browser that is opened here."""
        ...


def run_in_foreground(build: Callable[[], Foreground], *, open_browser: bool = False) -> int:
    """Serve until a signal comes, or a client ends it. Returns the exit code. Main thread.

    Raises:
        StartFailed: it cannot start, for example because the port is in use.
    """
    return asyncio.run(_serve(build, open_browser=open_browser))


async def _serve(build: Callable[[], Foreground], *, open_browser: bool) -> int:
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    built: list[Foreground] = []

    def kill() -> None:
        for server in built:
            server.kill()

    _on_signals(loop, end, kill)
    server = build()
    server.on_end(end.set)
    built.append(server)
    try:
        await server.start()
        note = f"{server.note}\n" if server.note else ""
        _say(f"Adrastea serves {server.root} at {server.url}\n{note}")
        if open_browser:
            import webbrowser

            await loop.run_in_executor(None, webbrowser.open, server.browser_url)
        await end.wait()
    finally:
        await _stop(server)
    return 0


def _say(text: str) -> None:
    """For the user, if anybody reads: a full disk behind a redirection is no reason not to serve."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        log.warning("The address cannot be printed: %s", error.strerror)


async def _stop(server: Server) -> None:
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await server.stop()
    except TimeoutError:
        log.error("The server could not put everything away within %.0f seconds", _STOP_SECONDS)  # noqa: TRY400 -- the traceback would only show this wait


def _on_signals(loop: asyncio.AbstractEventLoop, end: asyncio.Event, kill: Callable[[], None]) -> None:
    if sys.platform == "win32":  # its loop takes no signal handlers
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(_first, loop, end, kill))
        return
    for number in _signals():
        loop.add_signal_handler(number, _first, loop, end, kill)


def _signals() -> list[signal.Signals]:
    ending = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` wants it
        ending.append(signal.SIGHUP)
    return ending


def _first(loop: asyncio.AbstractEventLoop, end: asyncio.Event, kill: Callable[[], None]) -> None:
    """End in order, and from now on without the loop: it may hang."""
    end.set()

    def second(number: int, _frame: object) -> None:
        for each in _signals():
            signal.signal(each, signal.SIG_DFL)
        kill()  # kernels outlive us, but the user wants an end
        signal.raise_signal(number)

    for number in _signals():
        if sys.platform != "win32":
            loop.remove_signal_handler(number)
        signal.signal(number, second)
