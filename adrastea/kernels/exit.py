"""How a kernel's process has ended, and what that means in a sentence. Pure."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_REASONS: Final[Mapping[str, str]] = {
    "SIGKILL": "possibly because memory ran out",
    "SIGSEGV": "usually a fault in a compiled library",
    "SIGBUS": "usually a fault in a compiled library",
    "SIGILL": "usually a compiled library that was made for another processor",
    "SIGFPE": "usually a fault in a compiled library",
    "SIGABRT": "usually a compiled library that gave up",
    "SIGTERM": "somebody or something wanted it to end",
    "SIGHUP": "somebody or something wanted it to end",
    "SIGXCPU": "it has used up the processor time that it was allowed",
    "SIGXFSZ": "it has written a file larger than it was allowed",
}
_WINDOWS_REASONS: Final[Mapping[int, str]] = {
    0xC0000005: "an access violation, usually a fault in a compiled library",
    0xC0000017: "memory ran out",
    0xC00000FD: "a stack overflow",
    0xC000013A: "somebody or something wanted it to end",
}


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process has ended: with an exit code, or by a signal. Neither: nobody was left to learn it."""

    code: int | None = None
    signal: int | None = None

    def cause(self, when: str = "") -> str:
        """The end as a sentence for the user; `when` it was, between commas."""
        if self.signal is not None:
            return f"The kernel was{when} killed by {_named(self.signal)}."
        if self.code is None:
            return "The kernel has ended, and what had started it as well, so that the cause is not known."
        if self.code == 0:
            return "The kernel has ended by itself, as after exit() or quit()."
        reason = _WINDOWS_REASONS.get(self.code & 0xFFFFFFFF, "")
        if reason:
            return f"The kernel has ended by itself with exit code {self.code}: {reason}."
        return f"The kernel has ended by itself with exit code {self.code}."


def _named(number: int) -> str:
    name = _signal_name(number)
    if name in _REASONS:
        return f"signal {number} ({name}), {_REASONS[name]}"
    return f"signal {number} ({name})" if name else f"signal {number}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return ""
