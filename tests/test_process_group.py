"""Who is ended takes along what it has started."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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


def test_a_program_answers_with_its_exit_code_and_what_it_prints() -> None:
    command = [sys.executable, "-c", "import sys; print('yes', file=sys.stderr); sys.exit(3)"]

    assert process_group.answer(command, os.environ, 60.0, stderr=subprocess.STDOUT) == (3, f"yes{os.linesep}".encode())
    assert process_group.answer(command, os.environ, 60.0) == (3, b"")


def test_one_that_answers_too_late_is_ended_with_what_it_has_started() -> None:
    child = "import sys; sys.stdout.write('x'); sys.stdout.flush(); input()"
    parent = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}], stdin=subprocess.PIPE).wait()"
    )

    with pytest.raises(subprocess.TimeoutExpired):  # it would wait for the child's output else
        process_group.answer([sys.executable, "-c", parent], os.environ, 0.2)
