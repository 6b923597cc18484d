"""Two versions of one notebook, put together by cell: nothing that either side changed is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import edits as editing
from adrastea.documents.edits import Edit, SetSource
from adrastea.documents.file_form import is_same_cell
from adrastea.documents.merge import Merged, merge
from adrastea.documents.notebook import Cell, CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.wire_form import notebook_from_wire
from tests.documents.notebooks import cell_ids, edits, notebooks, texts

VECTORS = Path(__file__).parents[1] / "vectors" / "merge"


class Vector(TypedDict):
    name: str
    base: JsonValue
    mine: JsonValue
    theirs: JsonValue
    merged: JsonValue
    taken: int
    undecided: list[JsonObject]


def vectors() -> list[Vector]:
    return [vector for file in sorted(VECTORS.glob("*.json")) for vector in json.loads(file.read_text("utf-8"))]


def is_same(one: Notebook, other: Notebook) -> bool:
    return len(one.cells) == len(other.cells) and all(map(is_same_cell, one.cells, other.cells))


def is_held(cell: Cell, merged: Notebook) -> bool:
    """Whether the text and the outputs of a cell are in some cell."""
    return any(is_same_text(cell, one) for one in merged.cells) and any(is_same_run(cell, one) for one in merged.cells)


def is_same_text(one: Cell, other: Cell) -> bool:
    return one.source == other.source


def is_same_run(one: Cell, other: Cell) -> bool:
    runs = [Cell(CellId("x"), "code", outputs=cell.outputs) for cell in (one, other)]
    return is_same_cell(runs[0], runs[1])


def edited(notebook: Notebook, changes: list[Edit]) -> Notebook:
    return reduce(editing.apply, changes, notebook)


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["name"])
def test_merging_follows_the_vectors(vector: Vector) -> None:
    base, mine, theirs, merged = (
        notebook_from_wire(raw) for raw in (vector["base"], vector["mine"], vector["theirs"], vector["merged"])
    )
    found = merge(base, mine, theirs)

    assert found.notebook == merged
    assert (found.taken, [{"cell": one.cell, "why": one.why} for one in found.undecided]) == (
        vector["taken"],
        vector["undecided"],
    )


@given(notebooks, st.lists(edits, max_size=6))
def test_what_only_the_user_changed_is_what_the_user_has(base: Notebook, changes: list[Edit]) -> None:
    mine = edited(base, changes)
    found = merge(base, mine, base)

    assert found == Merged(mine, 0, ())


@given(notebooks, st.lists(edits, max_size=6))
def test_what_only_the_file_changed_is_what_the_file_holds(base: Notebook, changes: list[Edit]) -> None:
    theirs = edited(base, changes)
    found = merge(base, base, theirs)

    assert found.undecided == ()
    assert [replace(cell, id=CellId("")) for cell in found.notebook.cells] == [
        replace(cell, id=CellId("")) for cell in theirs.cells
    ]
    assert (found.notebook.metadata, found.notebook.extra) == (theirs.metadata, theirs.extra)


@given(notebooks, st.lists(edits, max_size=6))
def test_a_change_that_both_made_is_made_once(base: Notebook, changes: list[Edit]) -> None:
    both = edited(base, changes)
    found = merge(base, both, both)

    assert (is_same(found.notebook, both), found.taken, found.undecided) == (True, 0, ())


@given(notebooks, st.lists(edits, max_size=6), st.lists(edits, max_size=6))
def test_nothing_that_either_side_changed_is_missing(base: Notebook, here: list[Edit], there: list[Edit]) -> None:
    mine, theirs = edited(base, here), edited(base, there)
    merged = merge(base, mine, theirs).notebook
    was = {cell.id: cell for cell in base.cells}
    changed = [
        cell
        for cell in (*mine.cells, *theirs.cells)
        if cell.id not in was or not (is_same_text(cell, was[cell.id]) and is_same_run(cell, was[cell.id]))
    ]

    assert [cell for cell in changed if not is_changed_part_held(was.get(cell.id), cell, merged)] == []
    assert len({cell.id for cell in merged.cells}) == len(merged.cells)


def is_changed_part_held(was: Cell | None, cell: Cell, merged: Notebook) -> bool:
    """Whether what makes a cell another one than it was is in one cell."""
    has_text = was is None or not is_same_text(was, cell)
    has_run = was is None or not is_same_run(was, cell)
    return any(
        (not has_text or is_same_text(cell, one)) and (not has_run or is_same_run(cell, one)) for one in merged.cells
    )


@given(notebooks, st.lists(edits, max_size=6), st.lists(edits, max_size=6))
def test_what_is_merged_again_stays_as_it_is(base: Notebook, here: list[Edit], there: list[Edit]) -> None:
    mine, theirs = edited(base, here), edited(base, there)
    merged = merge(base, mine, theirs).notebook

    assert is_same(merge(theirs, merged, theirs).notebook, merged)


texts_set = st.lists(st.builds(SetSource, cell_ids, texts), max_size=4)


@given(notebooks, texts_set, texts_set)
def test_the_sides_are_equal_where_everything_can_be_decided(
    base: Notebook, here: list[Edit], there: list[Edit]
) -> None:
    mine, theirs = edited(base, here), edited(base, there)
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert len(one.undecided) == len(other.undecided)
    assert one.undecided or is_same(one.notebook, other.notebook)


def test_a_cell_that_nobody_changed_is_the_very_same_value() -> None:
    cell, other = Cell(CellId("a"), "code", "1"), Cell(CellId("b"), "code", "2")
    base = Notebook((cell, other))
    mine = Notebook((replace(cell, source="mine"), other))
    found = merge(base, mine, Notebook((replace(cell), replace(other), Cell(CellId("c"), "raw", "theirs"))))

    assert found.notebook.cells[1] is other


def test_an_id_of_the_greatest_length_gets_a_shorter_one() -> None:
    long = CellId("x" * 64)
    sides = [Notebook((Cell(long, "code", text),)) for text in ("was", "mine", "theirs")]

    assert [cell.id for cell in merge(*sides).notebook.cells] == [long, "x" * 58 + "-disk1"]
