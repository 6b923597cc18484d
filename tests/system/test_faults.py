"""Like SQLite's: each call to the disk fails once, and each is the last; no file is torn, no edit is lost."""

from __future__ import annotations

import asyncio
import errno
import os
from contextlib import suppress
from pathlib import Path

import pytest

from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import SetSource
from adrastea.documents.journal import Journals
from adrastea.documents.spool import Spool
from adrastea.errors import AppError
from tests.documents.faulty_disk import FaultyDisk, Killed, Kills, failing_at
from tests.documents.watched import NEVER, A, source_in, write

pytestmark = pytest.mark.slow

CALLS = {"open", "write", "fsync", "rename", "mkdir"}
SAVED = ["old", "1", "2", "3"]


def home(folder: Path) -> Path:
    """A folder with a notebook."""
    folder.mkdir()
    write(folder / "a.ipynb", "old")
    return folder


def documents_in(folder: Path) -> Documents:
    journals = Journals([folder / ".journals", folder / ".other"])  # two, as the program has
    return Documents(folder, journals, Spool(folder / ".spool", 10**9), NEVER)


async def acknowledged(document: Document, number: int) -> None:
    document.apply([SetSource(A, str(number))])
    await document.written()


async def work(document: Document, kills: Kills | None = None) -> None:
    """Three edits, each acknowledged; two saves, whatever comes of them."""
    for number in (1, 2, 3):
        await acknowledged(document, number)
        if kills is not None:
            kills.acknowledged = number
        if number < 3:
            with suppress(AppError):
                await document.save()


def calls_of(folder: Path) -> list[str]:
    """What `work` asks of the disk."""
    disk = FaultyDisk(home(folder), lambda _number, _call: None)

    async def run() -> None:
        documents = documents_in(folder)
        document = await documents.open("a.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            await work(document)
        await documents.close_all()

    asyncio.run(run())
    return disk.calls


def shown_by_the_next_start(folder: Path) -> str:
    async def run() -> str:
        documents = documents_in(folder)
        source = (await documents.open("a.ipynb")).notebook.cells[0].source
        await documents.close_all()
        return source

    return asyncio.run(run())


def fail_once(folder: Path, number: int, error: int) -> str:
    """One call fails: what was wrong with that, or nothing."""
    disk = FaultyDisk(home(folder), failing_at(number, error))
    wrong: list[str] = []

    async def run() -> None:
        documents = documents_in(folder)
        document = await documents.open("a.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            await work(document)
        if source_in(folder / "a.ipynb") not in SAVED:
            wrong.append("the file holds what nobody wrote")
        if document.status.state == "failed" and not document.status.message.startswith("a.ipynb is not saved"):
            wrong.append(f"the status says {document.status.message!r}")
        await document.save()  # on demand, and the disk is well again
        if (document.status.state, source_in(folder / "a.ipynb")) != ("saved", "3"):
            wrong.append(f"it cannot be saved again: {document.status}")
        if [name for name in os.listdir(folder) if name.endswith(".tmp")]:  # noqa: PTH208 -- names are enough
            wrong.append("a temporary file is left")
        await documents.close_all()

    asyncio.run(run())
    return "".join(f"{disk.calls[number - 1]} {number} with {errno.errorcode[error]}: {what}" for what in wrong)


def fail_and_die(folder: Path, number: int, error: int) -> str:
    """One call fails and the program is killed behind it all: what of the acknowledged edits the next start lacks."""
    disk = FaultyDisk(home(folder), failing_at(number, error))
    kills = Kills(folder, folder.with_name(f"{folder.name}-left"))

    async def run() -> None:
        documents = documents_in(folder)
        document = await documents.open("a.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            disk.install(patch)
            await work(document)
        kills(0, "")
        await documents.close_all()

    asyncio.run(run())
    kills.revive(kills.found[0])
    shown = shown_by_the_next_start(folder)
    return "" if shown == "3" else f"{disk.calls[number - 1]} {number} with {errno.errorcode[error]}: {shown} is shown"


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=lambda error: errno.errorcode[error])
def test_whichever_call_fails_once_no_file_is_torn_and_it_can_be_saved_again(tmp_path: Path, error: int) -> None:
    calls = calls_of(tmp_path / "counted")

    assert set(calls) == CALLS
    assert [fail_once(tmp_path / str(number), number, error) for number in range(1, len(calls) + 1)] == [""] * len(
        calls
    )


def test_whichever_call_fails_once_before_a_crash_no_acknowledged_edit_is_lost(tmp_path: Path) -> None:
    numbers = range(1, len(calls_of(tmp_path / "counted")) + 1)

    assert [fail_and_die(tmp_path / str(number), number, errno.EIO) for number in numbers] == [""] * len(numbers)


def test_whichever_call_is_the_last_the_file_is_whole_and_no_acknowledged_edit_is_lost(tmp_path: Path) -> None:
    folder = home(tmp_path / "home")
    kills = Kills(folder, tmp_path / "copies")

    async def run() -> None:
        documents = documents_in(folder)
        document = await documents.open("a.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            FaultyDisk(folder, kills).install(patch)
            await work(document, kills)
        await documents.close_all()

    asyncio.run(run())
    assert {killed.call for killed in kills.found} == CALLS
    assert [lost_by(kills, killed) for killed in kills.found] == [""] * len(kills.found)


def lost_by(kills: Kills, killed: Killed) -> str:
    """What is wrong with what the killed program left, or nothing."""
    kills.revive(killed)
    if source_in(kills.folder / "a.ipynb") not in SAVED:
        return f"{killed.call}: the file holds what nobody wrote"
    shown = shown_by_the_next_start(kills.folder)
    return "" if SAVED.index(shown) >= killed.acknowledged else f"{killed.call}: {shown} after {killed.acknowledged}"
