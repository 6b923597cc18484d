"""A snapshot is the same text as if it were written at once, and the loop goes on while it is put together."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings

from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.documents.wire_form import notebook_to_wire
from adrastea.server import snapshot_text as subject
from adrastea.server.fields import json_bytes
from adrastea.server.snapshot_text import snapshot_text
from tests.documents.notebooks import notebooks

AROUND = {"type": "snapshot", "path": "n.ipynb"}


@settings(max_examples=20)
@given(notebooks)
def test_it_is_the_message_with_the_notebook_in_it(notebook: Notebook) -> None:
    pieces = asyncio.run(snapshot_text(AROUND, notebook))

    assert json.loads(b"".join(pieces)) == json.loads(json_bytes({**AROUND, "notebook": notebook_to_wire(notebook)}))


def test_a_large_one_is_in_pieces() -> None:
    cells = tuple(Cell(CellId(str(number)), "code", "x" * 300_000) for number in range(10))
    pieces = asyncio.run(snapshot_text(AROUND, Notebook(cells)))

    assert len(pieces) == 3
    assert json.loads(b"".join(pieces))["notebook"] == notebook_to_wire(Notebook(cells))


def test_others_get_their_turn_between_two_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []

    async def other() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    async def scenario() -> None:
        task = asyncio.get_running_loop().create_task(other())
        await snapshot_text(AROUND, Notebook(tuple(Cell(CellId(str(number)), "code") for number in range(5))))
        task.cancel()

    monkeypatch.setattr(subject, "_TURN_SECONDS", -1.0)
    asyncio.run(scenario())

    assert len(turns) == 5
