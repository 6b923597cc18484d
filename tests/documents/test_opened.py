"""A notebook that is opened: its file, and behind it what a crash left."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from adrastea.documents import ipynb, opened
from adrastea.documents.edits import SetSource
from adrastea.documents.journal import Journal, Journals
from adrastea.documents.journal_records import Edits, Mark, Record, Saved
from adrastea.documents.notebook import CellId
from adrastea.documents.store import Fingerprint, fingerprint
from adrastea.errors import InvalidNotebook, NotFound
from tests.documents.claiming import claim

A = CellId("a")
BYTES = ipynb.encode(*ipynb.new(A))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "n.ipynb"
    path.write_bytes(BYTES)
    return path


def left(file: Path, base: Fingerprint, *records: Record) -> Journals:
    """The journals of the start after a crash."""
    folder = file.with_name("journals")
    before = Journals([folder])
    journal = Journal(before, file, base)
    journal.write(records)
    journal.close()
    copy = file.with_name("after")
    shutil.copytree(folder, copy)
    before.close()
    return Journals([copy])


def edit(source: str) -> Edits:
    return Edits((SetSource(A, source),))


def test_a_notebook_of_which_nothing_was_left_is_its_file(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = opened.read(file, partial(claim, Journals([file.with_name("journals")])))

    assert (found.recovered, found.base, found.leftovers.files) == (None, fingerprint(BYTES), ())
    assert found.loaded.notebook.cells[0].source == ""
    assert caplog.text == ""


def test_what_was_left_stands_upon_the_file_and_is_said_in_the_log(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journals = left(file, fingerprint(BYTES), edit("1"), edit("2"))
    found = opened.read(file, partial(claim, journals))

    assert found.recovered is not None
    assert found.recovered.notebook.cells[0].source == "2"
    assert (found.base, len(found.leftovers.files)) == (fingerprint(BYTES), 1)
    assert "n.ipynb has 2 changes that a crash left" in caplog.text
    journals.close()


def test_a_journal_of_which_the_file_lacks_nothing_goes(file: Path) -> None:
    journals = left(file, Fingerprint("older"), edit("1"), Mark(1), Saved(1, fingerprint(BYTES)))

    assert opened.read(file, partial(claim, journals)).recovered is None
    assert claim(journals, file).files == ()
    journals.close()


def test_a_file_that_somebody_changed_since_keeps_what_it_held_before_as_its_base(file: Path) -> None:
    journals = left(file, Fingerprint("older"), edit("1"))
    found = opened.read(file, partial(claim, journals))

    assert found.base == Fingerprint("older")
    journals.close()


def test_what_cannot_be_read_is_an_error_and_its_journal_stays(file: Path) -> None:
    journals = left(file, fingerprint(BYTES), edit("1"))
    file.write_bytes(b"no notebook")
    with pytest.raises(InvalidNotebook):
        opened.read(file, partial(claim, journals))
    file.unlink()
    with pytest.raises(NotFound):
        opened.read(file, partial(claim, journals))

    assert len(claim(journals, file).files) == 1
    journals.close()
