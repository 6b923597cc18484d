"""`/api/kernelspecs`, and the icons of kernels under `/kernelspecs`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from adrastea.errors import NotFound
from adrastea.kernels.kernelspec import DEFAULT_NAME, KernelSpec
from adrastea.server.handler import Handler, finish
from adrastea.server.jupyter_json import kernelspec_json

_SCRIPTS: Final = ("kernel.js", "kernel.css")
_TYPES: Final = MappingProxyType(
    {
        ".css": "text/css; charset=UTF-8",
        ".gif": "image/gif",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=UTF-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }
)


class KernelSpecsHandler(Handler):
    """`/api/kernelspecs`."""

    def get(self) -> None:
        """All kernelspecs, and which one a notebook gets that names none."""
        specs = self.services.kernels.specs.all()
        base_url = self.services.settings.base_url
        models = {name: kernelspec_json(spec, resources(spec), base_url) for name, spec in specs.items()}
        self.reply({"default": self._default(specs), "kernelspecs": models})

    def _default(self, specs: Mapping[str, KernelSpec]) -> str:
        wanted = self.services.settings.default_kernel.lower()
        if wanted in specs:
            return wanted
        return DEFAULT_NAME if DEFAULT_NAME in specs else next(iter(specs), DEFAULT_NAME)


class KernelSpecHandler(Handler):
    """`/api/kernelspecs/<name>`."""

    def get(self, name: str) -> None:
        """One kernelspec."""
        spec = self.services.kernels.specs.get(name)
        self.reply(kernelspec_json(spec, resources(spec), self.services.settings.base_url))


class KernelSpecResourceHandler(Handler):
    """`/kernelspecs/<name>/<file>`: only what `resources` lists, so no path can be asked for."""

    async def get(self, name: str, file: str) -> None:
        """The file."""
        spec = self.services.kernels.specs.get(name)
        path = next((path for path in resources(spec).values() if path.name == file), None)
        if path is None:
            raise NotFound(f"The kernel {name} has no file named {file!r}.")
        try:
            data = await asyncio.get_running_loop().run_in_executor(None, path.read_bytes)
        except OSError:
            raise NotFound(f"The file {file!r} of the kernel {name} cannot be read.") from None
        self.set_header("Content-Type", _TYPES.get(path.suffix.lower(), "application/octet-stream"))
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        self.set_header("Cache-Control", "private, max-age=3600")
        finish(self, data)


def resources(spec: KernelSpec) -> Mapping[str, Path]:
    """The icons (`logo-32x32`, `logo-svg`, …) and scripts in the folder of a kernelspec, by their names in Jupyter."""
    try:
        files = sorted(path for path in spec.resource_dir.iterdir() if path.is_file())
    except OSError:
        return {}
    found = {path.name: path for path in files if path.name in _SCRIPTS}
    icons = [path for path in files if path.stem.startswith("logo-") and path.suffix.lower() in _TYPES]
    return found | {path.stem: path for path in icons}
