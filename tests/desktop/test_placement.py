"""The window's place."""

from __future__ import annotations

import pytest

from adrastea.desktop.placement import Placement, Screen, apart, on_screen, parse


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


def test_a_window_that_would_cover_others_stands_beside_them() -> None:
    at = Placement(900, 700, 100, 50)

    assert apart(at, {(100, 50), (132, 82), (500, 50)}) == Placement(900, 700, 164, 114)
    assert apart(at, {(101, 50)}) == at
    assert apart(Placement(), {(0, 0)}) == Placement()
