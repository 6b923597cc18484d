"""What a report says: every figure, ratios to one server, and what was not measured."""

import json

from bench.comparison.figures import Measurement
from bench.comparison.goals import GOALS
from bench.comparison.loads import Cell, Load
from bench.comparison.report import Run, as_json, as_markdown, left_out, shown

OURS = Measurement("adrastea", "8 kernels", {"lost_messages": 0, "cpu_us": 400.0, "reply_p50_ms": 1.25})
THEIRS = Measurement("jupyter_server", "8 kernels", {"lost_messages": 3, "cpu_us": 2000.0})


def text(*measurements: Measurement) -> str:
    return as_markdown(Run({"date": "2026-11-26"}, measurements))


def test_a_load_is_a_table_with_a_column_for_each_server() -> None:
    rows = text(OURS, THEIRS).splitlines()

    assert "| 8 kernels | adrastea | jupyter_server |" in rows
    assert "| CPU per execute, µs | 400 | 2000 |" in rows
    assert "| messages lost | 0 | 3 |" in rows


def test_a_figure_that_one_server_lacks_is_said_to_be_not_measured() -> None:
    assert "| reply p50, ms | 1.2 | not measured |" in text(OURS, THEIRS)


def test_ratios_compare_with_the_reference_and_hide_no_loss() -> None:
    slower = Measurement("other", "8 kernels", {"cpu_us": 4000.0})

    rows = text(OURS, THEIRS, slower).splitlines()

    assert "| 8 kernels | CPU per execute | adrastea | 5 |" in rows
    assert "| 8 kernels | CPU per execute | other | 0.5 |" in rows


def test_goals_that_were_missed_are_told_as_well_as_those_that_were_met() -> None:
    load = GOALS[0].load
    ours, theirs = (
        Measurement(name, load, {"cpu_us": cost}) for name, cost in (("adrastea", 4.0), ("jupyter_server", 8.0))
    )

    assert f"| {GOALS[0].sentence('jupyter_server')} | adrastea | 1/2.0 | missed |" in text(ours, theirs).splitlines()


def test_without_the_reference_there_are_no_ratios() -> None:
    assert "as much" not in text(OURS)


def test_trouble_and_cells_without_time_are_told() -> None:
    broken = Measurement("other", "8 kernels", {}, "it does not answer")

    told = as_markdown(Run({}, [OURS, broken], left_out=["other: 16 kernels"]))

    assert "- other, 8 kernels: it does not answer" in told
    assert "- other: 16 kernels: no time was left" in told


def test_nothing_is_told_where_nothing_failed() -> None:
    assert "Not measured" not in text(OURS, THEIRS)


def test_the_machine_comes_first() -> None:
    assert text(OURS).index("- date: 2026-11-26") < text(OURS).index("adrastea")


def test_json_has_every_round() -> None:
    found = json.loads(as_json(Run({}, [OURS, OURS])))

    assert [one["figures"]["cpu_us"] for one in found["measurements"]] == [400.0, 400.0]


def test_cells_left_out_are_named_once() -> None:
    cells = [Cell("a", Load("paced", 1, 1, 10), number) for number in (0, 1)]

    assert left_out(cells) == ["a: 1 null kernel, 10/s each"]


def test_small_figures_have_a_decimal_and_large_ones_none() -> None:
    assert [shown(value) for value in (0.0, 3.0, 9.87, 10.4, 1234.5)] == ["0", "3", "9.9", "10", "1234"]
