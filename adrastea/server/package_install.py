"""`/api/adrastea/packages/<kernel>`: a package by which plots are drawn, installed into the environment of a kernel.

Told line by line while pip or uv works, and given up when the client goes, as environments are (`environments.py`).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from adrastea.documents.notebook import JsonObject
from adrastea.errors import AppError, BadRequest, KernelFailed
from adrastea.kernels import kernelspec, python_command
from adrastea.kernels.new_environment import Making, steps
from adrastea.server import fields
from adrastea.server.environments import MakingHandler
from adrastea.server.fields import json_bytes
from adrastea.server.handler import finish

_PACKAGES: Final = ("plotly", "bokeh")


class PackageInstallHandler(MakingHandler):
    """One package into one environment."""

    async def post(self, kernel: str) -> None:
        """JSON lines, then the package, or an error."""
        package = fields.text(self.body(), "package")
        if package not in _PACKAGES:
            raise BadRequest(f"{package} is not installed from here.")
        spec = self.services.kernels.specs.get(kernel)
        command = python_command.of(spec)
        if command is None:
            raise KernelFailed(
                f"The kernel “{spec.display_name}” is not started as Python plainly: install {package} where it runs."
            )
        python = Path(command.interpreter[0])
        making = Making(kernelspec.environment(spec, os.environ))
        self.set_header("Content-Type", "application/x-ndjson")
        outcome: JsonObject = {"package": package}
        try:
            await self.make(making, steps(python, None, shutil.which("uv"), package), python)
        except AppError as error:
            outcome = {"error": str(error)}
        finish(self, json_bytes(outcome) + b"\n")
