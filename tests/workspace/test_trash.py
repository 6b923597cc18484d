"""What is deleted can be put back: the trash of the desktop, as its specification wants it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from adrastea.errors import StorageFailed
from adrastea.workspace import trash
from adrastea.workspace.trash import move_to_trash


@pytest.fixture
def data_home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def environ(data_home: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(data_home)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "work" / "a b%.txt"
    path.parent.mkdir()
    path.write_bytes(b"mine")
    return path


def note_of(data_home: Path, name: str) -> dict[str, str]:
    first, *lines = (data_home / "Trash" / "info" / f"{name}.trashinfo").read_text("ascii").splitlines()
    assert first == "[Trash Info]"
    return dict(line.split("=", 1) for line in lines)


def test_a_file_lies_in_the_trash_with_a_note_of_where_it_was(
    file: Path, data_home: Path, environ: dict[str, str]
) -> None:
    move_to_trash(file, environ)
    note = note_of(data_home, file.name)

    assert not file.exists()
    assert (data_home / "Trash" / "files" / file.name).read_bytes() == b"mine"
    assert unquote(note["Path"]) == str(file.parent.resolve() / file.name)
    deleted = datetime.fromisoformat(note["DeletionDate"]).astimezone(UTC)
    assert abs(datetime.now(UTC) - deleted) < timedelta(minutes=5)


def test_nobody_else_can_look_into_the_trash(file: Path, data_home: Path, environ: dict[str, str]) -> None:
    move_to_trash(file, environ)

    assert [path.stat().st_mode & 0o777 for path in (data_home / "Trash").iterdir()] == [0o700, 0o700]


def test_equal_names_do_not_push_each_other_out(file: Path, data_home: Path, environ: dict[str, str]) -> None:
    for text in (b"1", b"2", b"3"):
        file.write_bytes(text)
        move_to_trash(file, environ)
    found = sorted((data_home / "Trash" / "files").iterdir())

    assert {path.read_bytes() for path in found} == {b"1", b"2", b"3"}
    assert len(list((data_home / "Trash" / "info").iterdir())) == 3


def test_a_file_that_lies_there_without_a_note_is_not_overwritten(
    file: Path, data_home: Path, environ: dict[str, str]
) -> None:
    stray = data_home / "Trash" / "files" / file.name
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"stray")
    move_to_trash(file, environ)

    assert stray.read_bytes() == b"stray"
    assert len(list((data_home / "Trash" / "info").iterdir())) == 1


def test_a_folder_goes_as_a_whole(file: Path, data_home: Path, environ: dict[str, str]) -> None:
    move_to_trash(file.parent, environ)

    assert (data_home / "Trash" / "files" / "work" / file.name).exists()


def test_a_link_goes_itself_and_what_it_leads_to_stays(file: Path, data_home: Path, environ: dict[str, str]) -> None:
    link = file.with_name("link")
    link.symlink_to(file.name)
    move_to_trash(link, environ)

    assert file.exists()
    assert (data_home / "Trash" / "files" / "link").is_symlink()


def test_on_a_mac_a_file_goes_to_the_trash_of_the_home_folder_under_a_free_name(file: Path, tmp_path: Path) -> None:
    (tmp_path / ".Trash").mkdir()
    (tmp_path / ".Trash" / "a b%.txt").write_bytes(b"other")
    move_to_trash(file, {"HOME": str(tmp_path)}, "darwin")

    assert (tmp_path / ".Trash" / "a b%.1.txt").read_bytes() == b"mine"
    assert (tmp_path / ".Trash" / "a b%.txt").read_bytes() == b"other"


def test_where_the_trash_cannot_be_reached_nothing_is_deleted(file: Path) -> None:
    with pytest.raises(StorageFailed, match="is not deleted"):
        move_to_trash(file, {}, "win32")

    assert file.exists()


def test_what_is_not_there_cannot_be_trashed(file: Path, environ: dict[str, str]) -> None:
    with pytest.raises(FileNotFoundError):
        move_to_trash(file.with_name("gone"), environ)


def test_what_cannot_be_moved_leaves_no_note(
    file: Path, data_home: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "move", refuse)
    with pytest.raises(OSError, match="Input/output"):
        move_to_trash(file, environ)

    assert file.exists()
    assert list((data_home / "Trash" / "info").iterdir()) == []


@pytest.fixture
def other_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The top of another file system: a mounted one, or where that is forbidden one that only says so."""
    top = tmp_path / "disk"
    top.mkdir()
    mounted = (
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(top)], capture_output=True, check=False).returncode == 0
    )
    if not mounted:

        def device(place: Path) -> bool:
            return place.is_relative_to(top)

        monkeypatch.setattr(trash, "_device", device)
    yield top
    if mounted:
        subprocess.run(["umount", str(top)], check=True)


def test_a_file_on_another_disk_stays_on_that_disk(other_disk: Path, data_home: Path, environ: dict[str, str]) -> None:
    (other_disk / "sub").mkdir()
    (other_disk / "sub" / "a.txt").write_bytes(b"mine")
    move_to_trash(other_disk / "sub" / "a.txt", environ)
    own = other_disk / f".Trash-{os.getuid()}"

    assert (own / "files" / "a.txt").read_bytes() == b"mine"
    assert "\nPath=sub/a.txt\n" in (own / "info" / "a.txt.trashinfo").read_text("ascii")
    assert own.stat().st_mode & 0o777 == 0o700
    assert not (data_home / "Trash" / "files").exists()


def test_the_shared_trash_of_a_disk_is_used_when_it_is_sticky(other_disk: Path, environ: dict[str, str]) -> None:
    (other_disk / ".Trash").mkdir()
    (other_disk / ".Trash").chmod(0o1777)
    (other_disk / "a.txt").write_bytes(b"mine")
    move_to_trash(other_disk / "a.txt", environ)

    assert (other_disk / ".Trash" / str(os.getuid()) / "files" / "a.txt").exists()


def test_a_shared_trash_that_others_could_redirect_is_not_used(other_disk: Path, environ: dict[str, str]) -> None:
    (other_disk / "elsewhere").mkdir()
    (other_disk / ".Trash").symlink_to("elsewhere")
    (other_disk / "a.txt").write_bytes(b"mine")
    move_to_trash(other_disk / "a.txt", environ)

    assert (other_disk / f".Trash-{os.getuid()}" / "files" / "a.txt").exists()


def test_where_the_disk_has_no_room_for_a_trash_the_home_trash_takes_it(
    other_disk: Path, data_home: Path, environ: dict[str, str]
) -> None:
    (other_disk / f".Trash-{os.getuid()}").write_bytes(b"in the way")
    (other_disk / "a.txt").write_bytes(b"mine")
    move_to_trash(other_disk / "a.txt", environ)

    assert (data_home / "Trash" / "files" / "a.txt").read_bytes() == b"mine"
    assert not (other_disk / "a.txt").exists()
