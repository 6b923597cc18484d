"""What is said on the document socket, as values and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edits import DeleteCell, SetSource
from adrastea.documents.notebook import CellId
from adrastea.errors import BadRequest, InvalidNotebook, StorageFailed
from adrastea.server import document_messages as said
from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus

A, B = CellId("a"), CellId("b")
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def test_edits_come_with_their_number_in_their_order() -> None:
    raw = {
        "type": "edit",
        "seq": 4,
        "edits": [{"op": "set_source", "cell": "a", "source": "1"}, {"op": "delete_cell", "cell": "b"}],
    }

    assert said.parse_request(json.dumps(raw)) == said.EditRequest(4, (SetSource(A, "1"), DeleteCell(B)))


@pytest.mark.parametrize(
    ("raw", "request_"),
    [
        ({"type": "run", "cells": ["b", "a"]}, said.RunRequest((B, A))),
        ({"type": "save", "seq": 1}, said.SaveRequest(1)),
        ({"type": "overwrite"}, said.OverwriteRequest()),
        ({"type": "reload"}, said.ReloadRequest()),
        ({"type": "check"}, said.CheckRequest()),
        ({"type": "input", "value": "x"}, said.InputAnswer("x")),
        ({"type": "clear_queue"}, said.ClearQueueRequest()),
    ],
)
def test_every_request_is_understood(raw: object, request_: said.Request) -> None:
    assert said.parse_request(json.dumps(raw)) == request_


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        b"\xff",
        '{"type": "fly"}',
        '{"type": ["run"]}',
        '{"type": "run"}',
        '{"type": "run", "cells": "a"}',
        '{"type": "run", "cells": [1]}',
        '{"type": "save", "seq": true}',
        '{"type": "save", "seq": 1.5}',
        '{"type": "input"}',
        '{"type": "edit", "seq": 1, "edits": [{}]}',
        '{"type": "edit", "seq": 1, "edits": {"op": "delete_cell"}}',
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(raw: str | bytes) -> None:
    with pytest.raises(BadRequest, match=r"\w+.*\."):
        said.parse_request(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_refused_unless_it_is_a_request(value: object) -> None:
    with pytest.raises(BadRequest, match=r"\w"):
        said.parse_request(json.dumps({"type": value, "value": None}))


def test_edits_and_acknowledgements_keep_their_order() -> None:
    message = said.edits_message([DeleteCell(A), said.Ack(3), DeleteCell(B)])

    assert message == {
        "type": "edits",
        "items": [
            {"edit": {"op": "delete_cell", "cell": "a"}},
            {"ack": 3},
            {"edit": {"op": "delete_cell", "cell": "b"}},
        ],
    }


def test_states_are_told_in_plain_json() -> None:
    assert said.run_message(RunStatus(A, (B,), NOON)) == {
        "type": "run",
        "running": "a",
        "queued": ["b"],
        "started_at": "2026-01-02T12:00:00+00:00",
    }
    assert said.finished_message(Finished(A, "ok", 1.5)) == {
        "type": "finished",
        "cell": "a",
        "status": "ok",
        "seconds": 1.5,
    }
    assert said.input_message(InputRequest(A, "? ", password=False))["prompt"] == "? "
    assert said.input_message(None) == {"type": "input_done"}


def test_an_error_names_its_kind_its_request_and_its_line() -> None:
    assert said.error_message(StorageFailed("The disk is full."), 7) == {
        "type": "error",
        "seq": 7,
        "message": "The disk is full.",
        "kind": "StorageFailed",
    }
    assert said.error_message(InvalidNotebook("It ends too early.", 12))["line"] == 12
