"""The loads as values, and the order in which they are put on the servers. Pure.

A cell is one load on one server in a process of its own. Cells are interleaved: every load goes round all servers
before the next one begins, so that what else the machine does meanwhile meets all of them alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paced", "closed", "flood", "start", "idle"]
Kernel = Literal["null", "python3"]
Dialect = Literal["v1", "json"]

_OVERHEAD_SECONDS = 4.0  # to start a server and to end it
_NULL_SECONDS = 0.05  # to start a kernel
_PYTHON_SECONDS = 0.8


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of a server."""

    kind: Kind
    kernels: int
    seconds: float
    rate: float = 0.0
    """Executes a second and kernel (paced), requests outstanding (closed)."""
    kernel: Kernel = "null"
    dialect: Dialect = "v1"

    @property
    def title(self) -> str:
        """Names it in reports; no two loads of one run have the same."""
        kernels = (
            f"{self.kernels} {'null' if self.kernel == 'null' else 'Python'} kernel{'' if self.kernels == 1 else 's'}"
        )
        what = {
            "paced": f"{kernels}, {self.rate:g}/s each",
            "closed": f"{kernels}, {self.rate:g} outstanding each",
            "flood": f"{kernels}, one of them printing without end",
            "start": f"start of {kernels}",
            "idle": f"{kernels}, idle",
        }[self.kind]
        return what if self.dialect == "v1" else f"{what}, JSON dialect"

    @property
    def expected_seconds(self) -> float:
        """About how long its cell takes."""
        starts = self.kernels * (_NULL_SECONDS if self.kernel == "null" else _PYTHON_SECONDS)
        return _OVERHEAD_SECONDS + starts + self.seconds


@dataclass(frozen=True, slots=True)
class Cell:
    """One load on one server, for the `round`th time."""

    server: str
    load: Load
    round: int


QUICK: Sequence[Load] = (
    *(Load("paced", count, 5, 10) for count in (1, 8, 32)),
    Load("paced", 16, 5, 100),
    Load("closed", 16, 4, 4),
    Load("paced", 8, 5, 10, dialect="json"),
    Load("flood", 2, 5, 20),
    Load("idle", 1, 10),
    Load("start", 1, 4, kernel="python3"),
    Load("paced", 4, 5, 10, kernel="python3"),
)

FULL: Sequence[Load] = (
    *(Load("paced", count, 60, rate) for rate in (10, 100) for count in (1, 2, 4, 8, 16, 32, 64, 100)),
    *(Load("paced", count, 60, rate, dialect="json") for rate in (10, 100) for count in (8, 32)),
    Load("closed", 16, 60, 4),
    Load("flood", 2, 60, 20),
    Load("idle", 0, 60),
    Load("idle", 8, 60),
    Load("start", 1, 20, kernel="python3"),
    Load("start", 64, 0, kernel="python3"),
    *(Load("paced", count, 60, rate, kernel="python3") for rate in (10, 100) for count in (1, 2, 4, 8, 16, 32)),
)


def interleaved(servers: Sequence[str], loads: Sequence[Load], rounds: int) -> list[Cell]:
    """Load by load round all servers; every second time the other way round, so that nobody is always first."""
    return [
        Cell(server, load, number)
        for number in range(rounds)
        for place, load in enumerate(loads)
        for server in (servers if (place + number) % 2 == 0 else reversed(servers))
    ]
