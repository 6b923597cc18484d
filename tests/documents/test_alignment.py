"""Cells are known again by id, by content, by place and likeness, and otherwise are others."""

from __future__ import annotations

from hypothesis import given

from adrastea.documents.alignment import recognised
from adrastea.documents.notebook import Cell, CellId, Notebook
from tests.documents.notebooks import notebooks


def notebook(**texts: str) -> Notebook:
    return Notebook(tuple(Cell(CellId(name), "code", text) for name, text in texts.items()))


def ids(notebook: Notebook) -> list[str]:
    return [cell.id for cell in notebook.cells]


def test_ids_come_first() -> None:
    assert ids(recognised(notebook(a="1", b="2"), notebook(b="1", a="2"))) == ["b", "a"]


def test_the_same_text_is_the_same_cell_wherever_it_stands() -> None:
    assert ids(recognised(notebook(a="1", b="2", c="3"), notebook(x="3", y="1", z="2"))) == ["c", "a", "b"]


def test_cells_without_text_are_not_known_by_it() -> None:
    assert ids(recognised(notebook(a="1", b="", c="2"), notebook(x="", y="1", z="2"))) == ["x", "a", "c"]


def test_a_cell_between_the_same_neighbours_whose_text_is_alike_is_the_same() -> None:
    base = notebook(a="1", b="print(one, two)", c="3")

    assert ids(recognised(base, notebook(x="1", y="print(one, three)", z="3"))) == ["a", "b", "c"]
    assert ids(recognised(base, notebook(x="1", z="3", y="print(one, three)"))) == ["a", "c", "y"]


def test_another_type_is_another_cell() -> None:
    other = Notebook((Cell(CellId("x"), "markdown", "1"),))

    assert ids(recognised(notebook(a="1"), other)) == ["x"]


@given(notebooks, notebooks)
def test_no_id_is_given_twice_and_no_content_changes(base: Notebook, other: Notebook) -> None:
    found = recognised(base, other)

    assert len(set(ids(found))) == len(other.cells)
    assert [cell.source for cell in found.cells] == [cell.source for cell in other.cells]
