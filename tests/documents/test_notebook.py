"""The notebook as a value: it never changes, and its cells are found by id (D1)."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from adrastea.documents.notebook import EMPTY, Cell, CellId, Notebook

A, B = Cell(CellId("a"), "code"), Cell(CellId("b"), "markdown")
NOTEBOOK = Notebook((A, B))


def test_a_cell_is_found_by_its_id() -> None:
    assert NOTEBOOK.cell(CellId("b")) is B
    assert NOTEBOOK.index(CellId("b")) == 1


def test_a_cell_that_is_not_there_is_not_found() -> None:
    assert NOTEBOOK.cell(CellId("z")) is None
    assert NOTEBOOK.index(CellId("z")) == -1


def test_a_notebook_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        NOTEBOOK.cells = ()  # type: ignore[misc]  # that is what is tested


def test_the_empty_object_that_all_share_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        EMPTY["key"] = 1  # type: ignore[index]  # that is what is tested
