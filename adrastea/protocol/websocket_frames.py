"""The frames of WebSocket as a server meets them: bytes of the client in, messages out; and how our own begin.

    FIN RSV1 RSV2 RSV3 opcode:4 | MASK length:7 | uint16 after 126, uint64 after 127 | mask: 4 bytes | what it says
                                                                                       └ only from the client
`FrameReader` is without input or output. A message comes out whole, text as str and bytes as bytes, however it was cut
into frames and the stream into pieces; what the client says about the connection itself comes out as values, in order.

Guarantees: no I/O (P1); `receive` raises nothing (P2): who breaks the protocol gets a `Broken` with the code to close
with as the last event, and whatever came before it is delivered; what is kept of an unfinished message is at most
`most_bytes` and one piece. No extension is known: whoever negotiates one needs another reader.

Source of truth: RFC 6455, sections 5 and 7.4
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct
from typing import Final, TypeAlias

CONTINUATION: Final = 0x0
TEXT: Final = 0x1
BINARY: Final = 0x2
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA

PROTOCOL_ERROR: Final = 1002
INVALID_DATA: Final = 1007
TOO_BIG: Final = 1009

MOST_CONTROL_BYTES: Final = 125
"""In a frame about the connection itself."""

_FIN: Final = 0x80
_RESERVED: Final = 0x70
_OPCODE: Final = 0x0F
_CONTROL: Final = 0x08
_KNOWN: Final = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})
_WHOLE_BINARY: Final = _FIN | BINARY

_MASKED: Final = 0x80
_LENGTH: Final = 0x7F
_SHORT_HEAD: Final = 2
_MASK_BYTES: Final = 4
_TWO_BYTES: Final = 126  # a length that says: it stands in the next two bytes, or in the next eight
_EIGHT_BYTES: Final = 127
_LARGEST_MIDDLE: Final = 0xFFFF

_CODE: Final = Struct("!H")
_SHORT: Final = Struct("!BB")
_MIDDLE: Final = Struct("!BBH")
_LONG: Final = Struct("!BBQ")
_OWN_CODES: Final = range(3000, 5000)
_KNOWN_CODES: Final = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})

Unmask: TypeAlias = Callable[[bytes, bytes], bytes]
"""The bytes of the second argument, each xor one of the four of the first, in turn."""


@dataclass(frozen=True, slots=True)
class Ping:
    """The client wants these bytes back, as a pong."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pong:
    """The client has heard a ping, or just says so."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Close:
    """The client says nothing more. None: without a code."""

    code: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The client does not keep to the protocol: close with this code, and read no more."""

    code: int
    reason: str


Event: TypeAlias = str | bytes | Ping | Pong | Close | Broken


