"""In which ways kernels come about on this system: the quickest that works for each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from adrastea.kernels.adoption import Records
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.memory_pressure import MemoryPressure
from adrastea.kernels.spare import Spare
from adrastea.kernels.starting import NewProcess, Started, Starter
from adrastea.kernels.zygotes import Zygotes


def cold(folder: Path, records: Records | None = None) -> Starter:
    """Each kernel is a new process, and nothing is kept ready. Where there are `records`, it can outlive us."""
    return NewProcess(folder, parent=None if records is None else records.parent)


def warm(folder: Path, environ: Mapping[str, str], records: Records | None = None) -> Starter:
    """Something is kept ready for the next kernel; `environ` is what kernels get. Connection files lie in `folder`.

    Where there are `records`, kernels can outlive us.
    """
    new_process = NewProcess(folder, parent=None if records is None else records.parent)
    spare = Spare(new_process, records=records)
    if sys.platform == "linux":
        return WhileMemoryLasts(Zygotes(new_process, spare, environ))
    else:  # noqa: RET505 -- mypy takes the branches of a platform check apart by `else`
        return WhileMemoryLasts(spare)


class WhileMemoryLasts:
    """Lets go of what is kept ready as soon as the system says that memory is short, from the first kernel on."""

    def __init__(self, starter: Starter) -> None:
        self._starter = starter
        self._pressure = MemoryPressure(starter.shrink)

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        """As `Starter` has it."""
        self._pressure.listen()
        return self._starter.start(spec, cwd, environ)

    def shrink(self) -> None:
        """As `Starter` has it."""
        self._starter.shrink()

    async def close(self) -> None:
        """As `Starter` has it."""
        self._pressure.close()
        await self._starter.close()
