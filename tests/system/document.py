"""Notebooks for the tests of the whole program: their files, and what a page does with them over the network."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from adrastea.documents.edits import SetSource
from adrastea.documents.notebook import CellId, JsonObject, JsonValue
from tests.server.page import opened_at
from tests.system.program import ask


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of code."""

    id: str
    source: str


def write(folder: Path, path: str, *cells: Cell) -> Path:
    """A notebook for Python."""
    empty: JsonObject = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    written: list[JsonValue] = [{**empty, "id": cell.id, "source": cell.source} for cell in cells]
    kernelspec: JsonObject = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata: JsonObject = {"kernelspec": kernelspec}
    notebook: JsonObject = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    file = folder / path
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file


def on_disk(file: Path, cell: str) -> str:
    """The source of a cell in a file."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return next("".join(found["source"]) for found in cells if found["id"] == cell)


async def running_cell(url: str, path: str, cell: str, shows: str) -> None:
    """Open a notebook, start its kernel, run a cell and stay until it shows this text. `url` carries the token."""
    body = {"path": path, "type": "notebook", "kernel": {"name": "python3"}}
    async with opened_at(*_place(url), path) as page:
        started = await asyncio.get_running_loop().run_in_executor(None, ask, url, "/api/sessions", "POST", body)
        assert started.status == 201, started.body
        await page.run(cell)
        await page.hear_text(cell, shows)


async def language_noted(url: str, path: str) -> None:
    """Open a notebook and stay until its metadata name the language of its kernel."""
    async with opened_at(*_place(url), path) as page:
        if "language_info" not in page.notebook.metadata:
            await page.hear(lambda _: "language_info" in page.notebook.metadata)


async def edited(url: str, path: str, cell: str, source: str) -> None:
    """Open a notebook and change a cell; returns when the server has it. `url` carries the token."""
    async with opened_at(*_place(url), path) as page:
        await page.hear_ack(await page.edit(SetSource(CellId(cell), source)))


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}", parse_qs(parts.query)["token"][0]
