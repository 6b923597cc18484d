"""Connections are taken as they come; when no descriptor is left, they are turned away and the loop does not spin."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator
from typing import Self

import pytest

from adrastea.server import accepting
from adrastea.server.accepting import Acceptor

LIMIT_SECONDS = 20.0


class Listener(socket.socket):
    """A listening socket whose `accept` fails as the system's does when the process has no descriptor left."""

    failures: Iterator[int] = iter(())
    failed: asyncio.Event

    def accept(self) -> tuple[socket.socket, object]:
        number = next(self.failures, 0)
        if number:
            self.failed.set()
            raise OSError(number, "no")
        return super().accept()


class Room:
    """A listening socket, its acceptor, and what that has taken."""

    def __init__(self, *failures: int) -> None:
        self.listener = Listener()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(100)
        self.listener.settimeout(0)  # non-blocking
        self.listener.failures = iter(failures)
        self.listener.failed = asyncio.Event()
        self.taken: list[socket.socket] = []
        self.clients: list[socket.socket] = []
        self._wanted = 0
        self._enough = asyncio.Event()
        self.acceptor = Acceptor(self.listener, self._take)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.acceptor.close()
        for made in (self.listener, *self.taken, *self.clients):
            made.close()

    def knock(self) -> socket.socket:
        """Somebody connects."""
        self.clients.append(socket.create_connection(self.listener.getsockname()))
        return self.clients[-1]

    async def has_taken(self, count: int) -> None:
        """Wait until so many have been taken."""
        self._wanted = count
        if len(self.taken) < count:
            async with asyncio.timeout(LIMIT_SECONDS):
                await self._enough.wait()

    async def has_failed(self) -> None:
        """Wait until `accept` has failed."""
        async with asyncio.timeout(LIMIT_SECONDS):
            await self.listener.failed.wait()

    def _take(self, connection: socket.socket, _: object) -> None:
        self.taken.append(connection)
        if len(self.taken) == self._wanted:
            self._enough.set()


async def ends(client: socket.socket) -> bool:
    """Whether the other side closes the connection."""
    client.settimeout(0)
    async with asyncio.timeout(LIMIT_SECONDS):
        return await asyncio.get_running_loop().sock_recv(client, 1) == b""


def test_those_that_come_together_are_all_taken() -> None:
    async def work() -> None:
        with Room() as room:
            for _ in range(70):
                room.knock()
            await room.has_taken(70)

    asyncio.run(work())


def test_without_a_descriptor_a_connection_is_closed_at_once_and_the_next_one_is_taken(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def work() -> None:
        with Room(errno.EMFILE) as room:
            assert await ends(room.knock())
            room.knock()
            await room.has_taken(1)

    asyncio.run(work())

    assert [record.levelno for record in caplog.records if record.name == accepting.__name__] == [logging.WARNING]


def test_fifty_that_are_turned_away_are_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        with Room(*[errno.EMFILE] * 50) as room:
            for _ in range(51):
                room.knock()
            await room.has_taken(1)

    asyncio.run(work())

    assert len([record for record in caplog.records if record.name == accepting.__name__]) == 1


def test_when_not_even_the_reserve_is_left_nothing_is_tried_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "_opened", lambda: None)
    monkeypatch.setattr(accepting, "_PAUSE_SECONDS", 0.01)

    async def work() -> None:
        with Room(errno.EMFILE) as room:
            room.knock()
            await room.has_failed()
            assert room.taken == []
            await room.has_taken(1)

    asyncio.run(work())


def test_a_connection_that_ends_while_it_waits_stops_nothing() -> None:
    async def work() -> None:
        with Room(errno.ECONNABORTED, errno.EPROTO) as room:
            room.knock()
            await room.has_taken(1)

    asyncio.run(work())


def test_who_has_stopped_during_the_pause_takes_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "_opened", lambda: None)

    async def work() -> None:
        with Room(errno.EMFILE) as room:
            room.knock()
            await room.has_failed()
            room.acceptor.close()
            assert room.taken == []

    asyncio.run(work())
