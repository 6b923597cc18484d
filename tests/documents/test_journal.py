"""Journals on the disk: they survive their run, are found by the next one, and by one only."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from adrastea.documents.edits import SetSource
from adrastea.documents.journal import COMPACT_BYTES, Journal, Journals
from adrastea.documents.journal_records import Edits, Header, Mark, Record, Saved
from adrastea.documents.notebook import CellId
from adrastea.documents.store import Fingerprint
from adrastea.errors import StorageFailed
from tests.documents.bad_disks import full_disk
from tests.documents.claiming import claim

BASE, NEXT = Fingerprint("base"), Fingerprint("next")


def edit(text: str) -> Edits:
    return Edits((SetSource(CellId("a"), text),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journals"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "n.ipynb"


@pytest.fixture
def journals(folder: Path) -> Iterator[Journals]:
    made = Journals([folder])
    yield made
    made.close()


@pytest.fixture
def journal(journals: Journals, file: Path) -> Iterator[Journal]:
    made = Journal(journals, file, BASE)
    yield made
    made.close()


def left_by(folder: Path, file: Path) -> list[Record]:
    """What the next run would find if this one were killed now."""
    copy = folder.with_name("after the crash")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    after = Journals([copy])
    found = claim(after, file).journals
    after.close()
    return [record for records in found for record in records if not isinstance(record, Header)]


def test_nothing_is_made_before_something_is_written(journals: Journals, folder: Path, file: Path) -> None:
    Journal(journals, file, BASE)
    assert claim(journals, file).journals == ()

    assert not folder.exists()


def test_what_was_written_is_found_by_the_next_run(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1")])
    journal.write([edit("2"), edit("3")])

    assert left_by(folder, file) == [edit("1"), edit("2"), edit("3")]
    assert left_by(folder, file.with_name("other.ipynb")) == []


def test_only_this_user_may_read_it(journal: Journal, folder: Path) -> None:
    journal.write([edit("1")])
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}

    assert (modes[".journal"], stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)
    assert [stat.S_IMODE(run.stat().st_mode) for run in folder.iterdir()] == [0o700]


def test_the_journals_of_a_run_that_goes_on_are_nobody_elses(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1")])
    other = Journals([folder])

    assert claim(other, file).journals == ()
    other.close()
    assert left_by(folder, file) == [edit("1")]


def test_of_two_runs_that_find_a_journal_one_gets_it(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1")])
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    one, other = Journals([copy]), Journals([copy])

    assert [len(claim(found, file).journals) for found in (one, other, one)] == [1, 0, 1]
    one.close()
    assert len(claim(other, file).journals) == 1
    other.close()


def test_the_header_says_which_file_and_what_it_held(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1")])
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    found = Journals([copy])
    left = claim(found, file)

    header = left.journals[0][0]
    assert isinstance(header, Header)
    assert (header.path, header.base) == (str(file), BASE)
    assert left.at is not None
    left.remove()
    assert claim(found, file).journals == ()
    found.close()


def test_a_save_of_everything_leaves_nothing(journal: Journal, journals: Journals, folder: Path, file: Path) -> None:
    journal.write([edit("1"), Mark(1), Saved(1, NEXT)])
    journal.saved(1, NEXT)
    assert left_by(folder, file) == []

    journal.write([edit("2"), Mark(2)])
    journal.saved(2, NEXT)
    assert left_by(folder, file) == []
    journals.close()
    assert list(folder.iterdir()) == []


def test_what_came_after_the_save_stays(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1"), Mark(1), edit("2"), Saved(1, NEXT)])
    journal.saved(1, NEXT)

    assert edit("2") in left_by(folder, file)


def test_a_long_journal_is_made_shorter_by_a_save(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("x" * COMPACT_BYTES), Mark(1), edit("2")])
    journal.saved(1, NEXT)
    journal.write([edit("3"), Mark(2)])

    assert left_by(folder, file) == [edit("2"), edit("3"), Mark(2)]
    assert sum(path.stat().st_size for path in folder.rglob("*.journal")) < 1000
    journal.saved(2, NEXT)
    assert left_by(folder, file) == []


def test_a_journal_goes_with_its_notebook(journal: Journal, folder: Path, file: Path) -> None:
    journal.write([edit("1")])
    moved = file.with_name("moved.ipynb")
    journal.move(moved)
    journal.write([edit("2")])

    assert left_by(folder, moved) == [edit("1"), edit("2")]
    assert left_by(folder, file) == []


def test_where_one_folder_refuses_the_next_is_taken(tmp_path: Path, file: Path) -> None:
    (tmp_path / "no folder").write_bytes(b"")
    journals = Journals([tmp_path / "no folder", tmp_path / "second"])
    journal = Journal(journals, file, BASE)
    journal.write([edit("1")])

    assert left_by(tmp_path / "second", file) == [edit("1")]
    journal.close()
    journals.close()


def test_a_disk_that_fills_up_loses_nothing_of_what_went_elsewhere(tmp_path: Path, file: Path) -> None:
    with full_disk() as disk:
        journals = Journals([disk / "journals", tmp_path / "second"])
        journal = Journal(journals, file, BASE)
        journal.write([edit("1")])
        journal.write([edit("x" * 200_000)])
        journal.write([edit("3")])

        assert left_by(disk / "journals", file)[0] == edit("1")
        assert left_by(tmp_path / "second", file) == [edit("x" * 200_000), edit("3")]
        journal.clear(NEXT)
        assert list((disk / "journals").rglob("*.journal")) == []
        journals.close()


def test_where_no_folder_takes_it_that_is_said(tmp_path: Path, file: Path) -> None:
    (tmp_path / "no folder").write_bytes(b"")
    journals = Journals([tmp_path / "no folder"])
    journal = Journal(journals, file, BASE)

    with pytest.raises(StorageFailed, match="cannot be kept aside"):
        journal.write([edit("1")])
    (tmp_path / "no folder").unlink()
    journal.write([edit("2")])
    assert left_by(tmp_path / "no folder", file) == [edit("2")]
    journal.close()
    journals.close()
