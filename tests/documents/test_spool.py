"""What is printed lies in the spool whole, private, within its bound, and a disk that refuses is said."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from adrastea.documents import spool_names
from adrastea.documents.spool import Spool, new_id
from adrastea.errors import StorageFailed
from tests.documents.bad_disks import full_disk

MANY = 10**9


def place(spool: Spool, spool_id: str) -> Path:
    found = spool.place(spool_id)
    assert found is not None
    return found


def aged(spool: Spool, spool_id: str, text: str, seconds: int) -> str:
    """A file that was written so long after 1970."""
    spool.begin(spool_id, (text,), ())
    os.utime(place(spool, spool_id), (seconds, seconds))
    return spool_id


def there(spool: Spool, *spool_ids: str) -> list[bool]:
    return [place(spool, spool_id).exists() for spool_id in spool_ids]


def test_a_file_holds_everything_in_order(tmp_path: Path) -> None:
    spool, name = Spool(tmp_path / "spool", MANY), new_id()

    spool.begin(name, ("one ", "zwei é\n"), ())
    spool.append(name, ("three\ud800",), ())

    assert place(spool, name).read_bytes() == "one zwei é\nthree\ud800".encode("utf-8", "surrogatepass")


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    spool, name = Spool(tmp_path / "spool", MANY), new_id()

    spool.begin(name, ("x",), ())

    assert stat.S_IMODE(place(spool, name).stat().st_mode) == 0o600
    assert stat.S_IMODE(place(spool, name).parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_not_begun_again(tmp_path: Path) -> None:
    spool, name = Spool(tmp_path / "spool", MANY), new_id()
    spool.begin(name, ("x",), ())

    with pytest.raises(StorageFailed):
        spool.begin(name, ("y",), ())

    assert place(spool, name).read_bytes() == b"x"


def test_a_file_that_has_been_removed_does_not_begin_in_its_middle(tmp_path: Path) -> None:
    spool, name = Spool(tmp_path / "spool", MANY), new_id()
    spool.begin(name, ("x",), ())
    place(spool, name).unlink()

    with pytest.raises(StorageFailed):
        spool.append(name, ("y",), ())

    assert there(spool, name) == [False]


def test_the_oldest_go_when_there_is_no_room(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", 25)
    second = aged(spool, new_id(), "x" * 10, 2_000)
    first = aged(spool, new_id(), "x" * 10, 1_000)
    new = new_id()

    spool.begin(new, ("x" * 10,), ())

    assert there(spool, first, second, new) == [False, True, True]


def test_what_nobody_sees_any_more_goes_before_what_is_older(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", 25)
    old = aged(spool, new_id(), "x" * 10, 1_000)
    cleared = aged(spool, new_id(), "x" * 10, 2_000)

    spool.release(cleared)
    spool.begin(new_id(), ("x" * 10,), ())

    assert there(spool, old, cleared) == [True, False]


def test_what_grows_is_not_removed_to_make_room(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", 25)
    used = aged(spool, new_id(), "x" * 20, 1_000)

    with pytest.raises(StorageFailed, match="spool_megabytes"):
        spool.begin(new_id(), ("x" * 10,), (used,))

    assert there(spool, used) == [True]


def test_what_other_programs_wrote_counts_and_goes_when_it_is_older(tmp_path: Path) -> None:
    spool, other, mine = Spool(tmp_path / "spool", 40), Spool(tmp_path / "spool", MANY), new_id()
    before = aged(spool, new_id(), "x" * 15, 2_000)
    spool.begin(mine, ("x" * 10,), ())
    theirs = aged(other, new_id(), "x" * 30, 1_000)

    spool.append(mine, ("x" * 16,), ())

    assert there(spool, mine, before, theirs) == [True, False, False]
    assert place(spool, mine).stat().st_size == 26


def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir(mode=0o700)
    (folder / "notes.txt").write_text("x" * 100)

    Spool(folder, 25).begin(new_id(), ("x" * 10,), ())

    assert (folder / "notes.txt").exists()


def test_a_disk_that_is_nearly_full_is_left_to_others(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="nearly full"):
        Spool(tmp_path / "spool", MANY, spare_bytes=2**62).begin(new_id(), ("x",), ())


def test_a_full_disk_is_said() -> None:
    with full_disk() as folder:
        spool, name = Spool(folder / "spool", MANY, spare_bytes=-(2**40)), new_id()

        with pytest.raises(StorageFailed, match="not kept"):
            spool.begin(name, ("x" * 1_000_000,), ())


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file")

    with pytest.raises(StorageFailed):
        Spool(tmp_path / "spool", MANY).begin(new_id(), ("x",), ())


def test_nothing_happens_when_what_is_released_is_gone(tmp_path: Path) -> None:
    Spool(tmp_path / "spool", MANY).release(new_id())

    assert not (tmp_path / "spool").exists()


@pytest.mark.parametrize("name", ["", "../journals/x", "0123456789abcdeF", "0123456789abcdef0", "0123456789abcdef.txt"])
def test_what_is_no_id_lies_nowhere(tmp_path: Path, name: str) -> None:
    assert Spool(tmp_path, MANY).place(name) is None


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def let_go(spool: Spool, name: str) -> str:
    spool.begin(name, ("x",), ())
    spool.release(name)
    spool.forget([name])
    return name


def test_what_nobody_has_seen_for_a_week_goes_by_itself(tmp_path: Path) -> None:
    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, clock=clock)
    old, seen = let_go(spool, new_id()), new_id()
    spool.begin(seen, ("x",), ())
    clock.now += 6 * 86_400
    later = let_go(spool, new_id())
    spool.collect()
    assert there(spool, old, seen, later) == [True, True, True]

    clock.now += 86_400
    spool.collect()
    assert there(spool, old, seen, later) == [False, True, True]


def test_it_is_looked_for_once_a_day(tmp_path: Path) -> None:
    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, clock=clock)
    old = let_go(spool, new_id())
    clock.now += 7 * 86_400 - 1
    spool.collect()
    clock.now += 1
    spool.collect()

    assert there(spool, old) == [True]


def test_what_may_be_undone_or_is_seen_again_stays(tmp_path: Path) -> None:
    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, clock=clock)
    undoable, back = new_id(), let_go(spool, new_id())
    spool.begin(undoable, ("x",), ())
    spool.release(undoable)
    spool.hold([back, new_id()])
    clock.now += 30 * 86_400
    spool.collect()

    assert there(spool, undoable, back) == [True, True]


def test_what_a_version_a_journal_or_a_past_run_speaks_of_stays(tmp_path: Path) -> None:
    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, histories=[tmp_path / "one", tmp_path / "two"], clock=clock)
    named, other = let_go(spool, new_id()), let_go(spool, new_id())
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "version").write_text(f"[… 5 characters left out; the whole is kept as {named} …]")
    clock.now += 30 * 86_400
    spool.collect()

    assert there(spool, named, other) == [True, False]


def test_where_nobody_can_tell_everything_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> set[str]:
        raise PermissionError(13, "no")

    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, clock=clock)
    old = let_go(spool, new_id())
    clock.now += 30 * 86_400
    monkeypatch.setattr(spool_names, "in_folders", refuse)
    spool.collect()

    assert there(spool, old) == [True]


def test_what_an_earlier_version_let_go_of_has_its_week_from_now_on(tmp_path: Path) -> None:
    clock = Clock()
    spool = Spool(tmp_path / "spool", MANY, clock=clock)
    old = let_go(spool, new_id())
    os.utime(place(spool, old), (0, 0))
    spool.collect()
    clock.now += 7 * 86_400 - 1
    assert there(spool, old) == [True]

    clock.now += 1
    spool.collect()
    assert there(spool, old) == [False]
