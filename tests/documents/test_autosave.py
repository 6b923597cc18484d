"""A notebook is saved by itself after a time of quiet, and all the while where quiet never comes."""

from __future__ import annotations

import asyncio

from adrastea.documents.autosave import Autosave
from tests.documents.clock import run


class Saves:
    """When the saves were due, in seconds since the start."""

    def __init__(self, quiet_seconds: float = 1.0) -> None:
        self.at: list[float] = []
        self.autosave = Autosave(quiet_seconds, self._save)

    def _save(self) -> None:
        self.at.append(round(asyncio.get_running_loop().time(), 3))

    async def change_at(self, *seconds: float) -> None:
        loop = asyncio.get_running_loop()
        for second in seconds:
            await asyncio.sleep(second - loop.time())
            self.autosave.changed()


def saves_after(*changes: float, until: float = 100.0) -> list[float]:
    async def main() -> list[float]:
        saves = Saves()
        await saves.change_at(*changes)
        await asyncio.sleep(until - asyncio.get_running_loop().time())
        return saves.at

    return run(main())


def test_a_change_is_saved_after_a_second_of_quiet() -> None:
    assert saves_after(3.0) == [4.0]


def test_another_change_begins_the_quiet_anew() -> None:
    assert saves_after(3.0, 3.5, 4.2) == [5.2]


def test_changes_far_apart_are_saved_each() -> None:
    assert saves_after(3.0, 8.0) == [4.0, 9.0]


def test_what_never_comes_to_rest_is_saved_all_the_while() -> None:
    assert saves_after(*(tenth / 10 for tenth in range(250)))[:2] == [10.0, 20.0]


def test_without_a_change_nothing_is_saved() -> None:
    assert saves_after() == []


def test_a_save_that_failed_is_tried_again_by_and_by() -> None:
    async def main() -> list[float]:
        saves = Saves()
        saves.autosave.retry()
        saves.autosave.retry()
        await asyncio.sleep(100)
        return saves.at

    assert run(main()) == [2.0]


def test_one_that_fails_again_and_again_is_tried_less_often_until_one_succeeds() -> None:
    async def main() -> list[float]:
        saves = Saves()
        for _ in range(6):
            saves.autosave.retry()
            await asyncio.sleep(100)
        saves.autosave.saved()
        saves.autosave.retry()
        await asyncio.sleep(100)
        return [at % 100 for at in saves.at]

    assert run(main()) == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 2.0]


def test_a_change_after_a_save_that_failed_is_saved_without_waiting_for_the_next_try() -> None:
    async def main() -> list[float]:
        saves = Saves()
        saves.autosave.retry()
        await saves.change_at(0.5)
        saves.autosave.retry()
        await asyncio.sleep(100)
        return saves.at

    assert run(main()) == [1.5]


def test_stopping_forgets_what_was_to_be_saved() -> None:
    async def main() -> list[float]:
        saves = Saves()
        await saves.change_at(1.0)
        saves.autosave.stop()
        saves.autosave.stop()
        await asyncio.sleep(100)
        return saves.at

    assert run(main()) == []


def test_after_a_stop_a_change_is_saved_again() -> None:
    async def main() -> list[float]:
        saves = Saves(0.5)
        await saves.change_at(1.0)
        saves.autosave.stop()
        await saves.change_at(2.0)
        await asyncio.sleep(100)
        return saves.at

    assert run(main()) == [2.5]
