"""The bar, and the time that is left."""

import io

import pytest

from bench.comparison.progress import Progress, duration, left, line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("seconds", "text"), [(7, "0:07"), (760, "12:40"), (3723, "1:02:03"), (59.6, "1:00")])
def test_durations_are_written_as_on_a_clock(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_rest_takes_as_long_as_the_pace_until_now_says() -> None:
    assert left(done=10, expected=30, elapsed=20) == 40


def test_before_anything_is_done_the_plan_is_believed() -> None:
    assert left(done=0, expected=30, elapsed=5) == 30


def test_a_plan_that_was_too_short_leaves_no_negative_time() -> None:
    assert left(done=40, expected=30, elapsed=20) == 0


def test_half_done_is_half_a_bar() -> None:
    assert line(15, 30, 20, "a load") == f"{'█' * 12}{'·' * 12}  50%  0:20 left  a load"


def test_a_terminal_has_one_line_that_changes() -> None:
    out = Terminal()
    progress = Progress(10, out, clock=lambda: 0.0)

    progress.show("first")
    progress.advance(5)
    progress.show("second")
    progress.end()

    assert out.getvalue().count("\n") == 1
    assert out.getvalue().count("\r") == 2


def test_a_file_has_a_line_for_each_step() -> None:
    out = io.StringIO()
    progress = Progress(10, out, clock=lambda: 0.0)

    progress.show("first")
    progress.show("second")
    progress.end()

    assert [text.rsplit(" ", 1)[-1] for text in out.getvalue().splitlines()] == ["first", "second"]