def unmask(mask: bytes, data: bytes) -> bytes:
    """`Unmask` without help. Tornado brings one in C, which takes a seventh of the time."""
    size = len(data)
    pattern = (mask * (size // _MASK_BYTES + 1))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(pattern, "little")).to_bytes(size, "little")


class FrameReader:
    """See the module. It belongs to whoever owns the socket."""

    __slots__ = ("_fragments", "_kept", "_most_bytes", "_needed", "_opcode", "_over", "_unmask")

    def __init__(self, most_bytes: int, unmask: Unmask = unmask) -> None:
        """For messages of at most so many bytes."""
        self._most_bytes = most_bytes
        self._unmask = unmask
        self._kept = bytearray()  # the beginning of a frame whose rest has not come
        self._needed = 0  # bytes of it before there is anything to do
        self._opcode = CONTINUATION  # of the message whose last frame has not come; there is none: continuation
        self._fragments = bytearray()
        self._over = False

    def receive(self, data: bytes) -> list[Event]:
        """What the client has said and is complete now, in order. After `Close` and `Broken` nothing comes any more."""
        if self._kept:
            self._kept += data
            if len(self._kept) < self._needed:
                return []
            data, self._kept = bytes(self._kept), bytearray()
        events: list[Event] = []
        at = self._frames(data, events)
        if at < len(data) and not self._over:
            self._kept += data[at:]
        return events

    def _frames(self, data: bytes, events: list[Event]) -> int:
        """Take whole frames out of `data`; says where the first begins that is not whole. Here speed counts."""
        at, end, most_bytes = 0, len(data), self._most_bytes
        while not self._over and end - at >= _SHORT_HEAD:
            first, size = data[at], data[at + 1] & _LENGTH
            start = at + _SHORT_HEAD
            if size >= _TWO_BYTES:
                start += 2 if size == _TWO_BYTES else 8
                if start > end:
                    self._needed = start - at
                    return at
                size = int.from_bytes(data[at + _SHORT_HEAD : start], "big")
            if first != _WHOLE_BINARY or data[at + 1] < _MASKED or self._opcode or size > most_bytes:
                wrong = self._wrong(first, data[at + 1], size)
                if wrong is not None:
                    self._end(events, wrong)
                    return at
            mask_end = start + _MASK_BYTES
            stop = mask_end + size
            if stop > end:
                self._needed = stop - at
                return at
            said = self._unmask(data[start:mask_end], data[mask_end:stop])
            if first == _WHOLE_BINARY:
                events.append(said)
            else:
                self._take(first, said, events)
            at = stop
        self._needed = _SHORT_HEAD
        return at

    def _wrong(self, first: int, second: int, size: int) -> Broken | None:
        """What is wrong with a frame, by its head alone: before anything of it is kept."""
        if not second & _MASKED:
            return Broken(PROTOCOL_ERROR, "a frame of a client has to be masked")
        opcode = first & _OPCODE
        if first & _RESERVED or opcode not in _KNOWN:
            return Broken(PROTOCOL_ERROR, "no extension has been agreed on")
        if opcode & _CONTROL:
            if first & _FIN and size <= MOST_CONTROL_BYTES:
                return None
            return Broken(PROTOCOL_ERROR, "a control frame is too long, or a part")
        if (opcode == CONTINUATION) != (self._opcode != CONTINUATION):
            return Broken(PROTOCOL_ERROR, "a message begins inside another, or goes on before it has begun")
        if len(self._fragments) + size > self._most_bytes:
            return Broken(TOO_BIG, "the message is too big")
        return None

    def _take(self, first: int, said: bytes, events: list[Event]) -> None:
        opcode = first & _OPCODE
        if opcode & _CONTROL:
            event = _CONTROLS[opcode](said)
            self._end(events, event) if isinstance(event, (Close, Broken)) else events.append(event)
            return
        if not first & _FIN:
            self._opcode = self._opcode or opcode
            self._fragments += said
            return
        if self._opcode:
            opcode, self._opcode = self._opcode, CONTINUATION
            self._fragments += said
            said, self._fragments = bytes(self._fragments), bytearray()
        if opcode == BINARY:
            events.append(said)
            return
        try:
            events.append(said.decode("utf-8"))
        except UnicodeDecodeError:
            self._end(events, Broken(INVALID_DATA, "a text is not UTF-8"))

    def _end(self, events: list[Event], event: Close | Broken) -> None:
        events.append(event)
        self._over = True
        self._fragments = bytearray()


def head(opcode: int, size: int, *, is_last: bool = True) -> bytes:
    """What stands before a message, a piece of one, or a control frame of ours: not masked."""
    first = _FIN | opcode if is_last else opcode
    if size < _TWO_BYTES:
        return _SHORT.pack(first, size)
    if size <= _LARGEST_MIDDLE:
        return _MIDDLE.pack(first, _TWO_BYTES, size)
    return _LONG.pack(first, _EIGHT_BYTES, size)


def close_frame(code: int | None, reason: str = "") -> bytes:
    """Our last frame. The reason is cut to what fits; without a code there is none."""
    said = b"" if code is None else _CODE.pack(code) + _cut(reason, MOST_CONTROL_BYTES - _CODE.size)
    return head(CLOSE, len(said)) + said


def _cut(text: str, most_bytes: int) -> bytes:
    return text.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore").encode("utf-8")


def _close(said: bytes) -> Close | Broken:
    if not said:
        return Close(None, "")
    if len(said) < _CODE.size:
        return Broken(PROTOCOL_ERROR, "a code has two bytes")
    (code,) = _CODE.unpack_from(said)
    if code not in _KNOWN_CODES and code not in _OWN_CODES:
        return Broken(PROTOCOL_ERROR, "there is no such code")
    try:
        return Close(code, said[_CODE.size :].decode("utf-8"))
    except UnicodeDecodeError:
        return Broken(INVALID_DATA, "a reason is not UTF-8")


_CONTROLS: Final[dict[int, Callable[[bytes], Ping | Pong | Close | Broken]]] = {
    CLOSE: _close,
    PING: Ping,
    PONG: Pong,
}
