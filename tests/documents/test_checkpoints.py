"""Versions of files: whole, each content once, bounded, and never a checkpoint without its content."""

from __future__ import annotations

import random
import stat
from pathlib import Path

import pytest

from adrastea.documents import version_contents
from adrastea.documents.checkpoints import Checkpoints
from adrastea.errors import NotFound, StorageFailed
from tests.documents.bad_disks import full_disk

PLENTY = 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


@pytest.fixture
def kept(folder: Path) -> Checkpoints:
    return Checkpoints(folder, PLENTY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "n.ipynb"


def contents(folder: Path) -> list[Path]:
    return [path for path in (folder / "contents").rglob("*") if path.is_file()]


def test_what_was_kept_can_be_read_the_newest_first(kept: Checkpoints, file: Path) -> None:
    made = [kept.create(file, text) for text in (b"1", b"2", b"3")]

    assert kept.all(file) == made[::-1]
    assert [kept.read(file, one.id) for one in made] == [b"1", b"2", b"3"]
    assert made[0].at < made[1].at < made[2].at


def test_another_program_finds_it_too(kept: Checkpoints, folder: Path, file: Path) -> None:
    made = kept.create(file, b"1")

    assert Checkpoints(folder, PLENTY).read(file, made.id) == b"1"


def test_what_did_not_change_is_no_new_version(kept: Checkpoints, folder: Path, file: Path) -> None:
    first = kept.create(file, b"1")
    assert kept.create(file, b"1") == first

    kept.create(file, b"2")
    assert kept.create(file, b"1") != first
    assert (len(kept.all(file)), len(contents(folder))) == (3, 2)


def test_each_file_has_its_own(kept: Checkpoints, file: Path) -> None:
    made = kept.create(file, b"1")
    other = file.with_name("other.ipynb")

    assert kept.all(other) == []
    with pytest.raises(NotFound, match="no checkpoint"):
        kept.read(other, made.id)


def test_one_can_be_forgotten(kept: Checkpoints, file: Path) -> None:
    first, second = kept.create(file, b"1"), kept.create(file, b"2")
    kept.delete(file, first.id)

    assert kept.all(file) == [second]
    with pytest.raises(NotFound):
        kept.delete(file, first.id)


def test_only_this_user_may_read_them(kept: Checkpoints, folder: Path, file: Path) -> None:
    kept.create(file, b"1")
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (folder, *folder.iterdir())}

    assert modes == {0}


def test_a_file_takes_its_versions_to_its_new_name(kept: Checkpoints, file: Path) -> None:
    made, new = kept.create(file, b"1"), file.with_name("new.ipynb")
    kept.create(new, b"of one that was there before")
    kept.move(file, new)

    assert (kept.all(file), kept.all(new)) == ([], [made])
    kept.move(new, file)
    assert kept.all(file) == [made]


def test_so_do_all_files_in_a_folder(kept: Checkpoints, file: Path) -> None:
    inner, beside = file.parent / "a" / "b" / "n.ipynb", file.parent / "ab" / "n.ipynb"
    made, stays = kept.create(inner, b"1"), kept.create(beside, b"2")
    kept.move(file.parent / "a", file.parent / "c")

    assert kept.all(file.parent / "c" / "b" / "n.ipynb") == [made]
    assert kept.all(beside) == [stays]
    kept.forget(file.parent / "c")
    assert kept.all(file.parent / "c" / "b" / "n.ipynb") == []
    assert kept.all(beside) == [stays]


def test_the_oldest_of_all_go_when_there_are_too_many_bytes(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version_contents, "_YOUNG_SECONDS", -1.0)
    chance = random.Random(1)
    kept, other = Checkpoints(folder, 2500), file.with_name("other.ipynb")
    kept.create(other, chance.randbytes(1000))
    made = [kept.create(file, chance.randbytes(1000)) for _ in range(4)]

    assert (kept.all(other), kept.all(file)) == ([], [made[3], made[2]])
    assert len(contents(folder)) == 2


def test_one_that_is_too_large_by_itself_is_kept_all_the_same(folder: Path, file: Path) -> None:
    kept = Checkpoints(folder, 10)
    kept.create(file, b"small")
    made = kept.create(file, b"x" * 1000)

    assert kept.read(file, made.id) == b"x" * 1000
    assert kept.all(file) == [made]


def test_a_content_that_was_damaged_is_not_restored(kept: Checkpoints, folder: Path, file: Path) -> None:
    made = kept.create(file, b"1")
    contents(folder)[0].write_bytes(b"2")
    with pytest.raises(StorageFailed, match="damaged"):
        kept.read(file, made.id)
    contents(folder)[0].unlink()
    with pytest.raises(NotFound, match="gone"):
        kept.read(file, made.id)


def test_what_is_not_ours_in_the_folder_is_let_be(kept: Checkpoints, folder: Path, file: Path) -> None:
    made = kept.create(file, b"1")
    (folder / "stranger").write_bytes(b"")
    (folder / "empty").mkdir()
    damaged = folder / "other" / f"{10**12}-{'0' * 64}.json"
    damaged.parent.mkdir()
    damaged.write_bytes(b"no JSON")
    kept.move(file, file.with_name("new"))
    kept.forget(file)

    assert kept.all(file.with_name("new")) == [made]
    assert damaged.exists()


def test_on_a_full_disk_nothing_is_kept_and_what_was_kept_stays(file: Path) -> None:
    with full_disk() as disk:
        kept = Checkpoints(disk / "checkpoints", PLENTY)
        made = kept.create(file, b"1")
        with pytest.raises(StorageFailed, match="full"):
            kept.create(file, b"x" * 200_000)

        assert kept.all(file) == [made]
