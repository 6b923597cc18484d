"""The `v1.kernel.websocket.jupyter.org` framing: one binary WebSocket message carries one message of one channel.

    count | offset_0 … offset_(count-1) | channel | header | parent_header | metadata | content | buffer…
          └ where channel begins, where header begins, …, where the last part ends

`count` and the offsets are little-endian uint64, counted from the start of the frame. A frame is refused unless its
parts lie behind the table one after the other, without gap or overlap, up to the end: what every known client writes.
`tests/vectors/websocket_v1` is shared with `ui/src/wire/websocketV1.ts`.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise
from typing import Final

from adrastea.errors import ProtocolError
from adrastea.protocol.wire import CHANNELS, Channel, Frames

SUBPROTOCOL: Final = "v1.kernel.websocket.jupyter.org"
"""The name under which clients ask for this framing."""

_WORD: Final = 8
_LEAST_OFFSETS: Final = 6  # channel, four JSON parts, and the end
_CHANNELS: Final[dict[bytes, Channel]] = {name.encode("ascii"): name for name in CHANNELS}


def encode(channel: Channel, frames: Frames) -> bytes:
    """The message as one frame."""
    parts = (
        channel.encode("ascii"),
        frames.header,
        frames.parent_header,
        frames.metadata,
        frames.content,
        *frames.buffers,
    )
    count = len(parts) + 1
    offsets = accumulate(map(len, parts), initial=_WORD * (1 + count))
    return b"".join((struct.pack(f"<{1 + count}Q", count, *offsets), *parts))


def decode(data: bytes) -> tuple[Channel, Frames]:
    """The channel and the message of one frame.

    Raises:
        ProtocolError: the frame breaks the layout above, or names a channel that does not exist.
    """
    name, *parts = _parts(data)
    channel = _CHANNELS.get(name)
    if channel is None:
        raise ProtocolError("A WebSocket frame names a channel that does not exist.")
    header, parent_header, metadata, content, *buffers = parts
    return channel, Frames(header, parent_header, metadata, content, tuple(buffers))


def _parts(data: bytes) -> list[bytes]:
    words = len(data) // _WORD
    count = int.from_bytes(data[:_WORD], "little")
    if not _LEAST_OFFSETS <= count < words:  # before anything is allocated by it
        raise ProtocolError("A WebSocket frame has a wrong number of parts, or is cut off.")
    offsets = struct.unpack_from(f"<{count}Q", data, _WORD)
    if list(offsets) != sorted(offsets) or offsets[0] != _WORD * (1 + count) or offsets[-1] != len(data):
        raise ProtocolError("A WebSocket frame has parts that overlap, leave gaps or lie outside it.")
    return [data[start:end] for start, end in pairwise(offsets)]
