"""`/api/adrastea/open/…`: what a save would write, whatever the file holds."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from adrastea.documents.edits import SetSource
from adrastea.documents.notebook import CellId
from tests.server.page import opened
from tests.server.running import Json, Reply, Running

CELL: dict[str, Json] = {
    "cell_type": "code",
    "id": "a",
    "metadata": {},
    "outputs": [],
    "execution_count": None,
    "source": ["old"],
}
NOTEBOOK: dict[str, Json] = {"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_an_open_notebook_is_told_as_its_file_would_be_written(served: Running) -> None:
    file = served.root / "a b.ipynb"
    file.write_text(json.dumps(NOTEBOOK, indent=3), encoding="utf-8")
    reply = asyncio.run(edited_beside(served, broken=None))

    assert reply.status == 200
    assert reply.body.decode() == json.dumps(NOTEBOOK, indent=3).replace("old", "new")


def test_it_is_told_where_the_file_is_no_notebook_any_more_and_that_can_be_repaired(served: Running) -> None:
    file = served.root / "a b.ipynb"
    file.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    reply = asyncio.run(edited_beside(served, broken=json.dumps(NOTEBOOK).replace("{}", "{},,", 1)))

    mine = json.loads(reply.body)
    assert mine["cells"][0]["source"] == ["new"]
    assert sorted(path.name for path in served.root.iterdir()) == ["a b-Copy1.ipynb", "a b.ipynb"]


def test_what_is_not_open_is_not_there(served: Running) -> None:
    assert served.api("GET", "api/adrastea/open/none.ipynb").status == 404


async def edited_beside(served: Running, broken: str | None) -> Reply:
    """A page has edited the notebook; the file is this instead of what it was, and is repaired then."""
    async with opened(served, "a b.ipynb") as page:
        if broken is not None:
            put(served.root / "a b.ipynb", broken)
        await page.hear_ack(await page.edit(SetSource(CellId("a"), "new")))
        reply = await ask(served, "GET", "open")
        if broken is not None:
            await page.send({"type": "save", "seq": 2})
            await page.hear(lambda message: message["type"] == "error")
            repaired = await ask(served, "POST", "repair")
            assert repaired.object() == {"copy": "a b-Copy1.ipynb"}
            await page.send({"type": "save", "seq": 3})  # what is saved when the page goes would be under way
            await page.hear(lambda message: message["type"] == "document" and message["state"] == "saved")
        return reply


async def ask(served: Running, method: str, what: str) -> Reply:
    """Ask something about the notebook while its page is open."""
    address = f"api/adrastea/{what}/a%20b.ipynb"
    return await asyncio.get_running_loop().run_in_executor(None, served.api, method, address)


def put(file: Path, text: str) -> None:
    """Write a file as another program."""
    file.write_text(text, encoding="utf-8")
