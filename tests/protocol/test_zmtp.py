"""ZMTP: what recorded streams mean, what is refused, that it makes no difference how a stream is cut, and libzmq."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
import zmq
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol.zmtp import MOST_PARTS, Connection, SocketType, encode

VECTORS = Path(__file__).parents[1] / "vectors" / "zmtp"
LIMIT_SECONDS = 30.0

parts = st.binary(max_size=400)
messages = st.lists(parts, min_size=1, max_size=5)


@dataclass(frozen=True)
class Vector:
    """One entry of the vectors."""

    name: str
    socket_type: SocketType
    identity: bytes
    minor: int
    stream: bytes
    messages: list[list[bytes]]
    outgoing: list[bytes]


def vectors(file: str) -> list[Vector]:
    entries = json.loads((VECTORS / file).read_text(encoding="utf-8"))
    return [
        Vector(
            entry["name"],
            entry["socket_type"],
            bytes.fromhex(entry.get("identity", "")),
            entry.get("minor", 0),
            bytes.fromhex(entry["stream"]),
            [[bytes.fromhex(part) for part in message] for message in entry.get("messages", [])],
            [bytes.fromhex(sent) for sent in entry.get("outgoing", [])],
        )
        for entry in entries
    ]


STREAMS = vectors("streams.json")
READY = next(vector for vector in STREAMS if vector.name == "a peer of version 3.0").stream.removesuffix(b"\x00\x02hi")


def received(connection: Connection, pieces: Iterable[bytes]) -> list[list[bytes]]:
    return [message for piece in pieces for message in connection.receive(piece)]


def pieces(stream: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    return [stream[start:end] for start, end in pairwise(edges)]


def ready() -> Connection:
    connection = Connection("DEALER")
    connection.receive(READY)
    return connection


@pytest.mark.parametrize("vector", STREAMS, ids=lambda vector: vector.name)
def test_a_recorded_stream_gives_the_messages_and_the_answers_of_the_vector(vector: Vector) -> None:
    connection = Connection(vector.socket_type, vector.identity)

    assert connection.receive(vector.stream) == vector.messages
    assert connection.outgoing == vector.outgoing
    assert connection.minor == vector.minor
    assert connection.ready is not vector.name.startswith("not ready")


@pytest.mark.parametrize("vector", STREAMS, ids=lambda vector: vector.name)
def test_a_stream_that_comes_byte_by_byte_means_the_same(vector: Vector) -> None:
    connection = Connection(vector.socket_type, vector.identity)

    assert received(connection, (bytes([byte]) for byte in vector.stream)) == vector.messages
    assert connection.outgoing == vector.outgoing


@pytest.mark.parametrize("vector", vectors("refused.json"), ids=lambda vector: vector.name)
def test_what_is_no_zmtp_is_refused(vector: Vector) -> None:
    with pytest.raises(ProtocolError):
        Connection(vector.socket_type).receive(vector.stream)


@pytest.mark.parametrize("vector", vectors("refused.json"), ids=lambda vector: vector.name)
def test_what_is_no_zmtp_is_refused_when_it_comes_byte_by_byte(vector: Vector) -> None:
    with pytest.raises(ProtocolError):
        received(Connection(vector.socket_type), (bytes([byte]) for byte in vector.stream))


@given(st.lists(messages, max_size=5), st.lists(st.integers(min_value=0), max_size=8))
def test_messages_come_as_they_were_sent_however_the_stream_is_cut(
    sent: list[list[bytes]], cuts: Sequence[int]
) -> None:
    stream = READY + b"".join(map(encode, sent))

    assert received(Connection("DEALER"), pieces(stream, cuts)) == sent


@given(st.binary(max_size=300), st.lists(st.integers(min_value=0), max_size=4))
def test_no_bytes_raise_anything_but_a_protocol_error(noise: bytes, cuts: Sequence[int]) -> None:
    for begun in (b"", READY[:64], READY):
        for message in _until_refused(begun, pieces(noise, cuts)):
            assert all(type(part) is bytes for part in message)


@given(st.data())
def test_a_stream_that_is_damaged_somewhere_raises_nothing_but_a_protocol_error(data: st.DataObject) -> None:
    vector = data.draw(st.sampled_from(STREAMS))
    at = data.draw(st.integers(0, len(vector.stream) - 1))
    damaged = vector.stream[:at] + data.draw(st.binary(max_size=12)) + vector.stream[at + 1 :]

    assert len(_until_refused(b"", [damaged], vector.socket_type)) <= len(damaged)


def _until_refused(begun: bytes, noise: Sequence[bytes], socket_type: SocketType = "DEALER") -> list[list[bytes]]:
    connection = Connection(socket_type)
    connection.receive(begun)
    came: list[list[bytes]] = []
    try:
        for piece in noise:
            came += connection.receive(piece)
    except ProtocolError:
        pass
    return came


def test_a_large_message_in_many_pieces_is_put_together() -> None:
    message = [b"x" * (1 << 20), b"", b"y" * (3 << 20)]
    stream, connection = encode(message), ready()

    came = received(connection, (stream[at : at + 65536] for at in range(0, len(stream), 65536)))

    assert came == [message]


def test_a_message_of_parts_without_end_is_refused() -> None:
    with pytest.raises(ProtocolError):
        ready().receive(b"\x01\x00" * (MOST_PARTS + 1))


def test_parts_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adrastea.protocol.zmtp.MOST_BYTES", 1000)

    with pytest.raises(ProtocolError):
        ready().receive(
            b"\x01\xffx" + b"x" * 254 + b"\x01\xff" + b"x" * 255 + b"\x01\xff" + b"x" * 255 + b"\x01\xff" * 130
        )


def test_a_message_is_as_short_on_the_wire_as_it_can_be() -> None:
    assert encode([b"", b"a" * 255, b"b" * 256]) == (
        b"\x01\x00" + b"\x01\xff" + b"a" * 255 + b"\x02" + (256).to_bytes(8, "big") + b"b" * 256
    )


@pytest.mark.parametrize(("minor", "words"), [(0, b"\x00\x03\x01ab"), (1, b"\x04\x0c\x09SUBSCRIBEab")])
def test_a_subscription_is_in_the_words_of_the_publishers_version(minor: int, words: bytes) -> None:
    connection = Connection("SUB")
    connection.minor = minor

    assert connection.subscription(b"ab") == words


def test_a_peer_of_version_3_1_is_asked_whether_it_has_read_what_was_sent() -> None:
    connection = Connection("DEALER")
    connection.receive(READY[:11] + b"\x01" + READY[12:])
    connection.confirm()
    assert connection.outgoing[-1] == b"\x04\x0b\x04PING\0\0read"

    connection.receive(b"\x04\x0a\x04PONGother")
    assert not connection.confirmed
    connection.receive(b"\x04\x09\x04PONGread")
    assert connection.confirmed


def test_a_peer_of_version_3_0_is_believed() -> None:
    connection = ready()
    connection.confirm()

    assert connection.confirmed
    assert len(connection.outgoing) == 2


class Link:
    """A connection of ours to a socket of libzmq's, over TCP."""

    def __init__(self, peer: zmq.Socket[bytes], socket_type: SocketType, identity: bytes = b"") -> None:
        port = peer.bind_to_random_port("tcp://127.0.0.1")
        self.socket = socket.create_connection(("127.0.0.1", port), LIMIT_SECONDS)
        self.zmtp = Connection(socket_type, identity)
        self.came: list[list[bytes]] = []
        self.until_ready()

    def until_ready(self) -> None:
        self.flush()
        while not self.zmtp.ready:
            self.read()

    def read(self) -> None:
        data = self.socket.recv(65536)
        assert data, "libzmq has closed the connection"
        self.came += self.zmtp.receive(data)
        self.flush()

    def flush(self) -> None:
        while self.zmtp.outgoing:
            self.socket.sendall(self.zmtp.outgoing.pop(0))

    def messages(self, count: int) -> list[list[bytes]]:
        while len(self.came) < count:
            self.read()
        return self.came


