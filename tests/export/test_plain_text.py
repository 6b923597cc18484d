"""Outputs as text."""

from adrastea.documents.notebook import Cell, CellId
from adrastea.export.plain_text import best, is_hidden, plain


def test_text_is_what_a_terminal_would_have_left_without_colours() -> None:
    assert plain("\x1b[1;31mred\x1b[0m\n10 %\r20 %\n\x1b]0;title\x07end\x08") == "red\n20 %\nend"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert plain("a\r\nb\r\n") == "a\nb\n"


def test_the_best_is_the_first_of_the_order_that_is_text() -> None:
    assert best({"text/plain": "x", "image/png": {}}, ("image/png", "text/plain")) == ("text/plain", "x")
    assert best({}, ("text/plain",)) is None


def test_hidden_is_what_the_notebook_hides() -> None:
    hidden = Cell(CellId("a"), "code", metadata={"jupyter": {"source_hidden": True}, "collapsed": True})

    assert [is_hidden(hidden, part) for part in ("source", "outputs")] == [True, True]
    assert not is_hidden(Cell(CellId("a"), "code"), "outputs")
