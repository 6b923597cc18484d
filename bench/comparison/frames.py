"""The two dialects of a kernel's WebSocket, as a client speaks them: WebSocket frames and what is in them. Pure.

`v1.kernel.websocket.jupyter.org` carries a message as raw parts behind a table of offsets, in binary frames. The older
form, spoken by clients that name no subprotocol, is one JSON object in a text frame. Frames of a client are masked;
these with zeros, which costs nothing.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

SUBPROTOCOL = "v1.kernel.websocket.jupyter.org"
CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_LAST = 0x80
_MASKED = 0x80
_MIDDLE = 126  # a length that says: two bytes follow; one more says eight
_TWO_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, and where the next one begins."""

    opcode: int
    is_last: bool
    body: bytes
    end: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What a client of the benchmark wants to know of a message."""

    msg_type: str
    parent_id: str
    content: Mapping[str, object]


def frame_at(data: bytearray, at: int) -> Frame | None:
    """The frame that begins there; None while it is not whole."""
    if len(data) < at + 2:
        return None
    length, start = data[at + 1] & ~_MASKED, at + 2
    if length >= _MIDDLE:
        start += 2 if length == _MIDDLE else 8
        length = int.from_bytes(data[at + 2 : start], "big")
    if len(data) < start + length:
        return None
    return Frame(data[at] & 0x0F, bool(data[at] & _LAST), bytes(data[start : start + length]), start + length)


def masked(opcode: int, body: bytes) -> bytes:
    """A frame of a client."""
    size, first = len(body), _LAST | opcode
    if size < _MIDDLE:
        head = struct.pack("!BB", first, _MASKED | size)
    elif size < _TWO_BYTES:
        head = struct.pack("!BBH", first, _MASKED | _MIDDLE, size)
    else:
        head = struct.pack("!BBQ", first, _MASKED | (_MIDDLE + 1), size)
    return head + bytes(4) + body


def request(header: Mapping[str, str], content: Mapping[str, object], *, as_v1: bool) -> bytes:
    """A request on the shell channel, as a frame."""
    if not as_v1:
        rest: dict[str, object] = {"parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        return masked(TEXT, json.dumps({"channel": "shell", "header": header, **rest}).encode())
    parts = [b"shell", json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]
    count = len(parts) + 1
    offsets = accumulate(map(len, parts), initial=8 * (1 + count))
    return masked(BINARY, struct.pack(f"<{1 + count}Q", count, *offsets) + b"".join(parts))


def heard(body: bytes, *, as_v1: bool) -> Heard:
    """The message in a frame's body."""
    if as_v1:
        count = int.from_bytes(body[:8], "little")
        offsets = struct.unpack_from(f"<{count}Q", body, 8)
        header, parent, _, content = (json.loads(body[start:end]) for start, end in pairwise(offsets[1:6]))
    else:
        whole = json.loads(body)
        header, parent, content = whole["header"], whole["parent_header"], whole["content"]
    return Heard(header["msg_type"], parent.get("msg_id", ""), content)
