"""Comms: what a kernel and its clients say about an object that both have, such as a widget. Values in, values out.

    comm_open   comm_id, target_name, data     the object has come about; its kind is the target
    comm_msg    comm_id, data                  something was said about it
    comm_close  comm_id                        it has gone

The kernel says them on iopub, clients on shell; none of them has a reply. (`comm_info_request` has one: it
asks which there are.) Binary parts travel as the message's buffers.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType, TypeAlias

from adrastea.errors import ProtocolError
from adrastea.protocol.json_part import EMPTY, JsonObject
from adrastea.protocol.messages import Header, Message, MsgId, Origin

CommId = NewType("CommId", str)
"""Names one comm; for a widget it is the id of its model."""

_MARK: Final = re.compile(rb'"comm_(?:open|msg|close)"')


@dataclass(frozen=True, slots=True)
class CommOpen:
    """An object has come about."""

    comm: CommId
    target: str
    data: JsonObject
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CommSaid:
    """Something was said about it."""

    comm: CommId
    data: JsonObject
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CommClose:
    """It has gone."""

    comm: CommId


Comm: TypeAlias = CommOpen | CommSaid | CommClose


def may_be_comm(header: bytes) -> bool:
    """Whether this header may be that of a comm message; a `no` is certain."""
    return _MARK.search(header) is not None


def comm_of(message: Message) -> Comm | None:
    """What a comm message says; None for any other message.

    Raises:
        ProtocolError: it is a comm message and makes no sense.
    """
    kind = message.header.msg_type
    if kind not in {"comm_open", "comm_msg", "comm_close"}:
        return None
    comm = message.content.get("comm_id")
    if not isinstance(comm, str) or not comm:
        raise ProtocolError(f"A {kind} has no comm_id.")
    if kind == "comm_close":
        return CommClose(CommId(comm))
    data = message.content.get("data")
    fields = data if isinstance(data, Mapping) else EMPTY
    if kind == "comm_msg":
        return CommSaid(CommId(comm), fields, message.buffers)
    target = message.content.get("target_name")
    return CommOpen(CommId(comm), target if isinstance(target, str) else "", fields, message.buffers)


def comm_msg(
    comm: CommId, data: JsonObject, buffers: tuple[bytes, ...], origin: Origin, msg_id: MsgId, date: datetime
) -> Message:
    """Say something about an object of the kernel. Shell channel; no reply."""
    header = Header(msg_id, origin.session, origin.username, date.isoformat(), "comm_msg")
    return Message(header, None, EMPTY, {"comm_id": comm, "data": data}, buffers)


def comm_open(
    comm: CommId, target: str, metadata: JsonObject, origin: Origin, msg_id: MsgId, date: datetime
) -> Message:
    """Make an object of our own known to the kernel. Shell channel; no reply."""
    header = Header(msg_id, origin.session, origin.username, date.isoformat(), "comm_open")
    return Message(header, None, metadata, {"comm_id": comm, "target_name": target, "data": EMPTY})
