"""What is said on a terminal's WebSocket, in terminado's JSON: frames parsed into values, ours as text. Pure.

What a client says and we have no word for is ignored, as terminado's own clients do; what is no JSON is refused.
Source of truth: https://github.com/jupyter/terminado, `terminado/websocket.py`
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, cast

from adrastea.errors import ProtocolError

SETUP: Final = '["setup",{}]'
"""The first frame: whoever has been away takes what follows for news."""
_LARGEST: Final = 0xFFFF  # rows and columns are 16 bits in the kernel


@dataclass(frozen=True, slots=True)
class Stdin:
    """What was typed or pasted."""

    data: bytes


@dataclass(frozen=True, slots=True)
class SetSize:
    """How large the client shows the terminal."""

    rows: int
    columns: int


def parse(frame: str | bytes) -> Stdin | SetSize | None:
    """What a client says; None: nothing for us.

    Raises:
        ProtocolError: it is no JSON.
    """
    try:
        said: object = json.loads(frame)
    except (ValueError, RecursionError):
        raise ProtocolError("A frame of a terminal is a JSON array.") from None
    match cast("list[object]", said) if isinstance(said, list) else []:
        case ["stdin", str(text), *_]:
            return Stdin(text.encode(errors="replace"))
        case ["set_size", rows, columns, *_] if _is_size(rows) and _is_size(columns):
            return SetSize(cast("int", rows), cast("int", columns))
        case _:
            return None


def stdout(text: str) -> str:
    """The frame that shows text."""
    return json.dumps(["stdout", text], ensure_ascii=False, separators=(",", ":"))


def disconnect(code: int) -> str:
    """The last frame: the shell has ended. Its exit code is Adrastea's own; clients look at the first word only."""
    return f'["disconnect",1,{code}]'


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST
