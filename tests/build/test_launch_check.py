"""The check of a program that was just made, with the real program and with some that are none."""

import sys
from pathlib import Path

import pytest

from build.console import SetupFailed
from build.launch_check import check, main

ROOT = Path(__file__).parents[2]


def script(folder: Path, text: str) -> list[str]:
    (folder / "program").write_text(f"#!/bin/sh\n{text}\n")
    (folder / "program").chmod(0o755)
    return [str(folder / "program")]


@pytest.mark.slow
def test_the_program_passes() -> None:
    check([sys.executable, str(ROOT / "app.py")])


def test_a_program_of_another_version_does_not(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match=r"--version said 'Adrastea 9\.9\.9"):
        check(script(tmp_path, "echo 'Adrastea 9.9.9 (one file)'"))


def test_a_program_that_serves_nothing_does_not(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="printed no address: 'Adrastea 0"):
        check(script(tmp_path, "echo 'Adrastea 0.1.0 (one file)'"))


def test_an_address_that_nobody_answers_at_does_not_count(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="answered 0 with its token"):
        check(script(tmp_path, "echo 'Adrastea 0.1.0 at http://127.0.0.1:1/?token=x'"))


def test_what_fails_is_told_with_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(script(tmp_path, "exit 3")) == 1
    assert "ended with 3" in capsys.readouterr().out


def test_without_a_program_it_says_how_it_is_used() -> None:
    assert main([]) == 2
