"""What the disk says of a notebook that is opened: its file, and what a crash left of it. Blocks; a `disk` thread."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from adrastea.documents import notebook_file, recovery
from adrastea.documents.journal import Leftovers
from adrastea.documents.notebook_file import Loaded
from adrastea.documents.recovery import Recovered
from adrastea.documents.store import Fingerprint

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """See the module."""

    place: Path
    """Where the file lies: its path without links."""
    loaded: Loaded
    leftovers: Leftovers
    recovered: Recovered | None

    @property
    def base(self) -> Fingerprint:
        """What the file held when those edits were made that it lacks, or what it holds where it lacks none."""
        return self.loaded.fingerprint if self.recovered is None else self.recovered.base


def read(file: Path, claim: Callable[[Path], Leftovers]) -> Opened:
    """The notebook, and what the file lacks of it. Journals of which it lacks nothing are removed.

    `claim` gives what crashes left of the file that lies at a place.

    Raises:
        NotFound, Forbidden, StorageFailed: it cannot be read.
        InvalidNotebook: it is not a notebook.
    """
    loaded = notebook_file.load(file)
    place = Path(os.path.realpath(file))
    leftovers = claim(place)
    recovered = recovery.recover(leftovers.journals, loaded.fingerprint, loaded.notebook)
    if recovered is None:
        leftovers.remove()
        return Opened(place, loaded, Leftovers(), None)
    log.warning("%s has %d changes that a crash left", file.name, recovered.changes)
    return Opened(place, loaded, leftovers, recovered)
