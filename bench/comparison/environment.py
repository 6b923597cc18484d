"""The servers to compare with, as PyPI has them: installed into `.cache/bench-venv`, an environment of their own.

It is made again when `requirements/bench.txt` has changed, whose digest stands in it.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from build import environment
from build.console import CACHE, ROOT, Task, run, say

FOLDER = CACHE / "bench-venv"
PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = ROOT / "requirements" / "bench.txt"
_ADVICE = "Look at the network and at pip's settings (pip config list)."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    if is_ready(FOLDER, REQUIREMENTS):
        return
    say("Installing the servers to compare with into .cache/bench-venv with pip: jupyter_server, jupyverse.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    make = [str(environment.PYTHON), "-m", "venv", "--without-pip", str(FOLDER)]
    run(Task("bench-venv", make, "Remove .cache/bench-venv and try again."))
    pip = [str(environment.PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--python", str(PYTHON)]
    run(Task("bench-pip", [*pip, "install", "--progress-bar", "off", "--requirement", str(REQUIREMENTS)], _ADVICE))
    _stamp(FOLDER).write_text(_digest(REQUIREMENTS), encoding="utf-8")


def is_ready(folder: Path, requirements: Path) -> bool:
    """Whether all that the requirement file asks for now has been installed into the folder."""
    return _stamp(folder).exists() and _stamp(folder).read_text(encoding="utf-8") == _digest(requirements)


def _stamp(folder: Path) -> Path:
    return folder / ".installed"


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()
