"""A file that is watched as macOS does it hears of every write and every other file in its place; nothing stays open.

The system's part is `OpenFiles`: it compares real files. The class of macOS itself runs there only.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adrastea.documents import file_watch, folders
from adrastea.documents.file_watch import FileWatch
from adrastea.documents.folders import FolderId
from adrastea.documents.kqueue import Kqueue
from tests.documents.hearing import LIMIT_SECONDS, TimesHeard
from tests.documents.open_files import OpenFiles


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(file_watch, "_FIRST_RETRY_SECONDS", 0.0)
    monkeypatch.setattr(file_watch, "_MOST_RETRY_SECONDS", 0.0)


def with_watch(
    file: Path,
    main: Callable[[OpenFiles, TimesHeard], Coroutine[object, object, None]],
    make: Callable[[], OpenFiles] = OpenFiles,
) -> None:
    """Watch the file. It is told at the start, and twice for what happens then: also when it is found again."""

    async def run() -> None:
        files = make()
        with ThreadPoolExecutor(1) as pool:
            watch, heard = FileWatch(pool, lambda told: Kqueue(told, files)), TimesHeard()
            watch.add(file, heard)
            await main(files, heard)
            await watch.close()

    asyncio.run(run())


def test_a_file_that_is_written_is_told_and_again_when_it_is_written_again(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        (tmp_path / "a").write_text("1")
        files.look()
        await heard.until(3)
        (tmp_path / "a").write_text("2")
        files.look()
        await heard.until(5)

    (tmp_path / "a").touch()
    with_watch(tmp_path / "a", main)


def test_a_file_that_takes_its_name_is_told_and_then_when_that_is_written(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        (tmp_path / "new").touch()
        (tmp_path / "new").rename(tmp_path / "a")
        files.look()
        await heard.until(3)
        (tmp_path / "a").write_text("1")
        files.look()
        await heard.until(5)

    (tmp_path / "a").touch()
    with_watch(tmp_path / "a", main)


def test_a_file_that_goes_is_told_and_when_it_comes_again(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        (tmp_path / "a").unlink()
        files.look()
        await heard.until(3)
        (tmp_path / "a").touch()
        files.look()
        await heard.until(5)

    (tmp_path / "a").touch()
    with_watch(tmp_path / "a", main)


def test_what_is_written_into_its_neighbours_is_not_told(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        (tmp_path / "b").write_text("1")
        files.look()
        (tmp_path / "a").write_text("1")
        files.look()
        await heard.until(3)

    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    with_watch(tmp_path / "a", main)


def test_many_writes_of_one_moment_are_told_once(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        for number in range(20):
            (tmp_path / "a").write_text(str(number))
            (tmp_path / str(number)).touch()
            files.look()
        await heard.until(3)

    (tmp_path / "a").touch()
    with_watch(tmp_path / "a", main)


def test_a_folder_that_goes_is_told_and_looked_for_until_it_is_there(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        shutil.rmtree(tmp_path / "folder")
        files.look()
        await heard.until(2)
        (tmp_path / "folder").mkdir()
        await heard.until(3)
        (tmp_path / "folder" / "a").touch()
        files.look()
        await heard.until(5)

    (tmp_path / "folder").mkdir()
    with_watch(tmp_path / "folder" / "a", main)


def test_what_happens_before_anybody_knows_that_it_is_watched_is_told_all_the_same(tmp_path: Path) -> None:
    class Meanwhile(OpenFiles):
        def add(self, descriptor: int, folder: FolderId) -> None:
            super().add(descriptor, folder)
            if not (tmp_path / "a").exists():
                (tmp_path / "a").touch()
                self.look()

    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(3)
        (tmp_path / "a").write_text("1")
        files.look()
        await heard.until(5)

    with_watch(tmp_path / "a", main, Meanwhile)


def test_a_folder_that_is_not_there_is_refused_and_nothing_stays_open(tmp_path: Path) -> None:
    async def main() -> None:
        files = OpenFiles()
        system = Kqueue(lambda _, __: None, files)
        (tmp_path / "file").touch()
        with pytest.raises(FileNotFoundError):
            system.watch(tmp_path / "folder", "a")
        with pytest.raises(NotADirectoryError):
            system.watch(tmp_path / "file", "a")
        system.close()

    asyncio.run(main())


def test_of_a_file_that_is_forgotten_nothing_is_told(tmp_path: Path) -> None:
    async def main() -> None:
        files, told = OpenFiles(), list[tuple[FolderId | None, str | None]]()
        heard = asyncio.Event()

        def hear(folder: FolderId | None, name: str | None) -> None:
            told.append((folder, name))
            heard.set()

        system = Kqueue(hear, files)
        one, two = system.watch(tmp_path, "a"), system.watch(tmp_path, "b")
        system.forget(one)
        (tmp_path / "a").touch()
        files.look()
        async with asyncio.timeout(LIMIT_SECONDS):
            await heard.wait()
        system.close()
        assert set(told) == {(two, None)}

    asyncio.run(main())


def test_it_can_be_closed_while_something_waits_to_be_told(tmp_path: Path) -> None:
    async def main(files: OpenFiles, heard: TimesHeard) -> None:
        await heard.until(1)
        (tmp_path / "a").write_text("1")
        files.look()
        await asyncio.sleep(0)

    (tmp_path / "a").touch()
    with_watch(tmp_path / "a", main)
