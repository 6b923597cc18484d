"""`/api/adrastea/packages/<kernel>/<asset>`: the scripts by which plots are drawn, from the kernel's own environment.

So the script is of the version that made the plot, nothing comes from the network, and none of it is part of this
program. Only what stands in `_ASSETS` can be asked for; headers and ranges are those of the user's files.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from adrastea.errors import NotFound, PackageMissing
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.kernel_files import KernelFileHandler

_BOKEH: Final = ("bokeh", "bokeh-api", "bokeh-gl", "bokeh-mathjax", "bokeh-tables", "bokeh-widgets")
_ASSETS: Final = MappingProxyType(
    {
        "plotly.min.js": ("plotly", "package_data/plotly.min.js"),
        **{f"{name}.min.js": ("bokeh", f"server/static/js/{name}.min.js") for name in _BOKEH},
    }
)
"""The package, and the file in its folder."""


class PackageAssetHandler(KernelFileHandler):
    """One script."""

    def check(self, name: str) -> None:
        """Only what is listed."""
        if name not in _ASSETS:
            raise NotFound(f"No package has a file {name!r} that could be asked for. There are: {', '.join(_ASSETS)}.")

    def find(self, spec: KernelSpec, name: str) -> Path:
        """In the folder of its package."""
        package, file = _ASSETS[name]
        folder = self.services.packages.find(spec, package)
        if folder is None:
            raise PackageMissing(f"{package} is not installed in the environment of the kernel “{spec.display_name}”.")
        return folder / file
