"""A notebook on disk: written when it makes a difference, and never over what somebody else wrote (S3)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.documents import ipynb, notebook_file, store
from adrastea.documents.edits import SetSource, apply
from adrastea.documents.notebook import CellId
from adrastea.documents.notebook_file import Loaded
from adrastea.errors import ChangedOnDisk, InvalidNotebook, NotFound

OTHER = ipynb.encode(*ipynb.new(CellId("other")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    path.write_bytes(ipynb.encode(*ipynb.new(CellId("a"))))
    return path


def changed(loaded: Loaded) -> Loaded:
    return replace(loaded, notebook=apply(loaded.notebook, SetSource(CellId("a"), "1 + 1")))


def unchanged(loaded: Loaded) -> Loaded:
    return loaded


def save(file: Path, loaded: Loaded, told: list[store.Fingerprint] | None = None) -> store.Fingerprint:
    heard = [] if told is None else told
    return notebook_file.save(file, loaded.notebook, loaded.formatting, loaded.fingerprint, heard.append)


def test_a_notebook_is_loaded_with_what_a_save_needs(file: Path) -> None:
    loaded = notebook_file.load(file)

    assert loaded.notebook.cells[0].id == "a"
    assert loaded.fingerprint == notebook_file.look(file)[0]
    assert loaded.writable


def test_loading_sweeps_up_what_a_killed_program_left(file: Path) -> None:
    left = file.with_name(".adrastea-0123456789abcdef.tmp")
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    notebook_file.load(file)

    assert not left.exists()


def test_what_is_no_notebook_is_not_loaded(file: Path) -> None:
    file.write_text("print(1)")

    with pytest.raises(InvalidNotebook):
        notebook_file.load(file)


def test_a_changed_notebook_is_written(file: Path) -> None:
    told: list[store.Fingerprint] = []
    fingerprint = save(file, changed(notebook_file.load(file)), told)

    assert notebook_file.load(file).notebook.cells[0].source == "1 + 1"
    assert notebook_file.look(file)[0] == fingerprint
    assert told == [fingerprint]


def test_an_unchanged_notebook_is_not_written(file: Path) -> None:
    loaded, before = notebook_file.load(file), file.stat()

    assert save(file, loaded) == loaded.fingerprint
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("change", [changed, unchanged])
def test_what_somebody_else_wrote_is_not_overwritten(file: Path, change: Callable[[Loaded], Loaded]) -> None:
    loaded = notebook_file.load(file)
    file.write_bytes(OTHER)

    with pytest.raises(ChangedOnDisk):
        save(file, change(loaded))
    assert file.read_bytes() == OTHER


@pytest.mark.parametrize("change", [changed, unchanged])
def test_a_notebook_whose_file_is_gone_is_written_again(file: Path, change: Callable[[Loaded], Loaded]) -> None:
    loaded = notebook_file.load(file)
    file.unlink()
    save(file, change(loaded))

    assert file.exists()


def test_overwriting_asks_nobody(file: Path) -> None:
    loaded = changed(notebook_file.load(file))
    file.write_bytes(OTHER)
    told: list[store.Fingerprint] = []
    notebook_file.overwrite(file, loaded.notebook, loaded.formatting, told.append)

    assert notebook_file.load(file).notebook == loaded.notebook
    assert told == [notebook_file.look(file)[0]]


def test_of_a_file_that_cannot_be_looked_at_it_is_said_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert notebook_file.look(tmp_path / "gone.ipynb") == (
        *(None, "gone.ipynb is not there any more: it was deleted or moved, or its drive is gone."),
    )
    assert notebook_file.look(tmp_path / ("n" * 300)) == (None, f"{'n' * 300} cannot be read: File name too long.")
    with pytest.raises(NotFound):
        notebook_file.load(tmp_path / "gone")
