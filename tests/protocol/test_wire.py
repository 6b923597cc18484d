"""Jupyter's multipart messages: what is packed is signed, and nothing unsigned is unpacked (K2)."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol.wire import DELIMITER, Frames, Signer, pack, unpack

VECTORS = Path(__file__).parents[1] / "vectors" / "wire"
blobs = st.binary(max_size=80)
some_frames = st.builds(Frames, blobs, blobs, blobs, blobs, st.lists(blobs, max_size=4).map(tuple))
identities = st.lists(blobs.filter(lambda blob: blob != DELIMITER), max_size=4)
FRAMES = Frames(b'{"msg_id":"m"}', b"{}", b"{}", b'{"code":"1"}', (b"x",))


@dataclass(frozen=True)
class Vector:
    """One entry of the vectors."""

    name: str
    signer: Signer
    parts: list[bytes]
    identities: list[bytes]
    frames: Frames


def vectors(file: str) -> list[Vector]:
    entries = json.loads((VECTORS / file).read_text(encoding="utf-8"))
    return [
        Vector(
            entry["name"],
            Signer(entry["key"].encode(), entry["scheme"]),
            [bytes.fromhex(part) for part in entry["parts"]],
            [bytes.fromhex(part) for part in entry.get("identities", [])],
            Frames(
                entry.get("header", "").encode(),
                entry.get("parent_header", "").encode(),
                entry.get("metadata", "").encode(),
                entry.get("content", "").encode(),
                tuple(bytes.fromhex(buffer) for buffer in entry.get("buffers", [])),
            ),
        )
        for entry in entries
    ]


@pytest.mark.parametrize("vector", vectors("messages.json"), ids=lambda vector: vector.name)
def test_packing_gives_the_parts_of_the_vector(vector: Vector) -> None:
    assert pack(vector.frames, vector.signer, vector.identities) == vector.parts


@pytest.mark.parametrize("vector", vectors("messages.json"), ids=lambda vector: vector.name)
def test_unpacking_gives_the_message_of_the_vector(vector: Vector) -> None:
    assert unpack(vector.parts, vector.signer) == (tuple(vector.identities), vector.frames)


@pytest.mark.parametrize("vector", vectors("refused.json"), ids=lambda vector: vector.name)
def test_k2_what_must_be_refused_is_refused(vector: Vector) -> None:
    with pytest.raises(ProtocolError):
        unpack(vector.parts, vector.signer)


@given(some_frames, identities, st.binary(max_size=100))
def test_what_is_packed_comes_back_whole(frames: Frames, routing: list[bytes], key: bytes) -> None:
    signer = Signer(key)
    assert unpack(pack(frames, signer, routing), signer) == (tuple(routing), frames)


@given(st.lists(st.one_of(blobs, st.just(DELIMITER)), max_size=12), st.binary(max_size=8))
def test_p2_any_parts_give_a_message_or_a_protocol_error(parts: list[bytes], key: bytes) -> None:
    try:
        _, frames = unpack(parts, Signer(key))
    except ProtocolError:
        return
    assert frames.header in parts


@given(some_frames, st.data())
def test_k2_one_flipped_bit_in_a_signed_part_is_noticed(frames: Frames, data: st.DataObject) -> None:
    signer = Signer(b"key")
    parts = pack(frames, signer)
    index = data.draw(st.sampled_from([i for i in range(1, 6) if parts[i]]))
    position = data.draw(st.integers(0, len(parts[index]) * 8 - 1))
    flipped = bytearray(parts[index])
    flipped[position // 8] ^= 1 << position % 8
    parts[index] = bytes(flipped)
    with pytest.raises(ProtocolError):
        unpack(parts, signer)


@given(st.binary(min_size=1, max_size=200), st.lists(blobs, max_size=5))
def test_the_signature_is_the_hmac_of_the_standard_library(key: bytes, parts: list[bytes]) -> None:
    assert Signer(key).sign(parts) == hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode()


@pytest.mark.parametrize("scheme", ["hmac-sha1", "hmac-sha384", "hmac-sha3_256", "hmac-blake2b"])
def test_every_hash_signs_as_the_standard_library_does(scheme: str) -> None:
    name = scheme.removeprefix("hmac-")
    for key in (b"k", b"k" * 64, b"k" * 65, b"k" * 129, b"k" * 300):
        assert Signer(key, scheme).sign([b"a", b"b"]) == hmac.new(key, b"ab", name).hexdigest().encode()


@pytest.mark.parametrize("scheme", ["", "sha256", "hmac-", "hmac-shake_128", "hmac-rot13", "HMAC-SHA256"])
def test_an_unknown_signature_scheme_is_refused_with_one_that_works(scheme: str) -> None:
    with pytest.raises(ProtocolError, match="hmac-sha256"):
        Signer(b"key", scheme)


def test_signing_a_message_leaves_the_signer_as_it_was() -> None:
    signer = Signer(b"key")
    first = signer.sign([b"a", b"b"])
    signer.sign([b"something else"])
    assert signer.sign([b"a", b"b"]) == first


def test_without_a_key_any_signature_is_accepted() -> None:
    parts = pack(FRAMES, Signer(b"key"))
    assert unpack(parts, Signer(b"")) == ((), FRAMES)


def test_without_a_key_the_signature_is_empty() -> None:
    assert pack(FRAMES, Signer(b""))[1] == b""


def test_the_first_delimiter_counts() -> None:
    signer = Signer(b"key")
    frames = Frames(DELIMITER, b"{}", b"{}", b"{}", (DELIMITER,))
    assert unpack(pack(frames, signer, [b"id"]), signer) == ((b"id",), frames)


def test_a_tuple_of_parts_is_as_good_as_a_list() -> None:
    signer = Signer(b"key")
    assert unpack(tuple(pack(FRAMES, signer)), signer) == ((), FRAMES)


@pytest.mark.slow
def test_jupyter_client_reads_what_we_pack_and_we_read_what_it_packs() -> None:
    from jupyter_client.session import Session  # noqa: PLC0415  # heavy, and for this test only

    session = Session(key=b"a key that both know")
    signer = Signer(b"a key that both know")
    theirs = session.msg("execute_request", {"code": "é 🦋"})  # pyright: ignore[reportUnknownMemberType]  # no types
    routing, frames = unpack(session.serialize(theirs, ident=b"client"), signer)
    assert routing == (b"client",)
    assert json.loads(frames.content) == {"code": "é 🦋"}
    _, rest = session.feed_identities(pack(frames, signer, routing))
    assert session.deserialize(rest)["content"] == {"code": "é 🦋"}
