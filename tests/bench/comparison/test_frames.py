"""Frames of a WebSocket, and messages in both dialects, as the server reads and writes them."""

import json

import pytest

from adrastea.protocol import websocket_v1
from adrastea.protocol.wire import Frames
from bench.comparison import frames

HEADER = {"msg_id": "m", "msg_type": "execute_request", "session": "s", "username": "u", "date": "d", "version": "5.3"}


def unmasked(frame: bytes) -> tuple[int, bytes]:
    """The opcode and the body of a client's frame, which says that it is masked and is so with zeros."""
    assert frame[1] & 0x80
    start = {126: 8, 127: 14}.get(frame[1] & 0x7F, 6)
    assert frame[start - 4 : start] == bytes(4)
    return frame[0] & 0x0F, frame[start:]


def framed(body: bytes) -> bytes:
    """A frame of a server."""
    size = len(body)
    if size < 126:
        return b"\x82" + bytes([size]) + body
    return b"\x82" + (b"\x7e" + size.to_bytes(2, "big") if size < 65536 else b"\x7f" + size.to_bytes(8, "big")) + body


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_bodies_of_every_length_are_framed(size: int) -> None:
    opcode, body = unmasked(frames.masked(frames.TEXT, b"x" * size))

    assert opcode == frames.TEXT
    assert body == b"x" * size


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_frames_of_a_server_are_found_one_after_the_other(size: int) -> None:
    data = bytearray(framed(b"x" * size) * 2)

    first = frames.frame_at(data, 0)
    assert first is not None
    second = frames.frame_at(data, first.end)

    assert second is not None
    assert second.body == b"x" * size
    assert second.end == len(data)


def test_a_frame_that_is_not_whole_is_waited_for() -> None:
    whole = b"\x82\x7e\x01\x00" + b"x" * 256

    assert [frames.frame_at(bytearray(whole[:end]), 0) for end in (0, 1, 2, 3, 4, len(whole) - 1)] == [None] * 6


def test_a_piece_of_a_message_is_not_its_last() -> None:
    piece = frames.frame_at(bytearray(b"\x01\x01x"), 0)

    assert piece is not None
    assert not piece.is_last


def test_a_v1_request_is_what_the_server_reads() -> None:
    _, body = unmasked(frames.request(HEADER, {"code": "1"}, as_v1=True))

    channel, parts = websocket_v1.decode(body)

    assert channel == "shell"
    assert json.loads(parts.header) == HEADER
    assert json.loads(parts.content) == {"code": "1"}


def test_a_json_request_is_one_object_in_a_text_frame() -> None:
    opcode, body = unmasked(frames.request(HEADER, {"code": "1"}, as_v1=False))

    assert opcode == frames.TEXT
    assert json.loads(body) == {
        "channel": "shell",
        "header": HEADER,
        "parent_header": {},
        "metadata": {},
        "content": {"code": "1"},
        "buffers": [],
    }


def test_a_message_is_heard_alike_in_both_dialects() -> None:
    header, parent, content = {"msg_type": "status"}, {"msg_id": "m"}, {"execution_state": "idle"}
    raw = Frames(json.dumps(header).encode(), json.dumps(parent).encode(), b"{}", json.dumps(content).encode())
    whole = {"channel": "iopub", "header": header, "parent_header": parent, "metadata": {}, "content": content}

    as_v1 = frames.heard(websocket_v1.encode("iopub", raw), as_v1=True)
    as_json = frames.heard(json.dumps(whole).encode(), as_v1=False)

    assert as_v1 == as_json == frames.Heard("status", "m", content)


def test_a_message_without_a_parent_has_none() -> None:
    raw = Frames(b'{"msg_type": "status"}', b"{}", b"{}", b"{}", ())

    assert frames.heard(websocket_v1.encode("iopub", raw), as_v1=True).parent_id == ""
