"""A bar on the terminal: how much is done, what is measured now, how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_WIDTH = 24
_LINE = 110


class Progress:
    """Counts expected seconds of work against real ones. On anything but a terminal: one line for each step."""

    def __init__(self, expected: float, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._expected = expected
        self._done = 0.0
        self._out = out
        self._clock = clock
        self._begun = clock()

    def show(self, step: str) -> None:
        """This step begins."""
        text = line(self._done, self._expected, self._clock() - self._begun, step)
        if self._out.isatty():
            self._out.write(f"\r{text[:_LINE]:{_LINE}}")
        else:
            self._out.write(f"{text}\n")
        self._out.flush()

    def advance(self, expected: float) -> None:
        """A step that was expected to take so many seconds is over."""
        self._done += expected

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._out.isatty():
            self._out.write("\n")
            self._out.flush()


def line(done: float, expected: float, elapsed: float, step: str) -> str:
    """The bar as text; `done` and `expected` are expected seconds, `elapsed` real ones."""
    share = min(1.0, done / expected) if expected else 1.0
    filled = round(share * _WIDTH)
    bar = "█" * filled + "·" * (_WIDTH - filled)
    return f"{bar} {share:4.0%}  {duration(left(done, expected, elapsed))} left  {step}"


def left(done: float, expected: float, elapsed: float) -> float:
    """Seconds that the rest will take, at the pace until now."""
    pace = elapsed / done if done else 1.0
    return max(0.0, expected - done) * pace


def duration(seconds: float) -> str:
    """Like 0:07, 12:40 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
