"""The older framing of the kernel socket, for clients that ask for no subprotocol: the message as JSON.

Without buffers, a text message: `{"channel": …, "header": …, "parent_header": …, "metadata": …, "content": …, …}`. With
buffers, a binary one, its numbers big-endian uint32 and its offsets counted from the start of the frame:

    count | offset_0 … offset_(count-1) | JSON as above | buffer…
          └ where JSON begins, where each buffer begins; the last one ends with the frame

On the way to the client the kernel's own bytes are put into the JSON unparsed (all but the header, whose `msg_id` and
`msg_type` stand at the top level too, as Jupyter writes them). On the way to the kernel everything is parsed.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html#default-websocket-protocol
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Final, cast

from adrastea.errors import ProtocolError
from adrastea.protocol.json_part import EMPTY, JsonValue, dump_object, load_object
from adrastea.protocol.messages import header_of
from adrastea.protocol.wire import CHANNELS, Channel, Frames

_WORD: Final = 4
_LARGEST: Final = 2**32 - 1
_NOT_JSON: Final = ("NaN", "Infinity")


def encode(channel: Channel, frames: Frames) -> str | bytes:
    """The message as a text message, or as a binary one when it has buffers.

    Raises:
        ProtocolError: the header is broken, or the message is longer than 4 GiB.
    """
    text = _to_text(channel, frames)
    if not frames.buffers:
        return text[:-1] + ',"buffers":[]}'
    parts = (text.encode("utf-8"), *frames.buffers)
    offsets = list(accumulate(map(len, parts), initial=_WORD * (1 + len(parts))))
    if offsets[-1] > _LARGEST:
        raise ProtocolError("A message with buffers is too long for this WebSocket protocol.")
    return b"".join((struct.pack(f">{1 + len(parts)}I", len(parts), *offsets[:-1]), *parts))


def decode(data: str | bytes) -> tuple[Channel, Frames]:
    """The channel and the message of what a client sent; without `channel` it is for shell, as in Jupyter.

    Raises:
        ProtocolError: broken JSON or layout, no header, or a channel that does not exist.
    """
    first, *buffers = [data] if isinstance(data, str) else _parts(data)
    message = load_object(first, "JSON")
    channel = message.get("channel") or "shell"
    if channel not in CHANNELS:
        raise ProtocolError("A WebSocket message names a channel that does not exist.")
    frames = Frames(
        _part(message, "header"),
        _part(message, "parent_header"),
        _part(message, "metadata"),
        _part(message, "content"),
        tuple(cast("list[bytes]", buffers)),
    )
    header_of(frames)
    return channel, frames


def _to_text(channel: Channel, frames: Frames) -> str:
    header = header_of(frames)
    ids = dump_object({"msg_id": header.msg_id, "msg_type": header.msg_type}).decode("utf-8")
    return (
        f'{{"channel":"{channel}",{ids[1:-1]},"header":{_spliced(frames.header)},'
        f'"parent_header":{_spliced(frames.parent_header)},"metadata":{_spliced(frames.metadata)},'
        f'"content":{_spliced(frames.content)}}}'
    )


def _spliced(part: bytes) -> str:
    text = str(part, "utf-8", "replace")
    if any(name in text for name in _NOT_JSON):  # which no browser's parser takes
        return dump_object(load_object(text, "part")).decode("utf-8")
    return text


def _part(message: Mapping[str, JsonValue], name: str) -> bytes:
    value = message.get(name)
    if value is None:
        value = EMPTY
    if not isinstance(value, Mapping):
        raise ProtocolError(f"The {name} of a message is not a JSON object.")
    return dump_object(value)


def _parts(data: bytes) -> list[bytes]:
    words = len(data) // _WORD
    count = int.from_bytes(data[:_WORD], "big")
    if not 1 <= count < words:  # before anything is allocated by it
        raise ProtocolError("A WebSocket message has a wrong number of parts, or is cut off.")
    offsets = (*struct.unpack_from(f">{count}I", data, _WORD), len(data))
    if offsets[0] != _WORD * (1 + count) or not all(start <= end for start, end in pairwise(offsets)):
        raise ProtocolError("A WebSocket message has parts that overlap, leave gaps or lie outside it.")
    return [data[start:end] for start, end in pairwise(offsets)]
