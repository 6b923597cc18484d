"""The runner that shows what other programs do."""

import sys
from pathlib import Path

import pytest

from build.console import SetupFailed, Task, answer, run, succeeds


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    return tmp_path / ".cache" / "logs"


def test_a_program_that_ends_well_leaves_its_output_in_a_log(logs: Path) -> None:
    run(Task("greet", [sys.executable, "-c", "print('hello')"], "", logs.parent.parent))

    assert (logs / "greet.log").read_text() == "hello\n"


def test_a_program_that_fails_shows_its_last_lines_and_the_advice(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "import sys; print('first'); print('the cause', file=sys.stderr); sys.exit(3)"

    with pytest.raises(SetupFailed, match=r"exit code 3.*fall\.log.*Ask again tomorrow\."):
        run(Task("fall", [sys.executable, "-c", program], "Ask again tomorrow.", logs.parent.parent))

    assert "  | the cause\n" in capsys.readouterr().out


def test_a_program_that_does_not_exist_is_named(logs: Path) -> None:
    with pytest.raises(SetupFailed, match="no-such-program could not be started"):
        run(Task("none", ["no-such-program"], "Install it.", logs.parent.parent))


def test_a_program_reads_no_input_and_sees_the_environment_that_it_is_given(logs: Path) -> None:
    program = "import os, sys; print(os.environ['WORD'], sys.stdin.read() == '')"

    run(Task("quiet", [sys.executable, "-c", program], "", logs.parent.parent, {"WORD": "yes"}))

    assert (logs / "quiet.log").read_text() == "yes True\n"


def test_the_answer_of_a_program_is_what_it_printed_or_none() -> None:
    assert answer([sys.executable, "-c", "print('a b')"]) == "a b"
    assert answer([sys.executable, "-c", "raise SystemExit(1)"]) is None
    assert answer(["no-such-program"]) is None
    assert not succeeds(["no-such-program"])
