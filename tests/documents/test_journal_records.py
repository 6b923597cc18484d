"""Records of a journal: what is whole comes back, what is torn or strange ends the reading, and nothing is raised."""

from __future__ import annotations

import json
import struct
from binascii import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import journal_records
from adrastea.documents.edits import Edit, SetSource
from adrastea.documents.journal_records import Edits, Header, Mark, Record, Saved, decode, encode
from adrastea.documents.notebook import CellId
from adrastea.documents.store import Fingerprint
from tests.documents.notebooks import edits

HEADER = Header("/n.ipynb", Fingerprint("f0"), "2026-11-26T08:00:00+00:00")
EDIT = Edits((SetSource(CellId("a"), "1 + 1"),))
RECORDS: list[Record] = [HEADER, EDIT, Mark(1), Saved(1, Fingerprint("f1"))]


def record_of(value: object) -> bytes:
    """A record as another program might write it."""
    body = json.dumps(value).encode()
    return struct.pack("<II", len(body), crc32(body)) + body


def test_records_come_back() -> None:
    assert decode(b"".join(map(encode, RECORDS))) == RECORDS


@given(st.lists(edits, min_size=1, max_size=3).map(tuple))
def test_edits_of_every_kind_come_back(made: tuple[Edit, ...]) -> None:
    assert decode(encode(HEADER) + encode(Edits(made))) == [HEADER, Edits(made)]


def test_wherever_a_journal_is_torn_the_whole_records_before_are_read() -> None:
    encoded = [encode(record) for record in RECORDS]
    data = b"".join(encoded)
    ends = [sum(map(len, encoded[: count + 1])) for count in range(len(encoded))]

    read = [len(decode(data[:size])) for size in range(len(data) + 1)]

    assert read == [sum(end <= size for end in ends) for size in range(len(data) + 1)]


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_byte_that_is_not_what_it_was_ends_the_reading_there(place: int, flip: int) -> None:
    data = bytearray(b"".join(map(encode, RECORDS)))
    data[place % len(data)] ^= flip

    assert decode(bytes(data)) in [RECORDS[:count] for count in range(len(RECORDS))]


@given(st.binary(max_size=64))
def test_bytes_of_any_kind_are_read_without_an_error(data: bytes) -> None:
    decode(data)
    decode(encode(HEADER) + data)


@pytest.mark.parametrize(
    "strange",
    [
        {"unheard-of": 1},
        {"edits": [{"op": "unheard-of"}]},
        {"edits": 3},
        {"mark": "1"},
        [],
        7,
    ],
)
def test_a_record_that_we_do_not_know_ends_the_reading(strange: object) -> None:
    assert decode(encode(HEADER) + encode(EDIT) + record_of(strange) + encode(EDIT)) == [HEADER, EDIT]


def test_a_journal_of_a_later_version_is_not_read() -> None:
    later = {"journal": journal_records.VERSION + 1, "path": "/n.ipynb", "base": "f0", "at": ""}

    assert decode(record_of(later) + encode(EDIT)) == []


def test_what_does_not_begin_as_a_journal_is_none() -> None:
    assert decode(encode(EDIT)) == []
    assert decode(b"") == []
    assert decode(bytes(64)) == []
