"""IPython's own lines in Python code: `%magic`, `!command`, `x = !command`, `name?`; and cells that begin with `%%`.

A script runs without IPython, so they become comments, by which they are still known. What only looks like one,
inside a string or an expression that goes over several lines, is code. Pure.

Source of truth: https://ipython.readthedocs.io/en/stable/interactive/magics.html
"""

from __future__ import annotations

import re
from typing import Final

_MAGIC: Final = re.compile(r"\s*(?:%[A-Za-z_]|!|\?{1,2}[A-Za-z_%]|[A-Za-z_.%][\w.*%]*\?{1,2}\s*$)")
_ASSIGNED: Final = re.compile(r"\s*[A-Za-z_][\w.,\s\[\]\"']*=\s*(?:%[A-Za-z_]|!)")
_CELL: Final = re.compile(r"%%([A-Za-z_]\w*)?")
_OPENING: Final = re.compile(r"('''|\"\"\"|'|\"|#|[\[({]|[\])}])")
_CLOSED_BY: Final = {quote: re.compile(rf"(?:\\.|(?!{quote}).)*?{quote}", re.DOTALL) for quote in ("'''", '"""')}
_SHORT: Final = {quote: re.compile(rf"(?:\\.|[^\\{quote}\n])*(?:{quote}|$)") for quote in ("'", '"')}

PYTHON_CELLS: Final = frozenset(("time", "timeit", "capture", "prun", "px", "debug", "python", "python3", "pypy"))
"""Cell magics whose cell holds Python, which a script can run without them."""


def cell_magic(source: str) -> str | None:
    """The name of the magic that a cell begins with; empty for `%%` alone, None where it begins with code."""
    found = _CELL.match(source.lstrip("\n"))
    return None if found is None else (found[1] or "")


def is_magic(line: str) -> bool:
    """Whether a line is IPython's, where a statement may begin."""
    return _MAGIC.match(line) is not None or _ASSIGNED.match(line) is not None


def magic_lines(source: str) -> frozenset[int]:
    """Which lines of Python code are IPython's, counted from 0."""
    found: set[int] = set()
    depth = 0
    quote = ""
    joined = False
    for number, line in enumerate(source.split("\n")):
        begins = depth == 0 and not quote and not joined
        if begins and is_magic(line):
            found.add(number)
            continue  # what quotes mean in it is the shell's affair
        depth, quote = _after(line, depth, quote)
        joined = not quote and line.endswith("\\")
    return frozenset(found)


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets are open behind the line, and in which long string it ends."""
    at = 0
    while at < len(line):
        if quote:
            closing = _CLOSED_BY[quote].match(line, at)
            if closing is None:
                return depth, quote
            at, quote = closing.end(), ""
            continue
        found = _OPENING.search(line, at)
        if found is None or found[0] == "#":
            break
        at = found.end()
        if found[0] in _CLOSED_BY:
            quote = found[0]
        elif found[0] in _SHORT:
            string = _SHORT[found[0]].match(line, at)
            at = len(line) if string is None else string.end()
        else:
            depth = depth + 1 if found[0] in "[({" else max(0, depth - 1)
    return depth, quote
