"""A notebook that was trusted in Jupyter is trusted here, and the other way round."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adrastea.documents.signatures import Signatures
from tests.documents.notary import notary, read

DATA = b'{"cells": [], "metadata": {"a": "b"}, "nbformat": 4, "nbformat_minor": 5}'


def test_what_jupyter_has_signed_is_known(tmp_path: Path) -> None:
    assert not Signatures(tmp_path).knows(DATA)

    with notary(tmp_path) as jupyter:
        jupyter.sign(read(DATA))

    assert Signatures(tmp_path).knows(DATA)
    assert not Signatures(tmp_path).knows(DATA.replace(b'"b"', b'"c"'))


def test_what_is_signed_here_jupyter_knows(tmp_path: Path) -> None:
    Signatures(tmp_path).add(DATA)
    Signatures(tmp_path).add(DATA)

    with notary(tmp_path) as jupyter:
        assert jupyter.check_signature(read(DATA))
    with closing(sqlite3.connect(tmp_path / "nbsignatures.db")) as database:
        assert database.execute("SELECT Count(*) FROM nbsignatures").fetchone() == (1,)


def test_the_secret_is_for_the_user_alone_and_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "jupyter"
    Signatures(folder).add(DATA)
    secret = folder / "notebook_secret"
    made = secret.read_bytes()
    Signatures(folder).add(DATA)

    assert secret.read_bytes() == made
    assert len(made) > 1024
    if sys.platform != "win32":
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_list_that_is_broken_trusts_nothing_and_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    signatures = Signatures(tmp_path)
    signatures.add(DATA)
    (tmp_path / "nbsignatures.db").write_bytes(b"no database" * 1000)

    assert not signatures.knows(DATA)
    signatures.add(DATA)

    assert (tmp_path / "nbsignatures.db").read_bytes() == b"no database" * 1000
    assert caplog.text.count("cannot be used") == 1


def test_a_folder_that_cannot_be_had_is_no_reason_to_fail(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    signatures = Signatures(tmp_path / "file" / "jupyter")

    signatures.add(DATA)

    assert not signatures.knows(DATA)
    assert "cannot be used" in caplog.text


def test_without_sqlite_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Signatures(tmp_path).add(DATA)
    monkeypatch.setitem(sys.modules, "sqlite3", None)

    assert not Signatures(tmp_path).knows(DATA)
    assert "cannot be used" in caplog.text
