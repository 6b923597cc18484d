"""A kernel's sockets as libzmq makes them, without a kernel; and an ear for what a transport delivers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

import pytest
import zmq

from adrastea.errors import Unavailable
from adrastea.kernels.channels import Channels
from adrastea.kernels.connection import ConnectionInfo, Ports, new_connection
from adrastea.protocol.wire import Channel

LIMIT_SECONDS = 30.0
CHANNELS: tuple[Channel, ...] = ("shell", "control", "iopub", "stdin")
PORTS = Ports()


class Peer:
    """A kernel's sockets. Its reads wait on another thread, with a limit: the transport does its work meanwhile."""

    def __init__(self, info: ConnectionInfo) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.sockets: dict[Channel, zmq.Socket[bytes]] = {}
        for channel in CHANNELS:
            socket = self.context.socket(zmq.XPUB if channel == "iopub" else zmq.ROUTER)
            socket.set(zmq.RCVTIMEO, int(LIMIT_SECONDS * 1000))
            socket.set(zmq.SNDHWM, 0)
            socket.set(zmq.LINGER, int(LIMIT_SECONDS * 1000))
            socket.bind(info.address(channel))
            self.sockets[channel] = socket

    async def receive(self, channel: Channel) -> list[bytes]:
        return await asyncio.to_thread(self.sockets[channel].recv_multipart)

    def publish(self, *texts: str) -> None:
        for text in texts:
            self.sockets["iopub"].send_multipart([b"topic", text.encode("ascii")])

    async def wait_for_subscriber(self) -> None:
        assert await self.receive("iopub") == [b"\x01"]

    def close(self) -> None:
        """As when a process ends; what it said is on its way."""
        for socket in self.sockets.values():
            socket.close()
        self.context.term()


class Ear:
    """What has been delivered."""

    def __init__(self) -> None:
        self.messages: list[tuple[Channel, list[bytes]]] = []
        self.threads: set[threading.Thread] = set()
        self.ended = False
        self._told = asyncio.Event()

    def deliver(self, batch: Sequence[tuple[Channel, list[bytes]]]) -> None:
        self.messages.extend(batch)
        self.threads.add(threading.current_thread())
        self._told.set()

    def end(self) -> None:
        self.ended = True
        self._told.set()

    @property
    def texts(self) -> list[str]:
        return [str(parts[-1], "ascii") for _, parts in self.messages]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()


@contextmanager
def peer(info: ConnectionInfo) -> Generator[Peer]:
    opened = Peer(info)
    try:
        yield opened
    finally:
        opened.context.destroy(linger=0)


def send_until_refused(channels: Channels) -> int:
    """How many large messages could be sent."""
    for number in range(100):
        try:
            channels.send("shell", [str(number).encode("ascii"), b"x" * (4 << 20)])
        except Unavailable:
            return number
    return pytest.fail("nothing was refused")


def connection() -> ConnectionInfo:
    return new_connection("fake", PORTS)
