"""What a process costs, as the system counts it: processor time, wakeups, memory. Linux only: read from /proc.

Processor time is that of all its threads by the scheduler's own accounting (`/proc/PID/task/*/schedstat`, in
nanoseconds); what it has started is counted apart. A thread that has ended takes its time along.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used until now."""

    cpu_seconds: float
    wakeups: int
    """How often its threads have waited for something and gone on."""
    rss_mib: float
    rss_peak_mib: float
    pss_mib: float


def usage(pid: int, proc: Path = PROC) -> Usage:
    """What this process has used.

    Raises:
        ProcessLookupError: there is no such process any more.
    """
    try:
        status = (proc / str(pid) / "status").read_text(encoding="utf-8")
        rollup = (proc / str(pid) / "smaps_rollup").read_text(encoding="utf-8")
        tasks = list((proc / str(pid) / "task").iterdir())
    except OSError:
        raise ProcessLookupError(pid) from None
    return Usage(
        sum(map(scheduled_seconds, _texts(task / "schedstat" for task in tasks))),
        sum(number(text, "voluntary_ctxt_switches") for text in _texts(task / "status" for task in tasks)),
        number(status, "VmRSS") / 1024,
        number(status, "VmHWM") / 1024,
        number(rollup, "Pss") / 1024,
    )


def descendants(pid: int, proc: Path = PROC) -> list[int]:
    """The processes that it has started, those that they have started, and so on."""
    try:
        tasks = list((proc / str(pid) / "task").iterdir())
    except OSError:
        return []
    children = [int(child) for text in _texts(task / "children" for task in tasks) for child in text.split()]
    return [*children, *(found for child in children for found in descendants(child, proc))]


def descendants_mib(pid: int, proc: Path = PROC) -> float:
    """The proportional set size of all that it has started."""
    rollups = _texts(proc / str(found) / "smaps_rollup" for found in descendants(pid, proc))
    return sum(number(text, "Pss") for text in rollups) / 1024


def scheduled_seconds(schedstat: str) -> float:
    """Time on a processor, from the text of a `schedstat`."""
    return int(schedstat.split(maxsplit=1)[0]) / 1e9


def number(text: str, name: str) -> int:
    """The number after `name:` at the beginning of a line; 0 where there is none (a kernel thread has no memory)."""
    found = (line.split()[1] for line in text.splitlines() if line.startswith(f"{name}:"))
    return int(next(found, "0"))


def _texts(files: Iterable[Path]) -> Iterable[str]:
    for file in files:
        with suppress(OSError):  # its thread or process has ended meanwhile
            yield file.read_text(encoding="utf-8")
