"""`/api/adrastea/packages/<kernel>/<asset>`: the scripts by which plots are drawn, from the kernel's own environment.

So the script is of the version that made the plot, nothing comes from the network, and none of it is part of this
program. Only what stands in `_ASSETS` can be asked for; headers and ranges are those of the user's files.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import MappingProxyType
from typing import Final

from adrastea.errors import NotFound
from adrastea.server.user_files import UserFileHandler

_BOKEH: Final = ("bokeh", "bokeh-api", "bokeh-gl", "bokeh-mathjax", "bokeh-tables", "bokeh-widgets")
_ASSETS: Final = MappingProxyType(
    {
        "plotly.min.js": ("plotly", "package_data/plotly.min.js"),
        **{f"{name}.min.js": ("bokeh", f"server/static/js/{name}.min.js") for name in _BOKEH},
    }
)
"""The package, and the file in its folder."""


class PackageAssetHandler(UserFileHandler):
    """One script."""

    _place = Path()

    async def get(self, path: str, asset: str = "") -> None:
        """The script, or 304. `path` is the kernel's name."""
        await self._find(path, asset)
        await super().get(asset)

    async def head(self, path: str, asset: str = "") -> None:
        """Its headers."""
        await self._find(path, asset)
        await super().head(asset)

    def place_of(self, path: str) -> Path:
        """Where it lies."""
        return self._place

    async def _find(self, kernel: str, asset: str) -> None:
        if asset not in _ASSETS:
            raise NotFound(f"No package has a file {asset!r} that could be asked for. There are: {', '.join(_ASSETS)}.")
        spec = self.services.kernels.specs.get(kernel)
        package, file = _ASSETS[asset]
        loop = asyncio.get_running_loop()
        folder = await loop.run_in_executor(None, self.services.packages.find, spec, package)
        if folder is None:
            raise NotFound(f"{package} is not installed in the environment of the kernel “{spec.display_name}”.")
        self._place = folder / file
