"""WebSocket frames and messages that are wrong, sent to the real program at every address of WebSockets.

Whatever comes, the connection is closed with a code that says why, or goes on; others are served; nothing is logged but
what is meant to be, and never the token.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adrastea.server.handler import SocketHandler
from adrastea.server.routes import ROUTES
from tests.system import websocket_frames as ws
from tests.system.hostile import Target, target
from tests.system.websocket_frames import BINARY, CLOSE, PING, PONG, TEXT, frame

pytestmark = pytest.mark.slow

REFUSALS = {1002, 1003, 1007, 1008, 1009}
FUZZ = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MEGABYTE = 1 << 20

PLACES = {
    "v1": ("/api/kernels/{kernel}/channels", ws.V1),
    "json": ("/api/kernels/{kernel}/channels", ""),
    "document": ("/api/documents/socket?path=n.ipynb", ""),
    "terminal": ("/terminals/websocket/mine", ""),
    "events": ("/api/events/subscribe", ""),
}
PATTERNS = {
    r"api/kernels/([^/]+)/channels",
    "api/documents/socket",
    r"terminals/websocket/([^/]+)",
    "api/events/subscribe",
}


@pytest.fixture(scope="module", name="attacked")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(tmp_path_factory.mktemp("frames")) as made:
        assert made.ask("POST", "/api/terminals", {"name": "mine"}).status == 200
        yield made
        made.assert_unharmed()


def send(attacked: Target, place: str, *sent: bytes) -> ws.Outcome:
    path, header = PLACES[place]
    with ws.upgraded(attacked, path.format(kernel=attacked.kernel), header) as connection:
        return ws.outcome(connection, *sent)


BROKEN = {
    "a reserved bit": frame(TEXT, b"{}", rsv=4),
    "another reserved bit": frame(TEXT, b"{}", rsv=2),
    "the third reserved bit": frame(BINARY, b"{}", rsv=1),
    "a data opcode that is not defined": frame(3, b"x"),
    "the last data opcode": frame(7, b"x"),
    "a control opcode that is not defined": frame(11, b"x"),
    "the last control opcode": frame(15, b"x"),
    "a ping in pieces": frame(PING, b"x", fin=False),
    "a close in pieces": frame(CLOSE, b"\x03\xe8", fin=False),
    "a ping that is too long": frame(PING, b"x" * 126),
    "a ping that is much too long": frame(PING, b"x" * 70_000),
    "a length of 2^63": frame(BINARY, length=1 << 63),
    "a length of 2^64-1": frame(TEXT, b"x", length=(1 << 64) - 1),
    "a length beyond the limit": frame(BINARY, length=129 * MEGABYTE),
    "pieces that are too long together": frame(BINARY, b"x", fin=False) + frame(0, length=128 * MEGABYTE),
    "text that is not UTF-8": frame(TEXT, b"\xff\xfe"),
    "half of a surrogate pair": frame(TEXT, b"\xed\xa0\x80"),
    "text that is not UTF-8, in pieces": frame(TEXT, b"\xc3", fin=False) + frame(0, b"\x28"),
    "a continuation of nothing": frame(0, b"x"),
    "a message within a message": frame(TEXT, b"{", fin=False) + frame(TEXT, b"}"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", BROKEN)
def test_a_frame_that_breaks_the_protocol_ends_the_connection(attacked: Target, place: str, what: str) -> None:
    ended = send(attacked, place, BROKEN[what])

    assert not ended.answers
    assert ended.code in REFUSALS | {None}
    assert ended.said_after_close == 0


HALF = {
    "nothing": b"",
    "half a head": b"\x82",
    "a head without its length": b"\x82\xff\x00",
    "a head without its mask": b"\x82\x81\x00",
    "half a message": frame(BINARY, b"x" * 100, length=1000),
    "HTTP": b"GET / HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", HALF)
def test_a_frame_that_never_comes_to_its_end_goes_with_its_connection(attacked: Target, place: str, what: str) -> None:
    path, header = PLACES[place]
    with ws.upgraded(attacked, path.format(kernel=attacked.kernel), header) as connection:
        connection.sendall(HALF[what])

    attacked.assert_unharmed()


ODD = {
    "no mask": frame(TEXT, b"{}", masked=False),
    "a length in more bytes than needed": b"\x82\xfe\x00\x01" + bytes(4) + b"x",
    "empty text": frame(TEXT),
    "empty bytes": frame(BINARY),
    "a message in 5000 empty pieces": frame(TEXT, fin=False) + frame(0, fin=False) * 5000 + frame(0),
    "a pong that nobody asked for": frame(PONG, b"x"),
    "a close with half a code": frame(CLOSE, b"x"),
    "a close with a code that does not exist": frame(CLOSE, struct.pack("!H", 5)),
    "a close with a code that may not be sent": frame(CLOSE, struct.pack("!H", 1005)),
    "a close whose reason is not UTF-8": frame(CLOSE, struct.pack("!H", 1000) + b"\xff"),
    "a close and more": frame(CLOSE, struct.pack("!H", 1000)) + frame(TEXT, b"{}"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", ODD)
def test_a_frame_that_is_odd_is_answered_or_ends_the_connection(attacked: Target, place: str, what: str) -> None:
    ended = send(attacked, place, ODD[what])

    assert ended.said_after_close == 0
    attacked.assert_unharmed()


@pytest.mark.parametrize("place", PLACES)
def test_pings_faster_than_their_answers_are_read_cost_nothing(attacked: Target, place: str) -> None:
    assert send(attacked, place, frame(PING, b"x" * 125) * 20_000).answers


def header(**fields: object) -> bytes:
    usual = {"msg_id": "1", "msg_type": "kernel_info_request", "session": "s", "username": "u", "version": "5.3"}
    return json.dumps({**usual, **fields}).encode()


def v1(parts: Sequence[bytes], count: int | None = None, offsets: Sequence[int] | None = None) -> bytes:
    """A message of the v1 framing, with another count and other offsets than its own where they are given."""
    own = list(accumulate(map(len, parts), initial=8 * (2 + len(parts))))
    table = own if offsets is None else offsets
    words = (len(own) if count is None else count, *table)
    return b"".join(struct.pack("<Q", word % (1 << 64)) for word in words) + b"".join(parts)


PARTS = [b"shell", header(), b"{}", b"{}", b"{}"]
OFFSETS = list(accumulate(map(len, PARTS), initial=56))
DEEP = b'{"a":' * 1000 + b"1" + b"}" * 1000

MALFORMED = {
    "a negative offset": v1(PARTS, offsets=[-1, *OFFSETS[1:]]),
    "overlapping parts": v1(PARTS, offsets=[*OFFSETS[:2], OFFSETS[1] - 1, *OFFSETS[3:]]),
    "an offset beyond the end": v1(PARTS, offsets=[*OFFSETS[:-1], OFFSETS[-1] + 1000]),
    "an offset of 2^63": v1(PARTS, offsets=[*OFFSETS[:-1], 1 << 63]),
    "offsets that begin in the table": v1(PARTS, offsets=[0, *OFFSETS[1:]]),
    "a count of 0": v1(PARTS, count=0),
    "a count of 2^60": v1(PARTS, count=1 << 60),
    "a count of 2^64-1": v1(PARTS, count=(1 << 64) - 1),
    "a message that is cut off": v1(PARTS)[:40],
    "seven bytes": b"1234567",
    "too few parts": v1(PARTS[:4]),
    "a channel that does not exist": v1([b"shel", *PARTS[1:]]),
    "an empty channel": v1([b"", *PARTS[1:]]),
    "an empty header": v1([b"shell", b"", *PARTS[2:]]),
    "a header that is null": v1([b"shell", b"null", *PARTS[2:]]),
    "a header that is a list": v1([b"shell", b"[]", *PARTS[2:]]),
    "a header that is no JSON": v1([b"shell", b"{", *PARTS[2:]]),
    "a header without an id": v1([b"shell", b'{"msg_type":"x"}', *PARTS[2:]]),
    "a header without a type": v1([b"shell", b'{"msg_id":"x"}', *PARTS[2:]]),
    "an id that is a number": v1([b"shell", header(msg_id=1), *PARTS[2:]]),
    "a type that is a list": v1([b"shell", header(msg_type=[]), *PARTS[2:]]),
    "a session that is an object": v1([b"shell", header(session={}), *PARTS[2:]]),
    "a number of 5000 digits": v1([b"shell", b'{"msg_id":"1","msg_type":"x","n":' + b"9" * 5000 + b"}", *PARTS[2:]]),
    "a header of 100,000 levels": v1([b"shell", b"[" * 100_000, *PARTS[2:]]),
    "a header of a thousand levels": v1([b"shell", DEEP, *PARTS[2:]]),
    "a parent that is a list": v1([*PARTS[:2], b"[]", *PARTS[3:]]),
    "a parent whose id is a number": v1([*PARTS[:2], b'{"msg_id":1}', *PARTS[3:]]),
    "metadata that are a number": v1([*PARTS[:3], b"1", PARTS[4]]),
    "a content that is a list": v1([*PARTS[:4], b"[]"]),
    "a content of a thousand levels": v1([*PARTS[:4], DEEP]),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_message_of_a_kernel_closes_its_client(attacked: Target, what: str) -> None:
    as_v1 = send(attacked, "v1", frame(BINARY, MALFORMED[what]))
    as_json = send(attacked, "json", frame(BINARY, MALFORMED[what]))

    assert [ended.code for ended in (as_v1, as_json)] == [1007, 1007]
    assert [ended.said_after_close for ended in (as_v1, as_json)] == [0, 0]


LENIENT = {
    "NaN": v1([b"shell", b'{"msg_id":"1","msg_type":"x","n":NaN,"m":1e999}', *PARTS[2:]]),
    "half of a surrogate pair": v1([b"shell", b'{"msg_id":"\\ud800","msg_type":"\\udfff"}', *PARTS[2:]]),
    "bytes that are not UTF-8": v1([*PARTS[:4], b'{"a":"\xff"}']),
    "two ids": v1([b"shell", b'{"msg_id":"1","msg_id":"2","msg_type":"x"}', *PARTS[2:]]),
    "50,000 empty buffers": v1([*PARTS, *[b""] * 50_000]),
    "what only kernels say": v1([b"iopub", *PARTS[1:]]),
    "an answer that nobody asked for": v1([b"stdin", header(msg_type="input_reply"), b"{}", b"{}", b'{"value":[]}']),
    "a type of a megabyte": v1([b"shell", header(msg_type="x" * MEGABYTE), *PARTS[2:]]),
}


@pytest.mark.parametrize("what", LENIENT)
def test_an_odd_message_of_a_kernel_is_the_kernel_s_business(attacked: Target, what: str) -> None:
    assert send(attacked, "v1", frame(BINARY, LENIENT[what])).answers


TEXTS = [
    "",
    "null",
    "1",
    "[]",
    "{}",
    "[" * 100_000,
    '{"a":' * 1000 + "1" + "}" * 1000,
    '{"channel":"x"}',
    '{"channel":[]}',
    '{"channel":{}}',
    '{"header":1}',
    '{"header":{"msg_id":1,"msg_type":2}}',
    '{"header":{"msg_id":"1","msg_type":"x"},"content":[]}',
    '{"header":{"msg_id":"1","msg_type":"x"},"content":{"a":' + "9" * 5000 + "}}",
    '"' + "x" * MEGABYTE + '"',
    "\0",
    "\ufeff{}",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_malformed_json_closes_a_client_of_the_older_framing(attacked: Target, text: str) -> None:
    ended = send(attacked, "json", frame(TEXT, text.encode()))

    assert (ended.code, ended.said_after_close) == (1007, 0)


EDITS = [
    "1",
    "{}",
    '{"op":"set_source"}',
    '{"op":"set_source","cell":1,"source":"x"}',
    '{"op":"set_source","cell":"a1","source":1}',
    '{"op":"insert_cell","index":' + "9" * 4000 + ',"cell":{}}',
    '{"op":"insert_cell","index":1e999,"cell":{"id":"b","cell_type":"code","source":""}}',
    '{"op":"insert_cell","index":0,"cell":{"id":[],"cell_type":{},"source":7}}',
    '{"op":"move_cell","cell":"a1","index":-1e999}',
    '{"op":"set_metadata","cell":"a1","metadata":[]}',
    '{"op":"set_notebook_metadata","metadata":' + '{"a":' * 900 + "1" + "}" * 900 + "}",
    '{"op":"replace_notebook","notebook":{"cells":[1]}}',
    '{"op":"replace_notebook","notebook":{"cells":{},"metadata":1,"nbformat":"4"}}',
    '{"op":"' + "x" * 100_000 + '"}',
]
REQUESTS = [
    *TEXTS,
    '{"type":1}',
    '{"type":{}}',
    '{"type":"' + "x" * MEGABYTE + '"}',
    '{"type":"edit"}',
    '{"type":"edit","seq":1e999,"edits":[]}',
    '{"type":"edit","seq":true,"edits":[]}',
    '{"type":"run","cells":[1]}',
    '{"type":"run","cells":{}}',
    '{"type":"save"}',
    '{"type":"save","seq":[]}',
    '{"type":"input","value":1}',
    *(f'{{"type":"edit","seq":1,"edits":[{edit}]}}' for edit in EDITS),
]


@pytest.mark.parametrize("text", REQUESTS, ids=range(len(REQUESTS)))
def test_a_malformed_request_about_a_document_is_answered_with_a_sentence(attacked: Target, text: str) -> None:
    path, _ = PLACES["document"]
    with ws.upgraded(attacked, path) as connection:
        ws.message_with(connection, b'"type":"snapshot"')  # before it, nothing is heard
        connection.sendall(frame(TEXT, text.encode()))
        error = json.loads(ws.message_with(connection, b'"type":"error"'))

    assert set(error) == {"type", "seq", "message", "kind"}
    assert "went wrong" not in error["message"]
    assert len(error["message"]) < 1000


@pytest.mark.parametrize("place", PLACES)
def test_any_bytes_at_all_do_no_harm(attacked: Target, place: str) -> None:
    @FUZZ
    @given(st.binary(max_size=200))
    def examples(sent: bytes) -> None:
        path, header = PLACES[place]
        with ws.upgraded(attacked, path.format(kernel=attacked.kernel), header) as connection:
            connection.sendall(sent)

    examples()
    attacked.assert_unharmed()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a1", "shell", "edit"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=6)
            | st.sampled_from(
                [
                    "type",
                    "seq",
                    "edits",
                    "op",
                    "cell",
                    "cells",
                    "source",
                    "index",
                    "header",
                    "msg_id",
                    "msg_type",
                    "channel",
                    "content",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("place", PLACES)
def test_any_json_at_all_is_answered_or_refused(attacked: Target, place: str) -> None:
    @FUZZ
    @given(JSON, st.booleans())
    def examples(value: object, as_text: bool) -> None:  # noqa: FBT001 -- an example
        ended = send(attacked, place, frame(TEXT if as_text else BINARY, json.dumps(value).encode()))

        assert ended.answers or ended.code in REFUSALS

    examples()
    attacked.assert_unharmed()


@pytest.mark.parametrize("place", ["v1", "json"])
def test_a_message_that_has_been_tampered_with_is_relayed_or_refused(attacked: Target, place: str) -> None:
    usual = v1([b"shell", header(msg_type="comm_info_request"), b"{}", b"{}", b"{}", b"buffer"])

    @FUZZ
    @given(st.integers(0, len(usual) - 1), st.binary(min_size=1, max_size=9))
    def examples(at: int, put: bytes) -> None:
        ended = send(attacked, place, frame(BINARY, usual[:at] + put + usual[at + len(put) :]))

        assert ended.answers or ended.code in REFUSALS

    examples()
    attacked.assert_unharmed()


def test_every_address_of_websockets_is_attacked_here() -> None:
    sockets = {pattern for pattern, handler in ROUTES if issubclass(handler.load(), SocketHandler)}

    assert sockets == PATTERNS
