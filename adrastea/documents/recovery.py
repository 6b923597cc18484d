"""What journals that a crash left behind add to the file that is on the disk now. Pure; any thread.

A journal fits a file that holds what the journal began with, or what one of its saves left there: then the edits below
that place are those that the file lacks. Where no journal fits, somebody else has changed the file since: the edits
are applied to what it holds now, cell by cell, and the user is to decide.

Several journals are of several crashes, the oldest first: each began with the file as the one before had left it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adrastea.documents import edits as editing
from adrastea.documents.edits import Edit
from adrastea.documents.journal_records import Edits, Header, Mark, Record, Saved
from adrastea.documents.notebook import Notebook
from adrastea.documents.store import Fingerprint


@dataclass(frozen=True, slots=True)
class Recovered:
    """The notebook as it was when the program ended."""

    notebook: Notebook
    changes: int
    """How many edits the file lacked."""
    base: Fingerprint
    """What the file held when the edits were made to it."""
    fits: bool
    """Whether it still does."""


def recover(journals: Sequence[Sequence[Record]], on_disk: Fingerprint, notebook: Notebook) -> Recovered | None:
    """The notebook with what the file lacks; None where it lacks nothing. `notebook` is what the file holds."""
    starts = [_start(records, on_disk) for records in journals]
    fits = any(start is not None for start in starts)
    edits: list[Edit] = []
    for records, start in zip(journals, starts, strict=True):
        if start is not None or not fits:
            edits.extend(edit for record in records[start or 0 :] if isinstance(record, Edits) for edit in record.edits)
    after, changes = notebook, 0
    for edit in edits:
        before, after = after, editing.apply(after, edit)
        changes += after is not before
    return Recovered(after, changes, on_disk if fits else _base(journals[-1]), fits) if changes else None


def _base(records: Sequence[Record]) -> Fingerprint:
    """What the file held when the program last knew."""
    known = [record for record in records if isinstance(record, (Header, Saved))]
    return known[-1].base if isinstance(known[-1], Header) else known[-1].fingerprint


def _start(records: Sequence[Record], on_disk: Fingerprint) -> int | None:
    """Behind which record those edits begin that a file of this content lacks; None where it does not fit."""
    marks: dict[int, int] = {}
    start: int | None = None
    for position, record in enumerate(records):
        match record:
            case Header(base=base) if base == on_disk:
                start = position + 1
            case Mark(number):
                marks[number] = position + 1
            case Saved(number, fingerprint) if fingerprint == on_disk and number in marks:
                start = marks[number]
            case _:
                pass
    return start
