"""One session: code goes down from the document, outputs come back into it; kernels die, restart, ask."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from adrastea.documents.edits import DeleteCell, InsertCell, SetSource
from adrastea.documents.notebook import CellId
from adrastea.errors import Conflict
from adrastea.sessions.run_queue import InputRequest
from tests.sessions.rooms import Watcher, ids, rooms, text

pytestmark = pytest.mark.slow


def test_outputs_of_a_run_come_into_the_document(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print hello\nerr oh", "print second")
            session, watcher = await house.running()

            session.run(ids("a", "b"))
            await watcher.until_finished(2)

            assert watcher.statuses() == [("a", "ok"), ("b", "ok")]
            assert (text(session, "a"), text(session, "b")) == ("hello\noh\n", "second\n")
            assert watcher.runs[-1].running is None

    asyncio.run(scenario())


def test_the_source_is_that_of_the_document_when_the_cell_was_asked_for(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print first", "print old")
            session, watcher = await house.running()
            assert session.document is not None

            session.document.apply([SetSource(CellId("b"), "print new")])
            session.run(ids("a", "b"))
            session.document.apply([SetSource(CellId("b"), "print later")])
            await watcher.until_finished(2)

            assert text(session, "b") == "new\n"

    asyncio.run(scenario())


def test_cells_that_hold_no_code_and_cells_that_do_not_exist_are_passed_over(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session, watcher = await house.running()

            session.run(ids("missing", "a"))
            await watcher.until_finished(1)

            assert watcher.statuses() == [("a", "ok")]

    asyncio.run(scenario())


def test_a_cell_that_fails_takes_those_behind_it_out_of_the_queue(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "error ValueError no", "print b")
            session, watcher = await house.running()

            session.run(ids("a", "b"))
            await watcher.until_finished(2)

            assert sorted(watcher.statuses()) == [("a", "error"), ("b", "skipped")]
            assert text(session, "a") == "ValueError"

    asyncio.run(scenario())


def test_an_interrupt_ends_the_cell_and_skips_what_waits(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait", "print b")
            session, watcher = await house.running()
            session.run(ids("a", "b"))
            await watcher.until_text("a", "begun\n")
            assert session.kernel is not None

            await session.kernel.interrupt()
            await watcher.until_finished(2)

            assert sorted(watcher.statuses()) == [("a", "interrupted"), ("b", "skipped")]

    asyncio.run(scenario())


def test_what_runs_can_be_told_before_the_program_ends(tmp_path: Path) -> None:
    """K3: quitting asks about the kernels that are busy."""

    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait")
            session, watcher = await house.running()
            idle = house.sessions.running()
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")

            assert idle == ()
            assert house.sessions.running() == ("n.ipynb",)

    asyncio.run(scenario())


def test_a_kernel_that_dies_while_busy_is_reported_with_its_cause_and_not_restarted(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", f"print before\nkill {int(signal.SIGKILL)}", "print b")
            session, watcher = await house.running()

            session.run(ids("a", "b"))
            await watcher.until_state("dead")

            assert watcher.statuses() == [("a", "died"), ("b", "skipped")]
            assert "SIGKILL" in watcher.kernels[-1].message
            assert watcher.kernels[-1].kernel is not None
            assert not session.busy
            with pytest.raises(Conflict, match="Start or choose one"):
                session.run(ids("b"))

    asyncio.run(scenario())


def test_after_a_restart_the_session_goes_on_with_the_same_kernel_id(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait", "print b")
            session, watcher = await house.running()
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")
            before = watcher.kernels[-1].kernel
            assert session.kernel is not None

            await session.kernel.restart()
            await watcher.until_state("idle")
            session.run(ids("b"))
            await watcher.until_finished(2)

            assert watcher.statuses() == [("a", "aborted"), ("b", "ok")]
            assert watcher.kernels[-1].kernel == before
            assert text(session, "b") == "b\n"

    asyncio.run(scenario())


def test_a_kernel_that_ends_while_it_starts_says_why(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path, "--say", "ModuleNotFoundError: No module named 'torch'", "--exit", "1") as house:
            house.write("n.ipynb", "print a")
            session = await house.sessions.open("n.ipynb")
            watcher = Watcher(session)

            await house.sessions.start("n.ipynb")
            session.run(ids("a"))
            await watcher.until_state("dead")

            assert "torch" in watcher.kernels[-1].message
            assert "No module named 'torch'" in watcher.kernels[-1].log
            assert watcher.statuses() == [("a", "died")]

    asyncio.run(scenario())


def test_a_cell_that_is_run_while_the_kernel_starts_runs_when_it_is_open(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session = await house.sessions.open("n.ipynb")
            watcher = Watcher(session)
            await house.sessions.start("n.ipynb")
            assert session.kernel_status.state == "starting"

            session.run(ids("a"))
            await watcher.until_finished(1)

            assert text(session, "a") == "a\n"

    asyncio.run(scenario())


def test_input_is_asked_for_and_answered_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "input name? ")
            session, watcher = await house.running()
            session.run(ids("a"))
            await watcher.until(lambda: bool(watcher.waiting))
            session.answer_input("Galileo")
            await watcher.until_finished(1)

            assert text(session, "a") == "Galileo"
            assert watcher.waiting == [InputRequest(CellId("a"), "name? ", password=False), None]
            with pytest.raises(Conflict):
                session.answer_input("again")

    asyncio.run(scenario())


def test_a_cell_that_is_deleted_while_it_runs_and_brought_back_has_lost_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print before\ninput Name?\nprint after")
            session, watcher = await house.running()
            assert session.document is not None
            session.run(ids("a"))
            await watcher.until(lambda: session.input_request is not None)
            await watcher.until(lambda: text(session, "a") == "before\n")

            cell = session.document.notebook.cells[0]
            session.document.apply([DeleteCell(cell.id)])
            session.answer_input("Ada")
            await watcher.until_finished(1)
            session.document.apply([InsertCell(None, cell)])

            assert text(session, "a") == "before\nAdaafter\n"
            assert session.document.notebook.cells[0].execution_count == 1

    asyncio.run(scenario())


def test_the_kernel_is_noted_in_the_notebook_at_the_first_run_and_not_before(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session, watcher = await house.running()
            untouched = session.document is not None and session.document.version == 0

            session.run(ids("a"))
            await watcher.until_finished(1)
            notebook = session.notebook()

            assert untouched
            assert notebook is not None
            assert notebook.metadata["kernelspec"] == {"display_name": "Fake", "language": "fake", "name": "fake"}
            assert notebook.metadata["language_info"] == {"name": "fake", "file_extension": ".fake"}

    asyncio.run(scenario())


def test_without_a_kernel_nothing_runs_and_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session = await house.sessions.open("n.ipynb")

            with pytest.raises(Conflict, match="Start or choose one, then run the cell again"):
                session.run(ids("a"))
            assert session.kernel_status.state == "none"

    asyncio.run(scenario())
