"""Who is ended takes along what it has started."""

from __future__ import annotations

import os
import subprocess
import sys

from adrastea import process_group

PARENT = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import sys; print('child', flush=True); sys.stdin.read()"], stdin=sys.stdin)
sys.stdin.read()
"""


def test_what_the_leader_has_started_ends_with_it() -> None:
    command = [sys.executable, "-c", PARENT]
    group = os.name == "posix"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=group) as leader:
        assert leader.stdout is not None
        assert leader.stdin is not None
        assert leader.stdout.readline() == b"child\n"

        process_group.kill(leader)

        assert leader.stdout.read() == b""  # the child has let go of it as well
        assert leader.wait() != 0


def test_one_that_has_ended_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], start_new_session=os.name == "posix") as leader:
        leader.wait()
        process_group.kill(leader)
