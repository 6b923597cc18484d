"""What can be measured in a cell: names, units, and the sums that make figures of samples. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """What one number means."""

    title: str
    unit: str


# In the order in which a report shows them.
FIGURES: Mapping[str, Figure] = {
    "sent": Figure("executes sent", ""),
    "received": Figure("messages received", ""),
    "took_s": Figure("until everything had come", "s"),
    "lost_messages": Figure("messages lost", ""),
    "lost_kernels": Figure("kernels lost", ""),
    "cpu_us": Figure("CPU per execute", "µs"),
    "per_core": Figure("executes per second of a full core", "/s"),
    "reply_p50_ms": Figure("reply p50", "ms"),
    "reply_p99_ms": Figure("reply p99", "ms"),
    "idle_p50_ms": Figure("idle p50", "ms"),
    "idle_p99_ms": Figure("idle p99", "ms"),
    "first_answer_ms": Figure("session to kernel_info_reply, median", "ms"),
    "first_answer_least_ms": Figure("the same, least", "ms"),
    "all_ready_s": Figure("until all kernels have answered", "s"),
    "interrupt_ms": Figure("interrupt to idle", "ms"),
    "idle_cpu_ms": Figure("CPU while idle", "ms/min"),
    "idle_wakeups": Figure("wakeups while idle", "/min"),
    "rss_start_mib": Figure("RSS without kernels", "MiB"),
    "rss_end_mib": Figure("RSS after the load", "MiB"),
    "rss_grown_mib": Figure("by how much RSS grew", "MiB"),
    "rss_peak_mib": Figure("RSS, most", "MiB"),
    "pss_end_mib": Figure("PSS after the load", "MiB"),
    "kernels_mib": Figure("PSS of what it started", "MiB"),
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One load on one server."""

    server: str
    load: str
    figures: Mapping[str, float] = field(default_factory=dict[str, float])
    trouble: str | None = None
    """Why there are no figures, or why they are not whole."""


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that at least this share (0 to 1) of all do not exceed.

    Raises:
        ValueError: there are no samples.
    """
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * round(share * 10_000) // 10_000) - 1)]


def latencies(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """`name_p50_ms` and `name_p99_ms`; nothing where there are no samples."""
    if not seconds:
        return {}
    return {f"{name}_p50_ms": 1e3 * percentile(seconds, 0.5), f"{name}_p99_ms": 1e3 * percentile(seconds, 0.99)}


def per_execute(cpu_seconds: float, executes: int) -> dict[str, float]:
    """Cost of one execute, and how many a full core would carry; nothing where none was completed."""
    if not executes or cpu_seconds <= 0:
        return {}
    return {"cpu_us": 1e6 * cpu_seconds / executes, "per_core": executes / cpu_seconds}


def joined(measurements: Sequence[Measurement]) -> list[Measurement]:
    """Rounds of the same cell made one, in order of first appearance, servers alike for all loads.

    Of each figure it is the median; losses are added up.
    """
    cells: dict[tuple[str, str], list[Measurement]] = {}
    for measurement in measurements:
        cells.setdefault((measurement.load, measurement.server), []).append(measurement)
    servers = list(dict.fromkeys(one.server for one in measurements))
    loads = list(dict.fromkeys(load for load, _ in cells))
    return [_one(cells[load, server]) for load in loads for server in servers if (load, server) in cells]


def _one(rounds: Sequence[Measurement]) -> Measurement:
    names = [name for name in FIGURES if any(name in one.figures for one in rounds)]
    values = {name: [one.figures[name] for one in rounds if name in one.figures] for name in names}
    return Measurement(
        rounds[0].server,
        rounds[0].load,
        {name: sum(found) if name.startswith("lost_") else statistics.median(found) for name, found in values.items()},
        "; ".join(dict.fromkeys(one.trouble for one in rounds if one.trouble)) or None,
    )
