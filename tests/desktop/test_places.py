"""The places of windows, remembered by their folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adrastea.desktop.placement import Placement
from adrastea.desktop.places import Places

ONE, TWO = Placement(1000, 700, -40, 50, maximized=True), Placement(800, 600, 10, 20)


def test_each_folder_has_its_place_over_the_next_start(tmp_path: Path) -> None:
    places = Places(tmp_path / "state")
    places.remember(Path("/a"), ONE)
    places.remember(None, TWO)

    again = Places(tmp_path / "state")

    assert (again.of(Path("/a")), again.of(None)) == (ONE, TWO)


def test_a_folder_that_is_new_has_a_window_as_large_as_the_last_where_the_system_likes(tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert places.of(Path("/a")) == Placement()

    places.remember(Path("/b"), TWO)

    assert places.of(Path("/a")) == Placement(800, 600)


def test_the_place_of_the_one_window_of_before_is_that_of_the_window_without_a_folder(tmp_path: Path) -> None:
    one = {"width": 900, "height": 650, "x": 5, "y": 6, "maximized": False}
    (tmp_path / "window.json").write_text(json.dumps(one), encoding="utf-8")

    assert Places(tmp_path).of(None) == Placement(900, 650, 5, 6)


def test_folders_that_were_not_used_for_long_are_forgotten(tmp_path: Path) -> None:
    places = Places(tmp_path)
    for number in range(60):
        places.remember(Path(f"/{number}"), TWO)
        places.remember(Path("/often"), ONE)

    again = Places(tmp_path)

    assert again.of(Path("/often")) == ONE
    assert again.of(Path("/59")) == TWO
    assert again.of(Path("/3")) == Placement(1000, 700, maximized=True)
    assert len(json.loads((tmp_path / "windows.json").read_text(encoding="utf-8"))) == 50


@pytest.mark.parametrize("text", ["{", "3", "[3, null, {}]", "[[" * 50_000], ids=range(4))
def test_a_broken_file_is_no_reason_to_fail(tmp_path: Path, text: str) -> None:
    (tmp_path / "windows.json").write_text(text, encoding="utf-8")

    assert Places(tmp_path).of(Path("/a")) == Placement()


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    places = Places(tmp_path / "file")

    places.remember(Path("/a"), TWO)

    assert places.of(Path("/a")) == TWO
