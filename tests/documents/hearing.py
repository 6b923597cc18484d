"""What a test hears of watched files, and a wait until it has heard just what it expects."""

from __future__ import annotations

import asyncio
from typing import Final

from adrastea.documents.folders import FolderId

LIMIT_SECONDS: Final = 20.0


class NamesHeard:
    """Which names of which folders were told by a system."""

    def __init__(self) -> None:
        self.all: list[tuple[FolderId | None, str | None]] = []
        self._news = asyncio.Event()

    def told(self, folder: FolderId | None, name: str | None) -> None:
        """As `Told` has it."""
        self.all.append((folder, name))
        self._news.set()

    async def until(self, *expected: tuple[FolderId | None, str | None]) -> None:
        """Wait until just these were told."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while self.all != list(expected):
                self._news.clear()
                await self._news.wait()


class TimesHeard:
    """How often a file was told to have changed."""

    def __init__(self) -> None:
        self.times = 0
        self._news = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self._news.set()

    async def until(self, times: int) -> None:
        """Wait until it was told so often."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while self.times != times:
                self._news.clear()
                await self._news.wait()
