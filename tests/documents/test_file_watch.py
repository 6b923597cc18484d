"""Files whose folders the system watches: who hears of what, and what becomes of folders that go or are refused."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adrastea.documents import file_watch
from adrastea.documents.file_watch import FileWatch
from adrastea.documents.folders import FolderId, Told
from tests.documents.hearing import TimesHeard


class Machine:
    """A system that tells what the test says. Folders have the numbers of their names."""

    def __init__(self) -> None:
        self.told: Told = lambda _, __: None
        self.watched: list[str] = []
        self.forgotten: list[FolderId] = []
        self.closed = 0
        self.refuses: OSError | None = None

    def __call__(self, told: Told) -> Machine:
        self.told = told
        return self

    def watch(self, folder: Path, name: str) -> FolderId:
        if self.refuses is not None:
            raise self.refuses
        self.watched.append(folder.name)
        return FolderId(int(folder.name))

    def forget(self, folder: FolderId) -> None:
        self.forgotten.append(folder)

    def close(self) -> None:
        self.closed += 1


def with_watch(main: Callable[[FileWatch, Machine], Coroutine[object, object, None]]) -> Machine:
    machine = Machine()

    async def run() -> None:
        with ThreadPoolExecutor(1) as pool:
            watch = FileWatch(pool, machine)
            await main(watch, machine)
            await watch.close()

    asyncio.run(run())
    return machine


def test_a_file_hears_of_itself_and_not_of_its_neighbours(tmp_path: Path) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        one, two, other = TimesHeard(), TimesHeard(), TimesHeard()
        watch.add(tmp_path / "1" / "a", one)
        watch.add(tmp_path / "1" / "b", two)
        watch.add(tmp_path / "2" / "a", other)
        for heard in (one, two, other):
            await heard.until(1)  # it may have been written before anybody told

        machine.told(FolderId(1), "a")
        machine.told(FolderId(1), "c")

        assert (one.times, two.times, other.times) == (2, 1, 1)

    machine = with_watch(main)
    assert machine.closed == 1


def test_when_nobody_knows_what_has_happened_all_files_are_told(tmp_path: Path) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        one, two = TimesHeard(), TimesHeard()
        watch.add(tmp_path / "1" / "a", one)
        watch.add(tmp_path / "2" / "a", two)
        await one.until(1)
        await two.until(1)
        machine.told(None, None)
        assert (one.times, two.times) == (2, 2)

    with_watch(main)


def test_a_link_is_watched_where_its_file_lies(tmp_path: Path) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        (tmp_path / "2").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "2" / "b")
        heard = TimesHeard()
        watch.add(tmp_path / "link", heard)
        await heard.until(1)
        machine.told(FolderId(2), "b")
        await heard.until(2)

    with_watch(main)


def test_a_folder_is_let_go_of_with_its_last_file(tmp_path: Path) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        one, two = TimesHeard(), TimesHeard()
        watch.add(tmp_path / "1" / "a", one)
        watch.add(tmp_path / "1" / "b", two)
        await one.until(1)
        await two.until(1)
        watch.remove(tmp_path / "1" / "a")
        assert machine.forgotten == []
        watch.remove(tmp_path / "1" / "b")
        assert machine.forgotten == [FolderId(1)]

    with_watch(main)


def test_a_file_that_is_removed_while_its_folder_is_looked_for_is_let_go_of(tmp_path: Path) -> None:
    async def main(watch: FileWatch, _: Machine) -> None:
        watch.add(tmp_path / "1" / "a", TimesHeard())
        await asyncio.sleep(0)
        watch.remove(tmp_path / "1" / "a")

    assert with_watch(main).forgotten == [FolderId(1)]


def test_a_folder_that_has_gone_is_looked_for_until_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        heard = TimesHeard()
        watch.add(tmp_path / "1" / "a", heard)
        await heard.until(1)
        machine.refuses = FileNotFoundError(errno.ENOENT, "gone")
        machine.told(FolderId(1), None)
        await heard.until(2)
        await asyncio.get_running_loop().run_in_executor(None, int)
        machine.refuses = None
        await heard.until(3)
        machine.told(FolderId(1), "a")
        await heard.until(4)
        assert machine.forgotten == [FolderId(1)]

    monkeypatch.setattr(file_watch, "_FIRST_RETRY_SECONDS", 0.0)
    monkeypatch.setattr(file_watch, "_MOST_RETRY_SECONDS", 0.0)
    with_watch(main)


def test_a_folder_that_cannot_be_watched_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def main(watch: FileWatch, machine: Machine) -> None:
        machine.refuses = OSError(errno.ENOSPC, "no watches left")
        watch.add(tmp_path / "1" / "a", TimesHeard())

    machine = with_watch(main)
    assert machine.watched == []
    assert [record.getMessage() for record in caplog.records if record.name == file_watch.__name__] == [
        "Changes of a by other programs are seen when its window is: [Errno 28] no watches left"
    ]


def test_where_the_system_tells_nothing_nothing_is_asked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_: Told) -> Machine:
        raise OSError(errno.EMFILE, "too many")

    async def main() -> None:
        with ThreadPoolExecutor(1) as pool:
            for make in (None, refuse):
                watch = FileWatch(pool, make)
                watch.add(tmp_path / "a", TimesHeard())
                watch.add(tmp_path / "b", TimesHeard())
                await watch.close()

    asyncio.run(main())
    assert len([record for record in caplog.records if record.name == file_watch.__name__]) == 1
