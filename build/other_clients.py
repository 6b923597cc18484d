"""Clients of others, for the tests that point them at our server: in `.cache/clients-venv`, apart from `.venv`.

jupyter_server is in it too: as a client of ours (a gateway's), and as the server that our answers are compared with.
"""

from __future__ import annotations

from build.console import CACHE, ROOT
from build.environment_beside import EnvironmentBeside

_ENVIRONMENT = EnvironmentBeside(CACHE / "clients-venv", ROOT / "requirements" / "clients.txt")
PYTHON = _ENVIRONMENT.python
_DOING = "Installing the clients that the tests try into .cache/clients-venv with pip: papermill and others."


def ensure() -> None:
    """Make the environment, unless it is there as it should be.

    Raises:
        SetupFailed: it could not be made, or pip failed.
    """
    _ENVIRONMENT.ensure(_DOING)
