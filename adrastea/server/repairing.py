"""`/api/adrastea/repair/<path>`: a notebook file that cannot be read is repaired where it lies; a copy stays."""

from __future__ import annotations

from adrastea.documents import repair, store
from adrastea.errors import Conflict
from adrastea.server.contents import off_loop
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler


class RepairHandler(Handler):
    """`/api/adrastea/repair/<path>`."""

    async def post(self, path: str) -> None:
        """Repair it; the answer names the copy of what was there."""
        path = clean_path(path)
        files, file = self.services.files, self.services.files.resolve(path)
        document = self.services.documents.get(path)
        if document is not None and document.status.state != "changed_on_disk":  # that one merges what is repaired
            raise Conflict(f"{path} is open as a notebook.")
        data, before = await off_loop(store.read, file)
        repaired = await off_loop(repair.repaired, data)
        copy = await off_loop(files.copy, path, path.rpartition("/")[0])
        await off_loop(store.replace, file, repaired, before)
        self.reply({"copy": copy})
