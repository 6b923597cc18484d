"""Jupyter messages as values, and the requests that we send ourselves.

Guarantees: decoding raises nothing but ProtocolError (P2). Builders are pure: ids and the clock come in as arguments.
A message that is only passed on stays `Frames`; `id_of`, `parent_id_of` and `state_of` find what routing needs, with
one search where a message looks as every kernel writes it, and by parsing where it does not.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NewType

from adrastea.errors import ProtocolError
from adrastea.protocol.json_part import EMPTY, JsonObject, JsonValue, dump_object, load_object
from adrastea.protocol.wire import Frames

MsgId = NewType("MsgId", str)
"""Unique per message; a reply carries its request's in `parent_header`."""

SessionId = NewType("SessionId", str)
"""Names one client or one run of a kernel. Not a session of notebook and kernel: the protocol's word, not ours."""

PROTOCOL_VERSION: Final = "5.4"

_MSG_ID: Final = re.compile(rb'"msg_id"\s*:\s*"([!#-\[\]-~]+)"')  # one with an escape in it is parsed
_IS_STATUS: Final = re.compile(rb'"msg_type"\s*:\s*"status"')
_STATE: Final = re.compile(rb'\s*\{\s*"execution_state"\s*:\s*"([a-z]+)"\s*\}\s*')
_LOOK: Final = re.compile(rb'"msg_type": ?"(?:kernel_info|comm_info|debug)_request"')


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent a message, when, and of what kind. What a kernel leaves out is empty; `msg_id` is always there."""

    msg_id: MsgId
    session: SessionId
    username: str
    date: str
    """ISO 8601, as the sender wrote it; empty where it is no text: gateway clients write a number of seconds."""
    msg_type: str
    version: str = PROTOCOL_VERSION
    subshell_id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One decoded message."""

    header: Header
    parent: Header | None
    """The header of what it answers; None when it came by itself."""
    metadata: JsonObject
    content: JsonObject
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """In whose name messages are built."""

    session: SessionId
    username: str


def decode(frames: Frames) -> Message:
    """The message, all four JSON parts parsed.

    Raises:
        ProtocolError: a part is not a JSON object, or the header lacks `msg_id` or `msg_type`.
    """
    return Message(
        header_of(frames),
        parent_of(frames),
        _open_object(frames.metadata, "metadata"),
        load_object(frames.content, "content"),
        frames.buffers,
    )


def encode(message: Message) -> Frames:
    """The message with its JSON parts encoded.

    Raises:
        ProtocolError: metadata or content hold something that has no JSON form.
    """
    return Frames(
        dump_object(_header_fields(message.header)),
        dump_object(EMPTY if message.parent is None else _header_fields(message.parent)),
        dump_object(message.metadata),
        dump_object(message.content),
        message.buffers,
    )


def header_of(frames: Frames) -> Header:
    """The header alone; the other parts are not looked at.

    Raises:
        ProtocolError: not a header with `msg_id` and `msg_type`.
    """
    header = _header(load_object(frames.header, "header"), "header")
    if not header.msg_type:
        raise ProtocolError("The header of a message has no msg_type.")
    return header


def parent_of(frames: Frames) -> Header | None:
    """The header of the message that this one answers, None when there is none; the other parts are not looked at.

    Raises:
        ProtocolError: neither an empty object, nor null, nor a header with `msg_id`.
    """
    fields = _open_object(frames.parent_header, "parent_header")
    return _header(fields, "parent_header") if fields else None


def id_of(frames: Frames) -> MsgId:
    """The message's id, mostly without parsing the header.

    Raises:
        ProtocolError: not a header with `msg_id`.
    """
    found = _MSG_ID.search(frames.header)
    return header_of(frames).msg_id if found is None else MsgId(str(found[1], "ascii"))


def parent_id_of(frames: Frames) -> MsgId | None:
    """The id of the message that this one answers, None when there is none; mostly without parsing anything.

    Raises:
        ProtocolError: neither an empty object nor a header with `msg_id`.
    """
    found = _MSG_ID.search(frames.parent_header)
    if found is not None:
        return MsgId(str(found[1], "ascii"))
    parent = parent_of(frames)
    return None if parent is None else parent.msg_id


def subshell_of(frames: Frames) -> str | None:
    """In which of the kernel's subshells a request is to be done; None: in its main one.

    Raises:
        ProtocolError: not a header with `msg_id`.
    """
    return header_of(frames).subshell_id if b'"subshell_id"' in frames.header else None


def is_look(header: bytes) -> bool:
    """Whether this is the header of a request by which programs look at a kernel without using it, often by themselves.

    jupyter_server does not take these for activity either.
    """
    return _LOOK.search(header) is not None


def state_of(frames: Frames) -> str | None:
    """What a `status` says, mostly without parsing anything; None for any other message, and for one that says nothing.

    Raises:
        ProtocolError: it is a status and makes no sense.
    """
    if b'"status"' not in frames.header:
        return None
    found = _STATE.fullmatch(frames.content)
    if found is not None and _IS_STATUS.search(frames.header) is not None:
        return str(found[1], "ascii")
    message = decode(frames)
    state = message.content.get("execution_state")
    return state if message.header.msg_type == "status" and isinstance(state, str) else None


