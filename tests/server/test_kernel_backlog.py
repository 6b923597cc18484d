"""What waits for a client of a kernel, and what of it is left out when the client falls behind."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.protocol import messages
from adrastea.protocol.json_part import JsonObject
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.server.kernel_backlog import LIMIT_BYTES, SORT_BYTES, STREAM_BYTES, KernelBacklog

KINDS = ["status", "error", "execute_input", "execute_result", "clear_output", "comm_msg", "comm_open", "debug_event"]
Said = tuple[str, str]


def frames(kind: str, content: JsonObject, parent: str = "cell") -> Frames:
    date = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    asked = Header(MsgId(parent), SessionId("client"), "u", date, "execute_request")
    return messages.encode(Message(Header(MsgId("m"), SessionId("kernel"), "k", date, kind), asked, {}, content))


def stream(text: str, parent: str = "cell", name: str = "stdout") -> Frames:
    return frames("stream", {"name": name, "text": text}, parent)


def display(text: str, display_id: str | None, kind: str = "display_data") -> Frames:
    transient: JsonObject = {} if display_id is None else {"display_id": display_id}
    return frames(kind, {"data": {"text/plain": text}, "metadata": {}, "transient": transient})


class Clock:
    """Time that the test holds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def behind() -> KernelBacklog:
    """The backlog of a client that took one message, and has not read it."""
    clock = Clock()
    backlog = KernelBacklog(clock)
    backlog.put("iopub", frames("status", {"execution_state": "busy"}))
    backlog.take(1)
    clock.now = 1.0
    return backlog


