"""Where state is kept when the disk refuses."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from adrastea.settings import Settings
from adrastea.state_folder import StateFolder


def settings(state: Path, runtime: Path) -> Settings:
    return Settings(root=Path("/"), state_dir=state, runtime_dir=runtime)


def test_a_folder_that_can_be_written_is_used_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    wanted = settings(tmp_path / "state", tmp_path / "run")

    with StateFolder(wanted) as state:
        assert (state.settings, state.complaint) == (wanted, "")
        assert list((tmp_path / "state").iterdir()) == []


def test_where_no_folder_can_be_made_a_temporary_one_is_used_for_the_time_being(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with StateFolder(settings(tmp_path / "file" / "state", tmp_path / "run")) as state:
        used = state.settings.state_dir
        assert used.is_dir()
        assert state.settings.runtime_dir == tmp_path / "run"
        assert state.complaint.startswith(f"The folder {tmp_path / 'file' / 'state'} cannot be used")
    assert not used.exists()


def test_a_runtime_folder_inside_it_moves_along(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "state"

    with StateFolder(settings(folder, folder / "runtime")) as state:
        assert state.settings.runtime_dir == state.settings.state_dir / "runtime"


def test_a_folder_that_others_can_write_into_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(0o777)

    with StateFolder(settings(tmp_path / "state", tmp_path / "run")) as state:
        assert "Others can write into" in state.complaint


def test_a_folder_of_ours_that_takes_nothing_still_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path, __: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with StateFolder(settings(tmp_path / "state", tmp_path / "run")) as state:
        assert state.unwritable == tmp_path / "state"
        assert state.settings.state_dir != tmp_path / "state"


def test_a_folder_that_others_can_write_into_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(0o777)

    with StateFolder(settings(tmp_path / "state", tmp_path / "run")) as state:
        assert state.complaint
        assert state.unwritable is None
