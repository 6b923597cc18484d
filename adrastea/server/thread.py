"""`ServerThread`: the thread on which the server lives, and the only door into it from other threads.

`build` runs on that thread, so that everything the server owns is built, lives and is closed there. Leaving the `with`
block stops the server in order. The loop's pool (`work-<n>`), for directory walks and searches, is made here as well.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar, cast, overload

from adrastea.errors import StartFailed, Unavailable

log = logging.getLogger(__name__)

_WORKERS = 4  # threads of the loop's pool: enough to keep a slow disk from holding up the next request
_START_SECONDS = 60.0
_CALL_SECONDS = 10.0
_STOP_SECONDS = 3.0
_JOIN_SECONDS = 2.0  # more than `_STOP_SECONDS`, for what the loop itself has to put away


class Server(Protocol):
    """What lives on the thread."""

    async def start(self) -> None:
        """Begin to answer; raises StartFailed."""
        ...

    async def stop(self) -> None:
        """Put everything away, whether or not `start` came to its end."""
        ...

    def one_time_url(self) -> str:
        """The address of the page with a token that works once."""
        ...


S = TypeVar("S", bound=Server)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Running(Generic[S]):
    """What the other threads need to knock at the door."""

    loop: asyncio.AbstractEventLoop
    server: S
    stopping: asyncio.Event


class ServerThread(Generic[S]):
    """A server on a thread of its own. Made, entered and left by one other thread, usually `main`."""

    def __init__(self, build: Callable[[], S]) -> None:
        self._build = build
        self._started: Future[_Running[S]] = Future()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def __enter__(self) -> Self:
        """Start the server; returns when it answers.

        Raises:
            StartFailed: it cannot start. Whatever else `build` or `start` raised comes out here too.
        """
        self._thread.start()
        try:
            self._started.result(_START_SECONDS)
        except TimeoutError:
            raise StartFailed(f"The server did not start within {_START_SECONDS:.0f} seconds.") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address of the page, with a fresh token that works once."""
        return self.call(lambda server: server.one_time_url())

    @overload
    def call(self, fn: Callable[[S], Awaitable[T]], timeout_seconds: float = _CALL_SECONDS) -> T: ...
    @overload
    def call(self, fn: Callable[[S], T], timeout_seconds: float = _CALL_SECONDS) -> T: ...
    def call(self, fn: Callable[[S], Awaitable[T] | T], timeout_seconds: float = _CALL_SECONDS) -> T:
        """Run a function or a coroutine function on the server's thread and wait for what it returns. Any other thread.

        `fn` receives what `build` made. What it raises is raised here.

        Raises:
            Unavailable: the server has stopped, or did not answer in time.
        """
        if not self._thread.is_alive():
            raise Unavailable("The server has stopped.")
        running = self._started.result(timeout_seconds)
        answer = _answer(fn, running.server)
        try:
            future = asyncio.run_coroutine_threadsafe(answer, running.loop)
        except RuntimeError:  # the loop was closed between the question above and this line
            answer.close()
            raise Unavailable("The server has stopped.") from None
        try:
            return future.result(timeout_seconds)
        except CancelledError:
            raise Unavailable("The server has stopped.") from None
        except TimeoutError:
            if future.done():
                raise
            future.cancel()
            raise Unavailable(f"The server did not answer within {timeout_seconds:.0f} seconds.") from None

    def stop(self) -> None:
        """Stop the server in order and wait for its end, at most five seconds. Does nothing the second time."""
        if not self._thread.is_alive():
            return
        if self._started.done() and self._started.exception() is None:
            running = self._started.result()
            try:
                running.loop.call_soon_threadsafe(running.stopping.set)
            except RuntimeError:
                log.debug("The loop has closed by itself")
        self._thread.join(_STOP_SECONDS + _JOIN_SECONDS)
        if self._thread.is_alive():
            log.error("The server did not stop within %.0f seconds", _STOP_SECONDS + _JOIN_SECONDS)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._started.done():
                log.exception("The server thread has ended unexpectedly")
            else:
                self._started.set_exception(error)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(_WORKERS, thread_name_prefix="work"))
        stopping = asyncio.Event()
        server = self._build()
        try:
            await server.start()
            self._started.set_result(_Running(loop, server, stopping))
            await stopping.wait()
        finally:
            await _stop(server)


async def _answer(fn: Callable[[S], Awaitable[T] | T], server: S) -> T:
    result = fn(server)
    if inspect.isawaitable(result):
        return cast("T", await result)
    return result


async def _stop(server: Server) -> None:
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await server.stop()
    except TimeoutError:
        log.error("The server could not put everything away within %.0f seconds", _STOP_SECONDS)  # noqa: TRY400 -- the traceback would only show this wait
