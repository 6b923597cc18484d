"""One document for each path, wherever it is asked for, saved when nobody watches it any more."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from adrastea.documents import looking
from adrastea.documents.documents import Documents
from adrastea.documents.edits import SetSource
from adrastea.documents.folders import System
from adrastea.documents.inotify import Inotify
from adrastea.documents.looking import Looking
from adrastea.documents.spool import Spool, new_id
from adrastea.errors import Forbidden, InvalidNotebook, NotFound
from tests.documents.watched import SOON, A, View, read, rename, source_in, with_documents, write, write_bytes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    write(path, "old")
    return path


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
        write_bytes(file, b"no notebook")
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
        write_bytes(tmp_path / "b.ipynb", b"no notebook")

    with_documents(tmp_path, main)

    assert (source_in(tmp_path / "a.ipynb"), read(tmp_path / "b.ipynb")) == ("mine", b"no notebook")
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


@pytest.mark.parametrize("system", [Inotify, Looking])
def test_what_another_program_writes_is_seen_while_nobody_looks(
    file: Path, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_SECONDS", 0.0)

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        view = View(document)
        write(file, "theirs")
        await view.until_source("theirs")
        write(file.with_name("new"), "put in its place")
        rename(file.with_name("new"), file)
        await view.until_source("put in its place")
        assert not document.is_unsaved

        await documents.renamed("a.ipynb", "b.ipynb")
        write(file.with_name("b.ipynb"), "under its new name")
        await view.until_source("under its new name")

    with_documents(file.parent, main, watch=system)


def test_what_nobody_has_seen_for_a_week_goes_when_the_program_starts(tmp_path: Path) -> None:
    spool = Spool(tmp_path / ".spool", 10**9)
    unseen, seen = new_id(), new_id()
    for name in (unseen, seen):
        spool.begin(name, ("x",), ())
    os.utime(tmp_path / ".spool" / f"{unseen}.txt", (1_000_000.0, 0.0))

    async def start(documents: Documents) -> None:
        documents.tidy()

    with_documents(tmp_path, start)

    assert [path.stem for path in (tmp_path / ".spool").iterdir()] == [seen]


def test_where_nothing_was_ever_spooled_a_start_asks_for_nothing(tmp_path: Path) -> None:
    async def start(documents: Documents) -> None:
        documents.tidy()

    with_documents(tmp_path, start)

    assert not (tmp_path / ".spool").exists()
