"""What we ask a kernel ourselves: whether it is open, to stop, to end. No client sees what this brings.

Our requests bear a session id that nobody else has, and kernels repeat it in the parent header of all that a request
brings. So one search in the encoded header tells ours from the clients'. Server thread only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeAlias
from uuid import uuid4

from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Frames

Builder: TypeAlias = Callable[[Origin, MsgId, datetime], Message]
"""One of the builders of `protocol/messages.py`, its other arguments given."""

_USERNAME: Final = "adrastea"


class OwnRequests:
    """See the module."""

    def __init__(self) -> None:
        self._origin = Origin(SessionId(uuid4().hex), _USERNAME)
        self._mark = self._origin.session.encode("ascii")
        self._replies: dict[MsgId, asyncio.Future[None]] = {}

    def build(self, builder: Builder) -> Frames:
        """A request whose reply nobody waits for."""
        return messages.encode(builder(self._origin, MsgId(uuid4().hex), datetime.now(UTC)))

    def build_awaited(self, builder: Builder) -> tuple[Frames, asyncio.Future[None]]:
        """A request, and what is done when the reply has come, or will not come any more."""
        message = builder(self._origin, MsgId(uuid4().hex), datetime.now(UTC))
        reply = self._replies[message.header.msg_id] = asyncio.get_running_loop().create_future()
        return messages.encode(message), reply

    def caused(self, frames: Frames) -> bool:
        """Whether a message is there because of one of our requests."""
        return self._mark in frames.parent_header

    def answered(self, frames: Frames) -> None:
        """A reply to one of our requests has come.

        Raises:
            ProtocolError: its parent header makes no sense.
        """
        parent = messages.parent_of(frames)
        reply = None if parent is None else self._replies.pop(parent.msg_id, None)
        if reply is not None and not reply.done():
            reply.set_result(None)

    def clear(self) -> None:
        """No reply will come any more: whoever waits for one goes on."""
        for reply in self._replies.values():
            if not reply.done():
                reply.set_result(None)
        self._replies.clear()
