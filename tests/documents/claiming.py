"""What crashes left of a file, found and read in one step; the program does both in different threads."""

from __future__ import annotations

from pathlib import Path

from adrastea.documents.journal import Journals, Leftovers, left


def claim(journals: Journals, file: Path) -> Leftovers:
    """What the journals hold of a file whose path has no links in it."""
    return left(journals.find(file))
