"""A lock on an open file, which the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import sys
from typing import IO, Any


def try_lock(file: IO[Any]) -> bool:
    """Whether the file is ours now, until it is closed. Returns at once."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 -- not elsewhere

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 -- not on Windows

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
