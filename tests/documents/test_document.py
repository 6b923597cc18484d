"""An open notebook tells its listeners everything in order, saves itself, and notices other writers (D1, D2, S3)."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import threading
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

import pytest

from adrastea.documents import ipynb, store
from adrastea.documents.document import Document, Documents
from adrastea.documents.edits import DeleteCell, Edit, InsertCell, ReplaceNotebook, SetSource
from adrastea.documents.journal import Journals
from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.documents.spool import Spool
from adrastea.documents.status import Restored, Status
from adrastea.errors import ChangedOnDisk, Forbidden, InvalidNotebook, NotFound, StorageFailed
from tests.documents.bad_disks import full_disk

A = CellId("a")
LIMIT_SECONDS = 20.0  # nothing is decided by it: only a test that fails waits so long
SOON = 0.01
NEVER = 3600.0


class View:
    """A listener that remembers."""

    def __init__(self, document: Document) -> None:
        self.edits: list[Edit] = []
        self.origins: list[object | None] = []
        self.states: list[str] = []
        self.paths: list[str] = []
        self.restored: list[Restored | None] = []
        self._restored = document.status.restored
        self._news = asyncio.Event()
        self.leave = document.subscribe(self)

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        self.edits.extend(edits)
        self.origins.append(origin)

    def on_status(self, status: Status) -> None:
        if status.restored is not self._restored:
            self._restored = status.restored
            self.restored.append(status.restored)
        else:
            self.states.append(status.state)
        self._news.set()

    def on_renamed(self, path: str) -> None:
        self.paths.append(path)

    def shown(self) -> list[str | None]:
        """Which versions were told to be shown; None when the user has chosen."""
        return [None if restored is None else restored.shown for restored in self.restored]

    async def until(self, *states: str) -> None:
        """Wait until these are the states that were told."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while tuple(self.states) != states:
                self._news.clear()
                await self._news.wait()


def with_documents(
    root: Path,
    main: Callable[[Documents], Coroutine[object, object, None]],
    autosave_seconds: float = NEVER,
    journals: Path | None = None,
) -> None:
    async def run() -> None:
        documents = Documents(
            root, Journals([journals or root / ".journals"]), Spool(root / ".spool", 10**9), autosave_seconds
        )
        try:
            await main(documents)
        finally:
            await documents.close_all()

    asyncio.run(run())


def with_document(
    file: Path, main: Callable[[Document, View], Coroutine[object, object, None]], autosave_seconds: float = NEVER
) -> None:
    async def run(documents: Documents) -> None:
        document = await documents.open(file.name)
        await main(document, View(document))

    with_documents(file.parent, run, autosave_seconds)


def source_in(file: Path) -> str:
    return ipynb.decode(file.read_bytes())[0].cells[0].source


def identity(file: Path) -> tuple[int, int]:
    return file.stat().st_ino, file.stat().st_mtime_ns


def read(file: Path) -> bytes:
    return file.read_bytes()


