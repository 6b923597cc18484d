"""Which process a number means: numbers are given away again, and each machine and each container has its own.

Guarantees: two processes that the same number has meant are told apart; nothing is taken for a process that lives
unless the system says so. Where we do not ask the system when a process began (Windows, today), none is ever known
again, and kernels end with the program.
"""

from __future__ import annotations

import sys
from typing import Final

if sys.platform == "darwin":
    from adrastea.kernels import macos_processes as system
else:
    from adrastea.kernels import linux_processes as system

CAN_TELL: Final = sys.platform in {"linux", "darwin"}
"""Whether processes of earlier runs of the program can be known again on this system."""

begun = system.begun
"""When a process began, in a form that is only good for comparing; empty: there is none, or it has ended."""

machine = system.machine
"""This start of this machine, and this container: within it, number and `begun` mean one process."""

host = system.host
"""The machine's name, or what else stays when it is started again."""

resident_bytes = system.resident_bytes
"""How much memory a process holds; 0 where that is not known."""
