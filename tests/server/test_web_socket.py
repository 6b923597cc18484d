"""One open WebSocket: spoken to by Tornado's own client, and by hand where that one is too well-behaved."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Coroutine

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, WebSocketProtocol13, websocket_connect

from adrastea.protocol.websocket_frames import unmask
from adrastea.server.web_socket import WebSocket
from tests.fakes.client import LIMIT_SECONDS

MASK = b"\x01\x02\x03\x04"
MOST_BYTES = 1 << 20
MESSAGES: list[str | bytes] = ["", "text é", b"", b"\0\xff", b"x" * 125, b"y" * 126, "z" * 65535, b"w" * 65536]
LARGE = b"x" * (8 << 20)


def client_frame(first: int, said: bytes) -> bytes:
    """A frame of a client, of less than 64 KB."""
    length = bytes((0x80 | len(said),)) if len(said) < 126 else struct.pack("!BH", 0xFE, len(said))
    return bytes((first,)) + length + MASK + unmask(MASK, said)


class Bench:
    """A WebSocket, who uses it, and a peer that does as it likes."""

    def __init__(self, ping_seconds: float = 0) -> None:
        ours, self.peer = socket.socketpair()
        self.peer.setblocking(False)  # noqa: FBT003 -- socket's
        self.loop = asyncio.get_running_loop()
        self.requests: list[str | bytes] = []
        self.pongs: list[bytes] = []
        self.code: int | None = None
        self.drains = 0
        self.ends = 0
        self.told = asyncio.Event()
        self.socket = WebSocket(IOStream(ours), self, MOST_BYTES, ping_seconds)

    def on_request(self, message: str | bytes) -> None:
        self.requests.append(message)
        self.told.set()
        if message == b"fail":
            raise ZeroDivisionError

    def on_drained(self) -> None:
        self.drains += 1
        self.told.set()

    def on_pong(self, data: bytes) -> None:
        self.pongs.append(data)
        self.told.set()

    def on_end(self, code: int | None) -> None:
        self.code = code
        self.ends += 1
        self.told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self.told.clear()
                await self.told.wait()

    async def say(self, data: bytes) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            await self.loop.sock_sendall(self.peer, data)

    async def hear(self, size: int) -> bytes:
        data = b""
        async with asyncio.timeout(LIMIT_SECONDS):
            while len(data) < size and (piece := await self.loop.sock_recv(self.peer, size - len(data))):
                data += piece
        return data

    async def hear_the_end(self) -> bytes:
        return await self.hear(MOST_BYTES)

    def close(self) -> None:
        self.socket.abort()
        self.peer.close()


Scenario = Callable[[Bench], Coroutine[None, None, None]]


def play(scenario: Scenario, ping_seconds: float = 0) -> None:
    async def whole() -> None:
        bench = Bench(ping_seconds)
        try:
            await scenario(bench)
        finally:
            bench.close()

    asyncio.run(whole())


class Echo(WebSocketHandler):
    """Hands its connection over to a `WebSocket` that says what it hears."""

    socket: WebSocket

    async def open(self, *_args: str, **_kwargs: str) -> None:
        connection = self.ws_connection
        assert isinstance(connection, WebSocketProtocol13)
        self.socket = WebSocket(connection.stream, self, MOST_BYTES, 0)

    def on_request(self, message: str | bytes) -> None:
        self.socket.write([message])

    def on_drained(self) -> None: ...

    def on_pong(self, data: bytes) -> None: ...

    def on_end(self, code: int | None) -> None: ...


async def echoed(said: list[str | bytes]) -> list[str | bytes | None]:
    """What Tornado's client hears from a server of ours."""
    listening, port = bind_unused_port()
    server = HTTPServer(Application([("/", Echo)]))
    server.add_sockets([listening])
    client = await websocket_connect(f"ws://127.0.0.1:{port}/")
    heard: list[str | bytes | None] = []
    async with asyncio.timeout(LIMIT_SECONDS):
        for message in said:
            await client.write_message(message, binary=isinstance(message, bytes))
        while len(heard) < len(said):
            heard.append(await client.read_message())
        client.close(1000, "enough")
        assert await client.read_message() is None
    assert client.close_code == 1000
    server.stop()
    await server.close_all_connections()
    return heard


def test_tornado_s_client_and_we_understand_each_other() -> None:
    assert asyncio.run(echoed(MESSAGES)) == MESSAGES


def test_messages_are_heard_and_said_as_they_are() -> None:
    async def scenario(bench: Bench) -> None:
        await bench.say(client_frame(0x81, "é".encode()) + client_frame(0x02, b"in ") + client_frame(0x80, b"parts"))
        await bench.until(lambda: len(bench.requests) == 2)

        assert bench.requests == ["é", b"in parts"]
        assert bench.socket.write(["one", b"two"])
        assert await bench.hear(10) == b"\x81\x03one\x82\x03two"

    play(scenario)


def test_what_waits_is_told_when_it_has_gone() -> None:
    async def scenario(bench: Bench) -> None:
        assert not bench.socket.write([LARGE])
        heard = await bench.hear(len(LARGE) + 10)
        await bench.until(lambda: bench.drains == 1)

        assert heard[10:] == LARGE

    play(scenario)


