"""Jupyter messages as values: what kernels send in the wild is read, what is malformed is a ProtocolError (P2)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import ProtocolError
from adrastea.protocol import messages
from adrastea.protocol.messages import (
    Header,
    Message,
    MsgId,
    Origin,
    SessionId,
    decode,
    encode,
    header_of,
    id_of,
    is_look,
    parent_id_of,
    parent_of,
    state_of,
)
from adrastea.protocol.wire import Frames

ORIGIN = Origin(SessionId("s-1"), "ada")
ID = MsgId("m-1")
DATE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PARENT = Header(MsgId("p-1"), SessionId("k-1"), "kernel", "2026-01-02T03:04:04Z", "input_request")
FRAMES = Frames(b'{"msg_id":"m","msg_type":"status"}', b"{}", b"{}", b"{}")

texts = st.sampled_from(["", "a", "é🦋", "\ud800", '"\\', "\0\n"])
names = texts.filter(bool)
headers = st.builds(
    Header, names.map(MsgId), texts.map(SessionId), texts, texts, names, texts, st.one_of(st.none(), names)
)
objects = st.dictionaries(texts, st.one_of(texts, st.integers(), st.none(), st.lists(texts, max_size=3)), max_size=4)
buffers = st.lists(st.binary(max_size=10), max_size=3).map(tuple)


def content(message: Message) -> object:
    return json.loads(encode(message).content)


@given(st.builds(Message, headers, st.one_of(st.none(), headers), objects, objects, buffers))
def test_what_is_encoded_comes_back_equal(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.builds(Frames, *[st.binary(max_size=20)] * 4))
def test_p2_any_bytes_give_a_message_or_a_protocol_error(frames: Frames) -> None:
    with pytest.raises(ProtocolError):
        decode(frames)


@given(
    st.dictionaries(
        st.sampled_from(["msg_id", "msg_type", "session", "date", "version", "x"]),
        st.one_of(st.none(), st.text(max_size=3), st.integers(), st.just([]), st.just({})),
    )
)
def test_p2_any_object_as_a_header_gives_a_header_or_a_protocol_error(fields: dict[str, object]) -> None:
    frames = replace(FRAMES, header=json.dumps(fields).encode())
    try:
        header = header_of(frames)
    except ProtocolError:
        return
    assert (header.msg_id, header.msg_type) == (fields["msg_id"], fields["msg_type"])


def test_a_header_says_who_when_and_what() -> None:
    raw = (
        b'{"msg_id":"m","session":"s","username":"u","date":"d","msg_type":"t","version":"5.3","subshell_id":"x","y":1}'
    )
    assert header_of(replace(FRAMES, header=raw)) == Header(MsgId("m"), SessionId("s"), "u", "d", "t", "5.3", "x")


def test_what_a_kernel_leaves_out_of_its_header_is_empty() -> None:
    raw = b'{"msg_id":"m","msg_type":"t","username":null,"subshell_id":null}'
    assert header_of(replace(FRAMES, header=raw)) == Header(MsgId("m"), SessionId(""), "", "", "t", "", None)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"m"',
        b'{"msg_type":"t"}',
        b'{"msg_id":"","msg_type":"t"}',
        b'{"msg_id":null,"msg_type":"t"}',
        b'{"msg_id":7,"msg_type":"t"}',
        b'{"msg_id":["m"],"msg_type":"t"}',
        b'{"msg_id":"m"}',
        b'{"msg_id":"m","msg_type":""}',
        b'{"msg_id":"m","msg_type":3}',
        b'{"msg_id":"m","msg_type":"t","session":{}}',
        b'{"msg_id":"m","msg_type":"t","username":1}',
        b"[" * 100_000,
    ],
    ids=lambda raw: raw[:40].decode(),
)
def test_a_malformed_header_is_refused(raw: bytes) -> None:
    with pytest.raises(ProtocolError, match="header"):
        header_of(replace(FRAMES, header=raw))


@pytest.mark.parametrize("kind", ["kernel_info", "comm_info", "debug"])
def test_a_request_by_which_programs_look_at_a_kernel_is_told_from_others(kind: str) -> None:
    assert is_look(f'{{"msg_id":"m","msg_type":"{kind}_request"}}'.encode())
    assert is_look(f'{{"msg_type": "{kind}_request"}}'.encode())
    assert not is_look(f'{{"msg_type":"{kind}_reply"}}'.encode())
    assert not is_look(b'{"msg_type":"execute_request"}')
    assert not is_look(b"{}")


@pytest.mark.parametrize("raw", [b"{}", b"null"])
def test_an_empty_parent_header_means_that_there_is_no_parent(raw: bytes) -> None:
    assert parent_of(replace(FRAMES, parent_header=raw)) is None
    assert parent_id_of(replace(FRAMES, parent_header=raw)) is None
    assert decode(FRAMES).parent is None


def test_the_welcome_of_a_kernel_on_xeus_whose_parent_header_and_metadata_are_null_is_read() -> None:
    welcome = Frames(b'{"msg_id":"m","msg_type":"iopub_welcome"}', b"null", b" null", b'{"subscription":""}')

    message = decode(welcome)

    assert message.parent is None
    assert message.metadata == {}
    assert parent_id_of(welcome) is None


def test_a_parent_header_needs_its_msg_id_only() -> None:
    parent = parent_of(replace(FRAMES, parent_header=b'{"msg_id":"p"}'))
    assert parent is not None
    assert parent.msg_id == "p"


@pytest.mark.parametrize("raw", [b"", b"[]", b"true", b'{"msg_type":"t"}', b'{"msg_id":1}'])
def test_a_malformed_parent_header_is_refused(raw: bytes) -> None:
    with pytest.raises(ProtocolError, match="parent_header"):
        parent_of(replace(FRAMES, parent_header=raw))


def test_reading_one_header_does_not_look_at_the_other_parts() -> None:
    broken = Frames(b'{"msg_id":"m","msg_type":"t"}', b'{"msg_id":"p"}', b"\xff", b"[")
    parent = parent_of(broken)
    assert parent is not None
    assert (header_of(broken).msg_id, parent.msg_id) == ("m", "p")


@pytest.mark.parametrize("part", ["metadata", "content"])
@pytest.mark.parametrize("raw", [b"", b"true", b"[]", b"1", b"{"])
def test_metadata_and_content_must_be_objects(part: str, raw: bytes) -> None:
    parts = {"metadata": FRAMES.metadata, "content": FRAMES.content, part: raw}
    with pytest.raises(ProtocolError, match=part):
        decode(replace(FRAMES, metadata=parts["metadata"], content=parts["content"]))


def test_buffers_pass_untouched() -> None:
    assert decode(replace(FRAMES, buffers=(b"\x00", b""))).buffers == (b"\x00", b"")


def test_an_encoded_message_without_parent_has_an_empty_parent_header() -> None:
    assert encode(messages.kernel_info_request(ORIGIN, ID, DATE)).parent_header == b"{}"


def test_a_header_without_subshell_does_not_mention_one() -> None:
    assert b"subshell_id" not in encode(messages.kernel_info_request(ORIGIN, ID, DATE)).header


def test_a_date_that_is_a_number_as_gateway_clients_write_it_is_no_reason_to_refuse_a_message() -> None:
    header = header_of(Frames(b'{"msg_id":"m","msg_type":"t","date":1795680538.011}', b"{}", b"{}", b"{}"))

    assert (header.msg_id, header.date) == ("m", "")


def test_every_request_carries_its_origin_its_id_and_its_date() -> None:
    for message in (
        messages.execute_request("1", ORIGIN, ID, DATE),
        messages.kernel_info_request(ORIGIN, ID, DATE),
        messages.interrupt_request(ORIGIN, ID, DATE),
        messages.shutdown_request(ORIGIN, ID, DATE, restart=True),
        messages.complete_request("a", 1, ORIGIN, ID, DATE),
        messages.inspect_request("a", 1, ORIGIN, ID, DATE),
        messages.input_reply("x", PARENT, ORIGIN, ID, DATE),
        messages.status("dead", None, ORIGIN, ID, DATE),
    ):
        header = message.header
        assert (header.session, header.username, header.msg_id) == ("s-1", "ada", "m-1")
        assert datetime.fromisoformat(header.date) == DATE
        assert header.version == "5.4"


def test_code_is_run_with_history_input_and_a_stop_on_error_unless_told_otherwise() -> None:
    message = messages.execute_request("print(1)", ORIGIN, ID, DATE)
    assert message.header.msg_type == "execute_request"
    assert content(message) == {
        "code": "print(1)",
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": True,
        "stop_on_error": True,
    }


def test_what_is_told_otherwise_reaches_the_execute_request() -> None:
    message = messages.execute_request(
        "1",
        ORIGIN,
        ID,
        DATE,
        silent=True,
        store_history=False,
        allow_stdin=False,
        stop_on_error=False,
        metadata={"cellId": "c"},
    )
    fields = message.content
    assert fields["silent"] is True
    assert [fields[name] for name in ("store_history", "allow_stdin", "stop_on_error")] == [False, False, False]
    assert message.metadata == {"cellId": "c"}


@pytest.mark.parametrize("restart", [True, False])
def test_a_shutdown_says_whether_a_restart_follows(*, restart: bool) -> None:
    message = messages.shutdown_request(ORIGIN, ID, DATE, restart=restart)
    assert (message.header.msg_type, content(message)) == ("shutdown_request", {"restart": restart})


def test_questions_about_code_carry_the_code_and_the_cursor() -> None:
    complete = messages.complete_request("🦋.a", 2, ORIGIN, ID, DATE)
    inspect = messages.inspect_request("f(", 1, ORIGIN, ID, DATE, detail_level=1)
    assert (complete.header.msg_type, content(complete)) == ("complete_request", {"code": "🦋.a", "cursor_pos": 2})
    assert inspect.header.msg_type == "inspect_request"
    assert content(inspect) == {"code": "f(", "cursor_pos": 1, "detail_level": 1}


def test_an_input_reply_names_the_request_that_it_answers() -> None:
    message = messages.input_reply("geheim", PARENT, ORIGIN, ID, DATE)
    assert (message.header.msg_type, message.parent) == ("input_reply", PARENT)
    assert content(message) == {"status": "ok", "value": "geheim"}


def test_requests_without_content_have_an_empty_object() -> None:
    assert content(messages.kernel_info_request(ORIGIN, ID, DATE)) == {}
    assert messages.interrupt_request(ORIGIN, ID, DATE).header.msg_type == "interrupt_request"


def test_a_status_of_the_server_looks_like_one_of_the_kernel() -> None:
    message = messages.status("restarting", PARENT, ORIGIN, ID, DATE)
    assert (message.header.msg_type, message.parent) == ("status", PARENT)
    assert content(message) == {"execution_state": "restarting"}


def test_code_with_a_lone_surrogate_can_be_run() -> None:
    frames = encode(messages.execute_request("'\ud800'", ORIGIN, ID, DATE))
    assert decode(frames).content["code"] == "'\ud800'"


@given(st.builds(Message, headers, st.one_of(st.none(), headers), objects, objects, buffers))
def test_the_ids_that_are_searched_for_are_those_that_parsing_finds(message: Message) -> None:
    frames = encode(message)
    parent = parent_of(frames)

    assert id_of(frames) == header_of(frames).msg_id
    assert parent_id_of(frames) == (None if parent is None else parent.msg_id)


@given(st.builds(Frames, *[st.binary(max_size=20)] * 4))
def test_p2_ids_and_states_in_any_bytes_are_found_or_a_protocol_error(frames: Frames) -> None:
    for find in (id_of, parent_id_of, state_of):
        try:
            find(frames)
        except ProtocolError:
            continue


@pytest.mark.parametrize(
    ("header", "content", "state"),
    [
        ('{"msg_id":"m","msg_type":"status"}', '{"execution_state":"busy"}', "busy"),
        ('{"msg_type" : "status", "msg_id": "m"}', ' { "execution_state" : "idle" } ', "idle"),
        ('{"msg_id":"m","msg_type":"status"}', '{"execution_state":"idle","extra":1}', "idle"),
        ('{"msg_id":"m","msg_type":"st\\u0061tus","x":"status"}', '{"execution_state":"idle"}', "idle"),
        ('{"msg_id":"m","msg_type":"status"}', '{"execution_state":1}', None),
        ('{"msg_id":"status","msg_type":"stream"}', '{"execution_state":"busy"}', None),
        ('{"msg_id":"m","msg_type":"stream"}', "not looked at", None),
    ],
)
def test_the_state_that_a_status_tells(header: str, content: str, state: str | None) -> None:
    assert state_of(replace(FRAMES, header=header.encode(), content=content.encode())) == state


@pytest.mark.parametrize(
    ("parent", "msg_id"),
    [
        ('{"msg_id":"p-1","msg_type":"execute_request"}', "p-1"),
        ('{"msg_type":"execute_request", "msg_id" : "p \\" 1"}', 'p " 1'),
        ("{}", None),
    ],
)
def test_the_id_of_what_a_message_answers(parent: str, msg_id: str | None) -> None:
    assert parent_id_of(replace(FRAMES, parent_header=parent.encode())) == msg_id
