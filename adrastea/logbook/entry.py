"""One entry of the log as text: when, how bad, where, what; never a secret, never the user's code or data. Pure.

What an exception says can hold what the user has written: it is written down only for exceptions that speak of us. Of
a traceback the places are written down, no values. Whatever looks like a token or a cookie is masked.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from pathlib import PurePath
from typing import Final

from adrastea.errors import AppError

_MASK: Final = "…"
_NAMED: Final = re.compile(
    r"""(?ix) \b ( (?: token | secret | password | cookie | authorization | adrastea-\d+ )
    ["']? \s* [=:] \s* ["']? (?: (?:token|bearer) \s+ )? ) [^\s&"',;]+"""
)
_RANDOM: Final = re.compile(r"(?i)\b[0-9a-f]{32,}\b")
_SPEAK_OF_US: Final = (AppError, AttributeError, NameError, TypeError, ImportError, RuntimeError, AssertionError)
_CHAIN: Final = 4  # exceptions that led to each other
_FRAMES: Final = 30
_LONGEST: Final = 16_000  # characters of one entry


def text_of(record: logging.LogRecord) -> str:
    """The entry for a record, without the last newline."""
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
    said = record.getMessage()
    said = said if record.name.startswith("adrastea") else said.partition("\n")[0]  # asyncio goes on with values
    head = f"{moment} {record.levelname} {record.name}: {said}"
    error = record.exc_info[1] if record.exc_info else None
    lines = [head, *(() if error is None else _traceback(error))]
    return masked("\n".join(lines))[:_LONGEST]


def masked(text: str) -> str:
    """`text` without what could be a secret."""
    return _RANDOM.sub(_MASK, _NAMED.sub(rf"\1{_MASK}", text))


def _traceback(error: BaseException) -> list[str]:
    lines: list[str] = []
    current: BaseException | None = error
    for _ in range(_CHAIN):
        if current is None:
            break
        frames = traceback.extract_tb(current.__traceback__, limit=-_FRAMES)
        lines.append(f"  {_said(current)}")
        lines += [f"    {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return lines


def _said(error: BaseException) -> str:
    kind = type(error).__name__
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror or error.errno}"
    return f"{kind}: {error}" if isinstance(error, _SPEAK_OF_US) else kind


def _place(filename: str) -> str:
    """The end of a path: which package and file, not where on this machine."""
    return "/".join(PurePath(filename).parts[-3:])
