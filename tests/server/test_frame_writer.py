"""WebSocket messages written as one piece: read back by Tornado's own client, also when the peer reads late."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine

import pytest
from tornado.iostream import IOStream

from adrastea.server.frame_writer import FrameWriter
from tests.fakes.client import LIMIT_SECONDS

MESSAGES: list[str | bytes] = ["", "text é", b"\0\xff", b"x" * 125, b"y" * 126, b"z" * 65535, b"w" * 65536]


class Encrypted(IOStream):
    """Any stream that is not the plain one: what goes on it must go through it."""


class Bench:
    """A writer, and the peer of its connection."""

    def __init__(self, kind: type[IOStream] = IOStream) -> None:
        ours, self.peer = socket.socketpair()
        self.peer.settimeout(LIMIT_SECONDS)
        self.stream = kind(ours)
        self.drains = 0
        self.drained = asyncio.Event()
        self.writer = FrameWriter(self.stream, self.on_drained)

    def on_drained(self) -> None:
        self.drains += 1
        self.drained.set()

    async def read(self, size: int) -> bytes:
        """So many bytes, read on another thread."""
        return await asyncio.to_thread(self._read, size)

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = self.peer.recv(1 << 20)
            assert piece
            data += piece
        return bytes(data)

    def close(self) -> None:
        self.stream.close()
        self.peer.close()


def play(scenario: Callable[[Bench], Coroutine[None, None, None]], kind: type[IOStream] = IOStream) -> None:
    async def whole() -> None:
        bench = Bench(kind)
        try:
            await scenario(bench)
        finally:
            bench.close()

    asyncio.run(whole())


def parsed(data: bytes) -> list[str | bytes]:
    """The messages in a stream of unmasked frames."""
    found: list[str | bytes] = []
    while data:
        length, at = data[1], 2
        if length >= 126:
            at += 2 if length == 126 else 8
            length = int.from_bytes(data[2:at], "big")
        body = data[at : at + length]
        assert data[0] in {0x81, 0x82}
        found.append(body.decode() if data[0] == 0x81 else body)
        data = data[at + length :]
    return found


@pytest.mark.parametrize("kind", [IOStream, Encrypted])
def test_messages_of_every_length_come_as_they_were_written(kind: type[IOStream]) -> None:
    async def scenario(bench: Bench) -> None:
        bench.writer.write(MESSAGES)
        size = sum(len(message.encode() if isinstance(message, str) else message) for message in MESSAGES)
        heads = 2 * 4 + 4 * 2 + 10

        assert parsed(await bench.read(size + heads)) == MESSAGES

    play(scenario, kind)


def test_what_the_system_takes_at_once_has_gone() -> None:
    async def scenario(bench: Bench) -> None:
        assert bench.writer.write([b"short"])
        assert not bench.stream.writing()
        assert bench.drains == 0

    play(scenario)


def test_a_piece_that_the_system_does_not_take_is_told_when_it_has_gone() -> None:
    async def scenario(bench: Bench) -> None:
        large = b"x" * (8 << 20)
        assert not bench.writer.write([large])
        assert not bench.writer.write([b"next"])
        data = await bench.read(len(large) + 10 + 6)
        async with asyncio.timeout(LIMIT_SECONDS):
            await bench.drained.wait()

        assert parsed(data) == [large, b"next"]

    play(scenario)


def test_what_the_stream_is_writing_already_goes_first() -> None:
    async def scenario(bench: Bench) -> None:
        large = b"x" * (8 << 20)
        written = bench.stream.write(large)
        assert not bench.writer.write([b"behind it"])
        data = await bench.read(len(large) + 11)
        await written

        assert data == large + b"\x82\x09behind it"

    play(scenario)


def test_an_encrypted_connection_is_written_through_its_stream() -> None:
    async def scenario(bench: Bench) -> None:
        assert not bench.writer.write([b"secret"])
        async with asyncio.timeout(LIMIT_SECONDS):
            await bench.drained.wait()

        assert await bench.read(8) == b"\x82\x06secret"

    play(scenario, Encrypted)


def test_a_connection_that_has_ended_takes_nothing_and_raises_nothing() -> None:
    async def scenario(bench: Bench) -> None:
        bench.peer.close()
        assert not bench.writer.write([b"x" * (8 << 20)])
        bench.stream.close()
        assert not bench.writer.write([b"late"])
        await asyncio.sleep(0)

        assert bench.drains == 0

    play(scenario)


def test_a_ping_stands_behind_the_messages_of_its_piece() -> None:
    async def scenario(bench: Bench) -> None:
        assert bench.writer.write(["text"], b"12345678")

        assert await bench.read(16) == b"\x81\x04text\x89\x0812345678"

    play(scenario)
