"""What is written into a watched folder is told by its name, once for many writes, and nothing of other folders."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from adrastea.documents import folders
from adrastea.documents.inotify import Inotify, parsed
from tests.documents.hearing import NamesHeard


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_PAUSE_SECONDS", 0.0)


def with_inotify(main: Callable[[Inotify, NamesHeard], Coroutine[object, object, None]]) -> None:
    async def run() -> None:
        heard = NamesHeard()
        system = Inotify(heard.told)
        try:
            await main(system, heard)
        finally:
            system.close()

    asyncio.run(run())


def test_a_file_that_is_written_and_one_that_takes_its_name_are_told(tmp_path: Path) -> None:
    async def main(system: Inotify, heard: NamesHeard) -> None:
        folder = system.watch(tmp_path, "a")
        (tmp_path / "a").write_text("1")
        await heard.until((folder, "a"))
        (tmp_path / "b.tmp").touch()
        (tmp_path / "b.tmp").rename(tmp_path / "ä")
        await heard.until((folder, "a"), (folder, "b.tmp"), (folder, "ä"))

    with_inotify(main)


def test_many_writes_of_one_moment_are_told_once(tmp_path: Path) -> None:
    async def main(system: Inotify, heard: NamesHeard) -> None:
        folder = system.watch(tmp_path, "a")
        for number in range(20):
            (tmp_path / ("a" if number % 2 else "b")).write_text("1")
        await heard.until((folder, "b"), (folder, "a"))

    with_inotify(main)


def test_a_folder_that_goes_is_told_and_one_that_is_not_there_is_refused(tmp_path: Path) -> None:
    async def main(system: Inotify, heard: NamesHeard) -> None:
        with pytest.raises(FileNotFoundError):
            system.watch(tmp_path / "folder", "a")
        (tmp_path / "folder").mkdir()
        folder = system.watch(tmp_path / "folder", "a")
        (tmp_path / "folder").rmdir()
        await heard.until((folder, None))

    with_inotify(main)


def test_of_a_folder_that_is_forgotten_nothing_is_told(tmp_path: Path) -> None:
    async def main(system: Inotify, heard: NamesHeard) -> None:
        (tmp_path / "one").mkdir()
        (tmp_path / "two").mkdir()
        one, two = system.watch(tmp_path / "one", "a"), system.watch(tmp_path / "two", "a")
        system.forget(one)
        (tmp_path / "one" / "a").touch()
        (tmp_path / "two" / "a").touch()
        await heard.until((one, None), (two, "a"))

    with_inotify(main)


def test_it_can_be_closed_while_something_waits_to_be_told(tmp_path: Path) -> None:
    async def main(system: Inotify, _: NamesHeard) -> None:
        system.watch(tmp_path, "a")
        (tmp_path / "a").touch()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    with_inotify(main)


def test_when_too_much_has_happened_nobody_knows_what() -> None:
    overflow = struct.pack("iIII", -1, 0x4000, 0, 0)

    assert list(parsed(overflow)) == [(None, None)]
