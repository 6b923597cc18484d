"""Locks that end with their holder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from adrastea.file_lock import try_lock

HOLD = "import sys; from adrastea.file_lock import try_lock; f = open(sys.argv[1], 'a'); print(try_lock(f), flush=True)"


def test_only_one_holds_it_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("a", encoding="utf-8") as first, path.open("a", encoding="utf-8") as second:
        assert try_lock(first)
        assert not try_lock(second)
        first.close()
        assert try_lock(second)


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", f"{HOLD}; sys.stdin.read()", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        with path.open("a", encoding="utf-8") as other:
            assert not try_lock(other)
            holder.kill()
            holder.wait()
            assert try_lock(other)
