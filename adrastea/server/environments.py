"""`/api/adrastea/pythons` and `/api/adrastea/environments`: how somebody without a Python kernel comes to have one.

Ours alone. A Python that is named becomes a kernel; an environment is created with ipykernel in it, told line by line
while it is made, and given up when the client goes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import Final

from adrastea.documents.notebook import JsonObject
from adrastea.errors import AppError, BadRequest
from adrastea.kernels import python_kernel
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.new_environment import LIMIT_SECONDS, Making, Step, check_new, python_in, steps
from adrastea.kernels.python_kernel import PythonFound
from adrastea.kernels.pythons import pythons
from adrastea.server import fields
from adrastea.server.contents import off_loop
from adrastea.server.fields import clean_path, json_bytes
from adrastea.server.handler import Handler, finish
from adrastea.server.user_files import write_piece

_NAME: Final = ".venv"  # of a new environment, as most tools have it


class PythonsHandler(Handler):
    """`/api/adrastea/pythons`."""

    async def get(self) -> None:
        """The Pythons that are found, and where an environment of the workspace folder `folder` would lie."""
        here = self.services.files.resolve(clean_path(self.argument("folder") or ""))
        found = await off_loop(pythons, os.environ, Path.home(), here)
        place = Path.home() if here == Path(here.anchor) else here
        listed = [{"executable": str(python.executable)} for python in found]
        self.reply({"pythons": list(listed), "environment": str(place / _NAME)})

    async def post(self) -> None:
        """Make a kernel of `python`; without ipykernel in it, `name` is empty and `command` says how to have it."""
        executable = await off_loop(python_kernel.executable_of, fields.text(self.body(), "python"), Path.home())
        found = await off_loop(python_kernel.ask, executable, os.environ)
        spec = python_kernel.install(found, self.services.kernels.specs) if found.has_kernel else None
        self.reply(_outcome(found, spec))


class MakingHandler(Handler):
    """Runs pip and the like for a client, told line by line, and given up when the client goes."""

    _making: Making | None = None

    def on_connection_close(self) -> None:
        """The client has gone: nobody waits for it."""
        if self._making is not None:
            self._making.cancel()

    async def make(self, making: Making, wanted: tuple[Step, ...], target: Path) -> None:
        """Run the steps; all lines are sent on their way, as JSON.

        Raises:
            KernelFailed: one failed, took too long or was cancelled.
        """
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._making = making
        self.services.makings.add(making)

        def tell(line: str | None) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        def work() -> None:
            try:
                making.run(wanted, target, tell)
            finally:
                tell(None)

        limit = loop.call_later(LIMIT_SECONDS, making.cancel)
        run = loop.run_in_executor(None, work)
        try:
            while (line := await lines.get()) is not None:
                await write_piece(self, json_bytes({"line": line}) + b"\n")
            await run
        finally:
            limit.cancel()
            making.cancel()
            self.services.makings.discard(making)
            await asyncio.gather(run, return_exceptions=True)


class EnvironmentsHandler(MakingHandler):
    """`/api/adrastea/environments`."""

    async def post(self) -> None:
        """A new environment in `folder`, or, without that, ipykernel into `python`: JSON lines, then the outcome."""
        body = self.body()
        folder = _folder(fields.optional_text(body, "folder"))
        said = fields.optional_text(body, "python")
        if folder is None and not said:
            raise BadRequest("Name a folder for the new environment, or the Python that is to have ipykernel.")
        if folder is not None:
            await off_loop(check_new, folder)
        python = await self._python(said, folder)
        wanted = steps(python, folder, shutil.which("uv"))
        target = python_in(folder) if folder is not None else python or Path()
        self.set_header("Content-Type", "application/x-ndjson")
        outcome = await self._outcome(wanted, target, folder)
        finish(self, json_bytes(outcome) + b"\n")

    async def _python(self, said: str | None, folder: Path | None) -> Path | None:
        if said:
            return await off_loop(python_kernel.executable_of, said, Path.home())
        if folder is None:
            return None
        found = await off_loop(pythons, os.environ, Path.home(), folder.parent)
        return next((python.executable for python in found), None)

    async def _outcome(self, wanted: tuple[Step, ...], target: Path, folder: Path | None) -> JsonObject:
        """Errors are a part of the answer, which has begun."""
        try:
            await self.make(Making(os.environ, folder), wanted, target)
            found = await off_loop(python_kernel.ask, target, os.environ)
            return _outcome(found, python_kernel.install(found, self.services.kernels.specs))
        except AppError as error:
            return {"error": str(error)}


def _outcome(found: PythonFound, spec: KernelSpec | None) -> JsonObject:
    return {
        "name": "" if spec is None else spec.name,
        "display_name": found.display_name if spec is None else spec.display_name,
        "executable": str(found.executable),
        "command": python_kernel.install_command(found.executable),
    }


def _folder(said: str | None) -> Path | None:
    return None if not said else python_kernel.whole_path(said, Path.home())
