"""An environment beside `.venv`, for what must not come into it: kernels, clients and servers of others, for tests.

It holds what one requirement file asks for, and is made again when that has changed, whose digest stands in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from build import environment
from build.console import Task, run, say

_ADVICE = "Look at the network and at pip's settings (pip config list)."


@dataclass(frozen=True, slots=True)
class EnvironmentBeside:
    """A folder and the requirement file of what is installed in it."""

    folder: Path
    requirements: Path

    @property
    def python(self) -> Path:
        """Its Python; not there before `ensure`."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def ensure(self, doing: str) -> None:
        """Make it, unless it is there as it should be; `doing` is said before.

        Raises:
            SetupFailed: it could not be made, or pip failed.
        """
        if self.is_ready():
            return
        say(doing)
        name = self.folder.name
        shutil.rmtree(self.folder, ignore_errors=True)
        make = [str(environment.PYTHON), "-m", "venv", "--without-pip", str(self.folder)]
        run(Task(f"{name}-make", make, f"Remove .cache/{name} and try again."))
        pip = [str(environment.PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        install = ["--python", str(self.python), "install", "--progress-bar", "off"]
        run(Task(f"{name}-pip", [*pip, *install, "--requirement", str(self.requirements)], _ADVICE))
        self._stamp().write_text(self._digest(), encoding="utf-8")

    def is_ready(self) -> bool:
        """Whether all that the requirement file asks for now has been installed."""
        return self._stamp().exists() and self._stamp().read_text(encoding="utf-8") == self._digest()

    def _stamp(self) -> Path:
        return self.folder / ".installed"

    def _digest(self) -> str:
        return hashlib.sha256(self.requirements.read_bytes()).hexdigest()
