"""Comm messages: parsed, built, and told apart from all others."""

from datetime import UTC, datetime

import pytest

from adrastea.errors import ProtocolError
from adrastea.protocol import comms, messages
from adrastea.protocol.comms import CommClose, CommId, CommOpen, CommSaid
from adrastea.protocol.json_part import EMPTY, JsonObject
from adrastea.protocol.messages import Header, Message, MsgId, Origin, SessionId

ORIGIN = Origin(SessionId("s"), "u")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def message(msg_type: str, content: JsonObject, *buffers: bytes) -> Message:
    return Message(Header(MsgId("m"), SessionId("s"), "u", "", msg_type), None, EMPTY, content, buffers)


def test_an_object_comes_about_changes_and_goes() -> None:
    opened = message("comm_open", {"comm_id": "c", "target_name": "t", "data": {"state": {}}}, b"part")
    said = message("comm_msg", {"comm_id": "c", "data": {"x": 1}}, b"part")

    assert comms.comm_of(opened) == CommOpen(CommId("c"), "t", {"state": {}}, (b"part",))
    assert comms.comm_of(said) == CommSaid(CommId("c"), {"x": 1}, (b"part",))
    assert comms.comm_of(message("comm_close", {"comm_id": "c"})) == CommClose(CommId("c"))


def test_other_messages_are_none() -> None:
    assert comms.comm_of(message("stream", {"text": "comm_open"})) is None
    assert not comms.may_be_comm(messages.encode(message("stream", {})).header)


def test_a_question_about_comms_is_none_of_their_messages_and_has_a_reply() -> None:
    assert not comms.may_be_comm(messages.encode(message("comm_info_request", {})).header)


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close"])
def test_a_comm_without_an_id_is_refused(kind: str) -> None:
    with pytest.raises(ProtocolError, match="comm_id"):
        comms.comm_of(message(kind, {"comm_id": 5}))


def test_data_that_is_no_object_is_empty() -> None:
    assert comms.comm_of(message("comm_msg", {"comm_id": "c", "data": [1]})) == CommSaid(CommId("c"), {})
    assert comms.comm_of(message("comm_open", {"comm_id": "c"})) == CommOpen(CommId("c"), "", {})


def test_what_we_say_is_read_as_it_was_meant() -> None:
    said = comms.comm_msg(CommId("c"), {"x": 1}, (b"part",), ORIGIN, MsgId("m"), NOW)
    opened = comms.comm_open(CommId("c"), "t", {"version": "1"}, ORIGIN, MsgId("m"), NOW)

    assert comms.may_be_comm(messages.encode(said).header)
    assert comms.comm_of(said) == CommSaid(CommId("c"), {"x": 1}, (b"part",))
    assert comms.comm_of(opened) == CommOpen(CommId("c"), "t", {})
    assert opened.metadata == {"version": "1"}
