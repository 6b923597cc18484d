"""The table of sessions: one kernel for each, views that come and go, documents that stay while they are needed."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from adrastea.errors import Conflict, InvalidNotebook, KernelFailed, NotFound
from adrastea.sessions.session import Session
from tests.fakes import kernelspecs
from tests.sessions.rooms import LIMIT_SECONDS, Rooms, Watcher, ids, rooms, text

# Who has started a kernel that goes on does not wait for its end.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*Popen.__del__:pytest.PytestUnraisableExceptionWarning"),
]


async def closed(house: Rooms, path: str) -> bool:
    """Wait until a document is closed, which nobody is told."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while house.documents.get(path) is not None:  # noqa: ASYNC110 -- see above
            await asyncio.sleep(0.005)
    return True


def test_two_who_ask_at_once_get_one_session_with_one_kernel(tmp_path: Path) -> None:
    """K3: none is started twice."""

    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")

            one, two = await asyncio.gather(house.sessions.start("n.ipynb"), house.sessions.start("n.ipynb"))

            assert one is two
            assert len(house.kernels.all()) == 1
            assert house.sessions.all() == (one,)
            assert await house.sessions.start("n.ipynb") is one
            assert len(house.kernels.all()) == 1

    asyncio.run(scenario())


def test_a_path_has_one_session_however_it_is_spelt(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("a/n.ipynb", "print a")

            one, two = await house.sessions.open("a/n.ipynb"), await house.sessions.open("/a//./n.ipynb")

            assert one is two
            assert one.path == "a/n.ipynb"

    asyncio.run(scenario())


def test_the_kernel_works_in_the_folder_of_its_notebook(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("a/b/n.ipynb", "cwd")
            session, watcher = await house.running("a/b/n.ipynb")

            session.run(ids("a"))
            await watcher.until_finished(1)

            assert text(session, "a") == f"{house.root / 'a' / 'b'}\n"

    asyncio.run(scenario())


def test_a_notebook_gets_the_kernel_that_it_names(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            kernelspecs.install(tmp_path, name="other")
            house.write("n.ipynb", "print a", metadata={"kernelspec": {"name": "other", "display_name": "Other"}})

            await house.sessions.open("n.ipynb")
            session = await house.sessions.start("n.ipynb")

            assert session.kernel_status.name == "other"

    asyncio.run(scenario())


def test_an_unknown_kernel_is_refused_with_a_sentence_that_names_those_there_are(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a", metadata={"kernelspec": {"name": "julia-9"}})
            session = await house.sessions.open("n.ipynb")
            watcher = Watcher(session)

            with pytest.raises(NotFound, match="fake"):
                await house.sessions.start("n.ipynb")

            assert watcher.kernels[-1].state == "none"
            assert "julia-9" in watcher.kernels[-1].message
            assert "fake" in watcher.kernels[-1].message
            assert house.sessions.all() == ()
            assert house.sessions.by_path("n.ipynb") is session

    asyncio.run(scenario())


def test_a_session_that_got_no_kernel_and_has_no_view_is_forgotten(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            with pytest.raises(NotFound):
                await house.sessions.start("n.ipynb", kernel_name="julia-9")

            assert house.sessions.by_path("n.ipynb") is None

    asyncio.run(scenario())


def test_a_change_of_kernel_shuts_the_old_one_down_and_notes_the_new_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            kernelspecs.install(tmp_path, name="other", fields={"display_name": "Other", "language": "julia"})
            house.write("n.ipynb", "print begun\nwait", "print b")
            session, watcher = await house.running()
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")

            await house.sessions.change_kernel(session, "other")
            await watcher.until_state("idle")
            session.run(ids("b"))
            await watcher.until_finished(2)
            notebook = session.notebook()

            assert watcher.statuses() == [("a", "aborted"), ("b", "ok")]
            assert [kernel.spec.name for kernel in house.kernels.all()] == ["other"]
            assert notebook is not None
            assert notebook.metadata["kernelspec"] == {"display_name": "Other", "language": "julia", "name": "other"}

    asyncio.run(scenario())


def test_a_change_to_a_kernel_that_cannot_start_keeps_the_old_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            kernelspecs.install(tmp_path, name="broken", fields={"argv": ["/no/such/program"]})
            house.write("n.ipynb", "print a")
            session, watcher = await house.running()

            with pytest.raises(KernelFailed, match="no/such/program"):
                await house.sessions.change_kernel(session, "broken")
            with pytest.raises(NotFound):
                await house.sessions.change_kernel(session, "missing")
            with pytest.raises(NotFound):
                await house.sessions.change_kernel(session, None, "missing-id")
            session.run(ids("a"))
            await watcher.until_finished(1)

            assert watcher.statuses() == [("a", "ok")]
            assert [kernel.spec.name for kernel in house.kernels.all()] == ["fake"]

    asyncio.run(scenario())


def test_a_kernel_that_two_sessions_share_is_not_shut_down_by_a_change_of_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("m.ipynb", "print m")
            house.write("n.ipynb", "print n")
            first, _ = await house.running("m.ipynb")
            shared = first.kernel
            assert shared is not None
            second = await house.sessions.start("n.ipynb", kernel_id=shared.id)

            await house.sessions.change_kernel(second, "fake")

            assert first.kernel is shared
            assert shared in house.kernels.all()
            assert second.kernel is not shared

    asyncio.run(scenario())


def test_the_end_of_a_session_ends_its_kernel_and_leaves_its_view_without(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait")
            session, watcher = await house.running()
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")

            await house.sessions.end(session.id)

            assert watcher.kernels[-1].state == "none"
            assert watcher.statuses() == [("a", "aborted")]
            assert house.kernels.all() == ()
            with pytest.raises(NotFound):
                await house.sessions.end(session.id)
            assert (await house.sessions.start("n.ipynb")) is session

    asyncio.run(scenario())


def test_a_kernel_that_is_shut_down_by_its_id_leaves_all_its_sessions(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("m.ipynb", "print begun\nwait")
            first, watcher = await house.running("m.ipynb")
            assert first.kernel is not None
            second = await house.sessions.start("n.ipynb", kernel_id=first.kernel.id)
            first.run(ids("a"))
            await watcher.until_text("a", "begun\n")

            await house.sessions.shut_down(first.kernel.id)

            assert [session.kernel for session in (first, second)] == [None, None]
            assert watcher.statuses() == [("a", "aborted")]
            assert watcher.states()[-1] == "none"
            assert "dead" not in watcher.states()
            assert house.sessions.all() == ()
            with pytest.raises(NotFound):
                await house.sessions.shut_down("missing")

    asyncio.run(scenario())


def test_a_document_that_nobody_needs_is_saved_and_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            one = await house.sessions.open("n.ipynb")
            views = (Watcher(one), Watcher(one))

            views[0].leave()
            house.sessions.release(one)
            open_for_the_other = one.document is not None
            views[1].leave()
            house.sessions.release(one)

            assert open_for_the_other
            assert await closed(house, "n.ipynb")
            assert one.document is None
            assert house.sessions.by_path("n.ipynb") is None

    asyncio.run(scenario())


def test_outputs_are_complete_in_the_file_after_the_page_has_gone(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait")
            session, watcher = await house.running()
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")
            assert session.kernel is not None

            watcher.leave()
            house.sessions.release(session)
            still_open = house.documents.get("n.ipynb") is session.document
            await session.kernel.interrupt()

            assert still_open
            assert await closed(house, "n.ipynb")

            assert "begun" in house.on_disk("n.ipynb")
            assert "KeyboardInterrupt" in house.on_disk("n.ipynb")
            assert house.sessions.all() == (session,)

    asyncio.run(scenario())


def test_a_page_that_comes_back_while_a_cell_runs_finds_the_same_document(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print begun\nwait")
            session, watcher = await house.running()
            document = session.document
            session.run(ids("a"))
            await watcher.until_text("a", "begun\n")
            watcher.leave()
            house.sessions.release(session)

            again = await house.sessions.open("n.ipynb")

            assert again is session
            assert again.document is document
            assert again.run_status.running == "a"

    asyncio.run(scenario())


def test_a_view_that_opens_while_the_document_is_being_closed_keeps_it_open(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session, watcher = await house.running()
            watcher.leave()
            house.sessions.release(session)

            again = await house.sessions.open("n.ipynb")
            assert again.document is not None
            second = Watcher(again)
            again.run(ids("a"))
            await second.until_finished(1)
            await again.document.save()

            assert not again.document.is_closed
            assert house.documents.get("n.ipynb") is again.document
            assert "text" in json.loads(house.on_disk("n.ipynb"))["cells"][0]["outputs"][0]

    asyncio.run(scenario())


def test_a_session_moves_with_its_file_and_with_a_folder_above_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("a/n.ipynb", "print a")
            session = await house.sessions.open("a/n.ipynb")
            await house.sessions.start("a/n.ipynb")

            house.sessions.renamed("a/n.ipynb", "a/m.ipynb")
            first = (session.path, session.name)
            house.sessions.renamed("a", "b")

            assert first == ("a/m.ipynb", "m.ipynb")
            assert session.path == "b/m.ipynb"
            assert house.sessions.by_path("b/m.ipynb") is session
            assert house.sessions.by_path("a/n.ipynb") is None

    asyncio.run(scenario())


def test_a_file_that_is_missing_or_no_notebook_makes_no_session(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            (house.root / "broken.ipynb").write_text("{\n  oh", encoding="utf-8")

            with pytest.raises(NotFound):
                await house.sessions.open("missing.ipynb")
            with pytest.raises(InvalidNotebook):
                await house.sessions.open("broken.ipynb")

            assert house.sessions.by_path("missing.ipynb") is None
            assert house.sessions.by_path("broken.ipynb") is None

    asyncio.run(scenario())


def test_a_session_whose_document_is_closed_keeps_its_kernel_and_runs_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with rooms(tmp_path) as house:
            house.write("n.ipynb", "print a")
            session: Session
            session, watcher = await house.running()
            watcher.leave()
            house.sessions.release(session)
            await closed(house, "n.ipynb")

            assert house.sessions.get(session.id) is session
            with pytest.raises(Conflict, match="not open"):
                session.run(ids("a"))

    asyncio.run(scenario())


GONE = (2**30, "1")
"""A program that has ended."""


def test_after_an_outage_a_notebook_has_its_session_its_kernel_and_its_running_cell(tmp_path: Path) -> None:
    """K3: found with its document, and not started twice."""

    async def scenario() -> None:
        specs = kernelspecs.install(tmp_path)
        before = Rooms(tmp_path, specs, GONE)
        before.write("n.ipynb", "print begun\nwait", "print on")
        session, watcher = await before.running()
        session.run(ids("a"))
        await watcher.until_text("a", "begun\n")
        await before.close(keep=True)
        after = Rooms(tmp_path, specs)

        await after.sessions.adopt()

        found = await after.sessions.start("n.ipynb")
        assert (found.id, found.path, found.type, found.name) == (session.id, "n.ipynb", "notebook", "n.ipynb")
        assert found.kernel is not None
        assert found.kernel.id == (session.kernel.id if session.kernel else None)
        assert (found.works, found.run_status.running, len(after.kernels.all())) == (True, "a", 1)
        again = Watcher(found)
        await found.kernel.interrupt()
        await again.until_finished(1)
        assert again.statuses()[0][1] in {"error", "unknown"}
        found.run(ids("b"))
        await again.until_text("b", "on\n")
        await after.close()

    asyncio.run(scenario())


def test_a_kernel_without_a_session_here_is_taken_over_alone(tmp_path: Path) -> None:
    async def scenario() -> None:
        specs = kernelspecs.install(tmp_path)
        before = Rooms(tmp_path, specs, GONE)
        before.write("n.ipynb", "print a")
        session, _ = await before.running()
        await before.close(keep=True)
        after = Rooms(tmp_path, specs)
        taken = await after.sessions.start("n.ipynb")

        await after.sessions.adopt()

        assert after.sessions.all() == (taken,)
        assert len(after.kernels.all()) == 2
        assert session.kernel is not None
        assert after.kernels.get(session.kernel.id) is not taken.kernel
        await after.close()

    asyncio.run(scenario())


def test_a_notebook_that_was_renamed_is_found_under_its_new_name(tmp_path: Path) -> None:
    async def scenario() -> None:
        specs = kernelspecs.install(tmp_path)
        before = Rooms(tmp_path, specs, GONE)
        before.write("n.ipynb", "print a")
        await before.running()
        before.sessions.renamed("n.ipynb", "m.ipynb")
        await before.close(keep=True)
        after = Rooms(tmp_path, specs)

        await after.sessions.adopt()

        assert [found.path for found in after.sessions.all()] == ["m.ipynb"]
        await after.close()

    asyncio.run(scenario())
