"""`/api/adrastea/kernels`: the kernels that earlier runs of the program have left and nobody has, with what they hold.

Ours alone: Jupyter knows nothing of the kind. They can be taken over, or ended. No folder of the machine is named in
full: of one that lies outside of ours, only the last part.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import NotFound
from adrastea.kernels import process_identity
from adrastea.kernels.adoption import Left
from adrastea.kernels.adoption_record import Joined, Record
from adrastea.server.handler import Handler
from adrastea.server.jupyter_json import kernel_json, utc


class LeftKernelsHandler(Handler):
    """`/api/adrastea/kernels`."""

    def get(self) -> None:
        """All of them, the oldest first."""
        self.reply([left_json(left, self.services.settings.root) for left in self.services.kernels.left()])


class LeftKernelHandler(Handler):
    """`/api/adrastea/kernels/<name>`."""

    async def post(self, name: str) -> None:
        """Take it over, with the sessions of its notebooks that lie below our root."""
        kernel = await self.services.sessions.take_over(self._left(name))
        self.reply(kernel_json(kernel, 0), status=201, location=f"api/kernels/{kernel.id}")

    async def delete(self, name: str) -> None:
        """End it."""
        await self.services.kernels.end(self._left(name))
        self.reply_nothing()

    def _left(self, name: str) -> Left:
        found = next((left for left in self.services.kernels.left() if left.name == name), None)
        if found is None:
            raise NotFound("This kernel has ended, or a program has it.")
        return found


def left_json(left: Left, root: Path) -> JsonObject:
    """A kernel that was left; of one of a later version nothing is known but that."""
    record = left.record
    if record is None:
        return {"name": left.name, "reach": left.reach}
    return {
        "name": left.name,
        "reach": left.reach,
        "id": record.id,
        "kernelspec": record.kernelspec,
        "display_name": record.display_name,
        "started": utc(record.started),
        "memory": process_identity.resident_bytes(record.process[0]) if left.reach != "elsewhere" else 0,
        "folder": PurePath(record.root).name,
        "notebooks": [_notebook_json(record, joined, root) for joined in record.sessions],
    }


def _notebook_json(record: Record, joined: Joined, root: Path) -> JsonValue:
    place = Path(record.root) / joined.path
    path = place.relative_to(root).as_posix() if place.is_relative_to(root) else None
    return {"name": PurePath(joined.path).name, "path": path, "runs": joined.run is not None}
