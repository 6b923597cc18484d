"""What would be lost if a window closed now, in sentences that the user reads before he says yes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

_UNSAVED = "Some files have changes that are not saved: they would be lost."
_SHOWN_NAMES = 5


def losses(running: Sequence[str], *, unsaved: bool) -> tuple[str, ...]:
    """One sentence for each kind of loss: `unsaved` files, and `running` notebooks by their paths (K3)."""
    names = [PurePosixPath(path).name for path in running]
    shown = ", ".join(names[:_SHOWN_NAMES]) + (" …" if len(names) > _SHOWN_NAMES else "")
    return (*([_UNSAVED] if unsaved else ()), *([f"Still running: {shown}. It would be stopped."] if names else ()))


def question(*, is_last: bool) -> str:
    """What is asked: the last window takes the program along."""
    return "Close Adrastea?" if is_last else "Close this window?"