def peer(context: zmq.Context[zmq.Socket[bytes]], kind: int) -> zmq.Socket[bytes]:
    opened = context.socket(kind)
    opened.set(zmq.RCVTIMEO, int(LIMIT_SECONDS * 1000))
    opened.set(zmq.LINGER, 0)
    return opened


MESSAGES = [[b"a"], [b"", b"<IDS|MSG>", b"x" * 255, b"y" * 256], [b"z" * 300_000, b""], [b"last"]]


def test_a_router_of_libzmq_gets_our_messages_and_we_get_its() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.ROUTER) as router:
        link = Link(router, "DEALER", b"our name")
        for message in MESSAGES:
            link.socket.sendall(encode(message))
        came = [router.recv_multipart() for _ in MESSAGES]
        for message in came:
            router.send_multipart(message)

        assert came == [[b"our name", *message] for message in MESSAGES]
        assert link.messages(len(MESSAGES)) == MESSAGES
        link.socket.close()


def test_libzmq_confirms() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.ROUTER) as router:
        link = Link(router, "DEALER", b"us")
        link.zmtp.confirm()
        link.flush()
        while not link.zmtp.confirmed:
            link.read()
        router.send_multipart([b"us", b"known"])

        assert link.messages(1) == [[b"known"]]
        link.socket.close()


def test_a_publisher_of_libzmq_takes_our_subscription() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.XPUB) as publisher:
        link = Link(publisher, "SUB")
        link.socket.sendall(link.zmtp.subscription())
        asked = publisher.recv()
        for message in MESSAGES:
            publisher.send_multipart(message)

        assert asked == b"\x01"
        assert link.messages(len(MESSAGES)) == MESSAGES
        link.socket.close()


def test_a_publisher_of_libzmq_takes_the_subscription_of_version_3_0_too() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.XPUB) as publisher:
        link = Link(publisher, "SUB")
        link.zmtp.minor = 0
        link.socket.sendall(link.zmtp.subscription(b"stream"))

        assert publisher.recv() == b"\x01stream"
        link.socket.close()


def test_the_heartbeat_of_libzmq_is_answered() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.REP) as heart:
        link = Link(heart, "REQ")
        link.socket.sendall(encode([b"", b"ping"]))
        heart.send(heart.recv())

        assert link.messages(1) == [[b"", b"ping"]]
        link.socket.close()


def test_the_ping_of_libzmq_is_answered() -> None:
    with zmq.Context[zmq.Socket[bytes]]() as context, peer(context, zmq.ROUTER) as router:
        router.set(zmq.HEARTBEAT_IVL, 20)
        router.set(zmq.HEARTBEAT_TIMEOUT, int(LIMIT_SECONDS * 1000))
        link = Link(router, "DEALER", b"us")
        link.read()
        assert link.zmtp.outgoing == []
        router.send_multipart([b"us", b"still there"])

        assert link.messages(1) == [[b"still there"]]
        link.socket.close()
