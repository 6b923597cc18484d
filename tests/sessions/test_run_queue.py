"""Which cells run and which wait."""

from __future__ import annotations

from adrastea.documents.notebook import CellId
from adrastea.sessions.run_queue import Finished, Queued, RunQueue

A, B, C = Queued(CellId("a"), "1"), Queued(CellId("b"), "2"), Queued(CellId("c"), "3")


def test_cells_run_in_the_order_in_which_they_were_asked_for() -> None:
    queue = RunQueue().add([A, B]).add([C])

    first, rest = queue.take()

    assert first == A
    assert rest.cells == ("b", "c")


def test_a_cell_that_waits_already_keeps_its_place_and_takes_the_newer_source() -> None:
    newer = Queued(A.cell, "changed")

    assert RunQueue().add([A, B]).add([newer]).waiting == (newer, B)


def test_nothing_comes_out_of_an_empty_queue() -> None:
    assert RunQueue().take() == (None, RunQueue())


def test_skipping_ends_every_cell_that_waits() -> None:
    ended, queue = RunQueue().add([A, B]).skip_all("skipped")

    assert ended == (Finished(A.cell, "skipped"), Finished(B.cell, "skipped"))
    assert queue == RunQueue()
