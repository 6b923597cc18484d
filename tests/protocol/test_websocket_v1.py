"""The v1 framing: the vectors that the page shares, round trips, and frames of a hostile client."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol.websocket_v1 import decode, encode
from adrastea.protocol.wire import CHANNELS, Channel, Frames

VECTORS = Path(__file__).parents[1] / "vectors" / "websocket_v1"
blobs = st.binary(max_size=60)
some_frames = st.builds(Frames, blobs, blobs, blobs, blobs, st.lists(blobs, max_size=5).map(tuple))
channels: st.SearchStrategy[Channel] = st.sampled_from(CHANNELS)


@dataclass(frozen=True)
class Vector:
    """One entry of `frames.json`."""

    name: str
    channel: Channel
    frames: Frames
    frame: bytes


def vectors() -> list[Vector]:
    entries = json.loads((VECTORS / "frames.json").read_text(encoding="utf-8"))
    return [
        Vector(
            entry["name"],
            entry["channel"],
            Frames(
                entry["header"].encode(),
                entry["parent_header"].encode(),
                entry["metadata"].encode(),
                entry["content"].encode(),
                tuple(bytes.fromhex(buffer) for buffer in entry["buffers"]),
            ),
            bytes.fromhex(entry["frame"]),
        )
        for entry in entries
    ]


def refused() -> list[tuple[str, bytes]]:
    entries = json.loads((VECTORS / "refused.json").read_text(encoding="utf-8"))
    return [(entry["name"], bytes.fromhex(entry["frame"])) for entry in entries]


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.name)
def test_a_message_makes_the_frame_of_the_vector(vector: Vector) -> None:
    assert encode(vector.channel, vector.frames) == vector.frame


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector.name)
def test_the_frame_of_the_vector_makes_the_message(vector: Vector) -> None:
    assert decode(vector.frame) == (vector.channel, vector.frames)


@pytest.mark.parametrize("frame", [frame for _, frame in refused()], ids=[name for name, _ in refused()])
def test_a_frame_that_must_be_refused_is_refused(frame: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(frame)


@given(channels, some_frames)
def test_what_is_encoded_comes_back_whole(channel: Channel, frames: Frames) -> None:
    assert decode(encode(channel, frames)) == (channel, frames)


@given(st.binary(max_size=200))
def test_p2_any_bytes_give_a_message_or_a_protocol_error(data: bytes) -> None:
    try:
        channel, frames = decode(data)
    except ProtocolError:
        return
    assert encode(channel, frames) == data


@given(channels, some_frames, st.data())
def test_p2_a_damaged_frame_gives_a_message_or_a_protocol_error(
    channel: Channel, frames: Frames, data: st.DataObject
) -> None:
    damaged = bytearray(encode(channel, frames))
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        decoded = decode(bytes(damaged))
    except ProtocolError:
        return
    assert encode(*decoded) == bytes(damaged)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=12), st.binary(max_size=40))
def test_p2_any_table_of_offsets_gives_a_message_or_a_protocol_error(offsets: list[int], rest: bytes) -> None:
    data = struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + rest
    try:
        decoded = decode(data)
    except ProtocolError:
        return
    assert encode(*decoded) == data


def test_every_cut_of_a_frame_is_refused() -> None:
    frame = encode("shell", Frames(b"{}", b"{}", b"{}", b"{}", (b"abc",)))
    for length in range(len(frame)):
        with pytest.raises(ProtocolError):
            decode(frame[:length])
