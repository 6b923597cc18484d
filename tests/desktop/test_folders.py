"""Which window shows what."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adrastea.desktop.folders import Target, labels, nearest, real, targets


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two folders, one in the other."""
    (tmp_path / "a" / "inner").mkdir(parents=True)
    return real(tmp_path)


def test_a_folder_asks_for_its_window(home: Path) -> None:
    assert targets([home / "a"], []) == (Target(home / "a"),)


def test_a_file_is_shown_by_the_nearest_window_around_it(home: Path) -> None:
    file = home / "a" / "inner" / "n.ipynb"

    assert targets([file], [home, home / "a", home / "b"]) == (Target(home / "a", (file,)),)


def test_a_file_that_no_window_is_around_gets_one_of_its_own_folder(home: Path) -> None:
    one, two = home / "a" / "n.ipynb", home / "a" / "inner" / "m.ipynb"

    assert targets([one, two], [home / "b"]) == (Target(home / "a", (one, two)),)


def test_a_folder_that_is_opened_together_with_its_file_is_one_window(home: Path) -> None:
    file = home / "a" / "n.ipynb"

    assert targets([file, home / "a"], []) == (Target(home / "a", (file,)),)


def test_a_link_to_a_folder_is_the_folder(home: Path) -> None:
    (home / "link").symlink_to(home / "a")

    assert targets([home / "link"], []) == (Target(home / "a"),)
    assert targets([home / "link" / "n.ipynb"], [home / "a"]) == (Target(home / "a", (home / "a" / "n.ipynb",)),)


def test_nothing_asks_for_nothing() -> None:
    assert targets([], [Path("/a")]) == ()


@pytest.mark.parametrize("name", ["x" * 5000, os.fsdecode(b"\xff")], ids=["too-long", "no-text"])
def test_a_name_that_cannot_be_looked_at_is_taken_for_a_file(home: Path, name: str) -> None:
    assert targets([home / name], []) == (Target(home, (home / name,)),)


def test_the_deepest_folder_is_the_nearest() -> None:
    assert nearest(Path("/a/b/c.py"), [Path("/"), Path("/a/b"), Path("/a")]) == Path("/a/b")
    assert nearest(Path("/ab/c.py"), [Path("/a")]) is None


def test_folders_of_one_name_are_told_apart_by_the_folders_around_them() -> None:
    assert labels([Path("/x/data"), Path("/y/data"), Path("/z/other"), None]) == ("x/data", "y/data", "other", "")
    assert labels([Path("/x/data")]) == ("data",)
    assert labels([Path("/"), Path("/a")]) == ("/", "a")
