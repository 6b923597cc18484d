"""`/api/adrastea/versions/<path>`: the versions that were kept of a file with what a person needs to choose one.

They are the checkpoints of Jupyter's interface (`checkpoints.py`); here with their sizes, and as notebooks to look at.
One is kept whenever somebody saves or runs all cells.

Source of truth: docs/decisions/0025.
"""

from __future__ import annotations

import logging

from adrastea.documents import ipynb, store
from adrastea.documents.checkpoints import Checkpoint
from adrastea.documents.notebook import CellId, JsonObject, Notebook
from adrastea.documents.wire_form import notebook_to_wire
from adrastea.errors import AppError
from adrastea.server.checkpoints import checkpoint_json, file_of
from adrastea.server.contents import off_loop
from adrastea.server.handler import Handler
from adrastea.server.services import Services

log = logging.getLogger(__name__)


class FileVersionsHandler(Handler):
    """`/api/adrastea/versions/<path>`."""

    async def get(self, path: str) -> None:
        """The versions, the newest first."""
        file = await file_of(self, path)
        checkpoints = self.services.checkpoints
        found = await off_loop(lambda: [(made, checkpoints.size(made)) for made in checkpoints.all(file)])
        self.reply([_version_json(made, size) for made, size in found if size is not None])


class FileVersionHandler(Handler):
    """`/api/adrastea/versions/<path>/versions/<id>`."""

    async def get(self, path: str, version_id: str) -> None:
        """The notebook as it was."""
        file = await file_of(self, path)
        data = await off_loop(self.services.checkpoints.read, file, version_id)
        notebook, _ = await off_loop(ipynb.decode, data)
        self.reply(notebook_to_wire(notebook))


async def keep_version(services: Services, path: str) -> None:
    """Keep what the file of a notebook holds. A disk that refuses is for the log: the file itself is saved."""
    try:
        file = services.files.resolve(path)
        data, _ = await off_loop(store.read, file)
        await off_loop(services.checkpoints.create, file, data)
    except AppError as error:
        log.warning("no version of a notebook is kept: %s", error)


def is_run_of_all(notebook: Notebook, cells: tuple[CellId, ...]) -> bool:
    """Whether somebody runs the whole notebook, and that is more than one cell."""
    code = {cell.id for cell in notebook.cells if cell.cell_type == "code"}
    return len(code) > 1 and code <= set(cells)


def _version_json(made: Checkpoint, size: int) -> JsonObject:
    return {**checkpoint_json(made), "size": size}
