"""Jupyter's multipart messages as they travel over ZeroMQ: identities, delimiter, signature, parts.

    identity… | <IDS|MSG> | signature | header | parent_header | metadata | content | buffer…

The signature is the HMAC of header, parent_header, metadata and content, in hexadecimal; an empty key leaves it empty.
Guarantees: what `unpack` returns bears a valid signature (K2); it raises nothing but ProtocolError (P2). The four JSON
parts stay bytes here: whoever only relays a message never parses it.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final, Literal, TypeAlias

from adrastea.errors import ProtocolError

Channel: TypeAlias = Literal["shell", "control", "iopub", "stdin"]
CHANNELS: Final[tuple[Channel, ...]] = ("shell", "control", "iopub", "stdin")

DELIMITER: Final = b"<IDS|MSG>"
DEFAULT_SCHEME: Final = "hmac-sha256"

_SCHEMES: Final = {f"hmac-{name}": name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")}
_INNER_PAD: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD: Final = bytes(byte ^ 0x5C for byte in range(256))
_JSON_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Frames:
    """One Jupyter message whose four JSON parts are still encoded."""

    header: bytes
    parent_header: bytes
    metadata: bytes
    content: bytes
    buffers: tuple[bytes, ...] = ()


class Signer:
    """Signs with one key. Immutable after construction, so any thread may use it.

    The two halves of the HMAC (RFC 2104) are hashed once, here; each signature copies them. That is several times
    faster than `hmac.new` for messages as small as ours.
    """

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes, scheme: str = DEFAULT_SCHEME) -> None:
        """Prepare `key`, of any length; empty turns signing off.

        Raises:
            ProtocolError: nobody here knows the signature scheme.
        """
        name = _SCHEMES.get(scheme)
        if name is None:
            raise ProtocolError(f"The signature scheme {scheme!r} is not known. Use {DEFAULT_SCHEME!r}.")
        self._inner = self._outer = None
        if key:
            block = hashlib.new(name).block_size
            padded = (key if len(key) <= block else hashlib.new(name, key).digest()).ljust(block, b"\0")
            self._inner = hashlib.new(name, padded.translate(_INNER_PAD))
            self._outer = hashlib.new(name, padded.translate(_OUTER_PAD))

    def sign(self, parts: Iterable[bytes]) -> bytes:
        """The signature of the parts in hexadecimal; empty without a key."""
        if self._inner is None or self._outer is None:
            return b""
        inner = self._inner.copy()
        for part in parts:
            inner.update(part)
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.hexdigest().encode("ascii")

    def accepts(self, signature: bytes, parts: Iterable[bytes]) -> bool:
        """Whether the signature is that of the parts, in constant time; without a key every signature will do."""
        return self._inner is None or compare_digest(self.sign(parts), signature)


def pack(frames: Frames, signer: Signer, identities: Sequence[bytes] = ()) -> list[bytes]:
    """The multipart message, signed, behind the routing identities."""
    signed = (frames.header, frames.parent_header, frames.metadata, frames.content)
    return [*identities, DELIMITER, signer.sign(signed), *signed, *frames.buffers]


def unpack(parts: Sequence[bytes], signer: Signer) -> tuple[tuple[bytes, ...], Frames]:
    """The identities (on iopub: the topic) and the message.

    Raises:
        ProtocolError: no delimiter, too few parts, or a signature that is not the one of our key.
    """
    try:
        delimiter = parts.index(DELIMITER)
    except ValueError:
        raise ProtocolError("A message from the kernel has no delimiter.") from None
    signature, signed = parts[delimiter + 1 : delimiter + 2], parts[delimiter + 2 : delimiter + 2 + _JSON_PARTS]
    if len(signed) < _JSON_PARTS:
        raise ProtocolError(f"A message from the kernel has {len(signed)} of {_JSON_PARTS} parts.")
    if not signer.accepts(signature[0], signed):
        raise ProtocolError("A message from the kernel has a wrong signature.")
    header, parent_header, metadata, content = signed
    buffers = tuple(parts[delimiter + 2 + _JSON_PARTS :])
    return tuple(parts[:delimiter]), Frames(header, parent_header, metadata, content, buffers)
