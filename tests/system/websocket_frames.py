"""WebSocket frames as an enemy makes them, byte by byte, and what becomes of the connection that they are sent on."""

from __future__ import annotations

import socket
import struct
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.system.hostile import KNOWN, Target

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
V1 = "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n"
_QUESTION = b"still there?"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server did."""

    answers: bool
    """It still answers to pings: what was sent did no harm to the connection."""
    code: int | None
    """The code of its Close frame; None without one."""
    said: tuple[bytes, ...]
    """The messages that came, without those after its Close frame."""
    said_after_close: int
    """How many frames came after its Close frame; none may."""


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True, length: int | None = None
) -> bytes:
    """One frame; `length` is what it claims to be long."""
    size = len(payload) if length is None else length
    first = fin << 7 | rsv << 4 | opcode
    if size < 126:
        head = struct.pack("!BB", first, masked << 7 | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", first, masked << 7 | 126, size)
    else:
        head = struct.pack("!BBQ", first, masked << 7 | 127, size)
    return head + (bytes(4) if masked else b"") + payload


@contextmanager
def upgraded(target: Target, path: str, *headers: str) -> Generator[socket.socket]:
    """An open WebSocket; nothing behind the head of the answer has been read."""
    head = (
        f"GET {path} HTTP/1.1\r\n{KNOWN}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{''.join(headers)}\r\n"
    )
    with target.connect() as connection:
        connection.sendall(head.encode())
        heard = b""
        while not heard.endswith(b"\r\n\r\n"):
            heard += connection.recv(1)
        assert heard.startswith(b"HTTP/1.1 101 "), heard
        yield connection


def outcome(connection: socket.socket, *sent: bytes) -> Outcome:
    """Send frames, then a ping, and read until it is answered or the server has closed.

    As a client that keeps to the protocol, it answers a Close frame with one.
    """
    with suppress(ConnectionError):  # it may close before it has read everything
        for piece in (*sent, frame(PING, _QUESTION)):
            connection.sendall(piece)
    said: list[bytes] = []
    code: int | None = None
    closed = False
    after = 0
    for opcode, payload in _frames(connection):
        if closed:
            after += 1
        elif opcode == CLOSE:
            closed, code = True, int.from_bytes(payload[:2], "big") or None
            with suppress(ConnectionError):
                connection.sendall(frame(CLOSE, payload[:2]))
        elif opcode == PONG and payload == _QUESTION:
            return Outcome(answers=True, code=None, said=tuple(said), said_after_close=0)
        elif opcode in {TEXT, BINARY}:
            said.append(payload)
    return Outcome(answers=False, code=code, said=tuple(said), said_after_close=after)


def message_with(connection: socket.socket, part: bytes) -> bytes:
    """The next message that holds these bytes."""
    found = (payload for opcode, payload in _frames(connection) if opcode in {TEXT, BINARY} and part in payload)
    message = next(found, None)
    assert message is not None, "the server has closed the connection"
    return message


def _frames(connection: socket.socket) -> Iterator[tuple[int, bytes]]:
    """The server's frames, which are whole and not masked, until it closes the connection."""
    heard = b""
    with suppress(ConnectionError):
        while piece := connection.recv(1 << 16):
            heard += piece
            while (found := _first(heard)) is not None:
                opcode, payload, heard = found
                yield opcode, payload


def _first(heard: bytes) -> tuple[int, bytes, bytes] | None:
    if len(heard) < 2:
        return None
    size, at = heard[1], 2
    if size >= 126:
        at += 2 if size == 126 else 8
        size = int.from_bytes(heard[2:at], "big")
    if len(heard) < at + size:
        return None
    return heard[0] & 15, heard[at : at + size], heard[at + size :]
