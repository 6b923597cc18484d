"""What tells a crash from an end, with processes that crash and end."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

SET = """
import sys
from pathlib import Path
from adrastea.logbook.crash_mark import CrashMark
mark = CrashMark(Path(sys.argv[1]))
print(mark.set(), end="", flush=True)
"""
CRASH = "import ctypes\ndef in_a_library():\n    ctypes.string_at(0)\nin_a_library()\n"
CLEAR = "mark.clear()\n"
STAY = "sys.stdin.read()\n"


def run(folder: Path, then: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SET + then, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_an_end_leaves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, CLEAR).returncode == 0

    assert list(tmp_path.iterdir()) == []


def test_the_last_words_of_a_crash_are_told_once_and_hold_places(tmp_path: Path) -> None:
    assert run(tmp_path, CRASH).returncode == -signal.SIGSEGV

    first, second = run(tmp_path, CLEAR), run(tmp_path, CLEAR)

    assert "Segmentation fault" in first.stdout
    assert "in in_a_library" in first.stdout
    assert second.stdout == ""


def test_who_was_killed_had_no_last_words(tmp_path: Path) -> None:
    assert run(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n").returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1

    assert run(tmp_path, CLEAR).stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_the_mark_of_a_process_that_runs_is_left_alone_and_private(tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"{SET}print('set', flush=True)\n{STAY}{CLEAR}", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "set\n"
        assert run(tmp_path, CLEAR).stdout == ""

        (mark,) = tmp_path.iterdir()
        assert stat.S_IMODE(mark.stat().st_mode) == 0o600
        running.communicate("")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 100_000])
def test_last_words_that_make_no_sense_are_told_as_far_as_possible(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "crash-1.txt").write_bytes(content)

    told = run(tmp_path, CLEAR)

    assert (told.returncode, told.stderr) == (0, "")
    assert 0 < len(told.stdout) <= 8000