def test_a_ping_stands_behind_what_was_written_and_its_pong_is_told() -> None:
    async def scenario(bench: Bench) -> None:
        bench.socket.write([b"one"], b"1")
        assert await bench.hear(8) == b"\x82\x03one\x89\x011"
        await bench.say(client_frame(0x8A, b"1"))
        await bench.until(lambda: bench.pongs == [b"1"])

    play(scenario)


def test_of_pings_that_come_together_the_last_is_answered() -> None:
    async def scenario(bench: Bench) -> None:
        await bench.say(client_frame(0x89, b"first") + client_frame(0x89, b"last") + client_frame(0x8A, b"") * 3)

        assert await bench.hear(6) == b"\x8a\x04last"

    play(scenario)


def test_a_ping_is_answered_behind_what_waits_and_costs_no_memory_meanwhile() -> None:
    async def scenario(bench: Bench) -> None:
        bench.socket.write([LARGE])
        await bench.say(client_frame(0x89, b"x") * 5000 + client_frame(0x82, b"heard"))
        await bench.until(lambda: bench.requests == [b"heard"])

        assert (await bench.hear(len(LARGE) + 13))[10:] == LARGE + b"\x8a\x01x"

    play(scenario)


def test_the_client_s_close_is_answered_and_ends_the_connection() -> None:
    async def scenario(bench: Bench) -> None:
        await bench.say(client_frame(0x88, b"\x03\xe9bye") + client_frame(0x82, b"more"))
        await bench.until(lambda: bench.ends == 1)

        assert await bench.hear_the_end() == b"\x88\x02\x03\xe9"
        assert bench.code == 1001
        assert bench.requests == []
        assert not bench.socket.write([b"late"])

    play(scenario)


def test_our_close_waits_for_the_client_s_and_hears_nothing_else() -> None:
    async def scenario(bench: Bench) -> None:
        bench.socket.close(1001, "the server is stopping")
        bench.socket.close(1000)
        heard = await bench.hear(26)
        await bench.say(client_frame(0x82, b"late") + client_frame(0x89, b"late"))
        assert bench.ends == 0
        await bench.say(client_frame(0x88, b"\x03\xe9"))
        await bench.until(lambda: bench.ends == 1)

        assert heard == b"\x88\x18\x03\xe9the server is stopping"
        assert bench.requests == []
        assert await bench.hear_the_end() == b""

    play(scenario)


def test_a_client_that_does_not_answer_our_close_is_waited_for_so_long_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adrastea.server.web_socket._CLOSE_SECONDS", 0.01)

    async def scenario(bench: Bench) -> None:
        bench.socket.close(1000)
        await bench.until(lambda: bench.ends == 1)

        assert await bench.hear_the_end() == b"\x88\x02\x03\xe8"

    play(scenario)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x82\x02ab", 1002),
        (client_frame(0xC2, b"a"), 1002),
        (client_frame(0x81, b"\xff"), 1007),
        (struct.pack("!BBQ", 0x82, 0xFF, MOST_BYTES + 1), 1009),
    ],
)
def test_who_breaks_the_protocol_hears_why_then_the_end_and_is_not_heard_any_more(data: bytes, code: int) -> None:
    async def scenario(bench: Bench) -> None:
        await bench.say(client_frame(0x82, b"before") + data + client_frame(0x82, b"after"))
        heard = await bench.hear_the_end()
        await bench.say(b"\xff" * 1000)
        bench.peer.shutdown(socket.SHUT_WR)
        await bench.until(lambda: bench.ends == 1)

        assert heard[0] == 0x88
        assert struct.unpack_from("!H", heard, 2) == (code,)
        assert bench.requests == [b"before"]

    play(scenario)


def test_a_fault_of_ours_costs_that_client_only(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(bench: Bench) -> None:
        await bench.say(client_frame(0x82, b"fail") + client_frame(0x82, b"after"))
        heard = await bench.hear(4)

        assert struct.unpack_from("!H", heard, 2) == (1011,)
        assert bench.requests == [b"fail"]

    play(scenario)

    assert "not been understood" in caplog.text


def test_the_end_of_a_client_is_told_once_and_can_be_waited_for() -> None:
    async def scenario(bench: Bench) -> None:
        waiting = asyncio.ensure_future(bench.socket.ended())
        await asyncio.sleep(0)
        bench.peer.close()
        async with asyncio.timeout(LIMIT_SECONDS):
            await waiting
        bench.socket.abort()
        bench.socket.close()
        await bench.socket.ended()

        assert bench.ends == 1

    play(scenario)


def test_a_client_that_answers_pings_stays_and_one_that_says_nothing_is_gone() -> None:
    async def scenario(bench: Bench) -> None:
        async def answer() -> None:
            while True:
                await bench.say(client_frame(0x8A, b""))
                await asyncio.sleep(0)

        answering = bench.loop.create_task(answer())
        assert await bench.hear(6) == b"\x89\x00" * 3
        answering.cancel()
        await bench.until(lambda: bench.ends == 1)

    play(scenario, ping_seconds=0.01)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.binary(min_size=1, max_size=200), max_size=6))
def test_no_bytes_do_more_than_end_their_own_connection(pieces: list[bytes]) -> None:
    async def scenario(bench: Bench) -> None:
        for piece in pieces:
            bench.peer.send(piece)
            await asyncio.sleep(0)
        bench.peer.shutdown(socket.SHUT_WR)
        await bench.until(lambda: bench.ends == 1)

    play(scenario)
