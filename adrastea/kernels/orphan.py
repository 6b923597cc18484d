"""A kernel's process that an earlier run of the program has started, and that is nobody's child any more.

Its end is noticed as that of any other, but how it has ended is not to be learnt, and its number is free at once. So
before a signal is sent we look whether it still means the same process (`process_identity.py`). Server thread only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from adrastea.kernels import process_identity
from adrastea.kernels.exit import Exit
from adrastea.kernels.process import Group, KernelProcess


class Orphaned:
    """The `Parent` of a process without one."""

    def __init__(self, pid: int, begun: str) -> None:
        self._pid = pid
        self._begun = begun

    def has_ended(self) -> bool:
        """As `Parent` has it."""
        return process_identity.begun(self._pid) != self._begun

    def wait(self, told: Callable[[Exit], None]) -> None:
        """As `Parent` has it."""
        told(Exit())


def adopt(pid: int, begun: str) -> KernelProcess:
    """The process with this number, which began then."""
    adopted = KernelProcess()
    adopted.note = "a process of an earlier run of the program"
    if sys.platform != "win32":
        adopted.runs(pid, Group(pid, begun), Orphaned(pid, begun))
    return adopted
