"""Logins that have ended: remembered in a file of this user's alone, and not without end."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from adrastea.server.ended_logins import LIMIT, EndedLogins


def digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def ended(file: Path, *numbers: int) -> EndedLogins:
    logins = EndedLogins(file)
    for number in numbers:
        logins.add(digest(number))
    logins.keep(logins.all())
    return logins


def test_they_are_known_to_the_next_run_and_the_file_is_the_users_alone(tmp_path: Path) -> None:
    file = tmp_path / "ended-logins"
    ended(file, 1, 2)
    ended(file, 3)

    assert [digest(number) in EndedLogins(file) for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_servers_of_a_user_keep_what_both_have_ended(tmp_path: Path) -> None:
    file = tmp_path / "ended-logins"
    first, second = EndedLogins(file), EndedLogins(file)
    for logins, number in ((first, 1), (second, 2)):
        logins.add(digest(number))
        logins.keep(logins.all())

    assert set(EndedLogins(file).all()) == {digest(1), digest(2)}


def test_the_oldest_go_where_there_are_too_many(tmp_path: Path) -> None:
    file = tmp_path / "ended-logins"
    ended(file, *range(LIMIT))
    ended(file, LIMIT)

    known = EndedLogins(file)
    assert len(known.all()) == LIMIT
    assert [digest(number) in known for number in (0, 1, LIMIT)] == [False, True, True]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"no digest\n", b"", b"a" * 100_000])
def test_a_file_that_makes_no_sense_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "ended-logins"
    file.write_bytes(data)

    assert EndedLogins(file).all() == ()


def test_a_disk_that_refuses_keeps_them_in_memory(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    logins = ended(tmp_path / "gone" / "ended-logins", 1)

    assert digest(1) in logins
    assert "cannot be kept" in caplog.text


def test_without_a_file_they_are_in_memory_alone() -> None:
    logins = EndedLogins(None)
    logins.add(digest(1))
    logins.keep(logins.all())

    assert digest(1) in logins
