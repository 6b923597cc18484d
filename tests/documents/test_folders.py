"""A descriptor that is readable is read once for all that comes in a moment, and not at all when nobody wants it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine

import pytest

from adrastea.documents import folders
from adrastea.documents.folders import Gathered

LIMIT_SECONDS = 20.0


class Reader:
    """What was read of a pipe, piece by piece."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.pieces: list[bytes] = []
        self._news = asyncio.Event()

    def __call__(self) -> None:
        self.pieces.append(os.read(self.read_end, 100))
        self._news.set()

    async def until(self, *pieces: bytes) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while self.pieces != list(pieces):
                self._news.clear()
                await self._news.wait()


def with_reader(main: Callable[[Reader, Gathered], Coroutine[object, object, None]]) -> Reader:
    async def run() -> Reader:
        reader = Reader()
        gathered = Gathered(reader.read_end, reader)
        try:
            await main(reader, gathered)
        finally:
            gathered.close()
            os.close(reader.read_end)
            os.close(reader.write_end)
        return reader

    return asyncio.run(run())


def test_what_comes_while_it_pauses_is_read_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(reader: Reader, _: Gathered) -> None:
        loop = asyncio.get_running_loop()
        paused: asyncio.Future[Callable[[], None]] = loop.create_future()

        def later(_: float, over: Callable[[], None]) -> None:
            paused.set_result(over)

        with monkeypatch.context() as patch:
            patch.setattr(loop, "call_later", later)
            os.write(reader.write_end, b"a")
            async with asyncio.timeout(LIMIT_SECONDS):
                over = await paused
        os.write(reader.write_end, b"b")
        over()
        await reader.until(b"ab")

    with_reader(main)


def test_it_is_read_again_after_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(reader: Reader, _: Gathered) -> None:
        os.write(reader.write_end, b"a")
        await reader.until(b"a")
        os.write(reader.write_end, b"b")
        await reader.until(b"a", b"b")

    monkeypatch.setattr(folders, "_PAUSE_SECONDS", 0.0)
    with_reader(main)


def test_closed_it_reads_no_more() -> None:
    async def main(reader: Reader, gathered: Gathered) -> None:
        gathered.close()
        os.write(reader.write_end, b"a")
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    assert with_reader(main).pieces == []
