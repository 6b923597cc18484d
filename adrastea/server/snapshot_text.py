"""A snapshot as text, put together a cell at a time: a large notebook holds up the loop no longer than one cell.

The notebook is a value, and stays what it was when the snapshot was asked for. Server thread only.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from adrastea.documents.notebook import JsonObject, Notebook
from adrastea.documents.wire_form import cell_to_wire, notebook_to_wire
from adrastea.server.fields import json_bytes

_PIECE_BYTES: Final = 1_000_000
_TURN_SECONDS: Final = 0.01  # then the loop does what else there is to do


async def snapshot_text(around: JsonObject, notebook: Notebook) -> list[bytes]:
    """The message, `around` with the notebook in its field `notebook`, in pieces of about a megabyte.

    Raises:
        BadRequest: it is nested too deeply to be written.
    """
    loop = asyncio.get_running_loop()
    head = json_bytes(notebook_to_wire(replace(notebook, cells=())))
    if not head.endswith(b'"cells":[]}'):  # its cells are its last member
        raise AssertionError
    pieces: list[bytes] = []
    waiting = [json_bytes(around)[:-1], b',"notebook":', head[:-2]]
    length, turn = 0, loop.time()
    for number, cell in enumerate(notebook.cells):
        text = json_bytes(cell_to_wire(cell))
        waiting += (b"," if number else b"", text)
        length += len(text)
        if length >= _PIECE_BYTES:
            pieces.append(b"".join(waiting))
            waiting, length = [], 0
        if loop.time() - turn > _TURN_SECONDS:
            await asyncio.sleep(0)
            turn = loop.time()
    return [*pieces, b"".join((*waiting, b"]}}"))]
