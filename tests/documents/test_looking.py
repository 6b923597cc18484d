"""Files that are looked at: what has another stamp is told once, and nobody looks while there is nothing to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from adrastea.documents import looking
from adrastea.documents.looking import Looking
from tests.documents.hearing import NamesHeard


def with_looking(main: Callable[[Looking, NamesHeard], Coroutine[object, object, None]]) -> None:
    async def run() -> None:
        heard = NamesHeard()
        system = Looking(heard.told)
        await main(system, heard)
        system.close()

    asyncio.run(run())


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SECONDS", 0.0)


def test_a_file_that_comes_is_written_replaced_and_goes_is_told_each_time(tmp_path: Path, at_once: None) -> None:
    async def main(system: Looking, heard: NamesHeard) -> None:
        one = system.watch(tmp_path, "a")
        (tmp_path / "a").touch()
        await heard.until((one, "a"))
        (tmp_path / "a").write_text("1")
        await heard.until(*[(one, "a")] * 2)
        (tmp_path / "b").write_text("2")
        (tmp_path / "b").rename(tmp_path / "a")
        await heard.until(*[(one, "a")] * 3)
        (tmp_path / "a").unlink()
        await heard.until(*[(one, "a")] * 4)

    with_looking(main)


def test_a_folder_may_go_and_come(tmp_path: Path, at_once: None) -> None:
    async def main(system: Looking, heard: NamesHeard) -> None:
        one = system.watch(tmp_path / "folder", "a")
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "a").touch()
        await heard.until((one, "a"))

    with_looking(main)


def test_of_a_file_that_is_forgotten_nothing_is_told(tmp_path: Path, at_once: None) -> None:
    async def main(system: Looking, heard: NamesHeard) -> None:
        one, two = system.watch(tmp_path, "a"), system.watch(tmp_path, "b")
        await asyncio.sleep(0)
        system.forget(one)
        (tmp_path / "a").touch()
        (tmp_path / "b").touch()
        await heard.until((two, "b"))

    with_looking(main)


def test_the_next_look_waits_for_the_last_and_nobody_looks_at_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main(system: Looking, heard: NamesHeard) -> None:
        loop, looks = asyncio.get_running_loop(), list[Callable[[], None]]()

        def later(seconds: float, look: Callable[[], None]) -> asyncio.TimerHandle:
            looks.append(look)
            return asyncio.TimerHandle(seconds, look, (), loop)

        with monkeypatch.context() as patch:
            patch.setattr(loop, "call_later", later)
            one = system.watch(tmp_path, "a")
            await asyncio.sleep(0)
            assert len(looks) == 1

            (tmp_path / "a").touch()
            looks[0]()
            two = system.watch(tmp_path, "b")
            await asyncio.sleep(0)
            assert len(looks) == 1
            await heard.until((one, "a"))
            assert len(looks) == 2

            system.forget(one)
            system.forget(two)
            system.watch(tmp_path, "c")
            await asyncio.sleep(0)
            assert len(looks) == 3

    with_looking(main)
