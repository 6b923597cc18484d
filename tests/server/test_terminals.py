"""Terminals through the real server: Jupyter's addresses, terminado's frames, real shells."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.server.application import Application
from adrastea.terminals.terminal import UNSENT_LIMIT
from tests.server.running import TOKEN, Json, Running, running

LIMIT_SECONDS = 20.0


@pytest.fixture(autouse=True)
def plain_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/sh")
    monkeypatch.setenv("PS1", "")
    monkeypatch.delenv("ENV", raising=False)


@pytest.fixture(name="server")
def server_with_terminals(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as server:
        yield server


class Client:
    """One WebSocket client of a terminal."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.text = ""
        self.ended = False

    async def say(self, *frame: Json) -> None:
        await self.socket.write_message(json.dumps(frame))

    async def type(self, text: str) -> None:
        await self.say("stdin", text)

    async def hear(self) -> list[Json]:
        async with asyncio.timeout(LIMIT_SECONDS):
            data = await self.socket.read_message()
        assert isinstance(data, str), f"closed with {self.socket.close_code}"
        frame: list[Json] = json.loads(data)
        if frame[0] == "stdout":
            self.text += cast("str", frame[1])
        return frame

    async def hear_text(self, wanted: str) -> None:
        while wanted not in self.text:
            await self.hear()

    async def hear_last(self) -> list[Json]:
        while (frame := await self.hear())[0] != "disconnect":
            pass
        return frame

    async def hear_the_end(self) -> int | None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not self.ended:
                self.ended = await self.socket.read_message() is None
        return self.socket.close_code


