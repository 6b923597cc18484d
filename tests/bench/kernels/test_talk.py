"""A client of one kernel, with a kernel that speaks the real protocol behind a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from adrastea.settings import Settings
from bench.comparison import rest
from bench.kernels.talk import Talk, Wrong, talking
from tests.fakes import kernelspecs
from tests.server.running import TOKEN, running

pytestmark = pytest.mark.slow

T = TypeVar("T")


def play(folder: Path, scenario: Callable[[Talk], Coroutine[None, None, T]]) -> T:
    """A conversation with the fake kernel."""
    kernelspecs.install(folder)

    async def whole(where: rest.Address) -> T:
        kernel = await rest.ask(where, "POST", "api/kernels", {"name": "fake"})
        async with talking(where, str(kernel["id"])) as talk:
            return await scenario(talk)

    with running(folder, replace(Settings(), default_kernel="fake"), folder / "kernels") as server:
        return asyncio.run(whole(rest.Address(server.port, TOKEN)))


def test_what_code_prints_is_heard_with_its_states_and_its_reply(tmp_path: Path) -> None:
    async def scenario(talk: Talk) -> tuple[object, list[str], str, int]:
        msg_id, reply = await talk.ran("print hello")
        return reply.content["status"], talk.states(msg_id), talk.text(), talk.printed

    status, states, text, printed = play(tmp_path, scenario)

    assert status == "ok"
    assert states == ["busy", "idle"]
    assert text.strip() == "hello"
    assert printed == len("hello")


def test_what_does_not_come_in_time_is_named(tmp_path: Path) -> None:
    async def scenario(talk: Talk) -> None:
        await talk.until("a miracle", lambda: False, limit_seconds=0.05)

    with pytest.raises(Wrong, match="a miracle has not come"):
        play(tmp_path, scenario)


def test_a_kernel_that_was_shut_down_is_not_in_the_list_any_more(tmp_path: Path) -> None:
    async def scenario(talk: Talk) -> tuple[bool, bool]:
        before = talk.kernel_id in await talk.ask_all()
        await talk.ask("DELETE")
        return before, talk.kernel_id in await talk.ask_all()

    assert play(tmp_path, scenario) == (True, False)
