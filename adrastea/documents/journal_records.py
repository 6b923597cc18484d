"""What stands in a journal: records, one after another, each whole or void (D2).

    length | CRC-32 | JSON        length and checksum of the JSON as little-endian uint32

    {"journal": 1, "path": …, "base": …, "at": …}   first: the file, what it held (SHA-256), when the journal began
    {"edits": […]}                                  edits, in the order in which they were applied
    {"mark": k}                                     a save holds all edits above this line …
    {"saved": k, "fingerprint": …}                  … and the file is about to hold this

A program that is killed leaves a torn record at the end: reading stops before it. So it does before a record of a kind
that we do not know, and a whole journal of a later version is not read. Pure; any thread.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import json
import struct
from binascii import crc32
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from adrastea.documents.edit_wire_form import edit_from_wire, edit_to_wire
from adrastea.documents.edits import Edit
from adrastea.documents.json_values import is_list, is_object
from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.documents.store import Fingerprint
from adrastea.errors import BadRequest

VERSION: Final = 1

_HEAD: Final = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Header:
    """The first record."""

    path: str
    """The notebook's file, absolute, symbolic links resolved."""
    base: Fingerprint
    """What the file held when the edits below began."""
    at: str
    """When that was: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits that were applied."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a save among the edits."""

    number: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What the file holds once the save of that mark has come to its end."""

    number: int
    fingerprint: Fingerprint


Record: TypeAlias = Header | Edits | Mark | Saved


def encode(record: Record) -> bytes:
    """The bytes of one record."""
    body = json.dumps(_to_json(record), separators=(",", ":")).encode("ascii")
    return _HEAD.pack(len(body), crc32(body)) + body


def decode(data: bytes) -> list[Record]:
    """The records that are whole, up to the first that is not; empty where the first is no header that we know."""
    records = list(_records(data))
    return records if records and isinstance(records[0], Header) else []


def whole_bytes(data: bytes) -> int:
    """How many bytes at the beginning are whole records."""
    return sum(len(body) + _HEAD.size for body in _bodies(data))


def _to_json(record: Record) -> JsonObject:
    match record:
        case Header(path, base, at):
            return {"journal": VERSION, "path": path, "base": base.digest, "at": at}
        case Edits(edits):
            return {"edits": [edit_to_wire(edit) for edit in edits]}
        case Mark(number):
            return {"mark": number}
        case Saved(number, fingerprint):  # pragma: no branch
            return {"saved": number, "fingerprint": fingerprint.digest}


def _records(data: bytes) -> Iterator[Record]:
    for body in _bodies(data):
        try:
            record = _from_json(json.loads(body))
        except (ValueError, RecursionError, BadRequest):
            return
        if record is None:
            return
        yield record


def _bodies(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + _HEAD.size <= len(data):
        length, checksum = _HEAD.unpack_from(data, at)
        body = data[at + _HEAD.size : at + _HEAD.size + length]
        if len(body) < length or crc32(body) != checksum or not length:
            return
        yield body
        at += _HEAD.size + length


def _from_json(raw: JsonValue) -> Record | None:
    match raw:
        case {"journal": 1, "path": str(path), "base": str(base), "at": str(at)}:
            return Header(path, Fingerprint(base), at)
        case {"edits": edits} if is_list(edits):
            return Edits(_edits(edits))
        case {"mark": int(number)}:
            return Mark(number)
        case {"saved": int(number), "fingerprint": str(digest)}:
            return Saved(number, Fingerprint(digest))
        case _:
            return None


def _edits(raw: Sequence[JsonValue]) -> tuple[Edit, ...]:
    return tuple(edit_from_wire(edit) for edit in raw if is_object(edit))
