"""A file that grows to its bounds, for several processes, on disks that refuse."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from adrastea.logbook.rotating_file import RotatingFile

WRITER = """
import sys
from pathlib import Path
from adrastea.logbook.rotating_file import RotatingFile
file = RotatingFile(Path(sys.argv[1]), limit_bytes=4000, files=100)
for number in range(300):
    assert file.append(f"{sys.argv[2]} {number} " + "x" * 50)
"""


def test_entries_follow_each_other_and_only_this_user_can_read_them(tmp_path: Path) -> None:
    file = RotatingFile(tmp_path / "a.log")

    assert file.append("one")
    assert file.append("two\n  more")

    assert file.path.read_text(encoding="utf-8") == "one\ntwo\n  more\n"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_it_never_grows_beyond_its_bounds_and_keeps_the_newest(tmp_path: Path) -> None:
    file = RotatingFile(tmp_path / "a.log", limit_bytes=100, files=3)

    for number in range(100):
        file.append(f"entry {number:03}")

    logs = sorted(path.name for path in tmp_path.glob("a.log*"))
    assert logs == ["a.log", "a.log.1", "a.log.2"]
    assert all(path.stat().st_size <= 100 for path in tmp_path.glob("a.log*"))
    assert file.tail(1000).endswith("entry 098\nentry 099\n")


def test_the_tail_goes_back_into_the_last_file_and_begins_with_a_whole_line(tmp_path: Path) -> None:
    file = RotatingFile(tmp_path / "a.log", limit_bytes=30, files=3)
    for number in range(4):
        file.append(f"entry {number:03}")

    assert file.tail(25) == "entry 002\nentry 003\n"
    assert file.tail(0) == ""


def test_several_processes_lose_nothing_and_tear_no_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b", "c")]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]

    lines = [line for part in tmp_path.glob("a.log*") for line in part.read_text(encoding="utf-8").splitlines()]

    assert sorted(lines) == sorted(f"{name} {number} {'x' * 50}" for name in "abc" for number in range(300))


def test_a_place_that_cannot_be_written_loses_the_entry_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.log").mkdir()

    assert not RotatingFile(tmp_path / "a.log").append("one")
    assert not RotatingFile(tmp_path / "nowhere" / "a.log").append("one")
    assert RotatingFile(tmp_path / "nowhere" / "a.log").tail(100) == ""


def test_a_full_disk_loses_the_entry_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.log").symlink_to("/dev/full")

    assert not RotatingFile(tmp_path / "a.log").append("one")


def test_a_text_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    file = RotatingFile(tmp_path / "a.log")

    assert file.append("a \udcff name")
    assert file.tail(100) == "a \\udcff name\n"
