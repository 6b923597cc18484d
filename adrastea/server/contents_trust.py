"""Which cells Jupyter's clients are told to trust, and tell that they do: `trusted` in metadata, never in a file.

A file cannot say it of itself: what stands there is replaced by what we know, and not written. A client that saves
cells as trusted has asked its user, or has run them. Pure.

Source of truth: nbformat/sign.py (`mark_cells`, `check_cells`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from adrastea.documents.notebook import Cell, CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.trust import is_harmless

_KEY: Final = "trusted"


def marked(content: JsonObject, untrusted: frozenset[CellId]) -> JsonObject:
    """A notebook in the JSON of nbformat, each code cell marked."""
    cells = cast("list[JsonObject]", content["cells"])
    return {**content, "cells": [_marked(cell, untrusted) for cell in cells]}


def without_marks(notebook: Notebook) -> Notebook:
    """The notebook as it is kept."""
    if not any(_KEY in cell.metadata for cell in notebook.cells):
        return notebook
    return replace(notebook, cells=tuple(_unmarked(cell) for cell in notebook.cells))


def is_trusted(notebook: Notebook) -> bool:
    """Whether a client trusts all of it, and there is something that needs it."""
    risky = [cell for cell in notebook.cells if not is_harmless(cell.outputs)]
    return bool(risky) and all(cell.metadata.get(_KEY) is True for cell in risky)


def _marked(cell: JsonObject, untrusted: frozenset[CellId]) -> JsonObject:
    metadata = cast("Mapping[str, JsonValue]", cell["metadata"])
    known = {name: value for name, value in metadata.items() if name != _KEY}
    if cell["cell_type"] == "code":
        known[_KEY] = cell["id"] not in untrusted
    return {**cell, "metadata": known}


def _unmarked(cell: Cell) -> Cell:
    if _KEY not in cell.metadata:
        return cell
    return replace(cell, metadata={name: value for name, value in cell.metadata.items() if name != _KEY})
