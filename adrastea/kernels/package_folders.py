"""Where Python packages lie that a kernel could import: its own Python is asked, once, without importing them.

A kernel that is not started as plain `python -m …` is not asked; there the folders of its prefix are looked into. What
was found is remembered as long as it is there; what was not is asked for again, for a cell may install it.

Source of truth: https://docs.python.org/3/library/importlib.html#importlib.util.find_spec
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from adrastea import process_group
from adrastea.kernels import kernelspec, python_command
from adrastea.kernels.kernelspec import KernelSpec

_log = logging.getLogger(__name__)

_LIMIT_SECONDS: Final = 20.0  # a Python on a sleeping disk, or with many .pth files
_QUESTION: Final = """
import importlib.util, sys
sys.path[:] = [path for path in sys.path if path]
found = importlib.util.find_spec(sys.argv[1])
print((list(found.submodule_search_locations or ()) if found else [""])[0], end="")
"""


class PackageFolders:
    """The folders of packages, by kernel. Threads of the loop's pool: an answer that comes twice is the same."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        """`environ` is the environment in which kernels start; None takes ours."""
        self._environ = os.environ if environ is None else environ
        self._found: dict[tuple[tuple[str, ...], str], Path] = {}

    def find(self, spec: KernelSpec, package: str) -> Path | None:
        """The folder of a package of top level; None: the kernel has none of that name. Waits for a process."""
        split = python_command.of(spec)
        if split is None:
            return _below(Path(spec.prefix), package) if spec.prefix else None
        known = self._found.get((split.interpreter, package))
        if known is not None and known.is_dir():
            return known
        answer = _ask(split.interpreter, package, kernelspec.environment(spec, self._environ))
        folder = Path(answer) if answer else None
        if folder is None or not folder.is_absolute() or not folder.is_dir():
            return None
        self._found[split.interpreter, package] = folder
        return folder


def _below(prefix: Path, package: str) -> Path | None:
    """Where pip would have put it."""
    for pattern in ("lib/python3*/site-packages", "Lib/site-packages"):
        for folder in sorted(prefix.glob(pattern), reverse=True):
            if (folder / package).is_dir():
                return folder / package
    return None


def _ask(interpreter: tuple[str, ...], package: str, environ: Mapping[str, str]) -> str:
    try:
        code, printed = process_group.answer([*interpreter, "-c", _QUESTION, package], environ, _LIMIT_SECONDS)
    except OSError as error:
        _log.debug("%s cannot be executed: %s", interpreter[0], error)
        return ""
    except subprocess.TimeoutExpired:
        return ""
    return os.fsdecode(printed) if code == 0 else ""
