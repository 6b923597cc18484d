"""A new environment with ipykernel in it, or ipykernel into a Python that has none.

By uv where there is one, else by the Python's own venv and pip. What these programs print is passed on line by line.
Ended at any time with all that they have started; an environment that we had begun is then taken away again. Where the
network is not reached, the sentence says what is there without it and what is not.

Source of truth: https://docs.python.org/3/library/venv.html, https://docs.astral.sh/uv/pip/environments/
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea import process_group
from adrastea.errors import Conflict, KernelFailed
from adrastea.kernels.python_kernel import install_command

LIMIT_SECONDS: Final = 900.0
"""For all of it: a slow network, and packages that have to be built."""
_KEPT_LINES: Final = 40  # of what was printed, for the cause of a failure
_PIP: Final = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off")
_PIP_PATIENCE: Final = ("--retries", "1", "--timeout", "15")  # else it tries for minutes where there is no network
_NO_NETWORK: Final = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|name resolution|Name or service not known|dns error"
    r"|Connection refused|Network is unreachable|Failed to fetch|ProxyError|No matching distribution|getaddrinfo",
    re.IGNORECASE,
)
_OF_THE_SYSTEM: Final = re.compile(r"externally[- ]managed", re.IGNORECASE)
_NO_VENV: Final = re.compile(r"ensurepip is not available|No module named '?(venv|ensurepip)")
_NO_PIP: Final = re.compile(r"No module named '?pip\b")
_DISK_FULL: Final = re.compile(r"No space left on device|Errno 28\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One program to run."""

    says: str
    """What it does, for the user."""
    argv: tuple[str, ...]
    package: str = "ipykernel"
    """What it is about."""


def steps(python: Path | None, folder: Path | None, uv: str | None, package: str = "ipykernel") -> tuple[Step, ...]:
    """What has to be run: `folder` is the new environment, None: `package` goes into `python` itself. Pure.

    Raises:
        KernelFailed: there is neither a Python nor uv to make it with.
    """
    target = python_in(folder) if folder is not None else python
    if target is None or (python is None and uv is None):
        raise KernelFailed("There is no Python on this computer to make an environment with. Install Python first.")
    made: list[Step] = []
    if folder is not None:
        base = () if python is None else ("--python", str(python))
        plain = (str(python), "-m", "venv", str(folder))
        made.append(Step(f"Creating {folder}", plain if uv is None else (uv, "venv", *base, str(folder))))
    pip = (str(target), *_PIP, *_PIP_PATIENCE, package)
    by_uv = (uv or "", "pip", "install", "--python", str(target), package)
    return (*made, Step(f"Installing {package} into {target}", pip if uv is None else by_uv, package))


def python_in(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def check_new(folder: Path) -> None:
    """Raise Conflict where something lies already. Looks at the disk."""
    if (folder / "pyvenv.cfg").is_file():
        raise Conflict(f"{folder} is an environment already: choose its interpreter instead.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"There is something in {folder} already. Choose another folder.")


def why_failed(printed: str, python: Path, package: str = "ipykernel") -> str:
    """The cause, as a sentence that says what to do. Pure."""
    if _DISK_FULL.search(printed):
        return "The disk is full."
    if _OF_THE_SYSTEM.search(printed):
        return "This Python belongs to the operating system, and pip may not install into it: create an environment."
    if _NO_VENV.search(printed):
        return (
            "This Python cannot make environments: its package venv is missing. "
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    if _NO_PIP.search(printed):
        return f"This Python has no pip to install {package} with: create an environment instead."
    if _NO_NETWORK.search(printed):
        return (
            f"{package} could not be fetched, for the package index was not reached. When there is a network: "
            f"{install_command(python, package)}"
        )
    last = next((line.strip() for line in reversed(printed.splitlines()) if line.strip()), "it ended without a word")
    return f"{last.removesuffix('.')}."


class Making:
    """One environment in the making. `run` belongs to a thread of the loop's pool, `cancel` to the server thread."""

    def __init__(self, environ: Mapping[str, str], made: Path | None = None) -> None:
        """`made` is the folder that is taken away again when it is cancelled."""
        self._environ = environ
        self._made = made
        self._popen: subprocess.Popen[str] | None = None
        self._is_over = False

    def run(self, wanted: Sequence[Step], target: Path, tell: Callable[[str], None]) -> None:
        """Run the steps one after the other; `tell` gets each line, in this thread.

        Raises:
            KernelFailed: one failed, or it was cancelled; `log` has what was printed last.
        """
        for step in wanted:
            tell(step.says)
            lines = self._lines(step, tell)
            if self._is_over:
                if self._made is not None:
                    shutil.rmtree(self._made, ignore_errors=True)
                raise KernelFailed("It took too long, or was cancelled, and was ended.")
            if lines is not None:
                printed = "\n".join(lines)
                raise KernelFailed(why_failed(printed, target, step.package), printed)

    def cancel(self) -> None:
        """Nobody wants it any more: end what runs, with all that it has started. Returns at once."""
        self._is_over = True
        if self._popen is not None and self._popen.poll() is None:
            process_group.kill(self._popen)

    def _lines(self, step: Step, tell: Callable[[str], None]) -> list[str] | None:
        """None: it went well. Else what it printed last."""
        if self._is_over:
            return []
        try:
            popen = self._popen = subprocess.Popen(
                step.argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env={**self._environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            return [f"{step.argv[0]} cannot be executed: {error.strerror}"]
        kept: list[str] = []
        with popen:
            for line in popen.stdout or ():
                text = line.rstrip()
                if text:
                    kept = [*kept[1 - _KEPT_LINES :], text]
                    tell(text)
        return None if popen.returncode == 0 else kept
