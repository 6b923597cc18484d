"""Which process a number means: numbers are given away again, and each machine and each container has its own.

Guarantees: two processes that the same number has meant are told apart; nothing is taken for a process that lives
unless the system says so. Where the system does not say when a process began (macOS and Windows, today), none is ever
known again, and kernels end with the program.

Source of truth: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Final

CAN_TELL: Final = sys.platform == "linux"
"""Whether processes of earlier runs of the program can be known again on this system."""

_STATE: Final = 0  # of the fields behind the name, which may hold anything
_BEGUN: Final = 19
_RESIDENT: Final = "VmRSS:"


def begun(pid: int) -> str:
    """When the process began, in a form that is only good for comparing; empty: there is none, or it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[_STATE] in {"Z", "X"} else fields[_BEGUN]


def machine() -> str:
    """This start of this machine, and this container: within it, number and `begun` mean one process."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{start} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def host() -> str:
    """The machine's name, which stays when it is started again."""
    return socket.gethostname()


def resident_bytes(pid: int) -> int:
    """How much memory the process holds; 0 where that is not known."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(_RESIDENT)), 0)
