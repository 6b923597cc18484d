"""`/api/adrastea/widgets/<kernel>/<module>`: the code of older widgets for the page, from the kernel's environment.

A package of widgets puts it where Jupyter looks for it, `share/jupyter/nbextensions/<module>/index.js` below the
prefix of its Python, as one AMD module. It runs in a frame that reaches nothing of ours. Whoever has such a package has
ipywidgets as well: so the prefix is found by asking the kernel's Python for that (`package_folders.py`).

Source of truth: https://jupyter-notebook.readthedocs.io/en/v6.5.4/extending/frontend_extensions.html
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from adrastea.errors import NotFound
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.kernel_files import KernelFileHandler

_MODULE: Final = re.compile(r"(?:@[a-z0-9][\w.-]*/)?[a-zA-Z0-9][\w.-]*")
_PLACE: Final = Path("share", "jupyter", "nbextensions")


class WidgetModuleHandler(KernelFileHandler):
    """One module."""

    def find(self, spec: KernelSpec, name: str) -> Path:
        """Below the prefix of the kernel's Python."""
        found = self._look(spec, name) if _MODULE.fullmatch(name) is not None else None
        if found is None:
            raise NotFound(
                f"The code of the widgets of {name} was not found in the environment of the kernel "
                f"“{spec.display_name}”. Is the package installed there?"
            )
        return found

    def _look(self, spec: KernelSpec, module: str) -> Path | None:
        package = self.services.packages.find(spec, "ipywidgets")
        if package is None:
            return None
        for prefix in package.parents[2:4]:  # Lib/site-packages on Windows, lib/python3.x/site-packages elsewhere
            file = prefix / _PLACE / module / "index.js"
            if file.is_file():
                return file
        return None
