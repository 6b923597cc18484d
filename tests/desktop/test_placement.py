"""The window's place, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from adrastea.desktop.placement import Placement, Screen, load, on_screen, parse, save


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save(tmp_path / "state", Placement(1000, 700, -40, 50, maximized=True))

    assert load(tmp_path / "state") == Placement(1000, 700, -40, 50, maximized=True)


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


ONE = (Screen(0, 0, 1920, 1080),)
TWO = (*ONE, Screen(-1280, 0, 1280, 1024))


def test_a_place_on_any_of_the_screens_is_kept() -> None:
    left = Placement(900, 700, -1200, 10)

    assert on_screen(left, TWO) == left
    assert on_screen(Placement(900, 700, 1500, 900), ONE) == Placement(900, 700, 1500, 900)


@pytest.mark.parametrize(("x", "y"), [(-1200, 10), (1900, 10), (10, 1070), (10, -30)])
def test_a_place_where_the_window_could_not_be_reached_is_given_up_and_the_size_kept(x: int, y: int) -> None:
    assert on_screen(Placement(900, 700, x, y), ONE) == Placement(900, 700, None, None)


def test_a_window_is_not_larger_than_the_largest_screen() -> None:
    assert on_screen(Placement(5000, 4000), TWO) == Placement(1920, 1080)


def test_without_screens_nothing_is_changed() -> None:
    assert on_screen(Placement(900, 700, 9999, 9999), ()) == Placement(900, 700, 9999, 9999)
