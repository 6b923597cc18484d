"""No path leaves the workspace, nothing is overwritten, and the root itself cannot be named for deletion."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import AppError, BadRequest, Conflict, Forbidden, NotFound, StorageFailed
from adrastea.workspace.files import Entry, Files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with neighbours that nobody may see."""
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "a.ipynb").write_bytes(b"{}")
    (root / "sub" / "b.txt").write_bytes(b"text")
    (root / ".hidden").mkdir()
    (root / ".hidden" / "secret").write_bytes(b"secret")
    (tmp_path / "root-sibling").mkdir()
    (tmp_path / "root-sibling" / "secret").write_bytes(b"secret")
    return root


@pytest.fixture
def files(root: Path) -> Files:
    return Files(root)


OUTSIDE = (
    "..",
    "../root-sibling",
    "../root-sibling/secret",
    "sub/../../root-sibling/secret",
    "sub/../a.ipynb",
    "/../root-sibling",
    "\0",
    "a.ipynb\0.txt",
    ".hidden",
    ".hidden/secret",
    "sub/.hidden",
    "x\ud800y",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_lies_outside_or_is_hidden_is_forbidden_to_all(files: Files, root: Path, path: str) -> None:
    before = sorted(root.parent.rglob("*"))
    deeds: tuple[Callable[[str], object], ...] = (
        files.resolve, files.stat, files.exists, files.entries, files.create_folder, files.trash, files.delete,
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(Forbidden):
            deed(path)
    for move in (files.rename, files.copy):
        with pytest.raises(Forbidden):
            move(path, "sub")
    with pytest.raises(Forbidden):
        files.rename("a.ipynb", path)

    assert sorted(root.parent.rglob("*")) == before


@pytest.mark.parametrize("path", ["", "/", "//", ".", "./", "./."])
def test_the_root_cannot_be_renamed_or_deleted(files: Files, root: Path, path: str) -> None:
    for deed in (files.trash, files.delete, files.create_folder):
        with pytest.raises((Forbidden, Conflict)):
            deed(path)
    with pytest.raises(Forbidden):
        files.rename(path, "other")
    with pytest.raises(Forbidden):
        files.rename("a.ipynb", path)

    assert (root / "a.ipynb").exists()


@pytest.mark.parametrize("path", ["%2e", "%2e%2e", "a%2f..", "C:", "~", "con", "a\\..\\b"])
def test_names_that_only_look_strange_are_names(files: Files, root: Path, path: str) -> None:
    assert files.resolve(path) == root / path
    with pytest.raises(NotFound):
        files.trash(path)


def test_slashes_at_the_ends_and_between_do_not_count(files: Files, root: Path) -> None:
    assert files.resolve("/sub//b.txt/") == root / "sub" / "b.txt"


@pytest.mark.slow
@given(st.text(st.sampled_from("./\\a\0~ %\ud800é"), max_size=12))
def test_every_path_lies_in_the_root_or_is_forbidden(path: str) -> None:
    root = Path("/some/root")
    try:
        place = Files(root).resolve(path)
    except Forbidden:
        return
    assert Path(os.path.realpath(place)).is_relative_to(root)


def test_a_link_that_leads_out_is_listed_and_cannot_be_followed(files: Files, root: Path) -> None:
    (root / "out").symlink_to(root.parent / "root-sibling")

    assert "out" in [entry.path for entry in files.entries("")]
    for path in ("out", "out/secret", "out/new"):
        with pytest.raises(Forbidden, match="symbolic link"):
            files.resolve(path)


def test_a_link_to_something_hidden_cannot_be_followed(files: Files, root: Path) -> None:
    (root / "link").symlink_to(".hidden")

    with pytest.raises(Forbidden):
        files.stat("link/secret")


def test_a_link_inside_of_the_root_can_be_followed(files: Files, root: Path) -> None:
    (root / "link").symlink_to("sub")

    assert files.stat("link/b.txt").size == 4


def test_a_link_that_leads_out_can_be_renamed_and_deleted_itself(files: Files, root: Path) -> None:
    (root / "out").symlink_to(root.parent / "root-sibling")
    files.rename("out", "still-out")
    files.delete("still-out")

    assert not os.path.lexists(root / "still-out")
    assert (root.parent / "root-sibling" / "secret").exists()


def test_a_root_that_is_a_link_itself_is_no_trouble(root: Path) -> None:
    (root.parent / "link").symlink_to("root")

    assert Files(root.parent / "link").stat("sub/b.txt").size == 4


def test_a_root_below_something_hidden_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / ".config" / "work").mkdir(parents=True)

    assert Files(tmp_path / ".config" / "work").entries("") == ()


def test_hidden_files_are_shown_to_who_wants_them(root: Path) -> None:
    files = Files(root, show_hidden=True)

    assert [entry.path for entry in files.entries("")] == [".hidden", "sub", "a.ipynb"]
    assert files.stat(".hidden/secret").size == 6


def test_an_entry_says_what_a_file_is(files: Files, root: Path) -> None:
    os.utime(root / "sub" / "b.txt", (1_000_000_000, 1_000_000_000.5))
    entry = files.stat("sub/b.txt")

    assert entry == Entry(
        "b.txt",
        "sub/b.txt",
        "file",
        4,
        entry.created,
        datetime(2001, 9, 9, 1, 46, 40, 500_000, UTC),
        "text/plain",
        writable=True,
    )
    assert entry.created.tzinfo is UTC


def test_notebooks_and_folders_are_told_from_files(files: Files) -> None:
    assert [(entry.name, entry.type, entry.size) for entry in files.entries("")] == [
        ("sub", "directory", 0),
        ("a.ipynb", "notebook", 2),
    ]
    assert files.stat("").type == "directory"


def test_a_folder_is_listed_with_folders_first_and_then_by_name(files: Files, root: Path) -> None:
    for name in ("b", "A", "a", "Z.txt"):
        (root / "sub" / name).write_bytes(b"")
    (root / "sub" / "z").mkdir()

    assert [entry.path for entry in files.entries("sub")] == [
        "sub/z", "sub/A", "sub/a", "sub/b", "sub/b.txt", "sub/Z.txt",
    ]  # fmt: skip


def test_what_is_neither_file_nor_folder_is_left_out_and_not_opened(files: Files, root: Path) -> None:
    os.mkfifo(root / "pipe")
    (root / "nowhere").symlink_to("gone")
    (root / "loop").symlink_to("loop")

    assert [entry.name for entry in files.entries("")] == ["sub", "a.ipynb"]
    for path in ("pipe", "nowhere", "loop"):
        with pytest.raises(NotFound):
            files.stat(path)


def test_a_name_that_is_not_utf_8_is_listed_and_found(files: Files, root: Path) -> None:
    (root / os.fsdecode(b"\xff.txt")).write_bytes(b"x")
    path = next(entry.path for entry in files.entries("") if entry.size == 1)

    assert files.stat(path).type == "file"


def test_a_time_that_no_calendar_has_is_no_trouble(files: Files, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = (root / "a.ipynb").stat()
    strange = os.stat_result((*true[:7], 10**15, 10**15, 10**15))

    def stat(_: Path) -> os.stat_result:
        return strange

    monkeypatch.setattr(Path, "stat", stat)

    assert files.stat("a.ipynb").last_modified == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("path", ["gone", "gone/b", "a.ipynb/b"])
def test_what_is_not_there_is_not_found_and_named(files: Files, path: str) -> None:
    with pytest.raises(NotFound, match=f"^{path} does not exist"):
        files.stat(path)
    with pytest.raises(NotFound):
        files.entries(path)
    for deed in (files.trash, files.delete):
        with pytest.raises(NotFound):
            deed(path)
    with pytest.raises(NotFound):
        files.rename(path, "other")
    with pytest.raises(NotFound):
        files.copy(path, "")
    assert not files.exists(path)


def test_a_file_is_no_folder(files: Files) -> None:
    with pytest.raises(NotFound):
        files.entries("a.ipynb")


def test_a_name_that_is_too_long_is_refused(files: Files) -> None:
    with pytest.raises(BadRequest, match="too long"):
        files.create_folder("x" * 300)


def test_folders_are_made_and_not_made_twice(files: Files, root: Path) -> None:
    files.create_folder("new")

    assert (root / "new").is_dir()
    with pytest.raises(Conflict, match=r"^new exists already\.$"):
        files.create_folder("new")
    with pytest.raises(NotFound):
        files.create_folder("gone/new")


def test_untitled_files_and_folders_get_the_first_free_name_as_in_jupyter(files: Files, root: Path) -> None:
    made = [files.create_untitled_file("sub", "Untitled", ".ipynb", b"x") for _ in range(3)]
    folders = [files.create_untitled_folder("", "Untitled Folder") for _ in range(3)]

    assert made == ["sub/Untitled.ipynb", "sub/Untitled1.ipynb", "sub/Untitled2.ipynb"]
    assert folders == ["Untitled Folder", "Untitled Folder 1", "Untitled Folder 2"]
    assert (root / "sub" / "Untitled1.ipynb").read_bytes() == b"x"


def test_a_link_that_leads_nowhere_is_a_name_that_is_taken(files: Files, root: Path) -> None:
    (root / "Untitled.ipynb").symlink_to("gone")

    assert files.create_untitled_file("", "Untitled", ".ipynb", b"x") == "Untitled1.ipynb"
    assert files.exists("Untitled.ipynb")
    assert not (root / "gone").exists()


def test_a_copy_gets_a_name_as_in_jupyter(files: Files, root: Path) -> None:
    (root / "x.tar.gz").write_bytes(b"x")

    assert [files.copy("a.ipynb", "") for _ in range(2)] == ["a-Copy1.ipynb", "a-Copy2.ipynb"]
    assert files.copy("a-Copy1.ipynb", "") == "a-Copy3.ipynb"
    assert files.copy("a.ipynb", "sub") == "sub/a.ipynb"
    assert files.copy("x.tar.gz", "/") == "x-Copy1.tar.gz"
    assert (root / "a-Copy3.ipynb").read_bytes() == b"{}"


def test_a_copy_keeps_the_mode(files: Files, root: Path) -> None:
    (root / "a.ipynb").chmod(0o750)

    assert (root / files.copy("a.ipynb", "")).stat().st_mode & 0o777 == 0o750


def test_a_folder_is_not_copied_as_a_file(files: Files) -> None:
    with pytest.raises(AppError):
        files.copy("sub", "")


def test_a_file_moves_to_its_new_path(files: Files, root: Path) -> None:
    files.rename("a.ipynb", "sub/c.ipynb")

    assert (root / "sub" / "c.ipynb").read_bytes() == b"{}"
    assert not (root / "a.ipynb").exists()


def test_nothing_is_renamed_over_something_else(files: Files, root: Path) -> None:
    (root / "nowhere").symlink_to("gone")
    for taken in ("sub/b.txt", "sub", "nowhere"):
        with pytest.raises(Conflict, match="exists already"):
            files.rename("a.ipynb", taken)

    assert (root / "a.ipynb").exists()
    assert (root / "sub" / "b.txt").read_bytes() == b"text"


def test_a_file_may_be_renamed_to_itself(files: Files, root: Path) -> None:
    files.rename("a.ipynb", "a.ipynb")

    assert (root / "a.ipynb").exists()


def test_a_folder_does_not_move_into_itself(files: Files, root: Path) -> None:
    with pytest.raises(BadRequest, match="into itself"):
        files.rename("sub", "sub/sub")

    assert (root / "sub" / "b.txt").exists()


def test_nothing_moves_into_a_folder_that_is_not_there(files: Files) -> None:
    with pytest.raises(NotFound):
        files.rename("a.ipynb", "gone/a.ipynb")


def test_a_file_moves_to_another_disk(files: Files, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "rename", refused(18, "Invalid cross-device link"))
    files.rename("a.ipynb", "sub/a.ipynb")

    assert (root / "sub" / "a.ipynb").read_bytes() == b"{}"
    assert not (root / "a.ipynb").exists()


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        (13, Forbidden, "protected"),
        (28, StorageFailed, "disk is full"),
        (30, StorageFailed, "read-only"),
        (39, Conflict, "exists already"),
        (5, StorageFailed, "the disk refused"),
    ],
)
def test_what_the_system_refuses_is_told_in_a_sentence(
    files: Files, monkeypatch: pytest.MonkeyPatch, number: int, error: type[AppError], words: str
) -> None:
    monkeypatch.setattr(os, "rename", refused(number, "Some words of the system"))

    with pytest.raises(error, match=words):
        files.rename("a.ipynb", "b.ipynb")


