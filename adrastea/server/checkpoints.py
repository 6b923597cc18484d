"""`/api/contents/<path>/checkpoints`: Jupyter's names and shapes for versions that were kept of a file.

A checkpoint holds what the file holds; of an open notebook, what it shows. What is restored goes through the open
document, so that every view sees it, and the state before is kept as a checkpoint too: restoring loses nothing.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/contents.html#checkpoints-api
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from adrastea.documents import ipynb, store
from adrastea.documents.checkpoints import Checkpoint
from adrastea.documents.edits import ReplaceNotebook
from adrastea.documents.notebook import JsonObject
from adrastea.errors import BadRequest
from adrastea.server.contents import off_loop
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler
from adrastea.server.jupyter_json import utc


class CheckpointsHandler(Handler):
    """`/api/contents/<path>/checkpoints`."""

    async def get(self, path: str) -> None:
        """The checkpoints, the newest first."""
        file = await file_of(self, path)
        self.reply([checkpoint_json(found) for found in await off_loop(self.services.checkpoints.all, file)])

    async def post(self, path: str) -> None:
        """Keep what the file holds now."""
        made = await keep(self, path)
        place = quote(clean_path(path), errors="surrogateescape")
        self.reply(checkpoint_json(made), 201, location=f"api/contents/{place}/checkpoints/{made.id}")


class CheckpointHandler(Handler):
    """`/api/contents/<path>/checkpoints/<id>`."""

    async def post(self, path: str, checkpoint_id: str) -> None:
        """Restore it."""
        file = await file_of(self, path)
        data = await off_loop(self.services.checkpoints.read, file, checkpoint_id)
        await keep(self, path)
        document = self.services.documents.get(clean_path(path))
        if document is None:
            await off_loop(store.replace, file, data, None)
        else:
            document.apply([ReplaceNotebook(ipynb.decode(data)[0])])
            await document.save()
        self.reply_nothing()

    async def delete(self, path: str, checkpoint_id: str) -> None:
        """Forget it."""
        file = await file_of(self, path)
        await off_loop(self.services.checkpoints.delete, file, checkpoint_id)
        self.reply_nothing()


async def file_of(handler: Handler, path: str) -> Path:
    """Where the file lies.

    Raises:
        NotFound, Forbidden: there is none, or it is not for us.
        BadRequest: it is a folder.
    """
    path = clean_path(path)
    entry = await off_loop(handler.services.files.stat, path)
    if entry.type == "directory":
        raise BadRequest(f"{path} is a folder; checkpoints are of files.")
    return handler.services.files.resolve(path)


async def keep(handler: Handler, path: str) -> Checkpoint:
    """Make a checkpoint of what the file holds, with what is unsaved where it is an open notebook.

    Raises:
        AppError: it cannot be read, saved or kept.
    """
    file = await file_of(handler, path)
    document = handler.services.documents.get(clean_path(path))
    if document is not None and document.is_unsaved:
        await document.save()
    data, _ = await off_loop(store.read, file)
    return await off_loop(handler.services.checkpoints.create, file, data)


def checkpoint_json(made: Checkpoint) -> JsonObject:
    """A checkpoint as Jupyter shows it."""
    return {"id": made.id, "last_modified": utc(made.at)}
