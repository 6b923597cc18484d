"""The environment of the kernel that draws rich outputs for the tests: `.cache/outputs`, with Plotly and others.

In `.venv` they would make the kernel of the examples look as if it had them.
"""

from __future__ import annotations

from build.console import CACHE, ROOT
from build.environment_beside import EnvironmentBeside

_ENVIRONMENT = EnvironmentBeside(CACHE / "outputs", ROOT / "requirements" / "outputs.txt")
PYTHON = _ENVIRONMENT.python
_DOING = "Installing what draws rich outputs in the tests into .cache/outputs with pip: Plotly, Altair and others."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    _ENVIRONMENT.ensure(_DOING)
