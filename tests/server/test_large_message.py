"""A message in pieces is one message for the client, and a client that has gone is told to whoever writes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, WebSocketHandler, websocket_connect

from adrastea.server import large_message

LIMIT_SECONDS = 30.0
PIECES = ["ä" * 10, "b" * 70_000, "", "c" * 3_000_000, "end"]


class Socket(WebSocketHandler):
    """Shows itself to the test."""

    def initialize(self, opened: asyncio.Future[Socket]) -> None:
        self.opened = opened

    def open(self, *_: str, **__: str) -> None:
        self.opened.set_result(self)


def with_socket(main: Callable[[Socket, WebSocketClientConnection], Awaitable[None]]) -> None:
    async def run() -> None:
        opened: asyncio.Future[Socket] = asyncio.get_running_loop().create_future()
        server = HTTPServer(Application([("/", Socket, {"opened": opened})]))
        listener, port = bind_unused_port()
        server.add_socket(listener)
        client = await websocket_connect(f"ws://127.0.0.1:{port}/", max_message_size=1 << 30)
        async with asyncio.timeout(LIMIT_SECONDS):
            await main(await opened, client)
        client.close()
        server.stop()
        await server.close_all_connections()

    asyncio.run(run())


@pytest.mark.parametrize("count", range(1, len(PIECES) + 1))
def test_the_client_gets_one_message(count: int) -> None:
    async def main(socket: Socket, client: WebSocketClientConnection) -> None:
        pieces = [piece.encode() for piece in PIECES[:count]]
        _, message = await asyncio.gather(large_message.write(socket, pieces), client.read_message())
        assert message == "".join(PIECES[:count])

        await large_message.write(socket, [b"next"])
        assert await client.read_message() == "next"

    with_socket(main)


def test_a_ping_in_between_does_no_harm() -> None:
    async def main(socket: Socket, client: WebSocketClientConnection) -> None:
        writing = asyncio.ensure_future(large_message.write(socket, [b"x" * 3_000_000] * 5))
        await asyncio.sleep(0)
        socket.ping(b"are you there")
        assert await client.read_message() == "x" * 15_000_000
        await writing

    with_socket(main)


def test_a_client_that_has_gone_is_told() -> None:
    async def main(socket: Socket, client: WebSocketClientConnection) -> None:
        assert socket.ws_connection is not None
        client.close()
        assert await client.read_message() is None
        with pytest.raises(WebSocketClosedError):
            await large_message.write(socket, [b"one", b"two"])

    with_socket(main)
