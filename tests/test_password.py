"""The password file: a hash that only its owner can read, and that is checked as RFC 7914 says."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import StartFailed
from adrastea.password import Hash, PasswordFile, by_the_system, matches, parse

CHEAP = Hash(2, 1, 1, b"salt", hashlib.scrypt(b"secret", salt=b"salt", n=2, r=1, p=1, dklen=32))


def written(folder: Path, known: Hash = CHEAP) -> Path:
    path = folder / "password"
    path.write_text(f"{known.line()}\n", encoding="ascii")
    path.chmod(0o600)
    return path


def test_the_password_and_no_other_one_matches() -> None:
    assert matches("secret", CHEAP)
    assert not matches("Secret", CHEAP)
    assert not matches("", CHEAP)
    assert not matches("\ud800", CHEAP)


@pytest.mark.slow
def test_a_new_password_lies_in_a_file_and_a_folder_that_only_the_user_can_read(tmp_path: Path) -> None:
    file = PasswordFile(tmp_path / "config")

    file.write("correct horse")

    path = tmp_path / "config" / "password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "horse" not in path.read_text(encoding="ascii")
    known = file.current()
    assert known is not None
    assert matches("correct horse", known)
    assert [item.name for item in path.parent.iterdir()] == ["password"]


def test_a_change_of_the_file_counts_at_once(tmp_path: Path) -> None:
    file = PasswordFile(tmp_path)
    assert file.current() is None

    written(tmp_path)
    first = file.current()
    (tmp_path / "password").unlink()
    other = Hash(4, 1, 1, b"salt", CHEAP.digest)
    written(tmp_path, other)

    assert (first, file.current()) == (CHEAP, other)
    assert file.remove()
    assert file.current() is None
    assert not file.remove()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path, mode: int) -> None:
    written(tmp_path).chmod(mode)

    with pytest.raises(StartFailed, match="chmod 600"):
        PasswordFile(tmp_path).current()


@pytest.mark.parametrize("line", ["", "secret", "sha1:a:b", "argon2:$argon2id$v=19$m=10240,t=10,p=8$a$b", "scrypt:1"])
def test_a_file_that_holds_something_else_is_refused_with_what_to_do(tmp_path: Path, line: str) -> None:
    path = written(tmp_path)
    path.write_text(line, encoding="ascii")

    with pytest.raises(StartFailed, match="adrastea password"):
        PasswordFile(tmp_path).current()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartFailed, match="cannot be used"):
        PasswordFile(tmp_path / "file" / "config").write("correct horse")


def test_a_hash_comes_back_from_its_line() -> None:
    assert parse(CHEAP.line()) == CHEAP


@pytest.mark.parametrize(
    "line",
    [
        CHEAP.line().replace("scrypt", "argon2"),
        CHEAP.line().replace(":2:1:1:", ":3:1:1:"),
        CHEAP.line().replace(":2:1:1:", ":1:1:1:"),
        CHEAP.line().replace(":2:1:1:", ":1073741824:8:1:"),
        CHEAP.line().replace(":2:1:1:", ":2:1:1000:"),
        CHEAP.line().replace(":2:1:1:", ":2:-1:1:"),
        CHEAP.line().replace("73616c74", ""),
        CHEAP.line()[:-2],
        CHEAP.line() + ":",
    ],
)
def test_a_hash_that_makes_no_sense_or_costs_too_much_is_none(line: str) -> None:
    assert parse(line) is None


@given(st.text())
def test_no_line_brings_the_parser_down(line: str) -> None:
    assert parse(line) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Python comes with OpenSSL")
def test_the_systems_library_computes_the_same() -> None:
    secret, salt = "pässword".encode(), os.urandom(16)

    ours = by_the_system(secret, salt, 1024, 8, 2, 16 * 1024 * 1024)

    assert ours == hashlib.scrypt(secret, salt=salt, n=1024, r=8, p=2, dklen=32)
