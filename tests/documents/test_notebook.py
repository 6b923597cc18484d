"""The notebook as a value: it never changes, and its cells are found by id (D1)."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from adrastea.documents.notebook import EMPTY, Cell, CellId, Notebook, Stream

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


def test_a_cell_is_found_after_another_version_took_its_place() -> None:
    changed = NOTEBOOK.with_cell(NOTEBOOK.index(CellId("b")), Cell(CellId("b"), "raw"))

    assert (changed.cell(CellId("a")), changed.index(CellId("b"))) == (A, 1)
    assert NOTEBOOK.cells == (A, B)
    assert changed != NOTEBOOK


def test_a_stream_that_grows_leaves_the_one_before_as_it_was() -> None:
    before = Stream("stdout", "10 %", {"key": 1})
    after = before.joined("\r20 %")

    assert (before.text, after) == ("10 %", Stream("stdout", "20 %", {"key": 1}))


def test_a_stream_that_grew_is_the_same_as_one_that_was_made_so() -> None:
    grown = Stream("stdout", "x" * 100_000).joined("y").joined("z")
    made = Stream("stdout", "x" * 100_000 + "yz")

    assert grown == made
    assert repr(grown) == repr(made)
    assert grown.text is grown.text
    assert grown.joined("!") == made.joined("!")


def test_streams_that_differ_are_not_the_same() -> None:
    one = Stream("stdout", "x")

    assert one not in (Stream("stderr", "x"), Stream("stdout", "y"), Stream("stdout", "x", {"key": 1}), "x")


def test_a_stream_can_be_taken_apart() -> None:
    match Stream("stdout", "x"):
        case Stream(name, text, extra):
            assert (name, text, extra) == ("stdout", "x", EMPTY)
