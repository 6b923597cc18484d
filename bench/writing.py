"""What writing WebSocket messages costs: five of a kernel's messages, as they come in one turn of the loop.

Run it with `python -m bench.writing` from the root of the repository. Four ways: each message through Tornado's stream,
as its `write_message` does; one piece through the stream; one piece past it (`server/web_socket.py`); and, as the
floor, the system call alone. The peer's reading is not counted.
"""

from __future__ import annotations

import asyncio
import platform
import socket
import statistics
import sys
import time
from collections.abc import Callable

from tornado.iostream import IOStream

from adrastea.server.web_socket import WebSocket

MESSAGES = [b"m" * 700] * 5
PIECE = b"".join(MESSAGES)
TURNS = 500
ROUNDS = 15


class Encrypted(IOStream):
    """Any stream that is not the plain one: what goes on it goes through it."""


class Nobody:
    """Whom a WebSocket tells."""

    def on_request(self, message: str | bytes) -> None:
        """Nothing comes."""

    def on_drained(self) -> None:
        """All goes at once."""

    def on_pong(self, data: bytes) -> None:
        """Nobody pings."""

    def on_end(self, code: int | None) -> None:
        """The measurement is over."""


def one_by_one(ours: socket.socket) -> Callable[[], object]:
    """Each message through the stream, and awaited as Tornado does."""
    stream, loop = IOStream(ours), asyncio.get_running_loop()

    async def awaited(message: bytes) -> None:
        await stream.write(message)

    return lambda: [loop.create_task(awaited(message)) for message in MESSAGES]


def through_the_stream(ours: socket.socket) -> Callable[[], object]:
    """One piece through the stream."""
    web_socket = WebSocket(Encrypted(ours), Nobody(), 0, 0)
    return lambda: web_socket.write(MESSAGES)


def past_the_stream(ours: socket.socket) -> Callable[[], object]:
    """One piece past it."""
    web_socket = WebSocket(IOStream(ours), Nobody(), 0, 0)
    return lambda: web_socket.write(MESSAGES)


def call_alone(ours: socket.socket) -> Callable[[], object]:
    """The system call."""
    return lambda: ours.send(PIECE)


async def measured(way: Callable[[socket.socket], Callable[[], object]]) -> float:
    """Microseconds of processor time of a turn: the median of the rounds."""
    ours, peer = socket.socketpair()
    peer.setblocking(False)  # noqa: FBT003 -- socket's
    write = way(ours)
    costs: list[float] = []
    for _ in range(ROUNDS):
        spent = 0.0
        for _ in range(TURNS):
            begun = time.thread_time()
            write()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            spent += time.thread_time() - begun
            peer.recv(1 << 20)
        costs.append(spent / TURNS * 1e6)
    ours.close()
    peer.close()
    return statistics.median(costs)


def main() -> int:
    """Measure and print."""
    print(
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {len(MESSAGES)} messages a turn"
    )
    for way in (one_by_one, through_the_stream, past_the_stream, call_alone):
        print(f"{way.__name__:20} {asyncio.run(measured(way)):6.1f} µs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
