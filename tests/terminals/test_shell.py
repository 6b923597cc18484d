"""A real process on a real terminal: what the operating system is asked for."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from adrastea.errors import NotFound
from adrastea.terminals import shell
from adrastea.terminals.shell import Shell

ENV = {"PATH": os.environ["PATH"], "TERM": "dumb"}
LIMIT_SECONDS = 20.0


def hear_all(started: Shell) -> bytes:
    """Everything until nobody holds the terminal."""
    heard = b""
    while select.select([started.descriptor], [], [], LIMIT_SECONDS)[0]:
        said = started.read()
        if said is None:
            return heard
        heard += said
    raise TimeoutError


def run(script: str, cwd: Path) -> bytes:
    started = shell.start(("/bin/sh", "-c", script), ENV, cwd)
    try:
        return hear_all(started)
    finally:
        started.close()
        os.waitpid(started.pid, 0)
        started.exit_code()


def test_the_process_leads_a_session_that_has_the_terminal(tmp_path: Path) -> None:
    said = run('test -t 0 && test -t 2 && echo "$(ps -o tpgid= -p $$) $(ps -o sid= -p $$) $$" >/dev/tty', tmp_path)

    foreground, session, pid = said.split()
    assert foreground == session == pid


def test_it_runs_in_its_folder_with_its_environment_and_nothing_else_open(tmp_path: Path) -> None:
    said = run('pwd; echo "$TERM"; for n in /proc/self/fd/*; do echo "${n##*/}"; done', tmp_path)

    folder, term, *descriptors = said.decode().split()
    assert (Path(folder), term) == (tmp_path.resolve(), "dumb")
    assert set(descriptors) <= {"*", "0", "1", "2", "3"}  # 3: the shell reads the folder


def test_a_new_terminal_has_24_lines_of_80(tmp_path: Path) -> None:
    assert run("stty size", tmp_path).split() == [b"24", b"80"]


def test_a_folder_that_is_gone_is_refused_without_its_place(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        shell.start(("/bin/sh",), ENV, tmp_path / "gone")

    assert str(tmp_path) not in str(refused.value)


def test_groups_that_are_gone_are_no_error() -> None:
    nobody = frozenset({2**22 + 1})

    shell.send(nobody, kill=False)
    shell.send(nobody, kill=True)

    assert not shell.any_left(nobody)
