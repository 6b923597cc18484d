"""What handlers reach: the open WebSockets enter and leave it by themselves."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.server.running import TOKEN, Running, running

NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


async def connect(server: Running) -> WebSocketClientConnection:
    (server.root / "a.ipynb").write_bytes(NOTEBOOK)
    url = f"ws://127.0.0.1:{server.port}/api/documents/socket?path=a.ipynb"
    return await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))


def open_sockets(server: Running) -> int:
    return server.thread.call(lambda application: len(application.services.sockets))


def test_a_socket_is_known_while_it_is_open(served: Running) -> None:
    async def run() -> tuple[int, int]:
        client = await connect(served)
        await client.read_message()
        during = open_sockets(served)
        client.close()
        while await client.read_message() is not None:
            pass
        return during, open_sockets(served)

    assert asyncio.run(run()) == (1, 0)


def test_a_socket_that_was_refused_is_not_kept(served: Running) -> None:
    served.api("GET", "api/documents/socket?path=a.ipynb")
    served.ask("GET", "api/documents/socket?path=a.ipynb")

    assert open_sockets(served) == 0


def test_a_server_that_stops_tells_its_sockets(tmp_path: Path) -> None:
    async def run() -> int | None:
        with running(tmp_path) as server:
            client = await connect(server)
            assert await client.read_message() is not None
        while await client.read_message() is not None:
            pass
        client.close()
        return client.close_code

    assert asyncio.run(run()) == 1001
