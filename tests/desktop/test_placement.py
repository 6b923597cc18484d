"""The window's place, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from adrastea.desktop.placement import Placement, load, parse, save


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save(tmp_path / "state", Placement(1000, 700, 40, 50))

    assert load(tmp_path / "state") == Placement(1000, 700, 40, 50)


def test_without_a_file_the_system_chooses_the_place(tmp_path: Path) -> None:
    assert load(tmp_path) == Placement()


def test_a_broken_file_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text("{", encoding="utf-8")

    assert load(tmp_path) == Placement()


@pytest.mark.parametrize(
    "raw",
    [
        [],
        None,
        {"width": "wide", "height": True},
        {"width": 10, "height": 10},
        {"width": 10**9, "height": -5, "x": 1.5, "y": None},
    ],
)
def test_sizes_that_fit_no_screen_are_replaced(raw: object) -> None:
    assert parse(raw) == Placement()


def test_half_a_position_is_no_position() -> None:
    assert parse({"width": 900, "height": 600, "x": 5}) == Placement(900, 600, None, None)


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    save(tmp_path / "file", Placement())

    assert load(tmp_path / "file") == Placement()
