"""What a kernel says about its language: version, file extension, how to colour it. Asked once, when it is open.

Belongs to one session and one kernel; does no I/O itself. Server thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import uuid4

from adrastea.documents.notebook import JsonObject
from adrastea.errors import AppError, ProtocolError
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Frames


class KernelLanguage:
    """The question and its answer."""

    def __init__(self) -> None:
        self.info: JsonObject | None = None
        """The kernel's `language_info`; None while it is not known."""
        self._asked: MsgId | None = None

    def ask(self, state: State, send: Callable[[Message], None]) -> None:
        """Ask, unless that has been done or the kernel is not open. A kernel that takes nothing is asked later."""
        if self._asked is not None or state not in {State.IDLE, State.BUSY}:
            return
        origin = Origin(SessionId(uuid4().hex), "adrastea")
        request = messages.kernel_info_request(origin, MsgId(uuid4().hex), datetime.now(UTC))
        try:
            send(request)
        except AppError:
            return
        self._asked = request.header.msg_id

    def restarted(self) -> None:
        """With the old process the question has gone, too; the answer stays."""
        self._asked = None if self.info is None else self._asked

    def is_answer(self, frames: Frames) -> bool:
        """Whether a message on shell is the answer; then `info` is known, if it says so."""
        try:
            parent = messages.parent_of(frames)
            if parent is None or parent.msg_id != self._asked:
                return False
            info = messages.decode(frames).content.get("language_info")
        except ProtocolError:
            return False
        if isinstance(info, Mapping) and info:
            self.info = info
        return True
