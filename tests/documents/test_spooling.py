"""A stream that is too long to be shown is whole in the spool, and its text says where (or that it is not)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.documents import edits as editing
from adrastea.documents import spool, streams
from adrastea.documents.edits import (
    OUTPUTS_LIMIT,
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    ReplaceNotebook,
    ReplaceOutput,
    SetCellType,
    SetOutputs,
    SetSource,
)
from adrastea.documents.notebook import Cell, CellId, ErrorOutput, Notebook, Stream
from adrastea.documents.spool import Spool
from adrastea.documents.spooling import Spooling
from adrastea.documents.streams import STREAM_LIMIT, Kept

A, B = CellId("a"), CellId("b")
LONG = "x" * 99 + "\n"
HALF = LONG * (STREAM_LIMIT // 200)


class Room:
    """A notebook whose edits go through the spool, as in a document."""

    def __init__(self, folder: Path, limit: int, most_waiting: int) -> None:
        self.notebook = Notebook((Cell(A, "code"), Cell(B, "markdown")))
        self.folder = folder
        self.spool = Spool(folder, limit)
        self.pool = ThreadPoolExecutor(1)
        self.most = most_waiting
        self.spooling = self.new()

    def new(self) -> Spooling:
        return Spooling(self.spool, self.pool, lambda: self.notebook, self.apply, self.most)

    def apply(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            self.notebook = editing.apply(self.notebook, self.spooling.before(self.notebook, edit))

    def print(self, *texts: str, name: str = "stdout") -> None:
        self.apply([AppendOutput(A, Stream(name, text)) for text in texts])

    def shown(self, index: int = -1) -> str:
        output = self.notebook.cells[0].outputs[index]
        assert isinstance(output, Stream)
        return output.text

    def kept(self, index: int = -1) -> Kept | None:
        return streams.kept(self.shown(index))

    def held(self, index: int = -1) -> str:
        return self.file(index).read_text(encoding="utf-8")

    def file(self, index: int = -1) -> Path:
        kept = self.kept(index)
        assert kept is not None
        return self.folder / f"{kept.id}.txt"

    def files(self) -> int:
        return len(list(self.folder.iterdir())) if self.folder.exists() else 0


def in_room(
    folder: Path, main: Callable[[Room], Coroutine[object, object, None]], limit: int = 10**9, most: int = 10**9
) -> None:
    async def run() -> None:
        room = Room(folder / "spool", limit, most)
        try:
            await main(room)
            await room.spooling.written()
        finally:
            room.pool.shutdown()

    asyncio.run(run())


def test_nothing_lies_on_the_disk_before_the_cap_is_passed(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF)
        await room.spooling.written()

        assert (room.files(), room.kept(), len(room.shown())) == (0, None, STREAM_LIMIT)

    in_room(tmp_path, main)


def test_the_file_holds_all_that_was_printed(tmp_path: Path) -> None:
    parts = [HALF, HALF, "one\n", HALF, "two\n", HALF, HALF, "the end"]

    async def main(room: Room) -> None:
        room.print(*parts)
        await room.spooling.written()

        assert room.held() == "".join(parts)
        assert len(room.shown()) < STREAM_LIMIT + 200

    in_room(tmp_path, main)


def test_one_message_that_is_too_long_by_itself_is_kept(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF * 3)
        room.print("more")
        await room.spooling.written()

        assert room.held() == HALF * 3 + "more"

    in_room(tmp_path, main)


def test_a_line_that_overwrites_itself_for_ever_needs_no_file(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print("\r" + "y" * 1_000, ("\r" + "z" * 10_000) * (STREAM_LIMIT // 10_000 + 1))
        await room.spooling.written()

        assert (room.files(), room.kept()) == (0, None)

    in_room(tmp_path, main)


def test_another_output_ends_the_file_and_the_next_stream_has_its_own(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        room.apply([AppendOutput(A, ErrorOutput("E", "e"))])
        room.print(HALF, HALF, "two")
        room.print("to stderr", name="stderr")
        await room.spooling.written()

        assert (room.held(0), room.held(2)) == (HALF + HALF + "one", HALF + HALF + "two")
        assert room.files() == 2

    in_room(tmp_path, main)


@pytest.mark.parametrize("edit", [ClearOutputs(A), SetOutputs(A, ()), SetCellType(A, "raw")])
def test_what_is_cleared_is_the_first_to_go(tmp_path: Path, edit: Edit) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        await room.spooling.written()
        file = room.file()

        room.apply([edit])
        room.pool.shutdown()

        assert file.stat().st_mtime == 0

    in_room(tmp_path, main)


def same_output(notebook: Notebook) -> Edit:
    return ReplaceOutput(A, 0, notebook.cells[0].outputs[0])


@pytest.mark.parametrize("same", [ReplaceNotebook, same_output])
def test_a_stream_that_grows_on_after_another_edit_grows_in_its_file(
    tmp_path: Path, same: Callable[[Notebook], Edit]
) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        await room.spooling.written()
        room.apply([same(room.notebook), SetSource(A, "x")])
        room.print("two", HALF)
        await room.spooling.written()

        assert room.held() == HALF + HALF + "onetwo" + HALF
        assert room.files() == 1

    in_room(tmp_path, main)


def test_a_notebook_that_is_opened_anew_goes_on_with_its_file(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        await room.spooling.written()
        room.spooling = room.new()
        room.print("two", "three")
        await room.spooling.written()

        assert room.held() == HALF + HALF + "onetwothree"

    in_room(tmp_path, main)


def test_where_the_spool_refuses_at_once_the_text_names_no_file(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        await room.spooling.written()
        await asyncio.sleep(0)
        room.print("two", HALF, HALF)
        room.spooling = room.new()
        room.print(HALF, HALF, "three")
        await room.spooling.written()

        assert (room.kept(), room.files()) == (None, 0)
        assert room.shown().endswith("three")

    in_room(tmp_path, main, limit=1_000)


def test_where_the_spool_refuses_later_the_text_says_that_the_beginning_is_kept(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one")
        await room.spooling.written()
        room.print(HALF, "two")
        await room.spooling.written()
        await asyncio.sleep(0)
        kept = room.kept()
        room.print(HALF, HALF, "three")

        assert kept is not None
        assert not kept.whole
        assert room.kept() == kept
        assert room.held() == HALF + HALF + "one"
        assert room.shown().endswith("three")

    in_room(tmp_path, main, limit=STREAM_LIMIT + 1_000)


def test_a_disk_that_is_too_slow_ends_the_file_not_the_run(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, "one", HALF)
        await room.spooling.written()
        await asyncio.sleep(0)
        kept = room.kept()

        assert kept is not None
        assert not kept.whole
        assert room.held().startswith(HALF + HALF)

    in_room(tmp_path, main, most=STREAM_LIMIT + 10)


def test_text_for_what_is_no_code_cell_goes_nowhere(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.apply([AppendOutput(B, Stream("stdout", HALF * 3)), AppendOutput(CellId("c"), Stream("stdout", HALF * 3))])
        await room.spooling.written()

        assert room.files() == 0

    in_room(tmp_path, main)


def test_an_output_that_is_brought_back_is_seen_again(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, HALF)
        await room.spooling.written()
        file, shown = room.file(), room.notebook.cells[0]
        for away, back in (
            (ClearOutputs(A), SetOutputs(A, shown.outputs)),
            (DeleteCell(A), InsertCell(None, shown)),
            (ReplaceNotebook(Notebook()), ReplaceNotebook(room.notebook)),
        ):
            room.apply([away])
            room.pool.submit(int).result()
            assert file.stat().st_mtime == 0

            room.apply([back])
            room.pool.submit(int).result()
            assert file.stat().st_mtime > 0

    in_room(tmp_path, main)


def test_an_output_that_another_cell_shows_as_well_stays_seen(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, HALF)
        await room.spooling.written()
        file = room.file()
        room.apply([InsertCell(A, replace(room.notebook.cells[0], id=CellId("copy"))), DeleteCell(A)])
        room.pool.submit(int).result()

        assert file.stat().st_mtime > 0

    in_room(tmp_path, main)


def test_what_was_let_go_of_in_an_earlier_life_of_the_notebook_is_seen_when_it_is_opened(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, HALF)
        await room.spooling.written()
        os.utime(room.file(), (0, 0))
        room.new()
        room.pool.submit(int).result()

        assert room.file().stat().st_mtime > 0

    in_room(tmp_path, main)


def test_what_was_let_go_of_while_it_was_written_is_let_go_of(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        goes_on = threading.Event()
        room.pool.submit(goes_on.wait)
        room.print(HALF, HALF, HALF)
        file = room.file()
        room.print(HALF)
        room.apply([ClearOutputs(A)])
        goes_on.set()
        await room.spooling.written()
        room.pool.submit(int).result()

        assert file.stat().st_mtime == 0

    in_room(tmp_path, main)


def test_a_notebook_that_is_closed_undoes_nothing_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main(room: Room) -> None:
        room.print(HALF, HALF, HALF)
        await room.spooling.written()
        file = room.file()
        room.apply([ClearOutputs(A)])
        room.pool.submit(os.utime, file, (1.0, 0)).result()
        room.pool.submit(room.spool.collect).result()
        assert file.exists()

        room.spooling.end()
        room.pool.submit(room.spool.collect).result()
        assert not file.exists()

    monkeypatch.setattr(spool, "_DAY_SECONDS", 0.0)
    in_room(tmp_path, main)


def test_streams_that_take_turns_are_kept_in_one_file_when_there_are_too_many(tmp_path: Path) -> None:
    async def main(room: Room) -> None:
        for number in range(OUTPUTS_LIMIT):
            room.print(f"{number}\n", name=("stderr", "stdout")[number % 2])
        for number in range(20):
            room.print(HALF[: STREAM_LIMIT // 10], name=("stderr", "stdout")[number % 2])
        await room.spooling.written()

        assert len(room.notebook.cells[0].outputs) == OUTPUTS_LIMIT
        assert room.held() == f"{OUTPUTS_LIMIT - 1}\n" + 20 * HALF[: STREAM_LIMIT // 10]

    in_room(tmp_path, main)
