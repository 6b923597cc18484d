"""Kernels of other languages, for the tests that run them: in `.cache/kernels`, an environment of their own.

R's kernel and Octave itself are packages of the distribution (`kernels` in spec/system-packages.toml).

What a user has installed is none of the tests' business, and none of theirs comes into `.venv`.
"""

from __future__ import annotations

from build.console import CACHE, ROOT
from build.environment_beside import EnvironmentBeside

_ENVIRONMENT = EnvironmentBeside(CACHE / "kernels", ROOT / "requirements" / "kernels.txt")
PYTHON = _ENVIRONMENT.python
_DOING = "Installing the kernels that the tests run into .cache/kernels with pip: Bash, Deno, Scheme and others."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    _ENVIRONMENT.ensure(_DOING)
