"""`adrastea password`, from the outside: on a terminal, and with a password on stdin."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adrastea.choose_password import ask
from adrastea.errors import StartFailed
from adrastea.password import PasswordFile, matches

ROOT = Path(__file__).parent.parent


def typed(home: Path, *answers: str) -> tuple[int, str]:
    """Run the command on a terminal, typing each answer when it is asked for; exit code and what was shown."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    command = [sys.executable, str(ROOT / "app.py"), "password"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True)
    os.close(theirs)
    shown, left = "", list(answers)
    deadline = time.monotonic() + 60
    while select.select([ours], [], [], max(0.0, deadline - time.monotonic()))[0]:
        try:
            shown += os.read(ours, 4096).decode()
        except OSError:  # nobody has the other end any more
            break
        if left and shown.count(": ") > len(answers) - len(left):
            os.write(ours, f"{left.pop(0)}\n".encode())
    os.close(ours)
    return process.wait(60), shown


@pytest.mark.slow
def test_it_is_asked_for_twice_and_never_shown(tmp_path: Path) -> None:
    code, shown = typed(tmp_path, "correct horse", "correct horse")

    assert code == 0
    assert shown.startswith("New password: ")
    assert "Once more: " in shown
    assert "horse" not in shown
    known = PasswordFile(tmp_path / "config" / "adrastea").current()
    assert known is not None
    assert matches("correct horse", known)


@pytest.mark.slow
def test_two_that_differ_change_nothing(tmp_path: Path) -> None:
    code, shown = typed(tmp_path, "correct horse", "correct house")

    assert code == 1
    assert "not the same" in shown
    assert not (tmp_path / "config" / "adrastea" / "password").exists()


@pytest.mark.slow
def test_without_a_terminal_one_line_is_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse\nand more\n"))

    assert ask(tmp_path, remove=False) == 0

    known = PasswordFile(tmp_path).current()
    assert known is not None
    assert matches("correct horse", known)
    assert "The password is set" in capsys.readouterr().out


def test_one_that_is_too_short_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("seven77\n"))

    with pytest.raises(StartFailed, match="8 to 1024 characters"):
        ask(tmp_path, remove=False)
    assert list(tmp_path.iterdir()) == []


def test_there_can_be_none_any_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "password").touch()

    assert [ask(tmp_path, remove=True) for _ in range(2)] == [0, 0]

    assert capsys.readouterr().out == "There is no password any more.\nThere was no password.\n"
    assert list(tmp_path.iterdir()) == []
