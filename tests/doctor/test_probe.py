"""Programs that are asked what they are."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

import pytest

from adrastea.doctor.probe import Question, ask

LONG_SECONDS = 60.0


def python(code: str) -> Question:
    return Question((sys.executable, "-I", "-S", "-c", code), os.environ)


def test_each_answers_with_its_code_and_what_it_printed() -> None:
    failing = "import sys; print('a', flush=True); sys.exit('b')"

    fine, failed = ask([python("print('1.2')"), python(failing)], LONG_SECONDS)

    assert (fine.code, fine.last_line) == (0, "1.2")
    assert (failed.code, failed.last_line) == (1, "b")


def test_a_program_that_does_not_exist_is_an_answer() -> None:
    (answer,) = ask([Question(("/nowhere/at/all",), os.environ)], LONG_SECONDS)

    assert (answer.code, answer.text) == (None, "No such file or directory")


def test_one_that_hangs_is_ended_with_what_it_has_started(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    pipe = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    hangs = Question(("sh", "-c", f"exec 9>{tmp_path}/pipe; sleep 600; true"), os.environ)

    (answer,) = ask([hangs], 0.2)

    assert (answer.code, answer.text) == (None, "It did not answer in time.")
    assert until_nobody_writes(pipe) == b""


def until_nobody_writes(pipe: int) -> bytes:
    """What is read when the last process that has the pipe open for writing is gone."""
    select.select([pipe], [], [], LONG_SECONDS if is_written_to(pipe) else 0)
    return os.read(pipe, 1)


def is_written_to(pipe: int) -> bool:
    try:
        os.read(pipe, 1)
    except BlockingIOError:
        return True
    return False


def test_what_floods_is_cut_and_its_end_kept() -> None:
    (answer,) = ask([python("print('x' * 1_000_000); print('end')")], LONG_SECONDS)

    assert len(answer.text) <= 4096
    assert answer.last_line == "end"


def test_no_question_costs_no_time() -> None:
    assert ask([], LONG_SECONDS) == []


def test_a_name_that_no_system_takes_is_an_answer() -> None:
    (answer,) = ask([Question(("a\0b",), os.environ)], LONG_SECONDS)

    assert answer.code is None
    assert answer.text


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_silence_has_no_last_line(text: str) -> None:
    (answer,) = ask([python(f"print({text!r})")], LONG_SECONDS)

    assert answer.last_line == ""
