"""What was measured in pages, as a Markdown table: medians of all rounds, application beside application. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FIGURES: Final[Mapping[str, tuple[str, str]]] = {  # name → what it is, unit
    "requests": ("requests until the first key", ""),
    "js_raw_kib": ("JavaScript until the first key", "KiB"),
    "js_sent_kib": ("the same as it is sent", "KiB"),
    "shown_s": ("first cell seen", "s"),
    "first_key_s": ("first key painted", "s"),
    "quiet_s": ("main thread quiet after", "s"),
    "heap_mib": ("heap", "MiB"),
    "nodes": ("DOM nodes", ""),
    "idle_cpu_ms_per_s": ("processor time in a second of doing nothing", "ms"),
    "key_ms": ("key to paint", "ms"),
    "key_p95_ms": ("key to paint, 95 of 100", "ms"),
    "scroll_frames_s": ("scrolling", "frames/s"),
    "scroll_blank_percent": ("frames with an empty place", "%"),
    "run_all_s": ("run all", "s"),
    "run_all_gap_ms": ("longest time without a frame meanwhile", "ms"),
    "flood_s": ("until the page answers", "s"),
    "flood_block_ms": ("longest time without a frame meanwhile", "ms"),
    "page_cpu_s": ("processor time of the page, all in all", "s"),
    "longest_task_ms": ("longest task of the main thread", "ms"),
}
TITLES: Final[Mapping[str, str]] = {
    "small": "10 cells",
    "thousand": "1,000 cells",
    "large": "20 MB",
    "run_all": "run all 1,000 trivial cells",
    "flood": "200,000 printed lines",
    "outputs": "20,000 outputs of a cell",
    "displays": "a cell shows 20,000 things",
}
_FINE = 10  # from here on figures are shown without a decimal
_MORE_IS_BETTER = ("scroll_frames_s",)


@dataclass(frozen=True, slots=True)
class Measured:
    """One scenario in one application, once."""

    app: str
    scenario: str
    figures: Mapping[str, float]
    failed: str = ""
    """Why there are no figures."""


def medians(measured: Sequence[Measured], app: str, scenario: str) -> dict[str, float]:
    """Of all rounds that have figures."""
    runs = [one.figures for one in measured if (one.app, one.scenario) == (app, scenario)]
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: statistics.median(run[name] for run in runs if name in run) for name in names}


def table(measured: Sequence[Measured]) -> str:
    """Rows of figures, a column for each application, and how many times as good the first one is as the second."""
    apps = list(dict.fromkeys(one.app for one in measured))
    head = f"| | figure | {' | '.join(apps)} | |"
    rows = [head, f"| --- | --- |{' --- |' * len(apps)} --- |"]
    for scenario in dict.fromkeys(one.scenario for one in measured):
        columns = [medians(measured, app, scenario) for app in apps]
        names = [name for name in FIGURES if any(name in column for column in columns)]
        for place, name in enumerate(names):
            title = "" if place else TITLES.get(scenario, scenario)
            cells = " | ".join(shown(column.get(name), FIGURES[name][1]) for column in columns)
            rows.append(f"| {title} | {FIGURES[name][0]} | {cells} | {_times(name, columns)} |")
    failed = [f"- {one.app}, {one.scenario}: {one.failed}" for one in measured if one.failed]
    return "\n".join([*rows, *(["", "Not measured:", "", *failed] if failed else [])]) + "\n"


def shown(value: float | None, unit: str) -> str:
    """A figure with as many digits as it is worth."""
    if value is None:
        return "—"
    number = f"{value:,.0f}" if abs(value) >= _FINE or value == int(value) else f"{value:.2g}"
    return f"{number} {unit}".rstrip()


def _times(name: str, columns: Sequence[Mapping[str, float]]) -> str:
    values = [column.get(name, 0) for column in columns[:2]]
    if len(values) != len(columns[:2]) or len(values) == 1 or not all(values):
        return ""
    ours, theirs = values
    return f"{shown(ours / theirs if name in _MORE_IS_BETTER else theirs / ours, '')}×"
