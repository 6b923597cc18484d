"""The one file: what is put in comes out, and the launcher in front of it keeps its word, also when things go wrong."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from build import one_file
from build.console import SetupFailed

EPOCH = 1_767_225_600
SCRIPT = """#!/bin/sh
echo "$0|$*|$ADRASTEA_ONE_FILE|$$|$(cat "$(dirname "$0")/data/text")"
test "$1" = wait && read -r end
exit 7
"""
launching = pytest.mark.slow


def folder(tmp_path: Path, text: str = "words") -> Path:
    """A frozen program: a script, and a file that it reads."""
    made = tmp_path / f"folder-{text}"
    (made / "data").mkdir(parents=True)
    (made / "adrastea").write_text(SCRIPT, encoding="utf-8")
    (made / "adrastea").chmod(0o755)
    (made / "data" / "text").write_text(text, encoding="utf-8")
    (made / "data" / "large").write_bytes(os.urandom(300_000))
    (made / "data" / "empty").touch()
    return made


def make(tmp_path: Path, text: str = "words") -> Path:
    return one_file.make(folder(tmp_path, text), "adrastea", tmp_path / f"one-{text}", EPOCH)


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), **more}


def run(file: Path, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(file), *arguments], env=dict(environ), capture_output=True, text=True, check=False, timeout=60
    )


def remove(ran: subprocess.CompletedProcess[str]) -> None:
    """Remove what was unpacked, outside the test's own folder."""
    shutil.rmtree(Path(ran.stdout.partition("|")[0]).parent)


def unpacked(tmp_path: Path) -> list[Path]:
    cache = tmp_path / "home" / ".cache" / "adrastea"
    return sorted(cache.iterdir()) if cache.exists() else []


