"""ZMTP 3.0 and 3.1 with the NULL mechanism: one connection to a ZeroMQ socket, as the client that we are.

    greeting    FF 00×8 7F | 03 01 | "NULL" padded to 20 | 00 | 00×31                      64 bytes, each way
    command     04 | size, or 06 | size as uint64 | length of the name | name | what it says
    message     one frame or several: 00 | size | bytes, 02 | uint64 | bytes; 01 and 03 in front of all but the last

`Connection` is the whole of it, without input or output: bytes from the peer go into `receive`, messages come out, and
what has to be answered collects in `outgoing`. A greeting is sent at once, READY when the peer has greeted, and a
message only when the peer is READY, too: libzmq closes the connection of whoever is faster. That the peer is READY does
not say that it has read ours, by which it knows who we are: `confirm` finds that out, with a PING.

Guarantees: no I/O (P1); `receive` raises nothing but ProtocolError (P2), and after that the connection is of no use;
the messages are the same however the stream is cut; what is kept of an unfinished message is at most `MOST_BYTES`.

Source of truth: https://rfc.zeromq.org/spec/37/ (3.1) and https://rfc.zeromq.org/spec/23/ (3.0)
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final, Literal, TypeAlias

from adrastea.errors import ProtocolError

SocketType: TypeAlias = Literal["DEALER", "SUB", "REQ"]

MOST_BYTES: Final = 1 << 30
"""Of one message, all its parts together."""
MOST_PARTS: Final = 1 << 16

_SIGNATURE: Final = b"\xff" + bytes(8) + b"\x7f"
_GREETING: Final = _SIGNATURE + b"\x03\x01" + b"NULL".ljust(20, b"\0") + bytes(32)
_VERSION: Final = 10  # where it stands in the greeting
_MECHANISM: Final = slice(12, 32)
_OUR_VERSION: Final = 3

_MORE: Final = 1
_LONG: Final = 2
_COMMAND: Final = 4
_KNOWN_FLAGS: Final = _MORE | _LONG | _COMMAND
_LONG_HEAD: Final = 9
_SHORT_HEAD: Final = 2
_SHORTEST_LONG: Final = 256
_TOO_LARGE: Final = "A message from the kernel is too large."

_SHORT: Final = tuple(tuple(bytes((flags, size)) for size in range(_SHORTEST_LONG)) for flags in (0, _MORE))
_LONG_FRAME: Final = Struct(">BQ")
_PROPERTY_SIZE: Final = Struct(">I")
_PING_TTL_BYTES: Final = 2
_MOST_CONTEXT_BYTES: Final = 16
_CONTEXT: Final = b"read"
_MOST_COMMAND_BYTES: Final = 1 << 16

_PEERS: Final[dict[SocketType, frozenset[bytes]]] = {
    "DEALER": frozenset({b"ROUTER", b"DEALER", b"REP"}),
    "SUB": frozenset({b"PUB", b"XPUB"}),
    "REQ": frozenset({b"ROUTER", b"REP"}),
}


class Connection:
    """See the module. It belongs to whoever owns the socket."""

    __slots__ = (
        "_kept",
        "_needed",
        "_parts",
        "_size",
        "_socket_type",
        "confirmed",
        "greeted",
        "identity",
        "minor",
        "outgoing",
        "ready",
    )

    def __init__(self, socket_type: SocketType, identity: bytes = b"") -> None:
        """A connection that has just been made; `identity` is what a ROUTER shall call us, empty: it chooses."""
        self.identity: Final = identity
        self.outgoing = [_GREETING]
        """What has to be sent, in order. Whoever sends it takes it out."""
        self.greeted = False
        self.ready = False
        """Whether messages may be sent."""
        self.confirmed = False
        """Whether the peer has read what was sent before `confirm`."""
        self.minor = 0
        """The peer speaks ZMTP 3 point this."""
        self._socket_type: Final[SocketType] = socket_type
        self._kept = bytearray()
        self._needed = len(_GREETING)  # bytes in `_kept` before there is anything to do
        self._parts: list[bytes] = []  # of a message whose last frame has not come
        self._size = 0

    def receive(self, data: bytes) -> list[list[bytes]]:
        """What the peer has sent: the messages that are complete now, as lists of their parts.

        Raises:
            ProtocolError: this is not ZMTP 3, not the socket that we look for, or too large.
        """
        if self._kept or not self.greeted:
            self._kept += data
            if not self.greeted:
                _check_greeting(self._kept)
            if len(self._kept) < self._needed:
                return []
            data, self._kept = bytes(self._kept), bytearray()
            if not self.greeted:
                self._greet(data)
                data = data[len(_GREETING) :]
        return self._frames(data)

    def subscription(self, topic: bytes = b"") -> bytes:
        """What asks a publisher for the messages that begin with `topic`, in the words of its version. Once `ready`."""
        if self.minor:
            return _command(b"SUBSCRIBE", topic)
        return encode((b"\x01" + topic,))

    def confirm(self) -> None:
        """Ask the peer to say that it has read what was sent so far; who knows no PING is believed. Once `ready`."""
        if self.minor:
            self.outgoing.append(_command(b"PING", bytes(_PING_TTL_BYTES) + _CONTEXT))
        else:
            self.confirmed = True

    def _greet(self, data: bytes) -> None:
        major, minor = data[_VERSION], data[_VERSION + 1]
        if data[_MECHANISM].rstrip(b"\0") != b"NULL":
            raise ProtocolError("The ZeroMQ socket wants another security mechanism than NULL.")
        self.greeted, self.minor, self._needed = True, minor if major == _OUR_VERSION else 1, 0
        properties = _property(b"Socket-Type", self._socket_type.encode("ascii"))
        if self._socket_type != "SUB":
            properties += _property(b"Identity", self.identity)
        self.outgoing.append(_command(b"READY", properties))

    def _frames(self, data: bytes) -> list[list[bytes]]:
        """Take frames out of `data`, and keep what is left. The one place where speed counts."""
        messages: list[list[bytes]] = []
        parts, at, end = self._parts, 0, len(data)
        while end - at >= _SHORT_HEAD:
            flags = data[at]
            if flags & _LONG:
                if end - at < _LONG_HEAD:
                    break
                start = at + _LONG_HEAD
                size = int.from_bytes(data[at + 1 : start], "big")
            else:
                start = at + _SHORT_HEAD
                size = data[at + 1]
            if flags > _MORE or not self.ready:
                self._check(flags, size)
            stop = start + size
            if stop > end:
                self._needed = stop - at
                self._kept += data[at:]
                return messages
            if flags & _COMMAND:
                self._obey(data[start:stop])
            else:
                parts.append(data[start:stop])
                if flags & _MORE:
                    self._size += size
                    if self._size > MOST_BYTES or len(parts) >= MOST_PARTS:
                        raise ProtocolError(_TOO_LARGE)
                else:
                    messages.append(parts)
                    parts = self._parts = []
                    self._size = 0
            at = stop
        self._needed = _SHORT_HEAD
        if at < end:
            self._kept += data[at:]
        return messages

    def _check(self, flags: int, size: int) -> None:
        """Whether a frame may begin so, before anything is kept because of it."""
        if flags > _KNOWN_FLAGS or flags & (_COMMAND | _MORE) == _COMMAND | _MORE:
            raise ProtocolError("A ZeroMQ frame has flags that do not exist.")
        if flags & _COMMAND:
            if size > _MOST_COMMAND_BYTES or self._parts:
                raise ProtocolError("A ZeroMQ command is too long, or stands in the middle of a message.")
        elif not self.ready:
            raise ProtocolError("The ZeroMQ socket has sent a message before it was ready.")
        elif self._size + size > MOST_BYTES:
            raise ProtocolError(_TOO_LARGE)

    def _obey(self, body: bytes) -> None:
        length = body[0] if body else 0
        name, said = body[1 : 1 + length], body[1 + length :]
        if not length or len(name) < length:
            raise ProtocolError("A ZeroMQ command has no name.")
        if name == b"ERROR":
            reason = str(said[1 : 1 + said[0]] if said else b"", "ascii", "replace")
            raise ProtocolError(f"The ZeroMQ socket refuses the connection: {reason or 'it does not say why'}.")
        if not self.ready:
            self._begin(name, said)
        elif name == b"PING":
            if not _PING_TTL_BYTES <= len(said) <= _PING_TTL_BYTES + _MOST_CONTEXT_BYTES:
                raise ProtocolError("A ZeroMQ socket has sent a PING of a wrong length.")
            self.outgoing.append(_command(b"PONG", said[_PING_TTL_BYTES:]))
        elif name == b"PONG" and said == _CONTEXT:
            self.confirmed = True

    def _begin(self, name: bytes, said: bytes) -> None:
        if name != b"READY":
            raise ProtocolError("The ZeroMQ socket has sent a command before it was ready.")
        peer = _properties(said).get(b"socket-type", b"")
        if peer not in _PEERS[self._socket_type]:
            kind = str(peer, "ascii", "replace")
            raise ProtocolError(f"A {self._socket_type} socket cannot speak with a {kind!r} socket.")
        self.ready = True


def encode(parts: Sequence[bytes]) -> bytes:
    """One message, which has a part at least, as the bytes of its frames."""
    frames: list[bytes] = []
    flags = _MORE
    last = len(parts) - 1
    for index, part in enumerate(parts):
        size = len(part)
        if index == last:
            flags = 0
        frames.append(_SHORT[flags][size] if size < _SHORTEST_LONG else _LONG_FRAME.pack(flags | _LONG, size))
        frames.append(part)
    return b"".join(frames)


def _check_greeting(begun: bytearray) -> None:
    """Refuse as soon as it shows that this will not become a greeting: who speaks something else waits for us."""
    if not (_SIGNATURE.startswith(begun[:1]) and _SIGNATURE[9:].startswith(begun[9:10])):
        raise ProtocolError("What answers there is no ZeroMQ socket.")
    if len(begun) > _VERSION and begun[_VERSION] < _OUR_VERSION:
        raise ProtocolError("The ZeroMQ socket speaks a version of ZMTP that is older than 3.")


def _command(name: bytes, said: bytes) -> bytes:
    body = bytes((len(name),)) + name + said
    head = bytes((_COMMAND, len(body))) if len(body) < _SHORTEST_LONG else _LONG_FRAME.pack(_COMMAND | _LONG, len(body))
    return head + body


def _property(name: bytes, value: bytes) -> bytes:
    return bytes((len(name),)) + name + _PROPERTY_SIZE.pack(len(value)) + value


def _properties(said: bytes) -> dict[bytes, bytes]:
    """The properties of a READY by their names, whose case means nothing."""
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(said):
        name_end = at + 1 + said[at]
        value_start = name_end + _PROPERTY_SIZE.size
        value_end = value_start + int.from_bytes(said[name_end:value_start], "big")
        if value_start > len(said) or value_end > len(said):
            raise ProtocolError("A ZeroMQ socket has sent a READY that is cut off.")
        found[said[at + 1 : name_end].lower()] = said[value_start:value_end]
        at = value_end
    return found
