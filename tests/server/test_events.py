"""`/api/events` and `/api/events/subscribe`: what is done through REST is heard by who listens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.server.event_bus import CONTENTS, KERNELS
from adrastea.server.events import EventsSocket
from tests.fakes import kernelspecs
from tests.server.running import TOKEN, Json, Running, running

LIMIT_SECONDS = 20.0
LAST: Json = {"schema_id": CONTENTS, "version": "1", "data": {"action": "get", "path": "the last one"}}


@pytest.fixture(name="server", scope="module")
def server_with_kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("events")
    kernelspecs.install(folder)
    with running(folder, kernels=folder / "kernels") as made:
        yield made


async def subscribed(server: Running, token: str = TOKEN) -> WebSocketClientConnection:
    url = f"ws://127.0.0.1:{server.port}{server.base_url}api/events/subscribe"
    return await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {token}"}))


async def left(socket: WebSocketClientConnection) -> None:
    """Go, and wait until the server has heard so."""
    socket.close()
    async with asyncio.timeout(LIMIT_SECONDS):
        while await socket.read_message() is not None:
            pass


def heard(server: Running, deeds: Callable[[], object]) -> list[dict[str, Json]]:
    """What a subscriber hears while something is done, in order."""

    async def listen() -> list[dict[str, Json]]:
        socket = await subscribed(server)
        await asyncio.get_running_loop().run_in_executor(None, deeds)
        await asyncio.get_running_loop().run_in_executor(None, server.api, "POST", "api/events", LAST)
        events: list[dict[str, Json]] = []
        async with asyncio.timeout(LIMIT_SECONDS):
            while (text := await socket.read_message()) is not None:
                events.append(json.loads(text))
                if events[-1]["path" if "path" in events[-1] else "msg"] == "the last one":
                    break
        await left(socket)
        return events[:-1]

    return asyncio.run(listen())


def test_what_is_done_to_files_is_heard_in_order(server: Running) -> None:
    def deeds() -> None:
        server.api("PUT", "api/contents/a.txt", {"type": "file", "format": "text", "content": "x"})
        server.api("GET", "api/contents/a.txt?content=0")
        server.api("GET", "api/contents")
        server.api("POST", "api/contents", {"copy_from": "a.txt"})
        server.api("POST", "api/contents", {"type": "notebook"})
        server.api("PATCH", "api/contents/a.txt", {"path": "b.txt"})
        server.api("PATCH", "api/contents/b.txt", {"path": "b.txt"})
        server.api("PUT", "api/contents/d", {"type": "directory"})
        server.api("DELETE", "api/contents/b.txt")
        server.api("GET", "api/contents/gone.txt")
        server.api("DELETE", "api/contents/gone.txt")

    told = heard(server, deeds)

    assert all(event.pop("schema_id") == CONTENTS for event in told)
    assert told == [
        {"action": "save", "path": "a.txt"},
        {"action": "get", "path": "a.txt"},
        {"action": "get", "path": ""},
        {"action": "copy", "path": "a-Copy1.txt", "source_path": "a.txt"},
        {"action": "save", "path": "Untitled.ipynb"},
        {"action": "rename", "path": "b.txt", "source_path": "a.txt"},
        {"action": "save", "path": "d"},
        {"action": "delete", "path": "b.txt"},
    ]


def test_an_upload_in_pieces_is_one_save(server: Running) -> None:
    def deeds() -> None:
        for chunk in (1, 2, -1):
            body: Json = {"type": "file", "format": "base64", "chunk": chunk, "content": "AAE="}
            server.api("PUT", "api/contents/up.bin", body)

    assert [event["action"] for event in heard(server, deeds)] == ["save"]


@pytest.mark.slow
def test_what_is_done_to_kernels_is_heard_in_order(server: Running) -> None:
    kernel: list[str] = []

    def deeds() -> None:
        kernel.append(str(server.api("POST", "api/kernels", {"name": "fake"}).object()["id"]))
        server.api("POST", f"api/kernels/{kernel[0]}/restart")
        server.api("DELETE", f"api/kernels/{kernel[0]}")
        body: Json = {"path": "s.txt", "type": "file", "kernel": {"name": "fake"}}
        session = str(server.api("POST", "api/sessions", body).object()["id"])
        server.api("POST", "api/sessions", body)
        server.api("DELETE", f"api/sessions/{session}")

    told = heard(server, deeds)

    assert all(event["schema_id"] == KERNELS for event in told)
    assert [event["action"] for event in told] == ["start", "restart", "shutdown", "start", "shutdown"]
    assert [event["kernel_id"] == kernel[0] for event in told] == [True, True, True, False, False]
    assert all((event["status"], event["kernel_name"]) == ("success", "fake") for event in told)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", {}, {"schema_id": "x", "version": "1", "data": {}}])
def test_an_event_that_makes_no_sense_is_refused_with_a_sentence(server: Running, body: Json | bytes) -> None:
    reply = server.api("POST", "api/events", body)

    assert reply.status == 400
    assert reply.message()


def test_nobody_listens_without_the_token(server: Running) -> None:
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(subscribed(server, "guess"))


def test_who_does_not_read_is_bounded_and_who_has_gone_is_told_nothing(server: Running) -> None:
    assert EventsSocket.queue_bytes == 1024 * 1024
    heard(server, lambda: None)

    async def leave() -> None:
        await left(await subscribed(server))

    asyncio.run(leave())
    assert server.api("POST", "api/events", LAST).status == 204
