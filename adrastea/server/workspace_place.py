"""`/api/adrastea/place?of=…`: where in the workspace a file lies that a traceback names. Not Jupyter's."""

from __future__ import annotations

import asyncio

from adrastea.server.handler import Handler


class WorkspacePlaceHandler(Handler):
    """`/api/adrastea/place`."""

    async def get(self) -> None:
        """Its path there. 404 when it lies elsewhere."""
        system = self.get_query_argument("of")
        path = await asyncio.get_running_loop().run_in_executor(None, self.services.files.path_of, system)
        self.reply({"path": path})