def test_a_file_that_cannot_be_written_as_a_whole_is_not_left_half(
    files: Files, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refused(28, "No space left on device"))

    with pytest.raises(StorageFailed, match="disk is full"):
        files.create_untitled_file("sub", "Untitled", ".txt", b"x" * 100)
    assert [path.name for path in (root / "sub").iterdir()] == ["b.txt"]


def refused(number: int, words: str) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, words)

    return refuse


def test_deleting_removes_files_folders_and_links_themselves(files: Files, root: Path) -> None:
    (root / "link").symlink_to("sub")
    files.delete("link")
    assert (root / "sub" / "b.txt").exists()

    files.delete("sub")
    files.delete("a.ipynb")
    assert files.entries("") == ()


def test_what_is_trashed_is_gone_here_and_can_be_found_there(files: Files, root: Path) -> None:
    trash = Path(os.environ["XDG_DATA_HOME"]) / "Trash"
    shutil.rmtree(trash, ignore_errors=True)
    files.trash("sub")

    assert not (root / "sub").exists()
    found = [*trash.rglob("b.txt"), *root.parent.rglob(".Trash-*/files/sub/b.txt")]
    assert [path.read_bytes() for path in found] == [b"text"]


def test_a_path_of_the_machine_has_its_place_in_a_root_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")

    files = Files(link)

    assert [files.path_of(f"{tmp_path}/{name}/a/b.py") for name in ("link", "real")] == ["a/b.py", "a/b.py"]


@pytest.mark.parametrize("system", ["", "a.py", "/", "~nobody-here/a.py", "/a\0b"])
def test_what_is_no_path_of_the_machine_has_no_place(files: Files, system: str) -> None:
    with pytest.raises(NotFound):
        files.path_of(system)
