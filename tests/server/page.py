"""The page's side of the document socket: a copy of the notebook that follows the server's, and everything it said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import urlencode

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.documents import edits as editing
from adrastea.documents.edit_wire_form import edit_from_wire, edit_to_wire
from adrastea.documents.edits import Edit
from adrastea.documents.notebook import CellId, ErrorOutput, JsonObject, Notebook, Stream
from adrastea.documents.wire_form import notebook_from_wire
from tests.server.running import TOKEN, Running

LIMIT_SECONDS = 30.0
_CUT = 1006  # what RFC 6455 calls the end of a connection that was not closed


class Page:
    """As docs/document-socket.md asks for: it applies its own edits when they are acknowledged."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.said: list[JsonObject] = []
        self.notebook = Notebook()
        self.pending: dict[int, tuple[Edit, ...]] = {}
        self.code: int | None = None
        self._seq = 0

    async def send(self, message: JsonObject | str | bytes) -> None:
        """Say something; text and bytes as they are."""
        if isinstance(message, bytes):
            await self.socket.write_message(message, binary=True)
        else:
            await self.socket.write_message(message if isinstance(message, str) else json.dumps(message))

    async def edit(self, *edits: Edit) -> int:
        """Send edits of this page; their number."""
        self._seq += 1
        self.pending[self._seq] = edits
        await self.send({"type": "edit", "seq": self._seq, "edits": [edit_to_wire(edit) for edit in edits]})
        return self._seq

    async def run(self, *cells: str) -> None:
        """Ask to run cells."""
        await self.send({"type": "run", "cells": list(cells)})

    async def hear(self, wanted: Callable[[JsonObject], bool]) -> JsonObject:
        """The first message that is wanted, of those not heard yet."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                data = await self.socket.read_message()
                if data is None:
                    self.code = self.socket.close_code or _CUT
                    raise EOFError(f"closed with {self.code} after {self.said[-1:]}")
                message: JsonObject = json.loads(data)
                self.said.append(message)
                self._follow(message)
                if wanted(message):
                    return message

    async def hear_type(self, kind: str) -> JsonObject:
        """The next message of this type."""
        return await self.hear(lambda message: message["type"] == kind)

    async def hear_ack(self, seq: int) -> None:
        """Wait until the edits of this number are acknowledged."""
        if seq in self.pending:
            await self.hear(lambda _: seq not in self.pending)

    async def hear_kernel(self, state: str) -> JsonObject:
        """Wait until the kernel is told to be in a state."""
        return await self.hear(lambda message: message["type"] == "kernel" and message["state"] == state)

    async def hear_finished(self, cell: str) -> JsonObject:
        """Wait until a cell is told to have come to its end."""
        return await self.hear(lambda message: message["type"] == "finished" and message["cell"] == cell)

    async def hear_text(self, cell: str, wanted: str) -> None:
        """Wait until a cell of the copy shows this text."""
        if self.text(cell) != wanted:
            await self.hear(lambda _: self.text(cell) == wanted)

    async def hear_the_end(self) -> int | None:
        """Wait until the server closes the socket; the code."""
        try:
            while True:
                await self.hear(lambda _: False)
        except EOFError:
            return self.code

    def text(self, cell: str) -> str:
        """What a cell of the copy shows."""
        found = self.notebook.cell(CellId(cell))
        outputs = () if found is None else found.outputs
        shown = [
            output.text if isinstance(output, Stream) else output.ename if isinstance(output, ErrorOutput) else "?"
            for output in outputs
        ]
        return "".join(shown)

    def source(self, cell: str) -> str | None:
        """The source of a cell of the copy."""
        found = self.notebook.cell(CellId(cell))
        return None if found is None else found.source

    def types(self) -> list[str]:
        """The types of all that was said, in order."""
        return [str(message["type"]) for message in self.said]

    def _follow(self, message: JsonObject) -> None:
        if message["type"] == "snapshot":
            self.notebook = notebook_from_wire(message["notebook"])
            acked = message["acked"]
            assert isinstance(acked, int)
            self.pending = {seq: edits for seq, edits in self.pending.items() if seq > acked}
        elif message["type"] == "edits":
            for item in cast("list[JsonObject]", message["items"]):
                for edit in self._edits(item):
                    self.notebook = editing.apply(self.notebook, edit)

    def _edits(self, item: JsonObject) -> tuple[Edit, ...]:
        return self.pending.pop(cast("int", item["ack"])) if "ack" in item else (edit_from_wire(item["edit"]),)


@asynccontextmanager
async def opened(server: Running, path: str, *, snapshot: bool = True) -> AsyncGenerator[Page]:
    """A page that shows a notebook; it has heard its snapshot, if it is to have one."""
    async with opened_at(f"127.0.0.1:{server.port}{server.base_url}", TOKEN, path, snapshot=snapshot) as page:
        yield page


@asynccontextmanager
async def opened_at(place: str, token: str, path: str, *, snapshot: bool = True) -> AsyncGenerator[Page]:
    """The same for a server at `place`: name, port and base URL."""
    url = f"ws://{place}api/documents/socket?{urlencode({'path': path})}"
    page = Page(await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {token}"})))
    try:
        if snapshot:
            await page.hear_type("snapshot")
        yield page
    finally:
        page.socket.close()
        if page.code is None:
            await page.hear_the_end()
