"""What the user sees while other programs work: a sentence before, a sign of life meanwhile, the end of it if it fails.

Everything that a program printed goes to `.cache/logs/<name>.log`. On the screen stands its newest line, every few
seconds, so that nobody wonders whether it hangs. If it fails, its last lines are shown and `SetupFailed` says what to
do.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"

_SIGN_OF_LIFE = 5.0  # seconds between two lines about a program that is at work
_LAST_LINES = 20  # shown when a program fails
_WIDTH = 110  # characters of a line that is shown


class SetupFailed(Exception):
    """Setting up cannot go on. `str(error)` is a sentence on what to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """One program to run: `name` names its log, `advice` is the sentence for the case that it fails."""

    name: str
    command: Sequence[str | Path]
    advice: str
    folder: Path = ROOT
    environment: Mapping[str, str] | None = None


def say(sentence: str) -> None:
    """Print one line at once."""
    print(sentence, flush=True)


def run(task: Task) -> None:
    """Run a program to its end; say how long it took.

    Raises:
        SetupFailed: it could not be started, or ended with another code than 0.
    """
    started = time.monotonic()
    log = CACHE / "logs" / f"{task.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        code, last = _follow(task, log, started)
    except OSError as error:
        message = f"{task.command[0]} could not be started ({error.strerror}). {task.advice}"
        raise SetupFailed(message) from None
    if code != 0:
        for line in last:
            say(f"  | {line}")
        place = log.relative_to(ROOT)
        message = f"{task.name} failed (exit code {code}; everything it said is in {place}). {task.advice}"
        raise SetupFailed(message)
    say(f"  done in {time.monotonic() - started:.0f} s")


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether a short program (under a minute) ends with 0; what it prints is dropped."""
    return answer(command) is not None


def answer(command: Sequence[str | Path]) -> str | None:
    """What a short program (under a minute) printed, without the last newline; None if it failed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.rstrip("\n")


def _follow(task: Task, log: Path, started: float) -> tuple[int, Sequence[str]]:
    """Start the program and read it to its end: its exit code and its last lines."""
    last: deque[str] = deque(maxlen=_LAST_LINES)
    shown = started
    environment = {**os.environ, **(task.environment or {})}
    with (
        log.open("wb") as file,
        subprocess.Popen(
            task.command,
            cwd=task.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        for block in _blocks(process.stdout):
            file.write(block)
            last.extend(line for line in block.decode(errors="replace").splitlines() if line.strip())
            now = time.monotonic()
            if now - shown >= _SIGN_OF_LIFE:
                shown = now
                _show_life(now - started, last[-1] if last else task.name)
        return process.wait(), last


def _blocks(pipe: IO[bytes] | None) -> Iterator[bytes]:
    """What a program prints, in whole lines as far as it goes; an empty block when it has been silent for a while."""
    if pipe is None:
        return
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(_SIGN_OF_LIFE):
                yield b""
                continue
            block = os.read(pipe.fileno(), 65536)
            if not block:
                break
            whole, newline, rest = (rest + block).rpartition(b"\n")
            yield whole + newline
    yield rest


def _show_life(seconds: float, line: str) -> None:
    text = f"  {seconds:3.0f} s  {line.strip()}"
    say(text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…")
