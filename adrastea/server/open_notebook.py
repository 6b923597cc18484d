"""`/api/adrastea/open/<path>`: an open notebook as a save would write it, whatever its file holds now."""

from __future__ import annotations

from adrastea.documents import ipynb
from adrastea.errors import NotFound
from adrastea.server.contents import off_loop
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler, finish


class OpenNotebookHandler(Handler):
    """`/api/adrastea/open/<path>`."""

    async def get(self, path: str) -> None:
        """The bytes that its file would have."""
        path = clean_path(path)
        document = self.services.documents.get(path)
        if document is None:
            raise NotFound(f"{path} is not open as a notebook.")
        data = await off_loop(ipynb.encode, document.notebook, document.formatting)
        self.set_header("Content-Type", "application/x-ipynb+json")
        finish(self, data)
