"""Memory in large blocks goes back to the system when it is let go of, also after the first.

glibc maps large blocks each by itself, and gives them back at once. But when the first is let go of, it takes for
granted that more of that size will come, and keeps such blocks in its heaps, one for each thread, from then on. A cell
that prints without end has a megabyte written, saved and shown again and again: fixing the bounds costs a system call
for each, and saves tens of megabytes that nobody would ever use again. Linux only; any thread.

Source of truth: https://man7.org/linux/man-pages/man3/mallopt.3.html, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD.
"""

from __future__ import annotations

import sys
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_MAPPED_BYTES: Final = 64 * 1024  # and more: as long as a piece of a stream (`streams.py`)
_KEPT_BYTES: Final = 128 * 1024  # at the end of a heap


def give_back() -> bool:
    """From now on. Returns whether this system's C library can do it."""
    if sys.platform != "linux":
        return False
    try:
        import ctypes  # noqa: PLC0415 -- half a megabyte, which nobody needs who prints less

        mallopt = ctypes.CDLL(None).mallopt
        return bool(mallopt(_M_MMAP_THRESHOLD, _MAPPED_BYTES)) and bool(mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES))
    except (ImportError, OSError, AttributeError):  # not in the frozen program; not glibc
        return False
