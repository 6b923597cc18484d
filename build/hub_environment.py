"""JupyterHub, for the test that has it start our server: in `.cache/hub-venv`, apart from `.venv`.

Its proxy is a program for Node, and comes with the UI's packages.
"""

from __future__ import annotations

from build.console import CACHE, ROOT
from build.environment_beside import EnvironmentBeside

_ENVIRONMENT = EnvironmentBeside(CACHE / "hub-venv", ROOT / "requirements" / "hub.txt")
PYTHON = _ENVIRONMENT.python
PROXY = ROOT / "ui" / "node_modules" / ".bin" / "configurable-http-proxy"
_DOING = "Installing JupyterHub into .cache/hub-venv with pip, for the test that has it start our server."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    _ENVIRONMENT.ensure(_DOING)
