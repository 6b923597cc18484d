"""One ZeroMQ socket on the loop, with a peer that the test plays byte by byte, and with libzmq."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import struct
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from adrastea.kernels.zmtp_socket import Address, ZmtpSocket
from adrastea.protocol.wire import Channel
from adrastea.protocol.zmtp import Connection, SocketType, encode
from tests.fakes.client import LIMIT_SECONDS

VECTORS = Path(__file__).parents[1] / "vectors" / "zmtp" / "streams.json"
ROUTER = next(
    bytes.fromhex(vector["stream"]).removesuffix(b"\x00\x02hi")
    for vector in json.loads(VECTORS.read_text(encoding="utf-8"))
    if vector["name"] == "a peer of version 3.0"
)
NO_LINGER = struct.pack("ii", 1, 0)


class Listening:
    """A server that the test plays: what it reads, it remembers."""

    def __init__(self, address: Address) -> None:
        self.listener = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.settimeout(0.0)
        self.listener.bind(address)
        self.listener.listen()
        self.loop = asyncio.get_running_loop()

    async def accept(self, said: bytes = ROUTER) -> socket.socket:
        """The next who connects; it is told `said`."""
        async with asyncio.timeout(LIMIT_SECONDS):
            made, _ = await self.loop.sock_accept(self.listener)
            await self.loop.sock_sendall(made, said)
        return made

    async def read(self, made: socket.socket, until: bytes) -> bytes:
        """What comes until it ends so."""
        data = bytearray()
        async with asyncio.timeout(LIMIT_SECONDS):
            while not data.endswith(until):
                piece = await self.loop.sock_recv(made, 1 << 20)
                assert piece, data[-100:]
                data += piece
        return bytes(data)

    def close(self) -> None:
        self.listener.close()


class Bench:
    """A `ZmtpSocket` and what it has told."""

    def __init__(self, address: Address, socket_type: SocketType = "DEALER") -> None:
        self.messages: list[list[bytes]] = []
        self.opened = 0
        self.ended = 0
        self.enough = False
        self.told = asyncio.Event()
        self.socket = ZmtpSocket("shell", address, socket_type, b"us", self.on_messages, self.on_change)

    def on_messages(self, messages: list[tuple[Channel, list[bytes]]]) -> None:
        assert {channel for channel, _ in messages} == {"shell"}
        self.messages += [parts for _, parts in messages]
        if self.enough:
            self.socket.close()
        self.told.set()

    def on_change(self, channel: Channel) -> None:
        assert channel == "shell"
        self.opened += self.socket.is_open
        self.told.set()

    def on_end(self) -> None:
        self.ended += 1
        self.told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self.told.clear()
                await self.told.wait()


@pytest.fixture(params=["a path", "a port"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    if request.param == "a path":
        return str(tmp_path / "s")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return ("127.0.0.1", free.getsockname()[1])


def play(scenario: Coroutine[None, None, None]) -> None:
    asyncio.run(scenario)


def test_nothing_but_the_greeting_is_said_before_the_peer_is_ready(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        bench.socket.send(encode([b"early"]))
        made = await listening.accept(b"")
        greeting = await listening.read(made, bytes(32))
        await listening.loop.sock_sendall(made, ROUTER[:64])
        answer = await listening.read(made, b"\x02us")
        assert (len(greeting), answer[3:8], bench.opened) == (64, b"READY", 0)

        await listening.loop.sock_sendall(made, ROUTER[64:])
        assert await listening.read(made, b"early") == encode([b"early"])
        assert bench.opened == 1
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())


def test_a_peer_that_listens_later_is_found(address: Address) -> None:
    async def scenario() -> None:
        bench = Bench(address)
        listening = Listening(address)
        made = await listening.accept()
        await bench.until(lambda: bench.socket.is_open)
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())


@pytest.mark.slow
def test_what_was_not_sent_whole_goes_whole_to_the_next_connection(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        large = encode([b"x" * (16 << 20), b"end"])
        made = await listening.accept()
        await bench.until(lambda: bench.opened == 1)
        bench.socket.send(large)
        bench.socket.send(encode([b"next"]))
        await listening.read(made, b"x")  # a part of it
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        made.close()
        again = await listening.accept()

        assert (await listening.read(again, b"next")).endswith(large + encode([b"next"]))
        assert bench.socket.waiting_bytes == 0
        bench.socket.close()
        again.close()
        listening.close()

    play(scenario())


def test_what_is_held_goes_when_it_is_released(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        bench.socket.hold()
        bench.socket.send(encode([b"held"]))
        made = await listening.accept()
        await bench.until(lambda: bench.socket.is_open)
        assert bench.socket.waiting_bytes == 6

        bench.socket.release()
        assert bench.socket.waiting_bytes == 0
        await listening.read(made, b"held")
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())


def test_a_ping_in_the_middle_of_a_large_message_is_answered_behind_it(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        large = encode([b"x" * (8 << 20)])
        made = await listening.accept()
        await bench.until(lambda: bench.opened == 1)
        await listening.read(made, b"\x02us")
        bench.socket.send(large)
        await listening.loop.sock_sendall(made, b"\x04\x09\x04PING\0\0hi" + encode([b"and a message"]))
        await bench.until(lambda: bool(bench.messages))

        assert await listening.read(made, b"PONGhi") == large + b"\x04\x07\x04PONGhi"
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())


def test_a_peer_that_is_something_else_is_logged_once_and_tried_again(
    address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        for _ in range(3):
            made = await listening.accept(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            made.close()
        made = await listening.accept()
        await bench.until(lambda: bench.opened == 1)
        bench.socket.close()
        made.close()
        listening.close()

    with caplog.at_level(logging.WARNING, "adrastea.kernels.zmtp_socket"):
        play(scenario())

    assert [record.name for record in caplog.records if record.name.startswith("adrastea")] == [
        "adrastea.kernels.zmtp_socket"
    ]


def test_the_last_words_of_a_peer_are_told_before_its_end(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        made = await listening.accept()
        await bench.until(lambda: bench.opened == 1)
        await listening.read(made, b"\x02us")  # or TCP would throw away what is under way the other way
        await listening.loop.sock_sendall(made, encode([b"last"]) * 20_000)
        made.close()
        bench.socket.finish(bench.on_end)
        await bench.until(lambda: bench.ended == 1)

        assert len(bench.messages) == 20_000
        listening.close()

    play(scenario())


def test_the_end_of_a_peer_that_was_never_there_is_told_at_once(address: Address) -> None:
    async def scenario() -> None:
        bench = Bench(address)
        bench.socket.finish(bench.on_end)

        assert bench.ended == 1

    play(scenario())


def test_after_close_nothing_is_told_and_nothing_is_tried(address: Address) -> None:
    async def scenario() -> None:
        bench = Bench(address)
        bench.socket.close()
        bench.socket.close()
        listening = Listening(address)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.0):
                await listening.loop.sock_accept(listening.listener)
        listening.close()
        assert (bench.opened, bench.ended) == (0, 0)

    play(scenario())


def test_a_close_in_the_middle_of_a_batch_is_taken(address: Address) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        bench.enough = True
        made = await listening.accept(ROUTER + encode([b"one"]))
        await bench.until(lambda: bool(bench.messages))

        assert not bench.socket.is_open
        made.close()
        listening.close()

    play(scenario())


def test_a_silent_connection_has_no_timer(address: Address) -> None:
    """Or an idle program would be woken by it."""

    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address)
        made = await listening.accept()
        await bench.until(lambda: bench.opened == 1)
        timers = [handle for handle in vars(asyncio.get_running_loop())["_scheduled"] if not handle.cancelled()]

        assert timers == []
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())


@pytest.mark.parametrize("minor", [0, 1])
def test_a_publisher_is_asked_for_everything(address: Address, minor: int) -> None:
    async def scenario() -> None:
        listening, bench = Listening(address), Bench(address, "SUB")
        expected = Connection("SUB")
        expected.minor = minor
        publisher = ROUTER[:11] + bytes([minor]) + ROUTER[12:64] + b"\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03PUB"
        made = await listening.accept(publisher.replace(b"\x04\x19", bytes([4, 25]), 1))
        await listening.read(made, expected.subscription() + (b"\x04\x0b\x04PING\0\0read" if minor else b""))
        bench.socket.close()
        made.close()
        listening.close()

    play(scenario())
