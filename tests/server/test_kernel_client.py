"""A client of a kernel at the other end of WebSockets: what is written when. The kernel is real, the wire is ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest

from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.protocol import messages
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.protocol.wire import CHANNELS, Channel, Frames
from adrastea.server.application import Application
from adrastea.server.kernel_client import REPLIES, KernelClientSocket
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.running import running

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 30.0
T = TypeVar("T")
Taken = list[tuple[Channel, Frames]]


class Wire:
    """A connection that keeps what is written; `takes` False: the system takes nothing at once."""

    def __init__(self, *, takes: bool = True) -> None:
        self.writes: list[Taken] = []
        self.overflows = 0
        self.told = asyncio.Event()
        self._takes = takes

    def write(self, taken: Sequence[tuple[Channel, Frames]], ping: bytes) -> bool:
        assert ping == b""
        self.writes.append(list(taken))
        self.told.set()
        return self._takes

    def overflow(self) -> None:
        self.overflows += 1

    def replaced(self) -> None:
        raise AssertionError

    def kinds(self) -> list[str]:
        return [messages.header_of(frames).msg_type for taken in self.writes for _, frames in taken]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self.told.clear()
                await self.told.wait()


def request(code: str) -> Frames:
    origin = Origin(SessionId(uuid4().hex), "tester")
    return messages.encode(messages.execute_request(code, origin, MsgId(uuid4().hex), datetime.now(UTC)))


def play(folder: Path, scenario: Callable[[Kernel], Coroutine[None, None, T]]) -> T:
    """Run on the server's loop, with a kernel that is open."""
    kernelspecs.install(folder)

    async def whole(server: Application) -> T:
        kernel = server.services.kernels.get(kernel_id)
        await kernel.ready()
        return await scenario(kernel)

    with running(folder, replace(Settings(), default_kernel="fake"), folder / "kernels") as server:
        kernel_id = KernelId(str(server.api("POST", "api/kernels").object()["id"]))
        return server.thread.call(whole, timeout_seconds=2 * LIMIT_SECONDS)


def test_what_a_request_brings_is_written_in_order(tmp_path: Path) -> None:
    async def scenario(kernel: Kernel) -> list[str]:
        wire, client = Wire(), KernelClientSocket(kernel, CHANNELS)
        client.connect(wire)
        client.send("shell", request("print hello"))
        await wire.until(lambda: "execute_reply" in wire.kinds() and wire.kinds().count("status") == 2)
        client.close()
        return [kind for kind in wire.kinds() if kind != "execute_reply"]

    assert play(tmp_path, scenario) == ["status", "execute_input", "stream", "status"]


def test_nothing_is_written_while_a_write_is_under_way(tmp_path: Path) -> None:
    async def scenario(kernel: Kernel) -> tuple[int, int]:
        wire, client, other = Wire(takes=False), KernelClientSocket(kernel, CHANNELS), Wire()
        client.connect(wire)
        watching = KernelClientSocket(kernel, CHANNELS)
        watching.connect(other)
        client.send("shell", request("print hello"))
        await other.until(lambda: other.kinds().count("status") == 2)
        before = len(wire.writes)
        client.on_drained(wire)
        client.close()
        watching.close()
        return before, wire.kinds().count("status")

    assert play(tmp_path, scenario) == (1, 2)  # one write while the first was under way, and nothing left out


def test_who_wants_replies_only_gets_no_more(tmp_path: Path) -> None:
    async def scenario(kernel: Kernel) -> list[str]:
        wire, client = Wire(), KernelClientSocket(kernel, REPLIES)
        client.connect(wire)
        client.send("shell", request("print hello"))
        client.send("shell", request("print again"))
        await wire.until(lambda: len(wire.kinds()) == 2)
        client.close()
        return wire.kinds()

    assert play(tmp_path, scenario) == ["execute_reply", "execute_reply"]


def test_who_has_left_hears_nothing(tmp_path: Path) -> None:
    async def scenario(kernel: Kernel) -> tuple[list[str], bool]:
        wire, client, other = Wire(), KernelClientSocket(kernel, CHANNELS), KernelClientSocket(kernel, CHANNELS)
        client.connect(wire)
        client.close()
        watched = Wire()
        other.connect(watched)
        other.send("shell", request("print hello"))
        await watched.until(lambda: watched.kinds().count("status") == 2)
        other.close()
        return wire.kinds(), client.closed

    assert play(tmp_path, scenario) == ([], True)
