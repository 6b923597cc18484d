"""What Adrastea's figures must be, and whether they are: docs/benchmarks.md has the same table for people. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.comparison.figures import FIGURES, Measurement


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure under a load is at most `most`, or at most that part of the reference's figure."""

    load: str
    figure: str
    most: float
    is_part: bool = False

    def sentence(self, reference: str) -> str:
        """For people."""
        figure = FIGURES[self.figure]
        most = f"1/{1 / self.most:.0f} of {reference}" if self.is_part else f"{self.most:g} {figure.unit}".strip()
        return f"{self.load}: {figure.title}, at most {most}"


GOALS: Sequence[Goal] = (
    Goal("1 null kernel, 10/s each", "cpu_us", 1 / 6, is_part=True),
    Goal("8 null kernels, 10/s each", "cpu_us", 1 / 6, is_part=True),
    Goal("32 null kernels, 10/s each", "cpu_us", 1 / 8, is_part=True),
    Goal("100 null kernels, 10/s each", "cpu_us", 1 / 10, is_part=True),
    Goal("16 null kernels, 4 outstanding each", "cpu_us", 1 / 15, is_part=True),
    Goal("100 null kernels, 10/s each", "rss_grown_mib", 1.9),
    Goal("100 null kernels, 10/s each", "rss_end_mib", 32.4),
    Goal("100 null kernels, 10/s each", "lost_messages", 0),
    Goal("100 null kernels, 10/s each", "lost_kernels", 0),
    Goal("64 null kernels, 100/s each", "lost_messages", 0),
    Goal("64 null kernels, 100/s each", "lost_kernels", 0),
    Goal("start of 1 Python kernel", "first_answer_ms", 120),
    Goal("start of 1 Python kernel", "first_answer_ms", 1 / 5, is_part=True),
    Goal("2 null kernels, one of them printing without end", "rss_grown_mib", 4.8),
    Goal("2 null kernels, one of them printing without end", "interrupt_ms", 500),
    Goal("2 null kernels, one of them printing without end", "reply_p99_ms", 50),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal, and how far a server is from it."""

    goal: Goal
    value: float | None
    """In the goal's terms; None where it was not measured."""

    @property
    def word(self) -> str:
        """Like a judge."""
        if self.value is None:
            return "not measured"
        return "met" if self.value <= self.goal.most else "missed"

    def shown(self) -> str:
        """The value."""
        if self.value is None:
            return ""
        if self.goal.is_part:
            return f"1/{1 / self.value:.1f}" if self.value else "0"
        return f"{self.value:.1f}"


def judged(measurements: Sequence[Measurement], server: str, reference: str) -> list[Verdict]:
    """Every goal, in order; `measurements` has each cell once."""
    figures = {(one.server, one.load): one.figures for one in measurements}
    return [
        Verdict(goal, _value(goal, figures.get((server, goal.load), {}), figures.get((reference, goal.load), {})))
        for goal in GOALS
    ]


def _value(goal: Goal, ours: Mapping[str, float], theirs: Mapping[str, float]) -> float | None:
    value = ours.get(goal.figure)
    if value is None or not goal.is_part:
        return value
    other = theirs.get(goal.figure)
    return value / other if other else None
