"""An open notebook tells its listeners everything in order, saves itself, and notices other writers (D1, D2, S3)."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from adrastea.documents import store
from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import DeleteCell, Edit, InsertCell, ReplaceNotebook, SetSource
from adrastea.documents.notebook import Cell, CellId
from adrastea.documents.status import Status, Undecided
from adrastea.errors import ChangedOnDisk, InvalidNotebook, StorageFailed
from tests.documents.bad_disks import full_disk
from tests.documents.watched import (
    LIMIT_SECONDS,
    NEVER,
    SOON,
    A,
    View,
    identity,
    read,
    remove,
    rename,
    source_in,
    sources,
    sources_in,
    with_document,
    with_documents,
    write,
    write_bytes,
)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    write(path, "one", "two")
    return path


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
            patch.setattr(store, "replace_by_pieces", None)
            document.apply([SetSource(A, "1")])
            await view.until("unsaved", "saving", "failed")
        assert "something went wrong" in document.status.message
        await document.save()
        assert source_in(file) == "1"

    with caplog.at_level(logging.ERROR):
        with_document(file, main, SOON)
    assert "the disk's work failed" in caplog.text


def test_a_change_from_outside_is_merged_by_a_save(two: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(two, "one", "theirs", "new")
        await document.save()

        assert sources(document.notebook) == sources_in(two) == ["mine", "theirs", "new"]
        assert view.edits[1:] == [ReplaceNotebook(document.notebook)]
        assert (document.status.state, document.is_unsaved) == ("saved", False)
        combined = document.status.combined
        assert combined is not None
        assert (combined.taken, combined.undecided, combined.shown) == (2, (), "merged")

    with_document(two, main)


def test_a_change_from_outside_is_merged_by_looking_and_saves_itself(two: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(two, "one", "theirs")
        await document.check()
        assert sources(document.notebook) == ["mine", "theirs"]
        await view.until("unsaved", "saving", "saved")

        assert sources_in(two) == ["mine", "theirs"]

    with_document(two, main, SOON)


def test_what_cannot_be_decided_is_there_twice_and_the_user_knows_where(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(file, "theirs")
        await document.save()

        assert sources_in(file) == ["mine", "theirs"]
        combined = document.status.combined
        assert combined is not None
        assert combined.undecided == (Undecided(document.notebook.cells[1].id, "changed"),)

    with_document(file, main)


def test_the_user_may_choose_between_what_was_merged_and_both_sides(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        document.apply([SetSource(A, "mine")])
        write(file, "theirs")
        await document.check()
        shown = [sources(document.notebook)]
        for version in ("disk", "mine", "restored", "merged"):
            document.show(version)
            shown.append(sources(document.notebook))
        assert shown == [["mine", "theirs"], ["theirs"], ["mine"], ["mine"], ["mine", "theirs"]]

        document.show("mine")
        document.settle()
        document.show("disk")
        assert (sources(document.notebook), document.status.combined) == (["mine"], None)
        await document.save()
        assert sources_in(file) == ["mine"]

    with_document(file, main)


def test_a_second_change_from_outside_is_merged_too(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        document.apply([SetSource(A, "mine")])
        for count in (1, 2):
            write(file, "theirs", *["more"] * count)
            await document.check()

        assert sources(document.notebook) == ["mine", "theirs", "more", "more"]
        combined = document.status.combined
        assert combined is not None
        assert (combined.taken, len(combined.undecided)) == (2, 1)

    with_document(file, main)


def test_the_same_change_on_both_sides_is_no_news(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "same")])
        write(file, "same")
        await document.check()

        assert (document.status.combined, document.is_unsaved) == (None, False)
        assert view.states == ["unsaved", "saved"]

    with_document(file, main)


def test_a_file_that_is_only_written_otherwise_is_no_news(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        document.apply([SetSource(A, "mine")])
        write_bytes(file, json.dumps(json.loads(read(file))).encode())
        await document.save()

        assert (document.status.combined, sources_in(file)) == (None, ["mine"])
        assert view.edits == [SetSource(A, "mine")]
        assert read(file).count(b"\n") == 0

    with_document(file, main)


def test_a_file_that_is_no_notebook_now_is_not_overwritten(file: Path) -> None:
    async def main(document: Document, view: View) -> None:
        before = read(file)
        write_bytes(file, b"<<<<<<< HEAD")
        document.apply([SetSource(A, "mine")])
        await view.until("unsaved", "saving", "changed_on_disk")
        assert "merge conflict" in document.status.message
        with pytest.raises(ChangedOnDisk):
            await document.save()
        assert read(file) == b"<<<<<<< HEAD"

        write_bytes(file, before)
        await document.check()
        await view.until(
            "unsaved", "saving", "changed_on_disk", "saving", "changed_on_disk", "unsaved", "saving", "saved"
        )
        assert source_in(file) == "mine"

    with_document(file, main, SOON)


def test_the_user_may_write_over_a_file_that_is_no_notebook_now(file: Path) -> None:
    async def main(document: Document, _: View) -> None:
        write_bytes(file, b"<<<<<<< HEAD")
        document.apply([SetSource(A, "mine")])
        await document.check()
        assert document.status.state == "changed_on_disk"
        document.apply([SetSource(A, "mine, too")])
        assert document.status.state == "changed_on_disk"
        await document.save_overwriting()

        assert (document.status.state, source_in(file)) == ("saved", "mine, too")

    with_document(file, main)


def test_what_was_merged_survives_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "home" / "a.ipynb"
    file.parent.mkdir()
    write(file, "one", "two")
    found: list[Path] = []

    async def main(document: Document, _: View) -> None:
        await until_journaled(document, SetSource(A, "mine"))
        write(file, "one", "theirs")
        await document.check()
        await until_journaled(document, SetSource(CellId("a1"), "theirs, edited"))
        found.append(killed(file.parent))

    async def again(document: Document, _: View) -> None:
        assert sources(document.notebook) == ["mine", "theirs, edited"]
        assert document.status.state == "unsaved"

    with_document(file, main)
    after_a_crash(found[0], again)


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

        assert sources(document.notebook) == ["mine", "theirs"]

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
        assert view.states == ["failed"]
        assert "not there any more" in document.status.message
        document.apply([SetSource(A, "mine")])
        await document.save()

        assert source_in(file) == "mine"
        assert document.status.state == "saved"

    with_document(file, main)


def test_a_drive_that_comes_back_is_seen_and_what_is_unsaved_is_saved_then(tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    file = tmp_path / "drive" / "a.ipynb"
    write(file, "old")

    async def main(documents: Documents) -> None:
        document = await documents.open("drive/a.ipynb")
        view = View(document)
        rename(tmp_path / "drive", tmp_path / "away")
        await document.check()
        rename(tmp_path / "away", tmp_path / "drive")
        await document.check()
        assert view.states == ["failed", "saved"]

        rename(tmp_path / "drive", tmp_path / "away")
        document.apply([SetSource(A, "mine")])
        with pytest.raises(StorageFailed):
            await document.save()
        await document.check()
        rename(tmp_path / "away", tmp_path / "drive")
        await document.check()
        await view.until_last("saved")
        assert source_in(file) == "mine"

    with_documents(tmp_path, main, 0.01)


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
        document.settle()
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
