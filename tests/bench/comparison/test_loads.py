"""Loads have names of their own, and servers take turns."""

import pytest

from bench.comparison.loads import FULL, QUICK, Load, interleaved

SHORT = Load("paced", 1, 1, 10)
LONG = Load("paced", 2, 1, 10)


@pytest.mark.parametrize("loads", [QUICK, FULL], ids=["quick", "full"])
def test_no_two_loads_of_a_run_have_the_same_title(loads: list[Load]) -> None:
    assert len({load.title for load in loads}) == len(loads)


def test_the_quick_run_of_two_servers_takes_less_than_five_minutes() -> None:
    assert 2 * sum(load.expected_seconds for load in QUICK) < 300


def test_a_title_says_what_is_asked() -> None:
    assert SHORT.title == "1 null kernel, 10/s each"
    assert Load("closed", 16, 4, 4).title == "16 null kernels, 4 outstanding each"
    assert Load("paced", 8, 5, 10, "python3", "json").title == "8 Python kernels, 10/s each, JSON dialect"


def test_every_load_goes_round_all_servers_before_the_next_and_nobody_is_always_first() -> None:
    cells = interleaved(["a", "b"], [SHORT, LONG], 1)

    assert [(cell.server, cell.load) for cell in cells] == [("a", SHORT), ("b", SHORT), ("b", LONG), ("a", LONG)]


def test_the_next_round_begins_with_the_other_server() -> None:
    cells = interleaved(["a", "b"], [SHORT], 2)

    assert [(cell.server, cell.round) for cell in cells] == [("a", 0), ("b", 0), ("b", 1), ("a", 1)]
