"""The older JSON form of the kernel socket: what Jupyter's own clients and many scripts speak."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.protocol.messages import encode as encode_message
from adrastea.protocol.websocket_json import decode, encode
from adrastea.protocol.wire import CHANNELS, Channel, Frames

HEADER = Header(MsgId("m-1"), SessionId("s-1"), "ada", "2026-01-02T03:04:05Z", "comm_msg")
MESSAGE = Message(HEADER, replace(HEADER, msg_id=MsgId("p-1")), {"a": 1}, {"text": "é 🦋 ", "x": [1.5, None]})
FRAMES = encode_message(MESSAGE)

texts = st.text(max_size=8)
objects = st.dictionaries(texts, st.one_of(texts, st.integers(), st.none()), max_size=3)
some_frames = st.builds(
    Message,
    st.just(HEADER),
    st.one_of(st.none(), st.just(HEADER)),
    objects,
    objects,
    st.lists(st.binary(max_size=20), max_size=4).map(tuple),
).map(encode_message)
channels: st.SearchStrategy[Channel] = st.sampled_from(CHANNELS)


def request(**fields: object) -> str:
    """What a client sends; a field that is None is left out."""
    message: dict[str, object] = {
        "channel": "shell",
        "header": {"msg_id": "m", "msg_type": "execute_request"},
        "parent_header": {},
        "metadata": {},
        "content": {"code": "1"},
        "buffers": [],
        **fields,
    }
    return json.dumps({name: value for name, value in message.items() if value is not None})


def binary(*parts: bytes) -> bytes:
    """The binary form, written down independently."""
    table, start = struct.pack(">I", len(parts)), 4 * (len(parts) + 1)
    for part in parts:
        table += struct.pack(">I", start)
        start += len(part)
    return table + b"".join(parts)


@given(channels, some_frames)
def test_what_is_encoded_comes_back_whole(channel: Channel, frames: Frames) -> None:
    assert decode(encode(channel, frames)) == (channel, frames)


def test_a_message_without_buffers_is_text_with_jupyters_fields() -> None:
    data = encode("iopub", FRAMES)
    assert isinstance(data, str)
    assert json.loads(data) == {
        "channel": "iopub",
        "msg_id": "m-1",
        "msg_type": "comm_msg",
        "header": json.loads(FRAMES.header),
        "parent_header": json.loads(FRAMES.parent_header),
        "metadata": {"a": 1},
        "content": {"text": "é 🦋 ", "x": [1.5, None]},
        "buffers": [],
    }


def test_a_message_with_buffers_is_binary_with_the_buffers_behind_the_json() -> None:
    data = encode("iopub", replace(FRAMES, buffers=(b"\x00\x01", b"", b"z")))
    assert isinstance(data, bytes)
    count, *offsets = struct.unpack_from(">5I", data)
    assert count == 4
    assert data[offsets[1] :] == b"\x00\x01z"
    assert [offsets[2] - offsets[1], offsets[3] - offsets[2]] == [2, 0]
    message = json.loads(data[offsets[0] : offsets[1]])
    assert message["content"] == {"text": "é 🦋 ", "x": [1.5, None]}
    assert "buffers" not in message


def test_the_kernels_own_json_reaches_the_client_unchanged() -> None:
    content = b'{ "price" : 1.10, "big": 123456789012345678901234567890 }'
    data = encode("iopub", replace(FRAMES, content=content))
    assert isinstance(data, str)
    assert content.decode() in data


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"Infinity"])
def test_numbers_that_a_browser_cannot_parse_become_null(number: bytes) -> None:
    data = encode("iopub", replace(FRAMES, content=b'{"a":' + number + b"}", metadata=b'{"b":' + number + b"}"))
    message = json.loads(data, parse_constant=pytest.fail)
    assert (message["content"], message["metadata"]) == ({"a": None}, {"b": None})


def test_a_text_that_speaks_of_nan_stays_as_it_is() -> None:
    assert json.loads(encode("iopub", replace(FRAMES, content=b'{"text":"NaN"}')))["content"] == {"text": "NaN"}


def test_bytes_of_a_kernel_that_are_not_utf_8_still_make_a_text_message() -> None:
    data = encode("iopub", replace(FRAMES, content=b'{"text":"x\xff"}'))
    assert json.loads(data)["content"] == {"text": "x\ufffd"}


def test_a_message_with_a_broken_header_is_not_sent_to_clients() -> None:
    with pytest.raises(ProtocolError):
        encode("iopub", replace(FRAMES, header=b"{}"))


def test_a_message_too_long_for_the_offsets_is_refused() -> None:
    class Huge(bytes):
        """Claims to be longer than anybody's memory."""

        def __len__(self) -> int:
            return 2**32

    with pytest.raises(ProtocolError, match="too long"):
        encode("iopub", replace(FRAMES, buffers=(Huge(b""), b"")))


