"""Goals are met, missed or not measured; they are those of loads that there are, and those of the documentation."""

import pytest

from bench.comparison.figures import FIGURES, Measurement
from bench.comparison.goals import GOALS, Goal, Verdict, judged
from bench.comparison.loads import FULL

PART = Goal("a load", "cpu_us", 1 / 6, is_part=True)
LIMIT = Goal("a load", "interrupt_ms", 500)


def test_every_goal_is_of_a_load_and_a_figure_that_there_are() -> None:
    titles = {load.title for load in FULL}

    assert not [goal for goal in GOALS if goal.load not in titles or goal.figure not in FIGURES]


@pytest.mark.parametrize(
    ("goal", "value", "word"),
    [
        (PART, 1 / 7, "met"),
        (PART, 1 / 5, "missed"),
        (LIMIT, 500, "met"),
        (LIMIT, 501, "missed"),
        (LIMIT, None, "not measured"),
    ],
)
def test_a_goal_is_met_up_to_its_limit(goal: Goal, value: float | None, word: str) -> None:
    assert Verdict(goal, value).word == word


def test_parts_are_taken_of_the_reference_under_the_same_load() -> None:
    load = GOALS[0].load
    ours, theirs = (Measurement(name, load, {"cpu_us": cost}) for name, cost in (("a", 500.0), ("b", 2000.0)))

    verdict = judged([ours, theirs, Measurement("b", "another", {"cpu_us": 1.0})], "a", "b")[0]

    assert (verdict.value, verdict.shown(), verdict.word) == (0.25, "1/4.0", "missed")


def test_a_part_of_what_was_not_measured_is_not_measured() -> None:
    ours = Measurement("a", GOALS[0].load, {"cpu_us": 500.0})

    assert judged([ours], "a", "b")[0].word == "not measured"


def test_goals_are_sentences() -> None:
    assert PART.sentence("jupyter_server") == "a load: CPU per execute, at most 1/6 of jupyter_server"
    assert LIMIT.sentence("jupyter_server") == "a load: interrupt to idle, at most 500 ms"
