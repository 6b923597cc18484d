r"""The last lines of a stream as a terminal shows them: text is typed where the cursor stands, which moves.

    \r  start of the line       CSI n A, B  n lines up, down        CSI K, 1 K, 2 K  erase the line: end, beginning, all
    \b  one character back      CSI n C     n characters forward    CSI J            erase the rest, and the lines below
    \n  start of the next line; the last one gets another

What is typed over something takes its place; no line gets shorter but by erasing. Other control sequences (colours)
take no place: they stay with the character behind them. Up goes at most `REACH` lines, and no further back than `keep`
characters before the end, for what lies there may have been left out already (`streams.py`).

Where the cursor stands is written behind the text as what moves it there, so that a text alone carries the state:

    [CSI n A] \r characters before the cursor [CSI n C]      nothing where it stands at the end of the last line

Twin: `ui/src/outputs/terminal.ts`. Vectors: `tests/vectors/streams`. Pure; any thread.

Source of truth: ECMA-48 §8.3 (CUU, CUD, CUF, EL, ED)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

REACH: Final = 100  # lines that the cursor can go up; the tallest of many bars at once that are usual has thirty

_FAR: Final = 1_000  # characters that the cursor can stand behind the end of a line
_STYLES: Final = 64  # characters of control sequences that stay where characters are taken away
_OWN: Final = re.compile(r"\x1b\[([0-9]{0,4})([ABCJK])")
_UP: Final = re.compile(r"\x1b\[([0-9]{0,4})A")
_WHOLE: Final = r"\[[0-?]{0,24}[ -/]{0,2}[@-~]|[ -/]{0,2}[0-Z\\-~]"
_SEQUENCE: Final = re.compile(rf"\x1b(?:{_WHOLE})")
_NOT_PLAIN: Final = re.compile(rf"\x1b(?:\[[0-9]{{0,4}}[ABCJK]|(?!{_WHOLE}))")  # ours, or without an end
_NO_COLOUR: Final = re.compile(r"\x1b(?!\[[0-9;]{0,24}m)")  # found in a third of the time
_TOKEN: Final = re.compile(r"(\x1b(?:\[[0-?]{0,24}[ -/]{0,2}[@-~]?|[ -/]{0,2}[0-Z\\-~]?)|[\r\b])")
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]{0,24}[ -/]{0,2}|[ -/]{0,2})\Z")
_LONGEST: Final = 32  # characters, and more than a sequence has
_NOTHING: Final = re.compile(r"(?!)")
_CURSOR: Final = re.compile(r"\r|\x1b\[[0-9]{1,4}[AC]")


def is_plain(text: str, start: int = 0) -> bool:
    """Whether all of it from `start` on is put behind what stands there, whatever follows."""
    if text.find("\r", start) >= 0 or text.find("\b", start) >= 0:
        return False
    escape = text.find("\x1b", start)
    other = None if escape < 0 else _NO_COLOUR.search(text, escape)
    return other is None or _NOT_PLAIN.search(text, other.start()) is None


def cursor_at(text: str, start: int) -> int:
    """Where in the last line, which begins at `start`, it is said where the cursor stands; the length if it is not."""
    mark = _CURSOR.search(text, start)
    return len(text) if mark is None else mark.start()


def lines_above(text: str) -> int:
    """How many lines above the first of this text it can change at most."""
    return min(REACH, sum(int(up[1] or 1) for up in _UP.finditer(text)))


def typed(text: str, keep: int, barrier: re.Pattern[str]) -> str:
    """The lines after everything in them was typed, and the cursor. A line that is all `barrier` is not gone beyond."""
    screen = _Screen(keep, barrier)
    screen.type(text)
    return str(screen)


def shown(text: str) -> str:
    """What is seen of a text, whoever has written it: everything typed, and without the cursor."""
    if is_plain(text):
        return text
    whole = typed(text, len(text), _NOTHING)
    return whole[: cursor_at(whole, whole.rfind("\n") + 1)]


@dataclass(slots=True)
class _Line:
    """A line that the cursor has been in."""

    cells: list[str] = field(default_factory=list[str])
    """Each one character, behind the sequences that stand before it."""
    end: str = ""
    """Sequences behind the last one."""

    def __str__(self) -> str:
        return "".join((*self.cells, self.end))

    def cut(self, start: int) -> None:
        """Take away what stands from `start` on; the colour that it ended in stays the colour of what follows."""
        self.end = _bounded("".join(cell[:-1] for cell in self.cells[start:]) + self.end)
        del self.cells[start:]


class _Screen:
    """Lines and the cursor. `column` is None at the end of a line that was only added to: it is not taken apart."""

    def __init__(self, keep: int, barrier: re.Pattern[str]) -> None:
        self._keep = keep
        self._barrier = barrier
        self._lines: list[str | _Line] = [""]
        self._row = 0
        self._column: int | None = None
        self._styles = ""  # sequences that wait for their character
        self._rest = ""  # a sequence whose end has not come yet

    def type(self, text: str) -> None:
        """All of it; once."""
        rest = _UNFINISHED.search(text, max(0, len(text) - _LONGEST))
        if rest is not None:
            text, self._rest = text[: rest.start()], rest[0]
        first, *others = text.split("\n")
        self._type_line(first)
        for line in others:
            self._next_line()
            self._type_line(line)

    def __str__(self) -> str:
        return "\n".join(map(str, self._lines)) + self._cursor() + self._styles + self._rest

    def _type_line(self, line: str) -> None:
        shown = self._lines[self._row]
        if self._column is None and isinstance(shown, str) and is_plain(line):
            self._lines[self._row] = shown + line
        else:
            for token in _TOKEN.split(line):
                self._take(token)

    def _take(self, typed: str) -> None:
        if typed in {"\r", "\b"}:
            self._settle()
            line, column = self._here()
            leftmost = self._leftmost(line)
            self._column = leftmost if typed == "\r" else max(leftmost, column - 1)
        elif not typed.startswith("\x1b"):
            self._put(typed)
        elif (own := _OWN.fullmatch(typed)) is not None:
            self._settle()
            self._control(own[2], int(own[1]) if own[1] else None)
        elif _SEQUENCE.fullmatch(typed) is not None:
            self._styles += typed
        # What has no end is broken, and goes: with what is typed behind it, it could become another.

    def _put(self, text: str) -> None:
        if not text:
            return
        line, column = self._here()
        length = len(line.cells)
        start = min(column, length)
        cells = [*(" " * (column - start)), self._styles + text[0], *text[1:]]
        self._styles = ""
        if start == length:
            cells[0] = line.end + cells[0]
        if start + len(cells) >= length:  # what stood behind the last character goes with it
            line.end = ""
        line.cells[start : start + len(cells)] = cells
        self._column = start + len(cells)

    def _control(self, kind: str, count: int | None) -> None:
        line, column = self._here()
        steps = count or 1
        if kind == "A":
            self._up(steps, column)
        elif kind == "B":
            self._go(min(len(self._lines) - 1, self._row + steps), column)
        elif kind == "C":
            self._column = min(column + steps, max(column, len(line.cells) + _FAR))
        elif kind == "K":
            self._erase_line(line, column, count or 0)
        elif not count:
            line.cut(column)
            del self._lines[self._row + 1 :]

    def _erase_line(self, line: _Line, column: int, what: int) -> None:
        if what == 0:
            line.cut(column)
        elif what == 1:
            erased = min(column + 1, len(line.cells))
            line.cells[:erased] = " " * erased
        elif what == 2:  # noqa: PLR2004 -- as ECMA-48 numbers it
            line.cut(0)

    def _next_line(self) -> None:
        self._settle()
        self._row += 1
        if self._row == len(self._lines):
            self._lines.append("")
            self._column = None
        else:
            self._column = self._leftmost(self._line())

    def _up(self, steps: int, column: int) -> None:
        row, room = self._row, self._keep - sum(_length(line) + 1 for line in self._lines[self._row :])
        highest = max(0, len(self._lines) - 1 - REACH, row - steps)
        while row > highest:
            above = self._lines[row - 1]
            room -= _length(above) + 1
            if room < 0 or (isinstance(above, str) and self._barrier.fullmatch(above) is not None):
                break
            row -= 1
        self._go(row, column)

    def _go(self, row: int, column: int) -> None:
        self._row = row
        self._column = max(column, self._leftmost(self._line()))

    def _settle(self) -> None:
        """The cursor goes elsewhere: sequences that wait for a character stay where it stood."""
        if not self._styles:
            return
        line, column = self._here()
        if column >= len(line.cells):
            line.end += self._styles
        elif not line.cells[column].startswith(self._styles):
            cell = line.cells[column]
            line.cells[column] = _bounded(self._styles + cell[:-1]) + cell[-1]
        self._styles = ""

    def _here(self) -> tuple[_Line, int]:
        line = self._line()
        if self._column is None:
            self._column = len(line.cells)
        return line, self._column

    def _line(self) -> _Line:
        line = self._lines[self._row]
        if isinstance(line, str):
            line = self._lines[self._row] = _taken_apart(line)
        return line

    def _leftmost(self, line: _Line) -> int:
        # What lies further back than `keep` may have been left out already; whether it has must not show.
        return max(0, len(line.cells) - self._keep)

    def _cursor(self) -> str:
        up = len(self._lines) - 1 - self._row
        if self._column is None and up == 0:
            return ""
        line, column = self._here()
        length = len(line.cells)
        back = "" if up == 0 and column >= length else "\r" + "".join(line.cells[self._leftmost(line) : column])
        return (f"\x1b[{up}A" if up else "") + back + (f"\x1b[{column - length}C" if column > length else "")


def _length(line: str | _Line) -> int:
    return len(line) if isinstance(line, str) else len(line.cells)


def _taken_apart(text: str) -> _Line:
    line, styles = _Line(), ""
    for token in _TOKEN.split(text):
        if not token.startswith("\x1b"):
            if token:
                line.cells += [styles + token[0], *token[1:]]
                styles = ""
        elif _SEQUENCE.fullmatch(token) is not None:
            styles += token
    line.end = styles
    return line


def _bounded(styles: str) -> str:
    if len(styles) <= _STYLES:
        return styles
    sequences: list[str] = _TOKEN.findall(styles)
    return sequences[-1]
