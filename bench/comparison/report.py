"""What was measured, as JSON, as a Markdown table for each load, and as ratios to the server that is compared with.

Ratios are those of figures of one interleaved run. A cell that failed, or that there was no time for, is said to be
not measured; nothing is left out. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bench.comparison import goals
from bench.comparison.figures import FIGURES, Measurement, joined
from bench.comparison.loads import Cell

_FINE = 10  # from here on figures are shown without a decimal
_LESS_IS_BETTER = (
    "cpu_us",
    "reply_p50_ms",
    "reply_p99_ms",
    "first_answer_ms",
    "all_ready_s",
    "rss_end_mib",
    "idle_cpu_ms",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the benchmark."""

    machine: Mapping[str, str]
    measurements: Sequence[Measurement]
    """Every round of every cell."""
    left_out: Sequence[str] = field(default_factory=list[str])
    """Cells that there was no time for."""
    reference: str = "jupyter_server"
    """The server that the others are compared with."""


def as_json(run: Run) -> str:
    """Everything."""
    return json.dumps(asdict(run), indent=1, ensure_ascii=False) + "\n"


def as_markdown(run: Run) -> str:
    """For people."""
    measurements = joined(run.measurements)
    loads = list(dict.fromkeys(one.load for one in measurements))
    sections = [_table(load, [one for one in measurements if one.load == load]) for load in loads]
    parts = [
        "# Measured",
        _machine(run.machine),
        *sections,
        _ratios(measurements, run.reference),
        _goals(measurements, run.reference),
        _lost(run),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def left_out(cells: Iterable[Cell]) -> list[str]:
    """Names of cells that there was no time for."""
    return list(dict.fromkeys(f"{cell.server}: {cell.load.title}" for cell in cells))


def shown(value: float) -> str:
    """A figure with as many digits as it is worth."""
    return f"{value:.0f}" if abs(value) >= _FINE or value == int(value) else f"{value:.1f}"


def _machine(machine: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in machine.items())


def _table(load: str, measurements: Sequence[Measurement]) -> str:
    names = [name for name in FIGURES if any(name in one.figures for one in measurements)]
    head = f"| {load} | {' | '.join(one.server for one in measurements)} |"
    rows = [_row(name, measurements) for name in names]
    return "\n".join([head, "| --- |" + " --- |" * len(measurements), *rows])


def _row(name: str, measurements: Sequence[Measurement]) -> str:
    figure = FIGURES[name]
    unit = f", {figure.unit}" if figure.unit else ""
    cells = [shown(one.figures[name]) if name in one.figures else "not measured" for one in measurements]
    return f"| {figure.title}{unit} | {' | '.join(cells)} |"


def _ratios(measurements: Sequence[Measurement], reference: str) -> str:
    """How often each server's figure goes into the reference's: more than 1 is better than it, less is worse."""
    compared = {one.load: one for one in measurements if one.server == reference}
    rows = [
        f"| {one.load} | {FIGURES[name].title} | {one.server} | {ratio:.2g} |"
        for one in measurements
        if one.server != reference and one.load in compared
        for name in _LESS_IS_BETTER
        if (ratio := _ratio(one, compared[one.load], name)) is not None
    ]
    if not rows:
        return ""
    return "\n".join(
        [f"| load | figure | server | {reference} needs so many times as much |", "| --- | --- | --- | --- |", *rows]
    )


def _ratio(one: Measurement, reference: Measurement, name: str) -> float | None:
    if not one.figures.get(name) or not reference.figures.get(name):
        return None
    return reference.figures[name] / one.figures[name]


def _goals(measurements: Sequence[Measurement], reference: str) -> str:
    """The goals that this run says something of, for each form of Adrastea in it."""
    rows = [
        f"| {verdict.goal.sentence(reference)} | {server} | {verdict.shown()} | {verdict.word} |"
        for server in dict.fromkeys(one.server for one in measurements if one.server.startswith("adrastea"))
        for verdict in goals.judged(measurements, server, reference)
        if verdict.value is not None
    ]
    return "\n".join(["| goal | server | measured | |", "| --- | --- | --- | --- |", *rows]) if rows else ""


def _lost(run: Run) -> str:
    troubles = [f"- {one.server}, {one.load}: {one.trouble}" for one in joined(run.measurements) if one.trouble]
    late = [f"- {cell}: no time was left" for cell in run.left_out]
    return "\n".join(["Not measured, or not to the end:", "", *troubles, *late]) if troubles or late else ""
