"""A terminal and its clients: real shells, clients that count."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adrastea.errors import Unavailable
from adrastea.terminals import shell
from adrastea.terminals.terminal import UNSENT_LIMIT, Terminal

ENV = {"PATH": os.environ["PATH"], "TERM": "dumb"}
LIMIT_SECONDS = 20.0


class Client:
    """Remembers what it was shown; `unsent` is whatever the test says."""

    def __init__(self) -> None:
        self.text = ""
        self.code: int | None = None
        self.unsent = 0
        self.keeps = False
        self._news = asyncio.Event()

    def shown(self, text: str) -> None:
        self.text += text
        self.unsent += len(text) if self.keeps else 0
        self._news.set()

    def ended(self, code: int) -> None:
        self.code = code
        self._news.set()

    async def until(self, wanted: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not wanted():
                self._news.clear()
                await self._news.wait()

    async def until_end(self) -> int | None:
        await self.until(lambda: self.code is not None)
        return self.code


@asynccontextmanager
async def a_terminal(script: str, folder: Path) -> AsyncGenerator[tuple[Terminal, Client]]:
    started = shell.start(("/bin/sh", "-c", script), ENV, folder)
    ended = asyncio.Event()
    terminal, client = Terminal("1", started, ended.set), Client()
    terminal.join(client)
    try:
        yield terminal, client
    finally:
        await terminal.end()
        async with asyncio.timeout(LIMIT_SECONDS):
            await ended.wait()


def test_what_is_printed_last_is_shown_before_the_exit_code(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("echo last; exit 7", tmp_path) as (_, client):
            assert await client.until_end() == 7
            assert client.text == "last\r\n"

    asyncio.run(story())


def test_an_end_by_a_signal_is_told_as_shells_tell_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("kill -TERM $$", tmp_path) as (_, client):
            assert await client.until_end() == 128 + 15

    asyncio.run(story())


def test_characters_that_come_in_pieces_are_put_together_and_broken_ones_replaced(tmp_path: Path) -> None:
    async def story() -> None:
        script = "stty -echo; printf 'a\\303'; read x; printf '\\244\\377.'; read x"
        async with a_terminal(script, tmp_path) as (terminal, client):
            await client.until(lambda: client.text == "a")
            terminal.type(b"\n")
            await client.until(lambda: client.text.endswith("."))
            assert client.text == "aä\ufffd."

    asyncio.run(story())


def test_who_comes_later_is_shown_what_was_printed_before(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("stty -echo; echo before; read x; echo after", tmp_path) as (terminal, client):
            await client.until(lambda: "before" in client.text)
            terminal.leave(client)
            second = Client()
            terminal.join(second)
            terminal.type(b"\n")
            await second.until_end()
            assert second.text == "before\r\nafter\r\n"
            late = Client()
            terminal.join(late)
            assert (late.text, late.code) == (second.text, 0)

    asyncio.run(story())


@pytest.mark.slow
def test_nothing_is_read_while_a_client_has_too_much_unsent(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("yes", tmp_path) as (terminal, client):
            client.keeps = True
            await client.until(lambda: client.unsent > UNSENT_LIMIT)
            assert not terminal.is_reading
            assert client.unsent <= UNSENT_LIMIT + shell.PIECE_BYTES + 4096
            client.unsent = 0
            client.keeps = False
            terminal.relieved()
            assert terminal.is_reading

    asyncio.run(story())


@pytest.mark.slow
def test_a_client_that_goes_lets_the_others_go_on(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("yes", tmp_path) as (terminal, client):
            client.keeps = True
            await client.until(lambda: client.unsent > UNSENT_LIMIT)
            terminal.leave(client)
            assert terminal.is_reading

    asyncio.run(story())


def test_what_was_typed_and_nobody_reads_is_bounded(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("stty raw -echo; echo; exec sleep 100", tmp_path) as (terminal, client):
            await client.until(lambda: bool(client.text))
            refused = 0
            for _ in range(20):
                try:
                    terminal.type(b"x" * 100_000)
                except Unavailable:
                    refused += 1
            assert 8 < refused < 20

    asyncio.run(story())


@pytest.mark.slow
def test_who_does_not_heed_the_hangup_is_killed(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("trap '' HUP; echo; while :; do sleep 100; done", tmp_path) as (terminal, client):
            await client.until(lambda: bool(client.text))
            await terminal.end()
            assert client.code == 128 + 9

    asyncio.run(story())


def test_a_shell_that_lets_go_of_its_terminal_is_ended(tmp_path: Path) -> None:
    async def story() -> None:
        async with a_terminal("exec </dev/null >/dev/null 2>&1; exec sleep 100", tmp_path) as (_, client):
            assert await client.until_end() == 128 + 1

    asyncio.run(story())