def fill(backlog: KernelBacklog, count: int = 3) -> None:
    """With what stays, so that the rest is sorted."""
    for _ in range(count):
        backlog.put("iopub", frames("execute_result", {"data": {"text/plain": "x" * (SORT_BYTES // 2)}}))


def taken(backlog: KernelBacklog) -> list[Message]:
    return [messages.decode(one) for _, one in backlog.take(1 << 40)]


def said(backlog: KernelBacklog) -> list[Said]:
    """Type and text of what waits, without what only filled it."""
    told: list[Said] = []
    for message in taken(backlog):
        data = message.content.get("data")
        text = data.get("text/plain") if isinstance(data, dict) else message.content.get("text", "")
        if message.header.msg_type != "execute_result":
            told.append((message.header.msg_type, str(text)))
    return told


@given(st.lists(st.tuples(st.sampled_from(["shell", "control", "stdin", "iopub"]), st.text(max_size=5)), max_size=20))
def test_a_client_that_keeps_up_gets_everything_in_order(sent: list[tuple[Channel, str]]) -> None:
    backlog = KernelBacklog()
    for channel, text in sent:
        backlog.put(channel, stream(text))

    came = backlog.take(1 << 40)
    backlog.sent()

    assert [(channel, json.loads(one.content)["text"]) for channel, one in came] == sent
    assert backlog.waiting_bytes == 0


def test_a_client_that_keeps_up_gets_the_longest_line_whole() -> None:
    backlog = KernelBacklog()
    backlog.put("iopub", stream("x" * (3 * SORT_BYTES)))
    backlog.put("iopub", stream("y" * (3 * SORT_BYTES)))

    assert [len(text) for _, text in said(backlog)] == [3 * SORT_BYTES] * 2


def test_pieces_are_as_large_as_asked_for_and_hold_one_message_at_least() -> None:
    backlog = KernelBacklog()
    for _ in range(5):
        backlog.put("iopub", stream("x" * 10_000))

    assert [len(backlog.take(25_000)), len(backlog.take(1)), len(backlog.take(1 << 40))] == [2, 1, 2]


def test_of_streams_the_newest_stay_and_how_much_does_not_is_said_once_in_its_place() -> None:
    backlog = behind()
    backlog.put("iopub", frames("execute_input", {}))
    for number in range(2000):
        backlog.put("iopub", stream(f"{number}\n" + "x" * 1000))
    fill(backlog)

    told = said(backlog)
    numbers = [int(text.split("\n")[0]) for _, text in told[2:]]

    assert told[0][0] == "execute_input"
    assert "MB left out" in told[1][1]
    assert numbers == list(range(numbers[0], 2000))
    assert len(numbers) <= STREAM_BYTES // 1000


def test_what_is_left_out_later_is_counted_by_the_same_sentence() -> None:
    backlog = behind()
    for _ in range(5000):
        backlog.put("iopub", stream("x" * 1000))
    fill(backlog)

    sentences = [text for _, text in said(backlog) if "left out" in text]

    assert len(sentences) == 1
    assert sentences[0].startswith("\n[… 5.")


def test_each_cell_and_each_stream_has_its_own_sentence_in_order() -> None:
    backlog = behind()
    for number in range(1500):
        backlog.put("iopub", stream("a" * 1000, "first"))
        backlog.put("iopub", stream("b" * 1000, "second", "stderr"))
        if number == 700:
            backlog.put("iopub", stream("c" * 1000, "third"))
    fill(backlog)

    told = [message for message in taken(backlog) if "left out" in str(message.content.get("text"))]

    assert sorted((one.parent.msg_id if one.parent else "", one.content["name"]) for one in told) == [
        ("first", "stdout"),
        ("second", "stderr"),
        ("third", "stdout"),
    ]
    assert told[0].parent is not None
    assert told[0].parent.msg_id == "third"


def test_the_newest_stream_message_is_cut_to_head_and_tail_when_it_is_too_large() -> None:
    backlog = behind()
    fill(backlog)
    backlog.put("iopub", stream("head" + "x" * (10 << 20) + "tail"))

    ((kind, text),) = said(backlog)

    assert kind == "stream"
    assert text.startswith("head")
    assert text.endswith("tail")
    assert "10.4 MB left out" in text
    assert len(text) < STREAM_BYTES + 100


def test_a_message_that_is_no_json_is_left_as_it_is() -> None:
    backlog = behind()
    broken = Frames(b'{"msg_type": "stream"}', b"{}", b"{}", b"x" * (2 * SORT_BYTES))
    backlog.put("iopub", broken)

    assert backlog.take(1) == [("iopub", broken)]


def test_of_updates_of_a_display_the_newest_stays() -> None:
    backlog = behind()
    for number in range(100):
        backlog.put("iopub", display(f"{number}" + "x" * 20_000, "bar", "update_display_data"))
    fill(backlog)

    assert [(kind, text[:2]) for kind, text in said(backlog)] == [("update_display_data", "99")]


def test_a_display_that_still_waits_shows_what_its_newest_update_says_where_it_stood() -> None:
    backlog = behind()
    backlog.put("iopub", display("0", "bar"))
    backlog.put("iopub", frames("comm_msg", {}))
    for number in range(1, 100):
        backlog.put("iopub", display(f"{number}" + "x" * 20_000, "bar", "update_display_data"))
    fill(backlog)

    assert [(kind, text[:2]) for kind, text in said(backlog)] == [("display_data", "99"), ("comm_msg", "")]


def test_a_display_that_is_shown_again_is_shown_once() -> None:
    backlog = behind()
    backlog.put("iopub", display("old", "bar"))
    backlog.put("iopub", display("new", "bar"))
    backlog.put("iopub", display("other", None))
    backlog.put("iopub", frames("display_data", {"data": {"x": '"display_id": "bar"'}, "transient": []}))
    fill(backlog)

    assert [text for _, text in said(backlog)][:2] == ["new", "other"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_client_cannot_do_without_stays(kind: str) -> None:
    backlog = behind()
    for number in range(300):
        backlog.put("iopub", frames(kind, {"number": number, "x": "x" * 10_000}))

    assert [message.content["number"] for message in taken(backlog)] == list(range(300))


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_on_the_other_channels_everything_stays(channel: Channel) -> None:
    backlog = behind()
    for _ in range(300):
        backlog.put(channel, stream("x" * 10_000))

    assert len(taken(backlog)) == 300


def test_too_much_of_what_may_not_be_left_out_is_too_much() -> None:
    backlog = behind()
    large = frames("execute_result", {"data": {"text/plain": "x" * (LIMIT_BYTES // 4)}})
    seen: list[bool] = []
    for _ in range(4):
        backlog.put("iopub", large)
        seen.append(backlog.is_full)

    assert seen == [False, False, False, True]


@pytest.mark.slow
def test_one_message_is_never_too_much_for_a_client_that_waits_for_nothing() -> None:
    backlog = KernelBacklog()
    backlog.put("iopub", frames("execute_result", {"data": {"text/plain": "x" * LIMIT_BYTES}}))

    assert not backlog.is_full


@pytest.mark.slow
def test_a_flood_costs_no_more_than_its_bound_whatever_its_length() -> None:
    backlog = behind()
    most = 0
    for _ in range(20_000):
        backlog.put("iopub", stream("x" * 1000))
        most = max(most, backlog.waiting_bytes)

    assert most < 2 * SORT_BYTES


@pytest.mark.slow
def test_a_flood_before_anybody_can_tell_that_the_client_is_slow_is_bounded_too() -> None:
    backlog = KernelBacklog(Clock())
    for _ in range(80):
        backlog.put("iopub", stream("x" * SORT_BYTES))

    assert not backlog.is_full


def test_what_is_forgotten_does_not_wait() -> None:
    backlog = behind()
    backlog.clear()

    assert (backlog.waiting_bytes, backlog.take(1)) == (0, [])


def test_what_was_not_confirmed_comes_first_when_the_client_is_back() -> None:
    backlog = KernelBacklog()
    backlog.put("iopub", stream("third"))
    backlog.leave([("iopub", stream("first")), ("iopub", stream("second"))])
    backlog.put("iopub", stream("fourth"))
    backlog.come_back()

    assert [message.content["text"] for message in taken(backlog)] == ["first", "second", "third", "fourth"]


def test_what_a_client_says_it_has_seen_is_not_sent_again() -> None:
    backlog = KernelBacklog()
    before, seen, missed = (
        replace(stream(text), header=b'{"msg_id": "%d", "msg_type": "stream"}' % number)
        for number, text in enumerate(("seen before", "seen", "missed"))
    )
    backlog.leave([("iopub", before), ("iopub", seen), ("iopub", missed)])
    backlog.come_back("1")

    assert [message.content["text"] for message in taken(backlog)] == ["missed"]
    assert backlog.waiting_bytes < 2000


def test_an_id_that_nobody_knows_leaves_everything() -> None:
    backlog = KernelBacklog()
    backlog.leave([("iopub", stream("one"))])
    backlog.come_back("unknown")

    assert len(taken(backlog)) == 1


def test_a_client_that_is_away_has_less_room_and_its_streams_are_cut_at_once() -> None:
    backlog = KernelBacklog()
    backlog.leave(())
    for _ in range(200):
        backlog.put("iopub", stream("x" * 10_000))

    assert not backlog.is_full
    assert backlog.waiting_bytes < SORT_BYTES + 20_000

    for _ in range(900):
        backlog.put("iopub", display("x" * 10_000, None))

    assert backlog.is_full
