"""Percentiles, costs, and rounds made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.comparison.figures import Measurement, joined, latencies, per_execute, percentile


def test_the_median_of_three_is_the_middle_one() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_the_99th_percentile_of_a_hundred_leaves_one_above_it() -> None:
    assert percentile([float(number) for number in range(1, 101)], 0.99) == 99.0


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_one_of_the_samples_and_not_less_than_its_share_of_them(
    samples: list[float], share: float
) -> None:
    found = percentile(samples, share)

    assert found in samples
    assert sum(sample <= found for sample in samples) >= round(share * 10_000) * len(samples) / 10_000


def test_latencies_are_milliseconds_and_absent_without_samples() -> None:
    assert latencies("reply", [0.001, 0.002, 0.003]) == {"reply_p50_ms": 2.0, "reply_p99_ms": 3.0}
    assert latencies("reply", []) == {}


def test_the_cost_of_an_execute_is_in_microseconds() -> None:
    assert per_execute(0.5, 1000) == {"cpu_us": 500.0, "per_core": 2000.0}


def test_nothing_executed_costs_nothing_that_could_be_told() -> None:
    assert per_execute(0.5, 0) == {}


def test_rounds_of_a_cell_become_their_median_and_losses_their_sum() -> None:
    rounds = [Measurement("a", "x", {"cpu_us": cost, "lost_messages": 1}) for cost in (10.0, 30.0, 20.0)]

    assert joined(rounds) == [Measurement("a", "x", {"lost_messages": 3, "cpu_us": 20.0})]


def test_servers_and_loads_are_not_mixed_and_keep_their_order() -> None:
    found = joined([Measurement("b", "x"), Measurement("a", "x"), Measurement("b", "y"), Measurement("b", "x")])

    assert [(one.server, one.load) for one in found] == [("b", "x"), ("a", "x"), ("b", "y")]


def test_servers_stand_in_the_same_order_for_every_load() -> None:
    found = joined([Measurement("a", "x"), Measurement("b", "x"), Measurement("b", "y"), Measurement("a", "y")])

    assert [one.server for one in found] == ["a", "b", "a", "b"]


def test_what_went_wrong_in_one_round_is_not_forgotten() -> None:
    found = joined([Measurement("a", "x", {"cpu_us": 1.0}), Measurement("a", "x", {}, "refused")])

    assert found == [Measurement("a", "x", {"cpu_us": 1.0}, "refused")]
