"""What waits for one view: in order, joined, bounded."""

from __future__ import annotations

import pytest

from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, SetSource
from adrastea.documents.notebook import CellId, DisplayData, JsonObject, JsonValue, Stream
from adrastea.server import view_queue
from adrastea.server.document_messages import Ack
from adrastea.server.view_queue import ViewQueue, size

A, B = CellId("a"), CellId("b")


def fresh() -> ViewQueue:
    """A queue whose snapshot has been said."""
    queue = ViewQueue()
    queue.take()
    return queue


def printed(text: str, cell: CellId = A) -> Edit:
    return AppendOutput(cell, Stream("stdout", text))


def figure(characters: int) -> Edit:
    return AppendOutput(A, DisplayData({"image/png": "x" * characters}))


def items(messages: list[JsonObject]) -> JsonValue:
    assert [message["type"] for message in messages] == ["edits"]
    return messages[0]["items"]


def types(messages: list[JsonObject]) -> list[JsonValue]:
    return [message["type"] for message in messages]


def test_a_new_queue_wants_a_snapshot_which_holds_the_edits_and_states_before_it() -> None:
    queue = ViewQueue()
    queue.add(printed("in the snapshot"))
    queue.add(Ack(1))
    queue.say({"type": "kernel", "state": "busy"})
    queue.say({"type": "saved", "seq": 1})

    assert queue.stale
    assert types(queue.take()) == ["saved"]
    assert not queue.stale


def test_edits_that_follow_each_other_are_one_message_and_are_joined() -> None:
    queue = fresh()
    for edit in (printed("a"), printed("b"), SetSource(B, "1"), SetSource(B, "2")):
        queue.add(edit)

    assert items(queue.take()) == [
        {
            "edit": {
                "op": "append_output",
                "cell": "a",
                "output": {"output_type": "stream", "name": "stdout", "text": "ab"},
            }
        },
        {"edit": {"op": "set_source", "cell": "b", "source": "2"}},
    ]


def test_an_acknowledgement_keeps_its_place_among_the_edits() -> None:
    queue = fresh()
    for item in (SetSource(A, "1"), Ack(1), SetSource(A, "2")):
        queue.add(item)

    assert items(queue.take()) == [
        {"edit": {"op": "set_source", "cell": "a", "source": "1"}},
        {"ack": 1},
        {"edit": {"op": "set_source", "cell": "a", "source": "2"}},
    ]


def test_messages_keep_their_place_behind_the_edits_before_them() -> None:
    queue = fresh()
    queue.add(ClearOutputs(A))
    queue.say({"type": "finished", "cell": "a"})
    queue.add(ClearOutputs(B))

    assert types(queue.take()) == ["edits", "finished", "edits"]


def test_of_each_state_only_the_newest_is_said() -> None:
    queue = fresh()
    told: list[JsonObject] = [
        {"type": "kernel", "state": "busy"},
        {"type": "input_request", "prompt": ""},
        {"type": "run", "running": "a"},
        {"type": "kernel", "state": "idle"},
        {"type": "finished", "cell": "a", "status": "skipped"},
        {"type": "finished", "cell": "b", "status": "ok"},
        {"type": "input_done"},
        {"type": "finished", "cell": "a", "status": "ok"},
        {"type": "run", "running": None},
    ]
    for message in told:
        queue.say(message)

    assert queue.take() == [told[3], told[5], told[6], told[7], told[8]]


def test_answers_are_never_left_out() -> None:
    queue = fresh()
    for seq in (1, 1, 2):
        queue.say({"type": "error", "seq": seq})
        queue.say({"type": "saved", "seq": seq})

    assert len(queue.take()) == 6


def test_more_edits_than_may_wait_become_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_ITEMS", 10)
    queue = fresh()
    queue.say({"type": "kernel", "state": "busy"})
    queue.say({"type": "finished", "cell": "a"})
    for number in range(10):
        queue.add(SetSource(CellId(str(number)), ""))

    assert queue.stale
    assert not queue.is_full
    assert types(queue.take()) == ["finished"]


def test_edits_that_can_be_joined_may_be_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_ITEMS", 10)
    queue = fresh()
    for _ in range(1000):
        queue.add(printed("x"))

    assert not queue.stale
    assert "x" * 1000 in str(queue.take())


def test_more_stream_text_than_may_wait_becomes_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_TEXT", 100)
    queue = fresh()

    queue.add(printed("x" * 99))
    before = queue.stale
    queue.add(printed("xx"))

    assert not before
    assert queue.stale
    assert queue.take() == []


def test_figures_that_wait_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_SIZE", 1000)
    queue = fresh()

    queue.add(figure(500))
    before = queue.stale
    queue.add(figure(500))

    assert not before
    assert queue.stale


def test_after_the_snapshot_there_is_room_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_TEXT", 100)
    queue = fresh()
    queue.add(printed("x" * 200))
    queue.take()

    queue.add(printed("y"))

    assert not queue.stale
    assert types(queue.take()) == ["edits"]


def test_a_queue_is_full_when_what_may_not_be_left_out_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_ITEMS", 10)
    queue = fresh()
    for seq in range(11):
        queue.say({"type": "error", "seq": seq})

    assert queue.is_full
    queue.clear()
    assert not queue.is_full


def test_the_size_of_a_value_is_about_its_characters() -> None:
    assert size("abc") == 3
    assert size({"ab": ["c", 1, None]}) == 2 + 1 + 8 + 8
    assert size(figure(1000)) in range(1000, 1200)
