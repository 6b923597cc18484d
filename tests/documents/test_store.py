"""A file is replaced whole or not at all: S1, S2 and S3, by doing the bad thing to real files."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from adrastea.documents.store import (
    Fingerprint,
    fingerprint,
    fingerprint_of,
    is_untouched,
    is_writable,
    read,
    read_fingerprint,
    replace,
    replace_by_pieces,
    sweep,
)
from adrastea.errors import ChangedOnDisk, Forbidden, NotFound, StorageFailed
from tests.documents.bad_disks import as_nobody, folder_of_nobody, full_disk, read_only_disk

ROOT = Path(__file__).parents[2]
HOUR_AGO = 3700.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_read_with_its_fingerprint(file: Path) -> None:
    assert read(file) == (b"old", fingerprint(b"old"))


def test_the_fingerprint_is_of_the_content_alone() -> None:
    assert fingerprint(b"old") == Fingerprint(hashlib.sha256(b"old").hexdigest())


def test_a_file_that_nobody_has_written_since_need_not_be_read_again(file: Path) -> None:
    assert is_untouched(file, read(file)[1])
    assert is_untouched(file, replace(file, b"new", None))
    assert not is_untouched(file, fingerprint(b"new"))


def test_a_file_that_was_written_put_in_place_or_removed_must_be_read(file: Path) -> None:
    known = read(file)[1]
    file.write_bytes(b"other size")
    assert not is_untouched(file, known)

    known = read(file)[1]
    other = file.with_name("other")
    other.write_bytes(b"other size")
    other.replace(file)
    assert not is_untouched(file, known)

    file.unlink()
    assert not is_untouched(file, known)


def test_a_file_in_pieces_is_the_same_file(file: Path) -> None:
    holds = replace_by_pieces(file, (b"ne", b"", b"w"), read(file)[1])

    assert file.read_bytes() == b"new"
    assert holds == fingerprint(b"new") == read_fingerprint(file) == fingerprint_of((b"n", b"ew"))


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"^b\.ipynb does not exist\.$"):
        read(tmp_path / "b.ipynb")


def test_a_file_below_a_file_is_not_found(file: Path) -> None:
    with pytest.raises(NotFound):
        read(file / "b.ipynb")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not a file"):
        read(tmp_path)


def test_reading_a_pipe_does_not_wait_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotFound, match="is not a file"):
        read(tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_forbidden() -> None:
    with folder_of_nobody() as folder:
        (folder / "a.ipynb").write_bytes(b"x")
        (folder / "a.ipynb").chmod(0o000)
        with as_nobody(), pytest.raises(Forbidden):
            read(folder / "a.ipynb")


def test_a_name_that_no_disk_takes_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be read"):
        read(tmp_path / ("x" * 300))


def test_replacing_puts_the_new_bytes_and_nothing_else_into_the_folder(file: Path) -> None:
    assert replace(file, b"new", fingerprint(b"old")) == fingerprint(b"new")
    assert read(file) == (b"new", fingerprint(b"new"))
    assert names(file.parent) == ["a.ipynb"]


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace(tmp_path / "b.ipynb", b"new", None)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "b.ipynb").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o4755])
def test_mode_bits_are_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace(file, b"new", None)

    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_owner_and_extended_attributes_are_kept() -> None:
    with folder_of_nobody() as folder:
        file = folder / "a.ipynb"
        file.write_bytes(b"old")
        os.chown(file, folder.stat().st_uid, folder.stat().st_gid)
        with suppress(OSError):  # not every file system has them; then there are none to keep
            os.setxattr(file, "user.note", b"mine")
        attributes = os.listxattr(file)
        replace(file, b"new", None)

        assert (file.stat().st_uid, file.stat().st_gid) == (folder.stat().st_uid, folder.stat().st_gid)
        assert os.listxattr(file) == attributes


def test_a_file_of_somebody_else_becomes_ours_where_we_may_not_give_it_back() -> None:
    with folder_of_nobody() as folder:
        (folder / "a.ipynb").write_bytes(b"old")
        (folder / "a.ipynb").chmod(0o666)
        with as_nobody():
            replace(folder / "a.ipynb", b"new", fingerprint(b"old"))

        assert read(folder / "a.ipynb")[0] == b"new"


def test_a_symbolic_link_stays_one_and_its_target_is_replaced(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    link = folder / "link.ipynb"
    link.symlink_to(Path("..") / file.name)
    replace(link, b"new", fingerprint(b"old"))

    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert names(folder) == ["link.ipynb"]


def test_a_symbolic_link_that_leads_nowhere_yet_gets_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    replace(tmp_path / "link", b"new", None)

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_symbolic_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")

    with pytest.raises(StorageFailed):
        replace(tmp_path / "loop", b"new", None)


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="is not a file"):
        replace(tmp_path, b"new", None)


def test_a_file_that_changed_is_not_replaced(file: Path) -> None:
    with pytest.raises(ChangedOnDisk):
        replace(file, b"mine", fingerprint(b"what I read"))

    assert file.read_bytes() == b"old"
    assert names(file.parent) == ["a.ipynb"]


def test_a_file_that_changed_is_replaced_when_nothing_is_expected(file: Path) -> None:
    replace(file, b"mine", None)

    assert file.read_bytes() == b"mine"


def test_a_file_that_became_what_we_write_is_no_conflict(file: Path) -> None:
    file.write_bytes(b"mine")

    assert replace(file, b"mine", fingerprint(b"old")) == fingerprint(b"mine")


def test_a_touched_time_stamp_is_no_change(file: Path) -> None:
    os.utime(file, (1, 1))

    assert replace(file, b"new", fingerprint(b"old")) == fingerprint(b"new")


def test_a_file_that_is_gone_comes_back(file: Path) -> None:
    file.unlink()
    replace(file, b"new", fingerprint(b"old"))

    assert file.read_bytes() == b"new"


def test_of_two_savers_who_read_the_same_the_second_is_told(file: Path) -> None:
    _, one = read(file)
    _, two = read(file)
    replace(file, b"of one", one)

    with pytest.raises(ChangedOnDisk):
        replace(file, b"of two", two)
    assert file.read_bytes() == b"of one"


def test_a_full_disk_leaves_the_old_bytes_and_no_other_file() -> None:
    with full_disk() as folder:
        file = folder / "a.ipynb"
        replace(file, b"old", None)

        with pytest.raises(StorageFailed, match=r"^a\.ipynb is not saved: the disk is full\. Free some space"):
            replace(file, b"x" * 1_000_000, fingerprint(b"old"))

        assert file.read_bytes() == b"old"
        assert names(folder) == ["a.ipynb"]


def test_a_new_file_on_a_full_disk_is_not_left_empty() -> None:
    with full_disk() as folder:
        with pytest.raises(StorageFailed):
            replace(folder / "b.ipynb", b"x" * 1_000_000, None)

        assert names(folder) == []


def test_a_read_only_disk_is_named_and_nothing_changes() -> None:
    with read_only_disk("a.ipynb", b"old") as folder:
        assert not is_writable(folder / "a.ipynb")

        with pytest.raises((StorageFailed, Forbidden), match=r"^a\.ipynb is (not saved|write-protected)"):
            replace(folder / "a.ipynb", b"new", None)

        assert (folder / "a.ipynb").read_bytes() == b"old"


def test_a_folder_that_may_not_be_written_is_named_and_nothing_changes() -> None:
    with folder_of_nobody() as folder:
        (folder / "a.ipynb").write_bytes(b"old")
        (folder / "a.ipynb").chmod(0o666)
        folder.chmod(0o555)
        with as_nobody():
            assert not is_writable(folder / "a.ipynb")
            with pytest.raises(Forbidden, match="folder may not be written"):
                replace(folder / "a.ipynb", b"new", None)

        assert (folder / "a.ipynb").read_bytes() == b"old"


def test_a_write_protected_file_stays_although_its_folder_would_let_us() -> None:
    with folder_of_nobody() as folder:
        (folder / "a.ipynb").write_bytes(b"old")
        (folder / "a.ipynb").chmod(0o444)
        with as_nobody():
            assert not is_writable(folder / "a.ipynb")
            with pytest.raises(Forbidden, match="write-protected"):
                replace(folder / "a.ipynb", b"new", None)

        assert (folder / "a.ipynb").read_bytes() == b"old"


def test_a_file_that_can_be_written_is_known_to_be(file: Path) -> None:
    assert is_writable(file)
    assert is_writable(file.parent / "not there yet")


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="folder does not exist any more"):
        replace(tmp_path / "gone" / "a.ipynb", b"new", None)


def test_a_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="too long"):
        replace(tmp_path / ("x" * 300), b"new", None)


def test_a_file_system_of_which_the_disk_says_it_is_read_only_is_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, "fsync", OSError(30, "Read-only file system"))

    with pytest.raises(StorageFailed, match="the disk is read-only"):
        replace(file, b"new", None)
    assert (names(file.parent), file.read_bytes()) == (["a.ipynb"], b"old")


def test_any_other_refusal_is_told_in_the_words_of_the_system(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "fsync", OSError(5, "Input/output error"))

    with pytest.raises(StorageFailed, match="Input/output error"):
        replace(file, b"new", None)
    assert (names(file.parent), file.read_bytes()) == (["a.ipynb"], b"old")


def test_a_folder_that_cannot_be_synced_is_not_called_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "fsync", None, OSError(5, "Input/output error"))

    with pytest.raises(StorageFailed):
        replace(file, b"new", None)


def test_a_file_system_whose_folders_know_no_sync_is_let_be(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "fsync", None, OSError(22, "Invalid argument"))

    assert replace(file, b"new", None) == fingerprint(b"new")


def test_the_bytes_are_down_before_the_name_points_at_them_and_the_folder_after(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, bytes]] = []
    fsync = os.fsync

    def spy(descriptor: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), file.read_bytes()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spy)
    replace(file, b"new", None)

    assert synced == [(False, b"old"), (True, b"new")]


def test_a_temporary_file_that_cannot_be_removed_hides_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "unlink", OSError(5, "Input/output error"))

    with pytest.raises(ChangedOnDisk):
        replace(file, b"new", fingerprint(b"other"))


def broken(monkeypatch: pytest.MonkeyPatch, name: str, *faults: OSError | None) -> None:
    """The system call of this name fails in its turn; a None lets it be."""
    call, left = getattr(os, name), list(faults)

    def fail(*arguments: object, **named: object) -> object:
        fault = left.pop(0) if left else None
        if fault is not None:
            raise fault
        return call(*arguments, **named)

    monkeypatch.setattr(os, name, fail)


def test_what_a_killed_program_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    for name in (".adrastea-0123456789abcdef.tmp", ".adrastea-fedcba9876543210.tmp", "mine.tmp", ".adrastea-x.tmp"):
        (tmp_path / name).write_bytes(b"half")
    for name in (".adrastea-0123456789abcdef.tmp", "mine.tmp", ".adrastea-x.tmp"):
        os.utime(tmp_path / name, (1, 1))
    sweep(tmp_path)

    assert names(tmp_path) == [".adrastea-fedcba9876543210.tmp", ".adrastea-x.tmp", "mine.tmp"]


def test_a_folder_that_cannot_be_swept_is_let_be(tmp_path: Path) -> None:
    sweep(tmp_path / "gone")


@pytest.mark.slow
def test_a_reader_in_between_sees_the_whole_old_or_the_whole_new(file: Path) -> None:
    versions = [bytes([number]) * 200_000 for number in range(4)]
    replace(file, versions[0], None)
    torn: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            if file.read_bytes() not in versions:
                torn.append(1)

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(60):
        replace(file, versions[turn % 4], None)
    done.set()
    reader.join()

    assert not torn


@pytest.mark.slow
def test_two_savers_at_once_leave_one_whole_version_and_no_other_file(file: Path) -> None:
    def save(content: bytes) -> None:
        for _ in range(40):
            replace(file, content, None)

    savers = [threading.Thread(target=save, args=(letter * 300_000,)) for letter in (b"a", b"b")]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()

    assert file.read_bytes() in (b"a" * 300_000, b"b" * 300_000)
    assert names(file.parent) == ["a.ipynb"]


SAVER = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from adrastea.documents.store import replace
file, number = Path({file!r}), 0
while True:
    number += 1
    replace(file, (b"%08d" % number) * 100_000, None)
    print(number, flush=True)
"""
KILLS = 25


@pytest.mark.slow
def test_a_program_that_is_killed_at_any_moment_leaves_a_whole_version(file: Path) -> None:
    moments = random.Random(7)  # which moments is all the same, as long as they differ
    program = SAVER.format(root=str(ROOT), file=str(file))
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-S", "-c", program], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()  # from here on, it saves all the time
            with suppress(subprocess.TimeoutExpired):
                child.wait(moments.uniform(0, 0.05))
            child.send_signal(signal.SIGKILL)
            said = [int(line) for line in child.stdout.read().split()]

        data = file.read_bytes()
        assert len(data) == 800_000
        assert data == data[:8] * 100_000
        assert int(data[:8]) >= max(said, default=1)  # what was called saved is there

    for left in file.parent.glob(".adrastea-*"):
        os.utime(left, (1, 1))
    sweep(file.parent)
    assert names(file.parent) == ["a.ipynb"]
