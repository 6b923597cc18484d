"""The servers to compare with, as PyPI has them: installed into `.cache/bench-venv`, an environment of their own."""

from __future__ import annotations

from build.console import CACHE, ROOT
from build.environment_beside import EnvironmentBeside

_ENVIRONMENT = EnvironmentBeside(CACHE / "bench-venv", ROOT / "requirements" / "bench.txt")
PYTHON = _ENVIRONMENT.python


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    _ENVIRONMENT.ensure(
        "Installing the servers to compare with into .cache/bench-venv with pip: jupyter_server, jupyverse."
    )
