"""What Linux tells of a process and of itself, in /proc. Where there is none (Windows), nothing is known.

Source of truth: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Final

_STATE: Final = 0  # of the fields behind the name, which may hold anything
_BEGUN: Final = 19
_RESIDENT: Final = "VmRSS:"


def begun(pid: int) -> str:
    """As `process_identity.begun`: ticks of a clock since the start of the machine."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[_STATE] in {"Z", "X"} else fields[_BEGUN]


def machine() -> str:
    """As `process_identity.machine`."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{start} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def host() -> str:
    """As `process_identity.host`."""
    return socket.gethostname()


def resident_bytes(pid: int) -> int:
    """As `process_identity.resident_bytes`."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(_RESIDENT)), 0)
