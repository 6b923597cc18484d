"""Programs that are asked what they are: all at once, within a time limit, and never in our own process."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from adrastea import process_group

_MAX_BYTES = 4096  # of what a program printed


@dataclass(frozen=True, slots=True)
class Question:
    """A command line, and the environment for it."""

    argv: tuple[str, ...]
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """How it ended and what it printed; `code` is None when it could not be run or did not end in time."""

    code: int | None
    text: str

    @property
    def last_line(self) -> str:
        """The last line that is not empty: of a traceback, the error."""
        return next((line.strip() for line in reversed(self.text.splitlines()) if line.strip()), "")


def ask(questions: Sequence[Question], seconds: float) -> list[Answer]:
    """Run all of them at the same time and wait at most that long for all together."""
    deadline = time.monotonic() + seconds
    with contextlib.ExitStack() as files:
        running = [_start(question, files.enter_context(tempfile.TemporaryFile())) for question in questions]
        return [_finish(started, deadline) for started in running]


@dataclass(frozen=True, slots=True)
class _Started:
    popen: subprocess.Popen[bytes] | None
    output: IO[bytes]
    refusal: str = ""


def _start(question: Question, output: IO[bytes]) -> _Started:
    try:
        popen = subprocess.Popen(
            question.argv,
            env=dict(question.environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
    except (OSError, ValueError) as error:
        return _Started(None, output, getattr(error, "strerror", None) or str(error))
    return _Started(popen, output)


def _finish(started: _Started, deadline: float) -> Answer:
    if started.popen is None:
        return Answer(None, started.refusal)
    try:
        code = started.popen.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process_group.kill(started.popen)
        started.popen.wait()
        return Answer(None, "It did not answer in time.")
    size = started.output.seek(0, os.SEEK_END)
    started.output.seek(max(0, size - _MAX_BYTES))
    return Answer(code, started.output.read().decode("utf-8", "replace").strip())