@asynccontextmanager
async def connected(server: Running, name: str = "1") -> AsyncGenerator[Client]:
    url = f"ws://127.0.0.1:{server.port}/terminals/websocket/{name}"
    client = Client(await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"})))
    assert await client.hear() == ["setup", {}]
    try:
        yield client
    finally:
        client.socket.close()
        await client.hear_the_end()


async def off_the_loop(work: object, *args: object) -> object:
    assert callable(work)
    return await asyncio.get_running_loop().run_in_executor(None, work, *args)


def names(server: Running) -> list[Json]:
    return [cast("dict[str, Json]", model)["name"] for model in server.api("GET", "api/terminals").list()]


# REST


def test_terminals_are_started_listed_asked_for_and_ended(server: Running) -> None:
    made = server.api("POST", "api/terminals")

    assert (made.status, made.object()["name"], made.headers["Location"]) == (200, "1", "/api/terminals/1")
    assert str(made.object()["last_activity"]).endswith("Z")
    assert server.api("POST", "api/terminals", {"name": "mine"}).object()["name"] == "mine"
    assert names(server) == ["1", "mine"]
    assert server.api("GET", "api/terminals/mine").object()["name"] == "mine"
    assert server.api("DELETE", "api/terminals/mine").status == 204
    assert names(server) == ["1"]


def test_a_name_that_is_taken_or_none_is_refused(server: Running) -> None:
    server.api("POST", "api/terminals", {"name": "mine"})

    assert server.api("POST", "api/terminals", {"name": "mine"}).status == 409
    assert server.api("POST", "api/terminals", {"name": "a/b"}).status == 400
    assert server.api("POST", "api/terminals", {"name": 7}).status == 400


def test_a_terminal_that_is_not_there_is_404_everywhere(server: Running) -> None:
    assert server.api("GET", "api/terminals/9").status == 404
    assert server.api("DELETE", "api/terminals/9").status == 404
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(_connect_and_leave(server, "9"))
    assert refused.value.code == 404


async def _connect_and_leave(server: Running, name: str) -> None:
    async with connected(server, name):
        pass


@pytest.mark.parametrize(
    ("cwd", "status"),
    [("..", 403), ("sub/../..", 403), ("out", 403), (".hidden", 403), ("gone", 404), ("file", 404), ("x" * 5000, 400)],
)
def test_a_folder_outside_the_root_is_refused(server: Running, cwd: str, status: int) -> None:
    (server.root / "file").touch()
    (server.root / "out").symlink_to("/")

    reply = server.api("POST", "api/terminals", {"cwd": cwd})

    assert (reply.status, names(server)) == (status, [])
    assert str(server.root) not in reply.message()


# The socket


def test_the_shell_runs_in_its_folder_and_answers(server: Running) -> None:
    (server.root / "sub").mkdir()
    server.api("POST", "api/terminals", {"cwd": "sub"})

    async def story() -> None:
        async with connected(server) as client:
            await client.type("echo in $(basename $PWD), $TERM\r")
            await client.hear_text("in sub, xterm-256color")

    asyncio.run(story())


def test_the_shell_hears_no_secret(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "deadbeef")
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as client:
            await client.type("env; echo do''ne\r")
            await client.hear_text("done")
            assert "deadbeef" not in client.text
            assert TOKEN not in client.text

    asyncio.run(story())


def test_programs_see_the_size_of_the_client_that_said_it_last(server: Running) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as first, connected(server) as second:
            await first.say("set_size", 50, 132, 600, 800)
            await first.type("stty size\r")
            await first.hear_text("50 132")
            await second.say("set_size", 30, 90)
            await second.type("stty size\r")
            await first.hear_text("30 90")
            await second.hear_text("30 90")

    asyncio.run(story())


def test_who_comes_back_is_shown_what_was_there(server: Running) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as client:
            await client.type("echo be''fore\r")
            await client.hear_text("before")
        async with connected(server) as client:
            await client.hear_text("before")

    asyncio.run(story())


def test_the_end_of_the_shell_is_told_with_its_exit_code(server: Running) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as client:
            await client.type("exit 3\r")
            assert await client.hear_last() == ["disconnect", 1, 3]
            assert await client.hear_the_end() == 1000
            assert await off_the_loop(names, server) == []

    asyncio.run(story())


def test_ctrl_c_ends_what_runs_and_not_the_shell(server: Running) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as client:
            await client.type("sh -c 'echo be\"\"gins; exec sleep 100'\r")  # who says it has the terminal already
            await client.hear_text("begins")
            await client.type("\x03")
            await client.type("echo go''es on\r")
            await client.hear_text("goes on")

    asyncio.run(story())


@pytest.mark.parametrize("how", ["delete", "stop"])
def test_what_runs_in_a_terminal_ends_with_it(tmp_path: Path, how: str) -> None:
    with running(tmp_path) as server:
        server.api("POST", "api/terminals")

        async def story() -> int:
            async with connected(server) as client:
                await client.type("sh -c 'echo \"<$$>\"; exec sleep 100'\r")
                await client.hear_text(">\r\n")
                return int(client.text.rpartition("<")[2].partition(">")[0])

        sleeper = asyncio.run(story())
        watch = os.pidfd_open(sleeper)
        if how == "delete":
            assert server.api("DELETE", "api/terminals/1").status == 204
    try:
        assert os.waitid(os.P_PIDFD, watch, os.WEXITED) is None
    except ChildProcessError:  # not ours; it has to be gone, or be waited for by somebody else
        assert not Path(f"/proc/{sleeper}/cmdline").exists() or not Path(f"/proc/{sleeper}/cmdline").read_bytes()
    finally:
        os.close(watch)


# What clients should not do


@pytest.mark.parametrize("frame", ["", "[", "stdin", "[" * 50_000])
def test_a_frame_that_is_no_json_closes_its_own_socket_only(server: Running, frame: str) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as good, connected(server) as bad:
            await bad.socket.write_message(frame)
            assert await bad.hear_the_end() == 1007
            await good.type("echo st''ill\r")
            await good.hear_text("still")

    asyncio.run(story())


def test_frames_that_say_nothing_are_ignored(server: Running) -> None:
    server.api("POST", "api/terminals")

    async def story() -> None:
        async with connected(server) as client:
            await client.say()
            await client.say("stdin", 7)
            await client.say("set_size", -1, 10**9)
            await client.say("disconnect", 1)
            await client.socket.write_message(b'["stdin", null]', binary=True)
            await client.type("\0")
            await client.type("\recho st''ill\r")
            await client.hear_text("still")

    asyncio.run(story())


@pytest.mark.slow
def test_a_flood_that_nobody_reads_is_held_back_and_holds_up_nobody(server: Running) -> None:
    server.api("POST", "api/terminals")
    server.api("POST", "api/terminals")

    def is_held_back(application: Application) -> bool:
        return not application.services.terminals.get("1").is_reading

    async def story() -> None:
        async with connected(server) as flooded, connected(server, "2") as other:
            await flooded.type("yes\r")
            async with asyncio.timeout(LIMIT_SECONDS):
                while not await off_the_loop(server.thread.call, is_held_back):
                    await other.type("echo o''n\r")
                    await other.hear_text("on")
                    other.text = ""
            await flooded.type("\x03")
            await flooded.type("echo st''opped\r")
            await flooded.hear_text("stopped")
            assert len(flooded.text) < 20 * UNSENT_LIMIT

    asyncio.run(story())