def write_bytes(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def remove(file: Path) -> None:
    file.unlink()


def rename(file: Path, target: Path) -> None:
    file.rename(target)


def write(file: Path, source: str) -> None:
    file.write_bytes(ipynb.encode(Notebook((Cell(A, "code", source),)), ipynb.Formatting()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    write(path, "old")
    return path


def test_listeners_are_told_at_once_in_order_and_who_asked(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "1"), SetSource(A, "2")], origin=view)
        document.apply([SetSource(A, "3")])

        assert view.edits == [SetSource(A, "1"), SetSource(A, "2"), SetSource(A, "3")]
        assert view.origins == [view, None]
        assert (document.notebook.cells[0].source, document.version) == ("3", 2)

    with_document(file, main)


def test_edits_that_change_nothing_are_not_told(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([DeleteCell(CellId("gone"))])
        document.apply([])

        assert (view.edits, view.states, document.version) == ([], [], 0)
        assert not document.is_unsaved

    with_document(file, main)


def test_one_who_has_left_is_told_no_more(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        view.leave()
        document.apply([SetSource(A, "1")])

        assert view.edits == []

    with_document(file, main)


def test_a_change_saves_itself(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        assert document.status == Status("saved", "", None, writable=True)
        document.apply([SetSource(A, "1")])
        await view.until("unsaved", "saving", "saved")

        assert source_in(file) == "1"
        assert document.status.at is not None

    with_document(file, main, SOON)


def test_a_save_holds_every_edit_made_before_it_was_asked_for(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        saves: list[asyncio.Task[None]] = []
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                document.apply([SetSource(A, str(number))])
                saves.append(group.create_task(check(document, number)))
                if number % 3 == 0:
                    await asyncio.sleep(0)

        assert source_in(file) == "19"

    async def check(document: Document, number: int) -> None:
        await document.save()
        assert int(source_in(file)) >= number

    with_document(file, main)


def test_edits_made_while_a_save_runs_leave_the_document_unsaved(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "1")])
        saving = asyncio.get_running_loop().create_task(document.save())
        await view.until("unsaved", "saving")
        document.apply([SetSource(A, "2")])
        await saving

        assert source_in(file) == "1"
        assert (document.status.state, document.is_unsaved) == ("unsaved", True)
        await document.save()
        assert source_in(file) == "2"

    with_document(file, main)


def test_saving_what_is_there_already_writes_nothing(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        before = identity(file)
        document.apply([SetSource(A, "x"), SetSource(A, "old")])
        await document.save()

        assert identity(file) == before
        assert view.states == ["unsaved", "saving", "saved"]

    with_document(file, main)


def test_a_save_that_fails_says_so_and_keeps_the_edits() -> None:
    with full_disk() as folder:
        file = folder / "a.ipynb"
        write(file, "old")

        async def main(document: Document, view: View) -> None:
            document.apply([SetSource(A, "x" * 1_000_000)])
            with pytest.raises(StorageFailed, match="the disk is full"):
                await document.save()
            assert (document.status.state, source_in(file)) == ("failed", "old")
            assert document.status.message.startswith("a.ipynb is not saved: the disk is full.")

            document.apply([SetSource(A, "small")])
            assert document.status.state == "failed"
            await document.save()
            assert source_in(file) == "small"
            assert view.states == ["unsaved", "saving", "failed", "saving", "saved"]
            assert document.status.message == ""

        with_document(file, main)


def test_a_save_by_itself_that_failed_is_tried_again_with_the_next_change() -> None:
    with full_disk() as folder:
        file = folder / "a.ipynb"
        write(file, "old")

        async def main(document: Document, view: View) -> None:
            document.apply([SetSource(A, "x" * 1_000_000)])
            await view.until("unsaved", "saving", "failed")
            document.apply([SetSource(A, "small")])
            await view.until("unsaved", "saving", "failed", "saving", "saved")

            assert source_in(file) == "small"

        with_document(file, main, SOON)


def test_an_error_that_nobody_foresaw_is_no_silent_loss(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def main(document: Document, view: View) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(store, "replace", None)
            document.apply([SetSource(A, "1")])
            await view.until("unsaved", "saving", "failed")
        assert "something went wrong" in document.status.message
        await document.save()
        assert source_in(file) == "1"

    with caplog.at_level(logging.ERROR):
        with_document(file, main, SOON)
    assert "the disk's work failed" in caplog.text


def test_a_change_from_outside_is_noticed_by_a_save_and_not_overwritten(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(file, "theirs")
        with pytest.raises(ChangedOnDisk):
            await document.save()

        assert (view.states, source_in(file)) == (["unsaved", "saving", "changed_on_disk"], "theirs")
        assert document.notebook.cells[0].source == "mine"
        document.apply([SetSource(A, "mine, too")])
        assert document.status.state == "changed_on_disk"

        await document.save_overwriting()
        assert (view.states[3:], source_in(file)) == (["saving", "saved"], "mine, too")
        await document.save()

    with_document(file, main)


def test_a_change_from_outside_stops_the_saving_by_itself(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        write(file, "theirs")
        document.apply([SetSource(A, "mine")])
        await view.until("unsaved", "saving", "changed_on_disk")
        document.apply([SetSource(A, "mine, too")])
        await document.check()

        assert (view.states, source_in(file)) == (["unsaved", "saving", "changed_on_disk"], "theirs")
        await document.reload()
        assert document.notebook.cells[0].source == "theirs"

    with_document(file, main, SOON)


def test_a_change_from_outside_is_taken_over_when_nothing_is_unsaved(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        write(file, "theirs")
        await document.check()

        assert document.notebook.cells[0].source == "theirs"
        assert view.edits == [ReplaceNotebook(document.notebook)]
        assert (view.states, document.is_unsaved) == ([], False)
        document.apply([SetSource(A, "mine")])
        await document.save()
        assert source_in(file) == "mine"

    with_document(file, main)


def test_a_save_without_edits_takes_a_change_from_outside_over(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        write(file, "theirs")
        await document.save()

        assert (document.notebook.cells[0].source, source_in(file)) == ("theirs", "theirs")

    with_document(file, main)


def test_looking_finds_a_conflict_before_a_save_does(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(file, "theirs")
        await document.check()

        assert view.states == ["unsaved", "changed_on_disk"]

    with_document(file, main)


def test_a_conflict_is_over_when_the_file_is_what_it_was(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        before = read(file)
        write(file, "theirs")
        document.apply([SetSource(A, "mine")])
        await view.until("unsaved", "saving", "changed_on_disk")
        write_bytes(file, before)
        await document.check()
        await view.until("unsaved", "saving", "changed_on_disk", "unsaved", "saving", "saved")

        assert source_in(file) == "mine"

    with_document(file, main, SOON)


def test_a_file_that_is_no_notebook_at_the_moment_is_not_taken_over(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        good = read(file)
        write_bytes(file, b"<<<<<<< HEAD")
        await document.check()
        assert (document.notebook.cells[0].source, view.states) == ("old", ["changed_on_disk"])
        with pytest.raises(InvalidNotebook):
            await document.reload()

        write_bytes(file, good)
        await document.check()
        assert view.states == ["changed_on_disk", "saved"]

    with_document(file, main)


def test_edits_that_come_while_a_change_is_taken_over_are_not_lost(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir, edited = os.scandir, threading.Event()

    async def main(document: Document, _: View) -> None:
        loop, reading = asyncio.get_running_loop(), asyncio.Event()

        def slow_scandir(folder: Path) -> object:  # the disk's thread looks around when it has read the file
            loop.call_soon_threadsafe(reading.set)
            edited.wait(LIMIT_SECONDS)
            return scandir(folder)

        monkeypatch.setattr(os, "scandir", slow_scandir)
        write(file, "theirs")
        async with asyncio.TaskGroup() as group:
            group.create_task(document.check())
            await reading.wait()
            document.apply([SetSource(A, "mine")])
            edited.set()

        assert document.notebook.cells[0].source == "mine"
        assert document.status.state == "changed_on_disk"

    with_document(file, main)


def test_a_touched_file_is_not_read_again(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        write_bytes(file, read(file))
        await document.check()

        assert (view.edits, view.states) == ([], [])

    with_document(file, main)


def test_reloading_takes_the_version_on_disk_and_drops_the_edits(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        await document.reload()

        assert document.notebook.cells[0].source == "old"
        assert view.states == ["unsaved", "saved"]
        assert not document.is_unsaved

    with_document(file, main)


def test_a_file_that_was_deleted_comes_back_with_the_next_save(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        remove(file)
        await document.check()
        assert view.states == []
        document.apply([SetSource(A, "mine")])
        await document.save()

        assert source_in(file) == "mine"

    with_document(file, main)


def test_a_folder_that_was_deleted_is_a_save_that_fails(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub" / "a.ipynb", "old")

    async def main(documents: Documents) -> None:
        document = await documents.open("sub/a.ipynb")
        (tmp_path / "sub" / "a.ipynb").unlink()
        (tmp_path / "sub").rmdir()
        document.apply([SetSource(A, "mine")])
        with pytest.raises(StorageFailed, match="folder does not exist any more"):
            await document.save()
        (tmp_path / "sub").mkdir()

    with_documents(tmp_path, main)
    assert source_in(tmp_path / "sub" / "a.ipynb") == "mine"


def test_whoever_asks_for_a_path_gets_the_one_document(file: Path) -> None:
    async def main(documents: Documents) -> None:
        one, two = await asyncio.gather(documents.open("a.ipynb"), documents.open("/a.ipynb"))

        assert one is two is await documents.open("./a.ipynb")
        assert documents.all() == (one,)
        assert documents.get("a.ipynb") is one

    with_documents(file.parent, main)


def test_what_cannot_be_opened_is_refused_and_can_be_opened_later(tmp_path: Path) -> None:
    async def main(documents: Documents) -> None:
        with pytest.raises(NotFound, match=r"^a\.ipynb does not exist\.$"):
            await documents.open("a.ipynb")
        (tmp_path / "a.ipynb").write_text("print(1)")
        with pytest.raises(InvalidNotebook):
            await documents.open("a.ipynb")
        write(tmp_path / "a.ipynb", "1")

        assert (await documents.open("a.ipynb")).notebook.cells[0].source == "1"

    with_documents(tmp_path, main)


@pytest.mark.parametrize("path", ["..", "../a.ipynb", "sub/../../a.ipynb", "", "/", "."])
def test_no_document_lies_outside_of_the_root(tmp_path: Path, path: str) -> None:
    async def main(documents: Documents) -> None:
        with pytest.raises(Forbidden):
            await documents.open(path)

    with_documents(tmp_path, main)


def test_closing_saves_and_forgets(file: Path) -> None:
    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.apply([SetSource(A, "mine")])
        await documents.close(document)

        assert (documents.all(), source_in(file)) == ((), "mine")
        document.apply([SetSource(A, "too late")])
        again = await documents.open("a.ipynb")
        assert again is not document
        await documents.close(document)
        assert documents.all() == (again,)

    with_documents(file.parent, main)


def test_who_opens_while_it_closes_gets_what_was_saved(file: Path) -> None:
    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.apply([SetSource(A, "mine")])
        async with asyncio.TaskGroup() as group:
            group.create_task(documents.close(document))
            group.create_task(documents.close(document))
            await asyncio.sleep(0)
            again = await documents.open("a.ipynb")

        assert again is not document
        assert again.notebook.cells[0].source == "mine"

    with_documents(file.parent, main)


def test_a_document_that_somebody_watches_stays_open(file: Path) -> None:
    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        view = View(document)
        await documents.close(document)
        assert documents.get("a.ipynb") is document
        document.apply([SetSource(A, "1")])
        await view.until("unsaved", "saving", "saved")

    with_documents(file.parent, main, SOON)


def test_a_document_that_cannot_be_saved_stays_open(file: Path) -> None:
    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.apply([SetSource(A, "mine")])
        write(file, "theirs")
        await documents.close(document)

        assert documents.get("a.ipynb") is document
        await document.save_overwriting()
        await documents.close(document)
        assert documents.all() == ()

    with_documents(file.parent, main)


def test_at_the_end_everything_is_saved_and_what_cannot_be_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def main(documents: Documents) -> None:
        for name in ("a", "b"):
            write(tmp_path / f"{name}.ipynb", "old")
            document = await documents.open(f"{name}.ipynb")
            document.apply([SetSource(A, "mine")])
        write(tmp_path / "b.ipynb", "theirs")

    with_documents(tmp_path, main)

    assert (source_in(tmp_path / "a.ipynb"), source_in(tmp_path / "b.ipynb")) == ("mine", "theirs")
    assert "b.ipynb could not be saved" in caplog.text


def test_all_documents_can_be_looked_at_for_changes_from_outside(tmp_path: Path) -> None:
    async def main(documents: Documents) -> None:
        for name in ("a", "b"):
            write(tmp_path / f"{name}.ipynb", "old")
            await documents.open(f"{name}.ipynb")
            write(tmp_path / f"{name}.ipynb", f"theirs in {name}")
        await documents.check()

        assert [document.notebook.cells[0].source for document in documents.all()] == ["theirs in a", "theirs in b"]

    with_documents(tmp_path, main)


def test_a_renamed_file_is_saved_under_its_new_name(file: Path) -> None:
    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        view = View(document)
        rename(file, file.with_name("b.ipynb"))
        await documents.renamed("a.ipynb", "b.ipynb")
        document.apply([SetSource(A, "1")])
        await document.save()

        assert (view.paths, document.path, documents.get("b.ipynb")) == (["b.ipynb"], "b.ipynb", document)
        assert documents.get("a.ipynb") is None
        assert source_in(file.with_name("b.ipynb")) == "1"

    with_documents(file.parent, main)
    assert not file.exists()


def test_a_renamed_folder_takes_its_documents_along_and_no_other(tmp_path: Path) -> None:
    async def main(documents: Documents) -> None:
        for folder in ("sub", "sub2"):
            (tmp_path / folder).mkdir()
            write(tmp_path / folder / "a.ipynb", folder)
        one, two = await documents.open("sub/a.ipynb"), await documents.open("sub2/a.ipynb")
        (tmp_path / "sub").rename(tmp_path / "new")
        await documents.renamed("sub", "new")

        assert (one.path, two.path) == ("new/a.ipynb", "sub2/a.ipynb")

    with_documents(tmp_path, main)


async def until_journaled(document: Document, *edits: Edit) -> None:
    document.apply(edits)
    await document.written()


def after_a_crash(
    folder: Path, main: Callable[[Document, View], Coroutine[object, object, None]], autosave_seconds: float = NEVER
) -> None:
    """The next run of a program that was killed when it left `folder`."""
    revive(folder)

    async def run(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        await main(document, View(document))

    with_documents(folder, run, autosave_seconds)


def killed(folder: Path) -> Path:
    """What `kill -9` would leave of the folder, if it came now: a copy, for `revive`."""
    copy = folder.with_name(f"{folder.name}-left")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return folder


def revive(folder: Path) -> None:
    """Let the folder be what the killed program left."""
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name(f"{folder.name}-left"), folder)


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a program left that was killed with an edit in its journal, and the file as it was before."""
    file = tmp_path / "home" / "a.ipynb"
    file.parent.mkdir()
    write(file, "old")
    found: list[Path] = []

    async def main(document: Document, _: View) -> None:
        await until_journaled(document, SetSource(A, "not saved"))
        found.append(killed(file.parent))

    with_document(file, main)
    return found[0]


def test_what_a_crash_left_is_there_again_and_saves_itself(left: Path) -> None:
    async def main(document: Document, view: View) -> None:
        assert document.notebook.cells[0].source == "not saved"
        assert document.status.restored is not None
        assert (document.status.state, document.status.restored.shown) == ("unsaved", "restored")
        await view.until("saving", "saved")
        assert source_in(left / "a.ipynb") == "not saved"

    after_a_crash(left, main, SOON)
    assert list(left.rglob("*.journal")) == []


def test_what_a_crash_left_survives_a_second_one(left: Path) -> None:
    found: list[Path] = []

    async def main(document: Document, _: View) -> None:
        await until_journaled(document, InsertCell(A, Cell(CellId("b"), "code", "more")))
        found.append(killed(left))

    async def again(document: Document, _: View) -> None:
        assert [cell.source for cell in document.notebook.cells] == ["not saved", "more"]

    after_a_crash(left, main)
    after_a_crash(found[0], again)


def test_the_user_may_look_at_what_had_been_saved_and_come_back(left: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.show("saved")
        assert (document.notebook.cells[0].source, document.status.restored) == ("old", view.restored[-1])
        assert view.shown() == ["saved"]
        document.apply([SetSource(A, "old, edited")])
        document.show("restored")
        document.show("restored")
        assert document.notebook.cells[0].source == "not saved"
        document.show("saved")
        assert document.notebook.cells[0].source == "old, edited"
        document.settle_restored()
        assert view.shown() == ["saved", "restored", "saved", None]
        document.show("restored")
        assert document.notebook.cells[0].source == "old, edited"

    after_a_crash(left, main)


def test_a_file_that_was_changed_after_the_crash_is_not_overwritten(left: Path) -> None:
    write(left.with_name(f"{left.name}-left") / "a.ipynb", "theirs")

    async def main(document: Document, view: View) -> None:
        assert (document.notebook.cells[0].source, document.status.state) == ("not saved", "changed_on_disk")
        with pytest.raises(ChangedOnDisk):
            await document.save()
        await document.check()
        assert source_in(left / "a.ipynb") == "theirs"
        await document.reload()
        assert (document.notebook.cells[0].source, view.shown()[-1]) == ("theirs", None)

    after_a_crash(left, main, SOON)
    assert list(left.rglob("*.journal")) == []


def test_a_save_leaves_nothing_for_the_next_start(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        await until_journaled(document, SetSource(A, "1"))
        await document.save()
        document.apply([SetSource(A, "2")])
        await document.save()

    async def again(document: Document, _: View) -> None:
        assert document.status.restored is None

    with_document(file, main)
    assert list(file.parent.rglob("*.journal")) == []
    with_document(file, again)
    assert list(file.parent.rglob("*.journal")) == []


def test_a_crash_after_a_save_leaves_what_came_after_it(file: Path) -> None:
    found: list[Path] = []

    async def main(document: Document, _: View) -> None:
        await until_journaled(document, SetSource(A, "1"))
        await document.save()
        await until_journaled(document, SetSource(A, "2"))
        found.append(killed(file.parent))

    async def again(document: Document, _: View) -> None:
        assert (source_in(found[0] / "a.ipynb"), document.notebook.cells[0].source) == ("1", "2")

    with_document(file, main)
    after_a_crash(found[0], again)


def test_what_no_disk_takes_is_kept_for_the_next_start(tmp_path: Path) -> None:
    with full_disk() as folder:
        write(folder / "a.ipynb", "old")

        async def fill(documents: Documents) -> None:
            document = await documents.open("a.ipynb")
            await until_journaled(document, SetSource(A, "x" * 1_000_000))
            with pytest.raises(StorageFailed):
                await document.save()

        async def look(documents: Documents) -> None:
            document = await documents.open("a.ipynb")
            assert (document.notebook.cells[0].source, document.status.state) == ("x" * 1_000_000, "unsaved")

        for work in (fill, look):
            with_documents(folder, work, journals=tmp_path / "journals")


def test_a_notebook_that_is_renamed_takes_its_journal_along(file: Path) -> None:
    found: list[Path] = []

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        await until_journaled(document, SetSource(A, "1"))
        rename(file, file.with_name("b.ipynb"))
        await documents.renamed("a.ipynb", "b.ipynb")
        await until_journaled(document, SetSource(A, "2"))
        found.append(killed(file.parent))

    async def again(documents: Documents) -> None:
        assert (await documents.open("b.ipynb")).notebook.cells[0].source == "2"

    with_documents(file.parent, main)
    revive(found[0])
    with_documents(found[0], again)
