"""Which cells run and which wait, as a value. Pure: it decides, `session.py` acts.

One cell at a time is with the kernel. A cell that fails takes those that wait behind it out of the queue, as Jupyter
does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from adrastea.documents.notebook import CellId

# `unknown`: it ended while the program did not run
FinishedStatus = Literal["ok", "error", "interrupted", "aborted", "skipped", "died", "unknown"]


@dataclass(frozen=True, slots=True)
class Queued:
    """A cell that waits, with the source that it had when it was asked for."""

    cell: CellId
    source: str


@dataclass(frozen=True, slots=True)
class RunStatus:
    """What a view shows of the queue."""

    running: CellId | None = None
    queued: tuple[CellId, ...] = ()
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A cell has come to its end, `seconds` after it was sent; None when it never was."""

    cell: CellId
    status: FinishedStatus
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class RunOver:
    """A run of a cell that was sent to the kernel is over. The same once more: outputs have come behind its end."""

    id: str
    cell: CellId
    source: str
    status: FinishedStatus
    at: datetime
    """When it was sent; aware, UTC."""
    seconds: float


@dataclass(frozen=True, slots=True)
class InputRequest:
    """The kernel waits for a line from the user."""

    cell: CellId
    prompt: str
    password: bool


@dataclass(frozen=True, slots=True)
class RunQueue:
    """The cells that wait, first come, first served."""

    waiting: tuple[Queued, ...] = ()

    def add(self, cells: Iterable[Queued]) -> RunQueue:
        """Queue cells. One that waits already keeps its place and takes the newer source."""
        waiting = list(self.waiting)
        for cell in cells:
            place = next((i for i, other in enumerate(waiting) if other.cell == cell.cell), None)
            if place is None:
                waiting.append(cell)
            else:
                waiting[place] = cell
        return replace(self, waiting=tuple(waiting))

    def take(self) -> tuple[Queued | None, RunQueue]:
        """The next cell, and the queue without it."""
        if not self.waiting:
            return None, self
        return self.waiting[0], replace(self, waiting=self.waiting[1:])

    def skip_all(self, status: FinishedStatus) -> tuple[tuple[Finished, ...], RunQueue]:
        """Everything that waits comes to an end without having run."""
        return tuple(Finished(item.cell, status) for item in self.waiting), RunQueue()

    @property
    def cells(self) -> tuple[CellId, ...]:
        """The ids of those that wait, in order."""
        return tuple(item.cell for item in self.waiting)