def execute_request(  # noqa: PLR0913  # the fields of the protocol
    code: str,
    origin: Origin,
    msg_id: MsgId,
    date: datetime,
    *,
    silent: bool = False,
    store_history: bool = True,
    allow_stdin: bool = True,
    stop_on_error: bool = True,
    metadata: JsonObject = EMPTY,
) -> Message:
    """Run code. Shell channel; answered by `execute_reply`, its outputs come on iopub."""
    content: JsonObject = {
        "code": code,
        "silent": silent,
        "store_history": store_history,
        "user_expressions": EMPTY,
        "allow_stdin": allow_stdin,
        "stop_on_error": stop_on_error,
    }
    return _request("execute_request", content, origin, msg_id, date, metadata=metadata)


def kernel_info_request(origin: Origin, msg_id: MsgId, date: datetime) -> Message:
    """Ask what the kernel is. Shell or control channel."""
    return _request("kernel_info_request", EMPTY, origin, msg_id, date)


def interrupt_request(origin: Origin, msg_id: MsgId, date: datetime) -> Message:
    """Interrupt, for kernels whose `interrupt_mode` is `message`. Control channel."""
    return _request("interrupt_request", EMPTY, origin, msg_id, date)


def shutdown_request(origin: Origin, msg_id: MsgId, date: datetime, *, restart: bool) -> Message:
    """Ask the kernel to end; `restart` tells it that another one follows. Control channel."""
    return _request("shutdown_request", {"restart": restart}, origin, msg_id, date)


def complete_request(code: str, cursor_pos: int, origin: Origin, msg_id: MsgId, date: datetime) -> Message:
    """Ask what could stand at `cursor_pos`, counted in Unicode code points. Shell channel."""
    return _request("complete_request", {"code": code, "cursor_pos": cursor_pos}, origin, msg_id, date)


def inspect_request(
    code: str, cursor_pos: int, origin: Origin, msg_id: MsgId, date: datetime, *, detail_level: Literal[0, 1] = 0
) -> Message:
    """Ask for the documentation of what stands at `cursor_pos`, counted in Unicode code points. Shell channel."""
    content: JsonObject = {"code": code, "cursor_pos": cursor_pos, "detail_level": detail_level}
    return _request("inspect_request", content, origin, msg_id, date)


def input_reply(value: str, parent: Header, origin: Origin, msg_id: MsgId, date: datetime) -> Message:
    """What the user typed for the `input_request` whose header is `parent`. Stdin channel."""
    return _request("input_reply", {"status": "ok", "value": value}, origin, msg_id, date, parent=parent)


def status(  # the fields of the protocol
    execution_state: str, parent: Header | None, origin: Origin, msg_id: MsgId, date: datetime, *, reason: str = ""
) -> Message:
    """What the server itself tells a kernel's clients, as if on iopub; `reason`, not Jupyter's, says why it is dead."""
    content: JsonObject = {"execution_state": execution_state, **({"reason": reason} if reason else {})}
    return _request("status", content, origin, msg_id, date, parent=parent)


def _request(
    msg_type: str,
    content: JsonObject,
    origin: Origin,
    msg_id: MsgId,
    date: datetime,
    *,
    parent: Header | None = None,
    metadata: JsonObject = EMPTY,
) -> Message:
    header = Header(msg_id, origin.session, origin.username, date.isoformat(), msg_type)
    return Message(header, parent, metadata, content)


def _open_object(data: bytes, part: str) -> JsonObject:
    """An object that may be null: kernels on xeus write the two of their `iopub_welcome` so, which answers nothing."""
    return EMPTY if data.strip() == b"null" else load_object(data, part)


def _header(fields: JsonObject, part: str) -> Header:
    msg_id = _text(fields, "msg_id", part)
    if not msg_id:
        raise ProtocolError(f"The {part} of a message has no msg_id.")
    return Header(
        MsgId(msg_id),
        SessionId(_text(fields, "session", part)),
        _text(fields, "username", part),
        _date(fields),
        _text(fields, "msg_type", part),
        _text(fields, "version", part),
        _text(fields, "subshell_id", part) or None,
    )


def _text(fields: JsonObject, name: str, part: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ProtocolError(f"The {part} of a message has a {name} that is not a string.")
    return value


def _date(fields: JsonObject) -> str:
    value = fields.get("date")
    return value if isinstance(value, str) else ""


def _header_fields(header: Header) -> dict[str, JsonValue]:
    fields: dict[str, JsonValue] = {
        "msg_id": header.msg_id,
        "session": header.session,
        "username": header.username,
        "date": header.date,
        "msg_type": header.msg_type,
        "version": header.version,
    }
    if header.subshell_id is not None:
        fields["subshell_id"] = header.subshell_id
    return fields
