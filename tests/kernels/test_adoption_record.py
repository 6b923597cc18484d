"""What is written down of a kernel comes back as it was, and nothing that is read is believed blindly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.kernels.adoption_record import VERSION, Joined, Later, Record, Run, decode, encode

AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
RUN = Run("m1", "c1", AT)
RECORD = Record(
    id="k1",
    kernelspec="python3",
    display_name="Python 3",
    language="python",
    interrupt_mode="signal",
    root="/data",
    cwd="/data/f\udcff",
    started=AT,
    machine="boot pid:[1]",
    host="here",
    server=(1, "10"),
    process=(2, "20"),
    connection_file="/run/kernel-1.json",
    log_file="/run/kernel-1.log",
    sessions=(Joined("s1", "ä.ipynb", "notebook", "ä.ipynb", "o1", RUN), Joined("s2", "b", "console", "", "o2")),
)


def test_what_was_written_is_read() -> None:
    assert decode(encode(RECORD)) == RECORD


@given(st.text(), st.integers(0, 2**31), st.text())
def test_whatever_a_path_is_called_it_comes_back(path: str, pid: int, begun: str) -> None:
    record = replace(RECORD, cwd=path, process=(pid, begun))

    assert decode(encode(record)) == record


def test_a_later_version_is_known_as_such() -> None:
    assert decode(json.dumps({"kernel": VERSION + 1, "what": "ever"}).encode()) == Later(VERSION + 1)


def test_fields_that_are_not_known_are_passed_over() -> None:
    fields = json.loads(encode(RECORD)) | {"colour": "red"}

    assert decode(json.dumps(fields).encode()) == RECORD


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"{}", b"\xff", b'{"kernel": true}', b'{"kernel": "1"}'])
def test_what_is_no_record_is_none(data: bytes) -> None:
    assert decode(data) is None


@given(st.integers(0, len(encode(RECORD)) - 1))
def test_a_torn_record_is_none(length: int) -> None:
    assert decode(encode(RECORD)[:length]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 1),
        ("started", "yesterday"),
        ("process", [-1, ""]),
        ("process", [True, ""]),
        ("process", 7),
        ("sessions", {}),
        ("sessions", [1]),
        ("sessions", [{"id": "s"}]),
        ("sessions", [json.loads(encode(RECORD))["sessions"][0] | {"run": 3}]),
    ],
)
def test_a_value_of_the_wrong_kind_makes_it_none(field: str, value: object) -> None:
    assert decode(json.dumps(json.loads(encode(RECORD)) | {field: value}).encode()) is None
