"""Files on a disk that hangs hold up no others, and what concerns one file is done in turn."""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adrastea.documents.documents import Documents
from adrastea.documents.edits import SetSource
from adrastea.documents.lanes import Lanes
from tests.documents.hanging_disk import HangingDisk
from tests.documents.watched import A, source_in, with_documents, write
from tests.fakes.client import LIMIT_SECONDS

ONE, OTHER = Path("/one"), Path("/other")


def test_what_concerns_one_file_is_done_in_turn_and_other_files_do_not_wait() -> None:
    async def scenario() -> None:
        lanes, may_end, done = Lanes(ThreadPoolExecutor(8, "test")), threading.Event(), list[str]()

        def held_up() -> None:
            may_end.wait(LIMIT_SECONDS)
            done.append("first")

        first = asyncio.ensure_future(lanes.run(ONE, held_up))
        second = asyncio.ensure_future(lanes.run(ONE, lambda: done.append("second")))
        await lanes.run(OTHER, lambda: done.append("other"))
        may_end.set()
        await asyncio.gather(first, second)
        lanes.shutdown()

        assert done == ["other", "first", "second"]

    asyncio.run(scenario())


def test_the_next_waits_for_what_nobody_waits_for_any_more() -> None:
    async def scenario() -> None:
        lanes, may_end, done = Lanes(ThreadPoolExecutor(8, "test")), threading.Event(), list[str]()

        def held_up() -> None:
            may_end.wait(LIMIT_SECONDS)
            done.append("first")

        given_up = asyncio.ensure_future(lanes.run(ONE, held_up))
        await asyncio.sleep(0)
        given_up.cancel()
        second = asyncio.ensure_future(lanes.run(ONE, lambda: done.append("second")))
        await lanes.run(OTHER, lambda: None)
        may_end.set()
        await second
        lanes.shutdown()

        assert done == ["first", "second"]

    asyncio.run(scenario())


def test_what_fails_is_raised_where_it_was_asked_for_and_the_next_is_done() -> None:
    async def scenario() -> None:
        lanes = Lanes(ThreadPoolExecutor(8, "test"))
        failing = asyncio.ensure_future(lanes.run(ONE, lambda: int("x")))
        assert await lanes.run(ONE, lambda: 1) == 1
        with pytest.raises(ValueError, match="x"):
            await failing
        lanes.shutdown()

    asyncio.run(scenario())


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_two_names_of_one_file_are_one_place(tmp_path: Path) -> None:
    write(tmp_path / "a.ipynb", "old")
    (tmp_path / "link.ipynb").symlink_to("a.ipynb")

    async def scenario(documents: Documents) -> None:
        file, link = await documents.open("a.ipynb"), await documents.open("link.ipynb")
        for document, source in ((file, "1"), (link, "2")):
            document.apply([SetSource(A, source)])
            await document.written()
        left = [path.name.partition("-")[0] for path in (tmp_path / ".journals").glob("*/*.journal")]

        assert (len(left), len(set(left))) == (2, 1)
        await file.reload()
        await link.save()
        assert source_in(tmp_path / "a.ipynb") == "2"

    with_documents(tmp_path, scenario)


def test_a_disk_that_hangs_holds_up_no_notebook_on_another(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.mkdir()
    for file in (slow / "n.ipynb", tmp_path / "a.ipynb", tmp_path / "b.ipynb"):
        write(file, "old")
    disk = HangingDisk(slow)

    async def scenario(documents: Documents) -> None:
        held_up, other = await documents.open("slow/n.ipynb"), await documents.open("a.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            held_up.apply([SetSource(A, "held up")])
            saving = asyncio.ensure_future(held_up.save())
            await asyncio.to_thread(disk.hangs.wait, LIMIT_SECONDS)
            async with asyncio.timeout(LIMIT_SECONDS / 2):
                other.apply([SetSource(A, "edited")])
                await other.save()
                await documents.open("b.ipynb")
                held_up.apply([SetSource(A, "edited, too")])
                await held_up.written()
            waits = not saving.done()
            disk.go_on()
            await saving
            await held_up.save()

        assert waits
        assert source_in(tmp_path / "a.ipynb") == "edited"
        assert source_in(slow / "n.ipynb") == "edited, too"

    with_documents(tmp_path, scenario)
