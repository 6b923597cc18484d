"""WebSocket's frames: the examples of the RFC, round trips however the stream is cut, and who breaks the rules."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.protocol import websocket_frames as frames
from adrastea.protocol.websocket_frames import Broken, Close, Event, FrameReader, Ping, Pong, close_frame, head, unmask

MASK = b"\x37\xfa\x21\x3d"
LIMIT = 1000
SIZES = [0, 1, 125, 126, 127, 1000, 65535, 65536]

masks = st.binary(min_size=4, max_size=4)
bodies = st.one_of(st.text(max_size=200), st.binary(max_size=200))
controls: st.SearchStrategy[Event] = st.one_of(
    st.builds(Ping, st.binary(max_size=125)), st.builds(Pong, st.binary(max_size=125))
)
said_by_clients = st.tuples(st.one_of(bodies, controls), masks, st.lists(st.integers(0, 200)))


def client_frame(first: int, said: bytes, mask: bytes = MASK, width: int | None = None) -> bytes:
    """A frame of a client; `width` bytes of length after the first two, None: as few as can be."""
    size = len(said)
    if width is None:
        width = 0 if size < 126 else 2 if size < 65536 else 8
    length = struct.pack("!B", 0x80 | {0: size, 2: 126, 8: 127}[width])
    return bytes((first,)) + length + (size.to_bytes(width, "big") if width else b"") + mask + unmask(mask, said)


def written(event: Event, mask: bytes, cuts: Sequence[int]) -> bytes:
    """The frames of a client that says this, a message in as many as there are cuts."""
    if isinstance(event, Ping | Pong):
        return client_frame(0x89 if isinstance(event, Ping) else 0x8A, event.data, mask)
    assert isinstance(event, str | bytes)
    data, opcode = (event.encode(), 1) if isinstance(event, str) else (event, 2)
    places = sorted({min(cut, len(data)) for cut in cuts} - {0})
    pieces = [data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True)]
    last = len(pieces) - 1
    firsts = [(opcode if index == 0 else 0) | (0x80 if index == last else 0) for index in range(len(pieces))]
    return b"".join(client_frame(first, piece, mask) for first, piece in zip(firsts, pieces, strict=True))


def heard(data: bytes, piece_bytes: int = 1 << 20, limit: int = LIMIT) -> list[Event]:
    """What a reader says of a stream that comes in pieces."""
    reader = FrameReader(limit)
    pieces = [data[start : start + piece_bytes] for start in range(0, len(data), piece_bytes)]
    return [event for piece in pieces for event in reader.receive(piece)]


def codes(events: list[Event]) -> list[int]:
    return [event.code for event in events if isinstance(event, Broken)]


# RFC 6455, section 5.7; what a server says there is not masked, and so not for a reader of ours


def test_the_examples_of_the_rfc_are_read() -> None:
    hello = bytes.fromhex("818537fa213d7f9f4d5158")
    pong = bytes.fromhex("8a8537fa213d7f9f4d5158")

    assert heard(hello) == ["Hello"]
    assert heard(pong) == [Pong(b"Hello")]


def test_the_examples_of_the_rfc_are_written() -> None:
    assert head(frames.TEXT, 5) + b"Hello" == bytes.fromhex("810548656c6c6f")
    assert head(frames.PING, 5) + b"Hello" == bytes.fromhex("890548656c6c6f")
    assert head(frames.BINARY, 256) == bytes.fromhex("827e0100")
    assert head(frames.BINARY, 65536) == bytes.fromhex("827f0000000000010000")


@given(
    st.lists(st.tuples(st.one_of(bodies, controls), masks, st.lists(st.integers(0, 200))), max_size=6),
    st.integers(1, 40),
)
def test_what_a_client_says_is_heard_in_order_however_it_is_cut(
    said: list[tuple[Event, bytes, list[int]]], piece_bytes: int
) -> None:
    stream = b"".join(written(event, mask, cuts) for event, mask, cuts in said)

    assert heard(stream, piece_bytes) == [event for event, _, _ in said]


@pytest.mark.parametrize("size", SIZES)
def test_a_message_of_any_length_is_heard_whole(size: int) -> None:
    said = bytes(index % 251 for index in range(size))
    piece_sizes = [1, 7, 1 << 20] if size < 10_000 else [4096, 1 << 20]

    found = [heard(client_frame(0x82, said), piece, limit=1 << 20) for piece in piece_sizes]

    assert found == [[said]] * len(piece_sizes)


def test_a_length_may_be_written_longer_than_it_need_be() -> None:
    assert heard(client_frame(0x82, b"ab", width=2) + client_frame(0x82, b"cd", width=8)) == [b"ab", b"cd"]


def test_what_is_about_the_connection_may_stand_between_the_frames_of_a_message() -> None:
    stream = client_frame(0x01, b"Hel") + client_frame(0x89, b"!") + client_frame(0x80, b"lo")

    assert heard(stream) == [Ping(b"!"), "Hello"]


def test_a_character_may_be_cut_between_two_frames() -> None:
    assert heard(client_frame(0x01, b"\xc3") + client_frame(0x80, b"\xa9")) == ["é"]


@pytest.mark.parametrize(
    ("said", "event"),
    [
        (b"", Close(None, "")),
        (b"\x03\xe8", Close(1000, "")),
        (b"\x03\xe9bye \xc3\xa9", Close(1001, "bye é")),
        (b"\x0b\xb8", Close(3000, "")),
        (b"\x13\x87", Close(4999, "")),
    ],
)
def test_the_end_is_heard_and_nothing_after_it(said: bytes, event: Close) -> None:
    assert heard(client_frame(0x88, said) + client_frame(0x82, b"more")) == [event]


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        pytest.param(b"\x82\x02ab", 1002, id="not masked"),
        pytest.param(client_frame(0xC2, b""), 1002, id="RSV1"),
        pytest.param(client_frame(0xA2, b""), 1002, id="RSV2"),
        pytest.param(client_frame(0x92, b""), 1002, id="RSV3"),
        pytest.param(client_frame(0x83, b""), 1002, id="an opcode for messages that does not exist"),
        pytest.param(client_frame(0x8B, b""), 1002, id="an opcode for control that does not exist"),
        pytest.param(client_frame(0x80, b""), 1002, id="goes on without a beginning"),
        pytest.param(client_frame(0x02, b"a") + client_frame(0x82, b"b"), 1002, id="begins inside another"),
        pytest.param(client_frame(0x09, b""), 1002, id="a part of a ping"),
        pytest.param(client_frame(0x89, b"x" * 126), 1002, id="a long ping"),
        pytest.param(client_frame(0x88, b"\x03"), 1002, id="half a code"),
        pytest.param(client_frame(0x88, b"\x03\xed"), 1002, id="1005, which is never sent"),
        pytest.param(client_frame(0x88, b"\x00\x00"), 1002, id="code 0"),
        pytest.param(client_frame(0x88, b"\x0b\xb7"), 1002, id="code 2999"),
        pytest.param(client_frame(0x88, b"\x13\x88"), 1002, id="code 5000"),
        pytest.param(client_frame(0x88, b"\x03\xe8\xff"), 1007, id="a reason that is not UTF-8"),
        pytest.param(client_frame(0x81, b"\xff"), 1007, id="a text that is not UTF-8"),
        pytest.param(client_frame(0x81, b"\xed\xa0\x80"), 1007, id="half a surrogate pair"),
        pytest.param(client_frame(0x82, b"x" * (LIMIT + 1)), 1009, id="too big"),
        pytest.param(client_frame(0x02, b"x" * LIMIT) + client_frame(0x80, b"x"), 1009, id="too big in parts"),
        pytest.param(b"\x82\xff" + b"\xff" * 8, 1009, id="a length of 64 bits, before anything of it has come"),
    ],
)
@pytest.mark.parametrize("piece_bytes", [1, 1 << 20])
def test_who_breaks_the_protocol_is_told_how_and_not_heard_any_more(stream: bytes, code: int, piece_bytes: int) -> None:
    before, after = client_frame(0x82, b"before"), client_frame(0x82, b"after")

    events = heard(before + stream + after, piece_bytes)

    assert events[0] == b"before"
    assert codes(events) == [code]
    assert isinstance(events[-1], Broken)
    assert b"after" not in events


def test_a_message_that_is_too_big_is_refused_by_its_head() -> None:
    assert codes(FrameReader(LIMIT).receive(struct.pack("!BBQ", 0x82, 0xFF, LIMIT + 1))) == [1009]


@given(st.binary(max_size=400), st.integers(1, 50))
def test_no_bytes_make_a_reader_raise_or_depend_on_how_they_are_cut(data: bytes, piece_bytes: int) -> None:
    whole = heard(data)

    assert heard(data, piece_bytes) == whole
    assert len(codes(whole)) <= 1


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=130)), max_size=8), st.integers(1, 50))
def test_no_frames_make_a_reader_raise_or_depend_on_how_they_are_cut(
    said: list[tuple[int, bytes]], piece_bytes: int
) -> None:
    stream = b"".join(client_frame(first, body) for first, body in said)

    assert heard(stream, piece_bytes) == heard(stream)


@given(masks, st.binary(max_size=100))
def test_a_mask_undoes_itself(mask: bytes, data: bytes) -> None:
    assert unmask(mask, unmask(mask, data)) == data
    assert unmask(bytes(4), data) == data


def test_a_close_says_code_and_reason_and_is_cut_to_what_fits() -> None:
    assert close_frame(None) == b"\x88\x00"
    assert close_frame(1001, "bye") == b"\x88\x05\x03\xe9bye"
    assert close_frame(1013, "é" * 100) == b"\x88\x7c\x03\xf5" + "é".encode() * 61