@contextmanager
def disk(folder: Path, options: str) -> Generator[Path]:
    """A disk of its own, with these options of `mount`."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_the_archive_is_the_same_whatever_the_files_times_and_owners_say(tmp_path: Path) -> None:
    one = folder(tmp_path)
    before = one_file.pack(one, EPOCH)
    os.utime(one / "data" / "text", (1, 1))

    assert one_file.pack(one, EPOCH) == before
    assert b"root" not in before


def test_a_path_that_the_launcher_could_not_read_stops_the_build(tmp_path: Path) -> None:
    one = folder(tmp_path)
    (one / ("x" * 100)).touch()

    with pytest.raises(SetupFailed, match="too long"):
        one_file.pack(one, EPOCH)


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"x" * 100)

    with pytest.raises(ValueError, match="not one of our files"):
        one_file.unpack(tmp_path / "other")


@launching
def test_two_makings_are_the_same_and_hold_the_folder(tmp_path: Path) -> None:
    one = folder(tmp_path)
    first = one_file.make(one, "adrastea", tmp_path / "first", EPOCH)
    second = one_file.make(one, "adrastea", tmp_path / "second", EPOCH)

    assert first.read_bytes() == second.read_bytes()
    assert one_file.unpack(first) == one_file.pack(one, EPOCH)


@launching
def test_the_program_takes_the_launchers_place_with_its_arguments_and_exit_code(tmp_path: Path) -> None:
    file = make(tmp_path)

    with subprocess.Popen([file, "a b", "*"], env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as started:
        said, _ = started.communicate(timeout=60)

    (own,) = unpacked(tmp_path)
    assert said == f"{own}/adrastea|a b *|{file}|{started.pid}|words\n"
    assert started.returncode == 7


@launching
def test_the_second_start_unpacks_nothing(tmp_path: Path) -> None:
    file = make(tmp_path)
    run(file, environment(tmp_path))
    (own,) = unpacked(tmp_path)
    before = {path: path.stat().st_ino for path in own.rglob("*")}

    assert run(file, environment(tmp_path)).returncode == 7
    assert {path: path.stat().st_ino for path in own.rglob("*")} == before


@launching
def test_only_the_user_can_look_into_what_was_unpacked(tmp_path: Path) -> None:
    run(make(tmp_path), environment(tmp_path))
    (own,) = unpacked(tmp_path)

    assert own.stat().st_mode & 0o777 == 0o700
    assert own.parent.stat().st_mode & 0o777 == 0o700


@launching
@pytest.mark.parametrize("damage", ["data/text", "data/large", "files"])
def test_what_a_cleaner_has_taken_is_unpacked_again(tmp_path: Path, damage: str) -> None:
    file = make(tmp_path)
    run(file, environment(tmp_path))
    (own,) = unpacked(tmp_path)
    (own / damage).unlink()

    assert run(file, environment(tmp_path)).stdout.endswith("|words\n")
    assert [path.name for path in unpacked(tmp_path)] == [own.name]
    assert (own / damage).exists()


@launching
def test_many_first_starts_at_once_are_all_served(tmp_path: Path) -> None:
    file = make(tmp_path)
    started = [
        subprocess.Popen([file], env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(12)
    ]
    said = [process.communicate(timeout=60) for process in started]

    assert [process.returncode for process in started] == [7] * 12
    assert all(out.endswith("|words\n") and err == "" for out, err in said)
    assert len(unpacked(tmp_path)) == 1


@launching
def test_what_is_set_for_other_pythons_is_under_another_name(tmp_path: Path) -> None:
    one = folder(tmp_path)
    (one / "adrastea").write_text("#!/bin/sh\nenv\n", encoding="utf-8")
    file = one_file.make(one, "adrastea", tmp_path / "one", EPOCH)
    given = {"PYTHONHOME": "/a=b", "PYTHONPATH": "", "PYTHONMALLOC": "debug", "MYPYTHON": "mine"}

    lines = run(file, environment(tmp_path, **given)).stdout.splitlines()

    assert {line for line in lines if "PYTHON" in line} == {
        "ADRASTEA_HIDDEN_PYTHONHOME=/a=b",
        "ADRASTEA_HIDDEN_PYTHONPATH=",
        "ADRASTEA_HIDDEN_PYTHONMALLOC=debug",
        "MYPYTHON=mine",
    }


@launching
def test_versions_that_are_started_in_turn_are_unpacked_once(tmp_path: Path) -> None:
    one, two = make(tmp_path, "one"), make(tmp_path, "two")
    for file in (one, two):
        run(file, environment(tmp_path))
    before = {path: path.stat().st_ino for path in unpacked(tmp_path)}
    for file in (one, two):
        run(file, environment(tmp_path))

    assert len(before) == 2
    assert {path: path.stat().st_ino for path in unpacked(tmp_path)} == before


@launching
def test_a_version_that_nobody_starts_any_more_goes_but_never_under_a_program_that_runs(tmp_path: Path) -> None:
    old, new = make(tmp_path, "old"), make(tmp_path, "new")
    command = [str(old), "wait"]
    with subprocess.Popen(
        command, env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().endswith("|old\n")
        (of_old,) = unpacked(tmp_path)
        (of_old.parent / f"{'0' * 24}.12").mkdir()  # what an unpacking that was cut short has left

        os.utime(of_old, (1, 1))
        run(new, environment(tmp_path))
        while_running = unpacked(tmp_path)
        running.communicate("end\n", timeout=60)

    run(make(tmp_path, "third"), environment(tmp_path))

    assert of_old in while_running
    assert len(while_running) == 2
    assert of_old not in unpacked(tmp_path)
    assert len(unpacked(tmp_path)) == 2


@launching
def test_a_full_disk_gives_way_to_another_place_and_leaves_nothing(tmp_path: Path) -> None:
    file = make(tmp_path)
    with disk(tmp_path / "small", "size=200k") as small:
        ran = run(file, environment(tmp_path, XDG_CACHE_HOME=str(small)))
        left = list((small / "adrastea").iterdir())

    assert ran.returncode == 7
    assert ran.stdout.startswith("/var/tmp/adrastea-")
    assert left == []
    remove(ran)


@launching
def test_a_place_from_which_no_program_may_start_gives_way_to_another(tmp_path: Path) -> None:
    file = make(tmp_path)
    with disk(tmp_path / "data-only", "size=10m,noexec") as data_only:
        ran = run(file, environment(tmp_path, XDG_CACHE_HOME=str(data_only)))

    assert ran.returncode == 7
    assert ran.stdout.startswith("/var/tmp/adrastea-")
    remove(ran)


@launching
def test_a_place_where_somebody_else_may_write_is_not_used(tmp_path: Path) -> None:
    file = make(tmp_path)
    open_to_all = tmp_path / "cache" / "adrastea"
    open_to_all.mkdir(parents=True)
    open_to_all.chmod(0o777)

    ran = run(file, environment(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache")))

    assert ran.returncode == 7
    assert list(open_to_all.iterdir()) == []
    remove(ran)


@launching
def test_a_damaged_file_says_so_and_runs_nothing(tmp_path: Path) -> None:
    file = make(tmp_path)
    data = bytearray(file.read_bytes())
    cut, flipped = tmp_path / "cut", tmp_path / "flipped"
    cut.write_bytes(data[:-1])
    data[-60_000] ^= 0xFF
    flipped.write_bytes(data)
    for damaged in (cut, flipped):
        damaged.chmod(0o755)

    ends = [run(damaged, environment(tmp_path)) for damaged in (cut, flipped)]

    assert [end.returncode for end in ends] == [1, 1]
    assert ends[0].stderr == "adrastea: this file is damaged. Fetch it again.\n"
    assert "found no place" in ends[1].stderr
    assert unpacked(tmp_path) == []


@launching
def test_a_folder_in_use_is_locked_by_the_program_itself(tmp_path: Path) -> None:
    """The lock is what keeps another version from cleaning up; the launcher is gone by then."""
    file = make(tmp_path)
    with subprocess.Popen(
        [file, "wait"], env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        (own,) = unpacked(tmp_path)
        descriptor = os.open(own, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        running.communicate("end\n", timeout=60)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)
