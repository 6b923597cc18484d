"""The server as a whole: start, address, limits, an end in order."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.errors import StartFailed, Unavailable
from adrastea.settings import Settings
from tests.server.running import TOKEN, Json, Running, running

CELL: dict[str, Json] = {"cell_type": "code", "execution_count": None, "id": "a1", "metadata": {}, "outputs": []}


def test_a_port_in_use_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with (
            pytest.raises(StartFailed, match=f"Port {port} is in use. Choose another with --port, or --port 0"),
            running(tmp_path, Settings(port=port)),
        ):
            pass


def test_the_port_that_was_asked_for_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with running(tmp_path, Settings(port=port)) as server:
        assert server.port == port


def test_a_port_is_free_again_after_the_end(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        port = server.port

    with running(tmp_path, Settings(port=port)) as again:
        assert again.api("GET", "api").status == 200


def test_after_the_end_nobody_answers(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        assert server.api("GET", "api").status == 200

    with pytest.raises(ConnectionRefusedError):
        server.api("GET", "api")
    with pytest.raises(Unavailable):
        server.thread.call(lambda application: application.port)


def test_each_address_has_a_token_of_its_own(served: Running) -> None:
    first, second = served.thread.url, served.thread.url

    assert first != second
    assert first.startswith(f"{served.origin}/?token=")


def test_an_ipv6_address_stands_in_brackets(tmp_path: Path) -> None:
    with running(tmp_path, Settings(ip="::1")) as server:
        assert server.thread.url.startswith(f"http://[::1]:{server.port}/?token=")


def test_a_server_on_all_addresses_prints_one_that_can_be_opened(tmp_path: Path) -> None:
    with running(tmp_path, Settings(ip="0.0.0.0")) as server:
        assert server.thread.url.startswith(f"http://127.0.0.1:{server.port}/?token=")


def test_what_was_typed_last_is_saved_when_the_server_stops(tmp_path: Path) -> None:
    notebook: dict[str, Json] = {
        "cells": [{**CELL, "source": "before"}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    edit = {"op": "set_source", "cell": "a1", "source": "typed last"}

    async def type_into(server: Running) -> WebSocketClientConnection:
        url = f"ws://127.0.0.1:{server.port}/api/documents/socket?path=a.ipynb"
        client = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))
        async with asyncio.timeout(20):
            while "snapshot" not in str(await client.read_message()):
                pass
            await client.write_message(json.dumps({"type": "edit", "seq": 1, "edits": [edit]}))
            while '"ack":1' not in str(await client.read_message()):
                pass
        return client

    async def work() -> None:
        with running(tmp_path, Settings(autosave_seconds=3600)) as server:
            (server.root / "a.ipynb").write_text(json.dumps(notebook))
            client = await type_into(server)
            assert "before" in (server.root / "a.ipynb").read_text()
        while await client.read_message() is not None:
            pass
        client.close()

    asyncio.run(work())

    assert "typed last" in (tmp_path / "root" / "a.ipynb").read_text()


def test_no_token_gets_into_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "9b1d-very-secret"

    with running(tmp_path) as server:
        server.ask("GET", f"api?token={TOKEN}&x={secret}")
        server.ask("GET", f"?token={secret}", headers={"Accept": "text/html"})
        server.ask("GET", f"nothing?token={secret}")
        server.ask("POST", "login", f"token={secret}", {"Content-Type": "application/x-www-form-urlencoded"})
        server.api("PUT", f"api/contents/a.txt?token={secret}", b"[")
        server.api("GET", f"api/contents/%ff?token={secret}", headers={"Cookie": f"adrastea={secret}"})
        server.log_in()

    assert secret not in caplog.text
    assert TOKEN not in caplog.text
    assert "token=" not in caplog.text


def test_the_access_log_is_silent_above_debug_level(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    with running(tmp_path) as server:
        server.api("GET", "api")
        server.api("GET", "nothing")

    heard = {record.name for record in caplog.records}
    assert heard <= {"asyncio"}  # its debug mode reports how slow a busy machine is


def test_everything_lies_below_the_base_url(tmp_path: Path) -> None:
    with running(tmp_path, replace(Settings(), base_url="/nb/")) as server:
        below = server.api("GET", "api").status
        outside = replace(server, base_url="/").api("GET", "api").status

    assert (below, outside) == (200, 404)
