"""`/api/adrastea/widgets/<kernel>/<module>`: the code of older widgets for the page, from the kernel's environment.

A package of widgets puts it where Jupyter looks for it, `share/jupyter/nbextensions/<module>/index.js` below the
prefix of its Python, as one AMD module. It runs in a frame that reaches nothing of ours. Whoever has such a package has
ipywidgets as well: so the prefix is found by asking the kernel's Python for that (`package_folders.py`).

Source of truth: https://jupyter-notebook.readthedocs.io/en/v6.5.4/extending/frontend_extensions.html
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Final

from adrastea.errors import NotFound
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.user_files import UserFileHandler

_MODULE: Final = re.compile(r"(?:@[a-z0-9][\w.-]*/)?[a-zA-Z0-9][\w.-]*")
_PLACE: Final = Path("share", "jupyter", "nbextensions")


class WidgetModuleHandler(UserFileHandler):
    """One module."""

    _place = Path()

    async def get(self, path: str, module: str = "") -> None:
        """The module, or 304. `path` is the kernel's name."""
        await self._find(path, module)
        await super().get(module)

    async def head(self, path: str, module: str = "") -> None:
        """Its headers."""
        await self._find(path, module)
        await super().head(module)

    def place_of(self, path: str) -> Path:
        """Where it lies."""
        return self._place

    async def _find(self, kernel: str, module: str) -> None:
        spec = self.services.kernels.specs.get(kernel)
        found = None
        if _MODULE.fullmatch(module) is not None:
            found = await asyncio.get_running_loop().run_in_executor(None, self._look, spec, module)
        if found is None:
            sentence = f"The code of the widgets of {module} was not found in the environment of the kernel"
            raise NotFound(f"{sentence} “{spec.display_name}”. Is the package installed there?")
        self._place = found

    def _look(self, spec: KernelSpec, module: str) -> Path | None:
        package = self.services.packages.find(spec, "ipywidgets")
        if package is None:
            return None
        for prefix in package.parents[2:4]:  # Lib/site-packages on Windows, lib/python3.x/site-packages elsewhere
            file = prefix / _PLACE / module / "index.js"
            if file.is_file():
                return file
        return None
