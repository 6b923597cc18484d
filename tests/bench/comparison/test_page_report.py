"""The table of what was measured in pages."""

from __future__ import annotations

from bench.comparison.page_report import Measured, medians, shown, table

ROUNDS = [
    Measured("adrastea", "small", {"shown_s": 0.5, "requests": 20}),
    Measured("jupyterlab", "small", {"shown_s": 5.0, "requests": 100}),
    Measured("jupyterlab", "small", {"shown_s": 3.0, "requests": 120}),
    Measured("jupyterlab", "small", {"shown_s": 4.0}),
]


def test_medians_are_those_of_all_rounds_that_have_the_figure() -> None:
    assert medians(ROUNDS, "jupyterlab", "small") == {"shown_s": 4.0, "requests": 110}
    assert medians(ROUNDS, "adrastea", "large") == {}


def test_the_table_says_how_many_times_as_good_we_are() -> None:
    lines = table(ROUNDS).splitlines()

    assert lines[2] == "| 10 cells | requests until the first key | 20 | 110 | 5.5× |"
    assert lines[3] == "|  | first cell seen | 0.5 s | 4 s | 8× |"


def test_more_frames_are_better() -> None:
    frames = [Measured(app, "thousand", {"scroll_frames_s": value}) for app, value in (("ours", 60.0), ("other", 15.0))]

    assert "| 60 frames/s | 15 frames/s | 4× |" in table(frames)


def test_what_failed_is_said() -> None:
    text = table([*ROUNDS, Measured("jupyterlab", "flood", {}, "not done after 300 s")])

    assert text.endswith("Not measured:\n\n- jupyterlab, flood: not done after 300 s\n")


def test_digits_are_as_many_as_are_worth_something() -> None:
    assert [shown(value, "s") for value in (None, 0.412, 4.0, 12.3, 4835.2)] == [
        "—",
        "0.41 s",
        "4 s",
        "12 s",
        "4,835 s",
    ]