def test_a_request_in_text_becomes_frames() -> None:
    channel, frames = decode(request(channel="control"))
    assert channel == "control"
    assert frames == Frames(b'{"msg_id":"m","msg_type":"execute_request"}', b"{}", b"{}", b'{"code":"1"}')


def test_a_request_in_the_binary_form_becomes_frames_with_buffers() -> None:
    channel, frames = decode(binary(request(buffers=None).encode(), b"one", b"", b"two"))
    assert channel == "shell"
    assert frames.buffers == (b"one", b"", b"two")
    assert frames.content == b'{"code":"1"}'


def test_the_binary_form_may_come_without_buffers() -> None:
    assert decode(binary(request().encode())) == decode(request())


@pytest.mark.parametrize("name", ["parent_header", "metadata", "content", "buffers", "channel"])
def test_what_a_script_leaves_out_is_empty_and_the_channel_is_shell(name: str) -> None:
    channel, frames = decode(request(**{name: None}))
    assert channel == "shell"
    assert frames.parent_header == frames.metadata == b"{}"


def test_a_null_parent_header_is_as_good_as_none() -> None:
    message = json.loads(request())
    assert decode(json.dumps({**message, "parent_header": None}))[1].parent_header == b"{}"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "null",
        "{",
        "{}",
        "[" * 100_000,
        request(header=None),
        request(header={}),
        request(header={"msg_id": "m"}),
        request(header=[]),
        request(header="m"),
        request(content=[]),
        request(metadata="x"),
        request(parent_header=1),
        request(channel="hb"),
        request(channel="SHELL"),
        request(channel=["shell"]),
        request(channel={}) + "x",
        request(channel=1),
    ],
    ids=lambda data: data[:60],
)
def test_a_malformed_text_message_is_refused(data: str) -> None:
    with pytest.raises(ProtocolError):
        decode(data)


GOOD = binary(request(buffers=None).encode(), b"buffer")
TWO = binary(request(buffers=None).encode(), b"one", b"two")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        b"\0\0\0\0",
        b"\0\0\0\1",
        b"\xff" * 64,
        struct.pack(">I", 0) + GOOD[4:],
        struct.pack(">I", 3) + GOOD[4:],
        struct.pack(">I", 2**31) + GOOD[4:],
        GOOD[:4] + struct.pack(">I", 0) + GOOD[8:],
        GOOD[:4] + struct.pack(">I", 13) + GOOD[8:],
        GOOD[:8] + struct.pack(">I", 11) + GOOD[12:],
        GOOD[:8] + struct.pack(">I", len(GOOD) + 1) + GOOD[12:],
        GOOD[:8] + struct.pack(">I", 2**32 - 1) + GOOD[12:],
        TWO[:12] + struct.pack(">I", len(TWO) + 1) + TWO[16:],
        GOOD[:11],
        GOOD[:20],
        struct.pack("<I", 2) + GOOD[4:],
        request().encode(),
        binary(b"\xff\xfe", b"buffer"),
        binary(b"", b"buffer"),
    ],
)
def test_a_malformed_binary_message_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(data)


@given(st.one_of(st.binary(max_size=80), st.text(max_size=40)))
def test_p2_anything_gives_a_message_or_a_protocol_error(data: str | bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(data)


@given(st.data())
def test_p2_a_damaged_frame_gives_a_message_or_a_protocol_error(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        channel, frames = decode(bytes(damaged))
    except ProtocolError:
        return
    assert decode(encode(channel, frames)) == (channel, frames)
