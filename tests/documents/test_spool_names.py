"""Files of the spool are found wherever an output is written down that shows their ends."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

import pytest

from adrastea.documents import ipynb, spool_names, streams
from adrastea.documents.checkpoints import Checkpoints
from adrastea.documents.notebook import Cell, CellId, DisplayData, Notebook, Stream
from adrastea.documents.streams import STREAM_LIMIT, Kept

ONE, TWO = "0123456789abcdef", "fedcba9876543210"


def cut(name: str) -> Stream:
    """A stream of which the whole is kept under this name."""
    text = streams.join("", "x" * 2 * STREAM_LIMIT)
    return Stream("stdout", streams.with_kept(text, Kept(name)))


def test_a_notebook_names_those_of_all_its_outputs() -> None:
    outputs = (cut(ONE), Stream("stderr", f"the whole is kept as {TWO}"), DisplayData({"text/plain": TWO}))
    notebook = Notebook((Cell(CellId("a"), "code", outputs=outputs), Cell(CellId("b"), "code", outputs=(cut(TWO),))))

    assert spool_names.in_outputs(outputs) == {ONE}
    assert spool_names.in_notebook(notebook) == {ONE, TWO}


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_file_names_them_in_whatever_form_it_has_the_text(tmp_path: Path, is_packed: bool) -> None:  # noqa: FBT001
    notebook = Notebook((Cell(CellId("a"), "code", outputs=(cut(ONE), cut(TWO))),))
    data = ipynb.encode(notebook, ipynb.Formatting())
    ascii_data = json.dumps(json.loads(data)).encode("ascii")
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    for name, content in (("a", data), ("deep/deeper/b", ascii_data)):
        (tmp_path / name).write_bytes(zlib.compress(content) if is_packed else content)

        assert spool_names.in_folders([tmp_path]) == {ONE, TWO}
        (tmp_path / name).unlink()


def test_a_name_that_lies_across_two_reads_is_found(tmp_path: Path) -> None:
    for before in range(1 << 20, (1 << 20) - 40, -1):
        (tmp_path / "a").write_bytes(b"." * before + f"; the whole is kept as {ONE} ".encode())
        assert spool_names.in_folders([tmp_path]) == {ONE}


def test_a_version_names_them_however_it_is_kept(tmp_path: Path) -> None:
    data = ipynb.encode(Notebook((Cell(CellId("a"), "code", outputs=(cut(ONE),)),)), ipynb.Formatting())
    Checkpoints(tmp_path, 10**9).create(tmp_path / "n.ipynb", data)

    assert spool_names.in_folders([tmp_path]) == {ONE}


def test_what_only_begins_like_a_packed_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(f"x is kept as {ONE}".encode())

    assert spool_names.in_folders([tmp_path, tmp_path / "missing", tmp_path / "a" / "no folder"]) == {ONE}


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> object:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        spool_names.in_folders([tmp_path])
