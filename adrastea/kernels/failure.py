"""Why a kernel could not start, as a sentence that says what to do: from how it ended and what it printed. Pure."""

from __future__ import annotations

import re
from typing import Final

from adrastea.kernels.exit import Exit

_ADDRESS_IN_USE: Final = re.compile(r"address already in use|EADDRINUSE|WSAEADDRINUSE|address in use", re.IGNORECASE)
_NO_IPYKERNEL: Final = re.compile(r"No module named '?ipykernel(_launcher|\b)")
_NO_MODULE: Final = re.compile(r"No module named '?([\w.]+)'?")
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_LONGEST_LINE: Final = 200


def port_taken(log: str) -> bool:
    """Whether the kernel ended because another program had one of its ports."""
    return _ADDRESS_IN_USE.search(log) is not None


def why_not_started(end: Exit, log: str, program: str) -> str:
    """The cause of a death before the kernel was open; `program` is the first word of its command."""
    if _NO_IPYKERNEL.search(log):
        return f"This kernel's Python has no ipykernel. Install it there: {program} -m pip install ipykernel"
    if port_taken(log):
        return "Another program has taken the kernel's network port. Start the kernel again."
    if end.signal is not None:
        return end.cause(when=", while it started,")
    missing = _NO_MODULE.search(_last_line(log))
    if missing is not None:
        return f"The kernel could not start: its Python has no module {missing[1]!r}, or a file of that name hides it."
    last = _last_line(log)
    if end.code is None:
        return f"{last}." if last else "The kernel ended while it started, and how is not known."
    if last:
        return f"The kernel ended while it started (exit code {end.code}): {last}."
    return f"The kernel ended while it started (exit code {end.code}), without a word."


def _last_line(log: str) -> str:
    lines = [line.strip() for line in _ESCAPES.sub("", log).splitlines() if line.strip()]
    return lines[-1][:_LONGEST_LINE].rstrip(".") if lines else ""
