"""What a terminal has shown lately, for who connects or comes back: bounded, and without questions. Pure."""

from __future__ import annotations

import re
from collections import deque
from typing import Final

LIMIT: Final = 256 * 1024  # characters
_QUESTIONS: Final = (
    re.compile(  # a terminal that shows these answers them, and the shell would take that for typed text
        r"\x1b\[(?:[>=]?0?c|\??[56]n)|\x1b\](?:1[0-2]|4;\d+);\?(?:\x07|\x1b\\)"
    )
)


class RecentOutput:
    """The last `limit` characters."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._pieces: deque[str] = deque()
        self._length = 0
        self._cut = False

    def add(self, text: str) -> None:
        """More was shown."""
        self._pieces.append(text)
        self._length += len(text)
        while self._length > self._limit:
            first = self._pieces.popleft()
            kept = first[self._length - self._limit :]
            self._length -= len(first) - len(kept)
            self._cut = True
            if kept:
                self._pieces.appendleft(kept)

    def text(self) -> str:
        """All of it; what was cut begins with a whole line, so that no half of an escape sequence is shown."""
        text = "".join(self._pieces)
        if self._cut:
            text = text.partition("\n")[2] or text
        return _QUESTIONS.sub("", text)
