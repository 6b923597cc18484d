"""Bytes on a connection that was taken over: both ways of carrying them, also when the peer reads late or goes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine

import pytest
from tornado.iostream import IOStream

from adrastea.server.socket_bytes import SocketBytes, taken_over
from tests.fakes.client import LIMIT_SECONDS

LARGE = b"x" * (8 << 20)  # more than the system takes at once


class Encrypted(IOStream):
    """Any stream that is not the plain one: what goes on it must go through it."""


Before = Callable[[IOStream, socket.socket], object]


def nothing(_stream: IOStream, _peer: socket.socket) -> None:
    """Happens before the connection is taken over."""


def goes(_stream: IOStream, peer: socket.socket) -> None:
    """In order: the end is read behind what was sent."""
    peer.close()


def resets(stream: IOStream, peer: socket.socket) -> None:
    """Without having read what was said to it: reading fails."""
    connection: socket.socket | None = stream.socket
    assert connection is not None
    connection.send(b"unheard")
    peer.close()


def is_closed(stream: IOStream, _peer: socket.socket) -> None:
    """Tornado has noticed its end."""
    stream.close()


class Bench:
    """A connection that was taken over, its owner, and its peer."""

    def __init__(self, kind: type[IOStream], come: bytes, before: Before) -> None:
        ours, self.peer = socket.socketpair()
        self.peer.settimeout(LIMIT_SECONDS)
        self.peer.sendall(come)
        self.stream = kind(ours)
        before(self.stream, self.peer)
        self.heard = bytearray()
        self.drains = 0
        self.ends = 0
        self.told = asyncio.Event()
        self.bytes: SocketBytes = taken_over(self.stream, self)

    def on_data(self, data: bytes) -> None:
        self.heard += data
        self.told.set()

    def on_drained(self) -> None:
        self.drains += 1
        self.told.set()

    def on_end(self) -> None:
        self.ends += 1
        self.told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self.told.clear()
                await self.told.wait()

    async def read(self, size: int) -> bytes:
        """So many bytes, or as many as there are before the end, read on another thread."""
        return await asyncio.to_thread(self._read, size)

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size and (piece := self.peer.recv(1 << 20)):
            data += piece
        return bytes(data)

    def close(self) -> None:
        self.bytes.close()
        self.peer.close()


Scenario = Callable[[Bench], Coroutine[None, None, None]]


@pytest.fixture(params=[IOStream, Encrypted], ids=["direct", "stream"])
def kind(request: pytest.FixtureRequest) -> type[IOStream]:
    found: type[IOStream] = request.param
    return found


def play(scenario: Scenario, kind: type[IOStream] = IOStream, come: bytes = b"", before: Before = nothing) -> None:
    async def whole() -> None:
        bench = Bench(kind, come, before)
        try:
            await scenario(bench)
        finally:
            bench.close()
            await asyncio.sleep(0)

    asyncio.run(whole())


def test_what_goes_and_what_comes_is_the_same_bytes(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        bench.bytes.write(b"there")
        bench.peer.sendall(b"and ba")
        await bench.until(lambda: bytes(bench.heard) == b"and ba")
        bench.peer.sendall(b"ck")
        await bench.until(lambda: bytes(bench.heard) == b"and back")

        assert await bench.read(5) == b"there"

    play(scenario, kind)


@pytest.mark.parametrize("come", [b"early", bytes(range(250)) * 500])
def test_what_had_come_before_is_heard(kind: type[IOStream], come: bytes) -> None:
    async def scenario(bench: Bench) -> None:
        await bench.until(lambda: bytes(bench.heard) == come)

    play(scenario, kind, come=come)


@pytest.mark.parametrize("before", [goes, resets, is_closed])
@pytest.mark.parametrize("come", [b"", b"early"])
def test_a_peer_that_went_before_is_told_as_its_end(kind: type[IOStream], come: bytes, before: Before) -> None:
    async def scenario(bench: Bench) -> None:
        await bench.until(lambda: bench.ends == 1)

        assert come.startswith(bench.heard)
        assert not bench.bytes.write(b"too late")

    play(scenario, kind, come, before)


def test_a_stream_that_is_not_needed_is_closed_and_one_that_is_stays_open(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        assert bench.stream.closed() == (kind is IOStream)

    play(scenario, kind)


def test_what_the_system_takes_at_once_has_gone() -> None:
    async def scenario(bench: Bench) -> None:
        assert bench.bytes.write(b"short")
        assert not bench.bytes.is_waiting
        assert bench.drains == 0

    play(scenario)


def test_what_the_system_does_not_take_goes_in_order_and_is_told_when_it_has_gone(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        assert not bench.bytes.write(LARGE)
        assert not bench.bytes.write(b"next")
        assert not bench.bytes.write(b" and last")
        assert bench.bytes.is_waiting
        data = await bench.read(len(LARGE) + 13)
        await bench.until(lambda: bench.drains > 0)

        assert data == LARGE + b"next and last"
        assert not bench.bytes.is_waiting

    play(scenario, kind)


def test_the_end_of_the_peer_is_told_once(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        bench.peer.sendall(b"last words")
        bench.peer.close()
        await bench.until(lambda: bench.ends > 0)
        bench.bytes.close()
        await asyncio.sleep(0)

        assert bytes(bench.heard) == b"last words"
        assert bench.ends == 1

    play(scenario, kind)


def test_a_peer_that_goes_while_it_is_written_to_is_told_as_its_end(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        bench.bytes.write(LARGE)
        bench.peer.close()
        await bench.until(lambda: bench.ends > 0)

        assert not bench.bytes.write(b"late")
        assert bench.drains == 0

    play(scenario, kind)


def test_a_connection_that_was_closed_takes_nothing_and_tells_nothing(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        bench.bytes.write(LARGE)
        bench.bytes.close()
        bench.bytes.close()

        assert not bench.bytes.write(b"late")
        bench.bytes.finish()
        await asyncio.sleep(0)
        assert (bench.drains, bench.ends) == (0, 0)

    play(scenario, kind)


@pytest.mark.parametrize("written", [b"last words", LARGE])
def test_the_end_is_heard_behind_what_was_written(written: bytes) -> None:
    async def scenario(bench: Bench) -> None:
        bench.bytes.write(written)
        bench.bytes.finish()

        assert await bench.read(len(written) + 1) == written

        bench.peer.sendall(b"an answer still comes")
        await bench.until(lambda: bool(bench.heard))

    play(scenario)
