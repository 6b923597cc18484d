"""Turns: one after the other, whatever becomes of each, and what nobody waits for is not lost."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adrastea.documents.turns import Turns
from adrastea.errors import StorageFailed


def test_each_begins_when_the_one_before_has_ended() -> None:
    async def main() -> None:
        turns, heard, go = Turns(), list[str](), asyncio.Event()

        async def first() -> None:
            heard.append("first begins")
            await go.wait()
            heard.append("first ends")

        async def second() -> None:
            heard.append("second")

        turns.take(first)
        turns.take(second)
        await asyncio.sleep(0)
        go.set()
        await turns.over()
        assert heard == ["first begins", "first ends", "second"]

    asyncio.run(main())


def test_one_that_fails_does_not_hold_up_the_next(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        turns, heard = Turns(), list[str]()

        async def refused() -> None:
            raise StorageFailed("The disk is full.")

        async def broken() -> None:
            raise RuntimeError("a mistake of ours")

        async def third() -> None:
            heard.append("third")

        refusal = turns.take(refused)
        turns.take(broken)
        await turns.take(third)
        assert heard == ["third"]
        assert isinstance(refusal.exception(), StorageFailed)

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())
    assert "a mistake of ours" in caplog.text
    assert "The disk is full" not in caplog.text


def test_nothing_to_wait_for_is_over() -> None:
    asyncio.run(Turns().over())
