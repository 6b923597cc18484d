"""Runs as lines: what was written comes back, and what makes no sense is no run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import run_record
from adrastea.documents.run_record import INLINE, Elsewhere, Held, Inline, PastRun

AT = datetime(2026, 11, 26, 12, 0, 0, 123_000, UTC)
RUN = PastRun("id", "a", AT, 1.5, "ok", 3, 1000, 20, True, Inline("1 + 1"), Elsewhere("0" * 64))  # noqa: FBT003

CONTENTS: st.SearchStrategy[Held] = st.one_of(
    st.builds(Inline, st.text(st.characters(codec="utf-8"))), st.just(Elsewhere("ab" * 32))
)
NUMBERS = st.one_of(st.none(), st.integers(0, 2**60))


@given(st.text(), st.floats(0, 1e9), NUMBERS, NUMBERS, CONTENTS, CONTENTS)
def test_what_was_written_is_read(
    cell: str, seconds: float, count: int | None, memory: int | None, source: Held, outputs: Held
) -> None:
    run = PastRun("id", cell, AT, seconds, "error", count, memory, 9, False, source, outputs)  # noqa: FBT003
    line = run_record.encode(run)

    assert run_record.decode(line) == run
    assert line.count(b"\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"no JSON",
        run_record.encode(RUN)[:-20],
        run_record.encode(RUN).replace(b'"ok"', b"1"),
        run_record.encode(RUN).replace(b"1.5", b"NaN"),
        run_record.encode(RUN).replace(b"20", b"true"),
        run_record.encode(RUN).replace(b'"digest"', b'"other"'),
        run_record.encode(RUN).replace(b"0" * 64, b"../" * 21),
        run_record.encode(RUN).replace(b"1795", b"1" * 40),
        b"[" * 100_000,
    ],
)
def test_what_makes_no_sense_is_no_run(line: bytes) -> None:
    assert run_record.decode(line) is None


@given(st.binary(max_size=100))
def test_nothing_is_raised_whatever_stands_there(line: bytes) -> None:
    run_record.decode(line)


def test_what_is_long_lies_elsewhere() -> None:
    assert run_record.held(b"x" * INLINE) == Inline("x" * INLINE)
    assert run_record.held(b"x" * (INLINE + 1)) == Elsewhere(run_record.digest_of(b"x" * (INLINE + 1)))
