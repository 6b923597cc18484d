"""Files of a kernel's own environment, for the page: `<address>/<kernel>/<name>`, as the user's files are served.

Whoever derives from it says where a name lies; what may be asked for at all is for it to decide.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.user_files import UserFileHandler


class KernelFileHandler(UserFileHandler):
    """One file."""

    _place = Path()

    async def get(self, path: str, name: str = "") -> None:
        """The file, a range of it, or 304. `path` is the kernel's name."""
        await self._look_up(path, name)
        await super().get(name)

    async def head(self, path: str, name: str = "") -> None:
        """Its headers."""
        await self._look_up(path, name)
        await super().head(name)

    def place_of(self, path: str) -> Path:
        """Where it was found."""
        return self._place

    def check(self, name: str) -> None:
        """Whether such a name may be asked for, before any kernel is looked for.

        Raises:
            NotFound: it may not.
        """

    def find(self, spec: KernelSpec, name: str) -> Path:
        """Where it lies. Blocks; a thread of the loop's pool.

        Raises:
            NotFound: it is not there.
        """
        raise NotImplementedError

    async def _look_up(self, kernel: str, name: str) -> None:
        self.check(name)
        spec = self.services.kernels.specs.get(kernel)
        self._place = await asyncio.get_running_loop().run_in_executor(None, self.find, spec, name)
