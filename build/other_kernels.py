"""Kernels of other languages, for the tests that run them: in `.cache/kernels`, an environment of their own.

What a user has installed is none of the tests' business, and none of theirs comes into `.venv`. It is made again when
`requirements/kernels.txt` has changed, whose digest stands in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil

from build import environment
from build.console import CACHE, ROOT, Task, run, say

FOLDER = CACHE / "kernels"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_REQUIREMENTS = ROOT / "requirements" / "kernels.txt"
_ADVICE = "Look at the network and at pip's settings (pip config list)."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    stamp = FOLDER / ".installed"
    digest = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    say("Installing the kernels that the tests run into .cache/kernels with pip: Bash, Deno, Xeus-Python.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    make = [str(environment.PYTHON), "-m", "venv", "--without-pip", str(FOLDER)]
    run(Task("kernels-venv", make, "Remove .cache/kernels and try again."))
    pip = [str(environment.PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--python", str(PYTHON)]
    install = [*pip, "install", "--progress-bar", "off", "--requirement", str(_REQUIREMENTS)]
    run(Task("kernels-pip", install, _ADVICE))
    stamp.write_text(digest, encoding="utf-8")
