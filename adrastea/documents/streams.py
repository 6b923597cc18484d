r"""Stream text as a terminal would show it, and never more of it than a page can hold.

    join("10 %", "\r20 %")  ->  "20 %"          \r goes to the start of the line, \b one character back,
    join("abc\r", "X")      ->  "Xbc\rX"       and what follows overwrites; CSI A goes a line up (`terminal.py`)

Text is a sequence of lines. Where the cursor does not stand at its end, that is written behind it, so that the text
alone carries the state and the way in which output was cut into chunks never shows: `join(join(p, a), b) == join(p, a +
b)`. (It may show where a sequence takes away what has made the text too long.) Finished lines hold nothing that moves
the cursor (`\r\n` ends a line).

Beyond `limit` the middle is left out, `limit - 2 * keep` characters at a time: the first `keep` stay, a line says how
many are missing, and where the whole is kept if it is, and then come the last `keep` at least. Characters are Unicode
code points.

Twin: `ui/src/notebook/streams.ts`. Vectors: `tests/vectors/streams`. Pure; any thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from adrastea.documents import terminal

STREAM_LIMIT = 600_000  # code points that one stream output may hold
STREAM_KEEP = 200_000  # code points that stay at its beginning, and at least as many at its end

_PIECE = 65_536  # code points after which a piece is copied no more
_LEFT_OUT = re.compile(
    r"\n\[… ([0-9]{1,15}) characters left out((?:; the (?:whole|beginning) is kept as [0-9a-f]{16})?) …\]\n"
)
_MARK_LINE = re.compile(r"\[… [0-9]{1,15} characters left out.* …\]")
_KEPT = re.compile(r"; the (whole|beginning) is kept as ([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where all that was printed is kept (`spool.py`), or the beginning of it."""

    id: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text that can grow without being copied: `done`, and behind it `last`, which holds the cursor if it is back."""

    done: tuple[str, ...] = ()
    last: str = ""
    length: int = 0
    """Of all of it."""

    def __str__(self) -> str:
        return "".join((*self.done, self.last)) if self.done else self.last


def pieces_of(text: str) -> Pieces:
    """A text in one piece."""
    return Pieces((), text, len(text))


def join(previous: str, new: str, limit: int = STREAM_LIMIT, keep: int = STREAM_KEEP) -> str:
    """What stands there after `new` was printed behind `previous`, whose finished lines stay as they are."""
    return str(grown(pieces_of(previous), new, limit, keep))


def grown(pieces: Pieces, new: str, limit: int = STREAM_LIMIT, keep: int = STREAM_KEEP, piece: int = _PIECE) -> Pieces:
    """The same for a text in pieces. Costs as much as `new` is long, but for an overwritten line and for a cut."""
    done, last = pieces.done, pieces.last
    if terminal.is_plain(new) and terminal.is_plain(last, last.rfind("\n") + 1):
        if len(last) > piece:
            done, last = (*done, last), ""
        last += new
    else:
        above = terminal.lines_above(last[last.rfind("\n") + 1 :] + new)
        while done and last.count("\n") <= above:  # what is overwritten may begin far back
            done, last = done[:-1], done[-1] + last
        start = _line_start(last, above)
        last = last[:start] + terminal.typed(last[start:] + new, keep, _MARK_LINE)
    length = pieces.length - (len(pieces.last) + sum(map(len, pieces.done[len(done) :])))
    length += len(last) + sum(map(len, done[len(pieces.done) :]))
    after = Pieces(done, last, length)
    return after if length <= limit else pieces_of(_shortened(str(after), limit, keep))


def kept(text: str, keep: int = STREAM_KEEP) -> Kept | None:
    """What the text says about where its whole is kept."""
    mark = _LEFT_OUT.match(text, keep)
    said = None if mark is None else _KEPT.fullmatch(mark[2])
    return None if said is None else Kept(said[2], said[1] == "whole")


def is_cut(text: str, keep: int = STREAM_KEEP) -> bool:
    """Whether something is left out."""
    return _LEFT_OUT.match(text, keep) is not None


def with_kept(text: str, place: Kept | None, keep: int = STREAM_KEEP) -> str:
    """The text saying so. The same text where nothing is left out."""
    mark = _LEFT_OUT.match(text, keep)
    if mark is None:
        return text
    said = "" if place is None else f"; the {'whole' if place.whole else 'beginning'} is kept as {place.id}"
    return f"{text[: mark.start(2)]}{said}{text[mark.end(2) :]}"


def _line_start(text: str, above: int) -> int:
    """Where the line begins that is so many lines above the last one."""
    start = text.rfind("\n") + 1
    for _ in range(above):
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
    return start


def _shortened(text: str, limit: int, keep: int) -> str:
    shown = text[: terminal.cursor_at(text, text.rfind("\n") + 1)]
    mark = _LEFT_OUT.match(shown, keep)
    missing = int(mark[1]) if mark else 0
    rest = mark.end() if mark else keep
    excess = keep + len(shown) - rest - limit
    if excess <= 0:
        return text
    step = limit - 2 * keep
    dropped = -(-excess // step) * step
    kept_as = mark[2] if mark else ""
    return f"{text[:keep]}\n[… {missing + dropped} characters left out{kept_as} …]\n{text[rest + dropped :]}"
