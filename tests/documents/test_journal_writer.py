"""From the document to its journal: at once, joined, bounded, and whole again after a disk that refused."""

from __future__ import annotations

import asyncio
import errno
import shutil
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import pytest

from adrastea.documents import edits as editing
from adrastea.documents import journal_writer, recovery, store
from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, SetOutputs, SetSource
from adrastea.documents.journal import Journal, Journals
from adrastea.documents.journal_records import Edits, Record
from adrastea.documents.journal_writer import JournalWriter
from adrastea.documents.notebook import Cell, CellId, Notebook, Stream
from adrastea.documents.store import Fingerprint
from tests.documents.claiming import claim

T = TypeVar("T")
A, B = CellId("a"), CellId("b")
BASE, NEXT = Fingerprint("base"), Fingerprint("next")
EMPTY = Notebook((Cell(A, "code"), Cell(B, "code")))


class Pool(ThreadPoolExecutor):
    """One thread; says when it has done something."""

    def __init__(self) -> None:
        super().__init__(1)
        self.has_worked = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401 -- its signature
        done = super().submit(work, *args, **kwargs)
        done.add_done_callback(lambda _: self._loop.call_soon_threadsafe(self.has_worked.set))
        return done


class Desk:
    """A notebook, its journal and the writer between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder.with_name("n.ipynb")
        self.notebook = EMPTY
        self.pool = Pool()
        self.syncs = ThreadPoolExecutor(1)
        self.journals = Journals([folder])
        journal = Journal(self.journals, self.file, BASE)
        self.writer = JournalWriter(journal, self.pool, self.syncs, lambda: self.notebook)

    def edit(self, *edits: Edit) -> None:
        self.notebook = reduce(editing.apply, edits, self.notebook)
        self.writer.add(edits)

    def left(self) -> tuple[tuple[Record, ...], ...]:
        """What the next run would find if this one were killed now."""
        copy = self.folder.with_name("after the crash")
        shutil.rmtree(copy, ignore_errors=True)
        if self.folder.is_dir():
            shutil.copytree(self.folder, copy)
        after = Journals([copy])
        found = claim(after, self.file).journals
        after.close()
        return found

    def edits(self) -> list[Edit]:
        """The edits of that."""
        return [
            edit for records in self.left() for record in records if isinstance(record, Edits) for edit in record.edits
        ]

    def recovered(self, on_disk: Fingerprint = BASE, notebook: Notebook = EMPTY) -> Notebook:
        """The notebook as the next run would show it."""
        found = recovery.recover(self.left(), on_disk, notebook)
        return notebook if found is None else found.notebook


@pytest.fixture
def desk_run(tmp_path: Path) -> Callable[[Callable[[Desk], Coroutine[object, object, None]]], None]:
    def run(main: Callable[[Desk], Coroutine[object, object, None]]) -> None:
        async def at_desk() -> None:
            desk = Desk(tmp_path / "journals")
            try:
                await main(desk)
            finally:
                await desk.writer.close()
                desk.syncs.shutdown()
                desk.pool.shutdown()
                desk.journals.close()

        asyncio.run(at_desk())

    return run


Run = Callable[[Callable[[Desk], Coroutine[object, object, None]]], None]


def printed(text: str, cell: CellId = A) -> Edit:
    return AppendOutput(cell, Stream("stdout", text))


def test_what_was_awaited_is_in_the_journal(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(SetSource(A, "1"))
        await desk.writer.written()
        assert desk.edits() == [SetSource(A, "1")]

        desk.edit(SetSource(A, "2"))
        desk.edit(SetSource(B, "3"))
        await desk.writer.written()
        assert desk.recovered() == desk.notebook

    desk_run(main)


def test_nobody_waits_for_nothing(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        await desk.writer.written()
        assert desk.left() == ()

    desk_run(main)


def test_it_is_written_without_being_asked_for(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(SetSource(A, "1"))
        await desk.pool.has_worked.wait()
        assert desk.edits() == [SetSource(A, "1")]

    desk_run(main)


def test_what_comes_together_is_joined(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(*(printed(f"{number}\n") for number in range(100)))
        await desk.writer.written()

        assert desk.edits() == [printed("".join(f"{number}\n" for number in range(100)))]

    desk_run(main)


def test_of_a_flood_what_the_cell_shows_is_written(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        for _ in range(50):
            desk.edit(printed("x" * 100_000 + "\n"))
        desk.edit(SetSource(B, "meanwhile"))
        await desk.writer.written()

        assert desk.recovered() == desk.notebook
        assert [type(edit) for edit in desk.edits()] == [SetSource, SetOutputs]

    desk_run(main)


def test_after_a_flood_outputs_are_written_as_they_come(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(printed("x" * 2_000_000))
        desk.edit(printed("not written by itself"))
        await desk.writer.written()
        desk.edit(ClearOutputs(A), printed("y"))
        await desk.writer.written()

        assert desk.recovered() == desk.notebook
        assert desk.edits()[1:] == [ClearOutputs(A), printed("y")]

    desk_run(main)


def test_what_is_printed_in_many_writes_is_a_flood_too(desk_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(desk: Desk) -> None:
        monkeypatch.setattr(journal_writer, "_PAUSE_SECONDS", 3600.0)  # however slow the disk is here
        for _ in range(11):
            desk.edit(printed("x" * 100_000 + "\n"))
            await desk.writer.may_be_shown()

        assert desk.recovered() == desk.notebook
        assert SetOutputs in {type(edit) for edit in desk.edits()}

    desk_run(main)


def test_in_a_flood_who_only_looks_waits_and_who_edits_does_not(desk_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(printed("x" * 2_000_000))
        await desk.writer.written()
        desk.edit(printed("y"))
        looks = asyncio.create_task(desk.writer.may_be_shown())
        await asyncio.sleep(0)

        assert printed("y") not in desk.edits()

        await desk.writer.written()
        assert printed("y") in desk.edits()
        await looks

    monkeypatch.setattr(journal_writer, "_FLOOD_SECONDS", 3600.0)
    desk_run(main)


def test_who_only_looks_does_not_wait_for_a_disk_that_hangs(desk_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(desk: Desk) -> None:
        goes_on = threading.Event()
        desk.pool.submit(goes_on.wait)
        desk.edit(printed("x"))
        await desk.writer.may_be_shown()
        assert desk.edits() == []

        goes_on.set()
        await desk.writer.written()
        assert desk.edits() == [printed("x")]

    monkeypatch.setattr(journal_writer, "_SHOW_SECONDS", 0.0)
    desk_run(main)


def test_no_write_waits_for_a_sync(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        goes_on = threading.Event()
        desk.syncs.submit(goes_on.wait)
        desk.edit(SetSource(A, "1"))
        await desk.writer.written()
        desk.edit(SetSource(A, "2"))
        await desk.writer.written()

        assert desk.recovered() == desk.notebook
        goes_on.set()

    desk_run(main)


def test_a_sync_that_fails_begins_a_new_journal(desk_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(SetSource(A, "1"))
        await desk.writer.written()
        await asyncio.sleep(0)
        await asyncio.get_running_loop().run_in_executor(desk.syncs, int)  # behind the sync
        monkeypatch.undo()
        desk.edit(SetSource(B, "2"))
        await desk.writer.written()

        assert len(desk.left()) == 2
        assert desk.recovered() == desk.notebook

    def refuse(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(store, "sync", refuse)
    monkeypatch.setattr(journal_writer, "_SYNC_SECONDS", 0.0)
    desk_run(main)


def test_a_save_leaves_what_came_while_it_ran(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(printed("a"))
        mark, saved = desk.writer.mark(), desk.notebook
        await desk.writer.written()
        desk.edit(printed("b"))
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, desk.writer.about_to_save, mark, NEXT)
        await desk.writer.written()

        assert desk.recovered(BASE, EMPTY) == desk.notebook  # killed before the file got its name
        assert desk.recovered(NEXT, saved) == desk.notebook  # killed after it
        desk.writer.saved(mark, NEXT)
        desk.edit(printed("c"))
        await desk.writer.written()
        assert desk.recovered(NEXT, saved) == desk.notebook

    desk_run(main)


def test_a_save_of_everything_leaves_nothing(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(printed("a"))
        mark = desk.writer.mark()
        await desk.writer.written()
        desk.writer.saved(mark, NEXT)
        await asyncio.get_running_loop().run_in_executor(desk.pool, int)

        assert desk.left() == ()

    desk_run(main)


def test_a_version_that_was_taken_over_leaves_nothing(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(printed("a"))
        await desk.writer.written()
        desk.edit(printed("b"))
        desk.writer.forget(NEXT)
        desk.notebook = EMPTY
        await desk.writer.written()
        await asyncio.get_running_loop().run_in_executor(desk.pool, int)  # behind what is to be removed
        assert desk.left() == ()

        desk.edit(SetSource(A, "after"))
        await desk.writer.written()
        assert desk.recovered(NEXT) == desk.notebook

    desk_run(main)


def test_after_a_disk_that_refused_the_whole_notebook_is_written(
    desk_run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def main(desk: Desk) -> None:
        desk.folder.write_bytes(b"no folder")
        desk.edit(SetSource(A, "lost to the journal"))
        await desk.writer.written()
        was_broken = desk.writer.is_broken
        desk.folder.unlink()
        desk.edit(SetSource(B, "taken"))
        await desk.writer.written()

        assert (was_broken, desk.writer.is_broken) == (True, False)
        assert desk.recovered() == desk.notebook

    desk_run(main)
    assert "the journal is not written" in caplog.text


def test_after_a_disk_that_refused_it_is_tried_again_without_another_edit(
    desk_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adrastea.documents.journal_writer._RETRY_SECONDS", 0.01)

    async def main(desk: Desk) -> None:
        desk.folder.write_bytes(b"no folder")
        desk.edit(SetSource(A, "lost to the journal"))
        await desk.writer.written()
        desk.folder.unlink()
        async with asyncio.timeout(20.0):
            while desk.writer.is_broken:
                desk.pool.has_worked.clear()
                await desk.pool.has_worked.wait()
                await asyncio.sleep(0)

        assert desk.recovered() == desk.notebook

    desk_run(main)


def test_a_save_that_was_asked_for_while_the_disk_refused_hides_nothing(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.folder.write_bytes(b"no folder")
        desk.edit(SetSource(A, "1"))
        await desk.writer.written()
        desk.folder.unlink()
        mark, saved = desk.writer.mark(), desk.notebook
        desk.edit(SetSource(B, "after the save was asked for"))
        await desk.writer.written()
        await asyncio.get_running_loop().run_in_executor(None, desk.writer.about_to_save, mark, NEXT)

        assert desk.recovered(NEXT, saved) == desk.notebook

    desk_run(main)


def test_what_is_not_written_yet_is_written_at_the_end(desk_run: Run) -> None:
    async def main(desk: Desk) -> None:
        desk.edit(SetSource(A, "1"))
        await desk.writer.close()
        assert desk.recovered() == desk.notebook

    desk_run(main)
