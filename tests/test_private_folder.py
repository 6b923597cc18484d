"""Folders and files of this user alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from adrastea.errors import StartFailed
from adrastea.private_folder import private_file, private_folder


def test_a_private_file_is_for_this_user_alone(tmp_path: Path) -> None:
    with open(tmp_path / "f", "w", encoding="ascii", opener=private_file) as file:
        file.write("mine")

    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600


def test_a_private_folder_is_made_with_its_parents_and_closed_to_others(tmp_path: Path) -> None:
    path = private_folder(tmp_path / "a" / "b")
    assert path == tmp_path / "a" / "b"
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_a_folder_that_is_there_is_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_private_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "b"):
        with pytest.raises(StartFailed, match=r"file.*cannot be used"):
            private_folder(path)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777])
def test_a_folder_into_which_others_could_have_put_something_is_refused(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with pytest.raises(StartFailed, match="Others can write into"):
        private_folder(tmp_path)


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    with pytest.raises(StartFailed, match="is a link to another place"):
        private_folder(tmp_path / "link")


def test_a_folder_inside_another_user_s_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.stat

    def foreign(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        status = real(self, follow_symlinks=follow_symlinks)
        return os.stat_result((*status[:4], status.st_uid + 1, *status[5:])) if self == tmp_path else status

    monkeypatch.setattr(Path, "stat", foreign)
    with pytest.raises(StartFailed, match=f"{tmp_path} belongs to another user"):
        private_folder(tmp_path / "adrastea")


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(StartFailed, match="belongs to another user"):
        private_folder(tmp_path)
