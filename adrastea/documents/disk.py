"""The threads of the open notebooks in which everything blocks: for files, journals, syncs and the spool.

Past runs of cells have one more (`run_keeping.py`).

None of them waits for another: a large save holds up no journal and no other file, a slow spool no save. Files may
lie on any disk; the others touch the state folder only. Server thread only.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from adrastea.documents.lanes import Lanes
from adrastea.documents.spool import Spool

_FILES: Final = 8  # that disks may hold up before others wait


@dataclass(frozen=True, slots=True)
class Disk:
    """See the module."""

    files: Lanes
    journals: Executor
    syncs: Executor
    """Lets the disk take what is in the journals: that may last, and the next write to them does not wait for it."""
    spool: Executor
    printed: Spool
    """What the `spool` thread writes to."""

    def close(self) -> None:
        """Return when all that was asked for is done."""
        for thread in (self.files, self.syncs, self.journals, self.spool):
            thread.shutdown()


def disk(printed: Spool) -> Disk:
    """With threads that begin when they are needed."""
    return Disk(Lanes(ThreadPoolExecutor(_FILES, "disk")), thread("journal"), thread("sync"), thread("spool"), printed)


def thread(name: str) -> Executor:
    """One thread, which begins when it is needed."""
    return ThreadPoolExecutor(1, thread_name_prefix=name)
