"""In which ways kernels come about on this system: the quickest that works for each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from adrastea.kernels.starting import NewProcess, Starter
from adrastea.kernels.zygotes import Zygotes


def warm(folder: Path, environ: Mapping[str, str]) -> Starter:
    """Something is kept ready for the next kernel; `environ` is what kernels get. Connection files lie in `folder`."""
    new_process = NewProcess(folder)
    if sys.platform == "linux":
        return Zygotes(new_process, new_process, environ)
    else:  # noqa: RET505 -- mypy takes the branches of a platform check apart by `else`
        return new_process


def cold(folder: Path) -> Starter:
    """Each kernel is a new process, and nothing is kept ready."""
    return NewProcess(folder)
