"""Past runs: every run, each long content once, bounded, and torn or strange files do no harm."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adrastea.documents.notebook import CellId, Stream
from adrastea.documents.past_runs import PastRuns
from adrastea.documents.run_record import Ran
from adrastea.errors import NotFound, StorageFailed
from adrastea.file_lock import try_lock
from tests.documents.bad_disks import full_disk

PLENTY = 100_000_000
AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
RAN = Ran("0", CellId("a"), "1 + 1", (Stream("stdout", "2"),), AT, 0.5, "ok", 1, 1000)


def ran(number: int, source: str = "1 + 1", printed: str = "2", cell: str = "a") -> Ran:
    outputs = (Stream("stdout", printed),)
    at = AT + timedelta(seconds=number)
    return replace(RAN, id=str(number), cell=CellId(cell), source=source, outputs=outputs, at=at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def kept(folder: Path) -> PastRuns:
    return PastRuns(folder, PLENTY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "n.ipynb"


def contents(folder: Path) -> list[Path]:
    return [path for path in (folder / "contents").rglob("*") if path.is_file()]


def ids(kept: PastRuns, file: Path, cell: str = "a") -> list[str]:
    return [run.id for run in kept.of_cell(file, cell)]


def test_every_run_is_kept_with_what_was_run_and_what_came_of_it(kept: PastRuns, file: Path) -> None:
    first, second = ran(1, "long" * 1000, "longer" * 1000), ran(2)
    kept.keep(file, first)
    kept.keep(file, second)

    assert ids(kept, file) == ["2", "1"]
    run = kept.one(file, "1")
    assert (run.cell, run.at, run.seconds, run.status, run.count, run.memory, run.whole) == (
        *("a", first.at, 0.5, "ok", 1, 1000, True),
    )
    assert (kept.source(run), kept.outputs(run)) == (first.source, first.outputs)
    assert kept.outputs(kept.one(file, "2")) == second.outputs


def test_another_program_finds_them_too(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1))

    assert ids(PastRuns(folder, PLENTY), file) == ["1"]


def test_each_cell_of_each_notebook_has_its_own(kept: PastRuns, file: Path) -> None:
    kept.keep(file, ran(1))
    kept.keep(file, ran(2, cell="b"))

    assert (ids(kept, file), ids(kept, file, "b"), ids(kept, file.with_name("other.ipynb"))) == (["1"], ["2"], [])
    with pytest.raises(NotFound, match="no run"):
        kept.one(file.with_name("other.ipynb"), "1")


def test_outputs_that_come_behind_the_end_of_a_run_are_kept_with_it(kept: PastRuns, file: Path) -> None:
    kept.keep(file, ran(1))
    kept.keep(file, ran(1, printed="2 and more"))

    assert ids(kept, file) == ["1"]
    assert kept.outputs(kept.one(file, "1")) == (Stream("stdout", "2 and more"),)


def test_what_is_long_is_there_once(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1, printed="x" * 10_000))
    kept.keep(file.with_name("other.ipynb"), ran(2, printed="x" * 10_000))

    assert len(contents(folder)) == 1
    assert contents(folder)[0].stat().st_size < 1000


def test_only_this_user_may_read_them(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1, printed="x" * 10_000))
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (folder, *folder.rglob("*"))}

    assert modes == {0}


def test_a_notebook_takes_its_runs_to_its_new_name(kept: PastRuns, file: Path) -> None:
    new = file.with_name("new.ipynb")
    kept.keep(file, ran(1))
    kept.keep(new, ran(2))
    kept.move(file, new)

    assert (ids(kept, file), ids(kept, new)) == ([], ["1"])
    kept.keep(new, ran(3))
    kept.move(new, file)
    assert ids(kept, file) == ["3", "1"]


def test_so_do_all_notebooks_in_a_folder(kept: PastRuns, file: Path) -> None:
    inner, beside = file.parent / "a" / "b" / "n.ipynb", file.parent / "ab" / "n.ipynb"
    kept.keep(inner, ran(1))
    kept.keep(beside, ran(2))
    kept.move(file.parent / "a", file.parent / "c")
    moved = file.parent / "c" / "b" / "n.ipynb"

    assert (ids(kept, inner), ids(kept, moved), ids(kept, beside)) == ([], ["1"], ["2"])
    kept.forget(file.parent / "c")
    assert (ids(kept, moved), ids(kept, beside)) == ([], ["2"])


def test_the_oldest_runs_of_all_notebooks_go_when_there_are_too_many_bytes(folder: Path, file: Path) -> None:
    kept, other = PastRuns(folder, 30_000), file.with_name("other.ipynb")
    kept.keep(other, ran(0, source="other " * 1000))
    for number in range(1, 9):
        kept.keep(file, ran(number, source=f"{number}" * 2000))

    assert ids(kept, other) == []
    assert ids(kept, file)[0] == "8"
    assert 2 <= len(ids(kept, file)) < 8
    assert len(contents(folder)) == len(ids(kept, file))
    assert all(kept.source(run) for run in kept.of_cell(file, "a"))


def test_what_another_program_writes_counts_too(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adrastea.documents.past_runs._RECOUNT", 3)
    kept, other = PastRuns(folder, 30_000), PastRuns(folder, 30_000)
    for number in range(12):
        (kept if number % 2 else other).keep(file, ran(number, source=f"{number}" * 2000))

    assert 2 <= len(contents(folder)) <= 7


def test_the_newest_is_kept_also_when_it_is_too_large_by_itself(folder: Path, file: Path) -> None:
    kept = PastRuns(folder, 10)
    kept.keep(file, ran(1))
    kept.keep(file, ran(2, printed="x" * 10_000))

    assert ids(kept, file) == ["2"]


def test_no_room_keeps_nothing(folder: Path, file: Path) -> None:
    PastRuns(folder, 0).keep(file, ran(1))

    assert not folder.exists()


def test_a_torn_line_costs_that_run_alone(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1))
    kept.keep(file, ran(2))
    (log,) = folder.glob("*.runs")
    log.write_bytes(log.read_bytes()[:-10])
    kept.keep(file, ran(3))

    assert ids(kept, file) == ["3", "1"]


def test_a_content_that_was_damaged_or_removed_is_not_shown(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1, printed="x" * 10_000))
    run = kept.one(file, "1")
    (content,) = contents(folder)
    good = content.read_bytes()
    kept.keep(file, ran(2, printed="y" * 10_000))
    (other,) = (place for place in contents(folder) if place != content)

    content.write_bytes(other.read_bytes())
    with pytest.raises(StorageFailed, match="damaged"):
        kept.outputs(run)
    content.write_bytes(good[:-3])
    with pytest.raises(StorageFailed, match="cannot be read"):
        kept.outputs(run)
    kept.keep(file, ran(3, printed="x" * 10_000))
    assert kept.outputs(run) == (Stream("stdout", "x" * 10_000),)
    content.unlink()
    with pytest.raises(NotFound, match="removed"):
        kept.outputs(run)


def test_outputs_that_are_none_are_damaged(kept: PastRuns, folder: Path, file: Path) -> None:
    kept.keep(file, ran(1))
    (log,) = folder.glob("*.runs")
    log.write_bytes(log.read_bytes().replace(b'"text": "[{', b'"text": "{{'))

    with pytest.raises(StorageFailed, match="damaged"):
        kept.outputs(kept.one(file, "1"))


def test_what_a_later_version_keeps_is_let_be(folder: Path, file: Path) -> None:
    kept = PastRuns(folder, 10_000)
    kept.keep(file, ran(1))
    (log,) = folder.glob("*.runs")
    later = log.read_bytes().replace(b'"runs": 1', b'"runs": 2')
    log.write_bytes(later)

    with pytest.raises(StorageFailed, match="later version"):
        kept.keep(file, ran(2))
    for number in range(9):
        kept.keep(file.with_name("other.ipynb"), ran(number, source=f"{number}" * 2000))
    kept.forget(file)
    assert log.read_bytes() == later


def test_a_program_that_hangs_with_the_lock_does_not_keep_us_from_writing(
    kept: PastRuns, folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adrastea.documents.past_runs._LOCK_SECONDS", 0.05)
    kept.keep(file, ran(1))
    with (folder / "lock").open("a", encoding="utf-8") as lock:
        assert try_lock(lock)
        kept.keep(file, ran(2))

    assert ids(kept, file) == ["2", "1"]


def test_on_a_full_disk_a_run_is_not_kept_and_what_was_kept_stays(file: Path) -> None:
    with full_disk() as disk:
        kept = PastRuns(disk / "runs", PLENTY)
        kept.keep(file, ran(1))
        with pytest.raises(StorageFailed, match="not kept"):
            kept.keep(file, ran(2, source=str([number**7 for number in range(30_000)])))

        assert ids(kept, file) == ["1"]


def test_a_folder_that_is_no_place_for_them_is_said(tmp_path: Path, file: Path) -> None:
    (tmp_path / "runs").write_bytes(b"")

    with pytest.raises(StorageFailed):
        PastRuns(tmp_path / "runs", PLENTY).keep(file, ran(1))
