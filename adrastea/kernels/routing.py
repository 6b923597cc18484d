"""Who asked a kernel what, and which requests it is busy with. Pure bookkeeping; `C` is whatever stands for a client.

A kernel may work on several requests at a time (subshells, the control channel), and the reply to a request and the
`idle` after it come on two sockets, in either order. Comms have no reply: they are over with their `idle`. Where a
flood has swept that away, the next `busy` of the same line says so: a kernel does what comes on one line in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from adrastea.protocol.messages import MsgId

C = TypeVar("C")

_REMEMBERED: Final = 16  # answered requests whose code may still ask for input, from a thread that it left behind
_COMMS: Final = 500  # that wait: a kernel that never says `idle` for them is taken to have done those before


@dataclass(frozen=True, slots=True)
class _Asked(Generic[C]):
    client: C | None
    line: str
    replies: bool


class Routing(Generic[C]):
    """See the module. Belongs to the server thread."""

    def __init__(self) -> None:
        self._open: dict[MsgId, _Asked[C]] = {}  # in the order in which they were sent
        self._answered: dict[MsgId, C | None] = {}  # in the order of their replies; small: every kernel has one
        self._busy: set[MsgId] = set()

    @property
    def is_busy(self) -> bool:
        """Whether the kernel works on a request."""
        return bool(self._busy)

    def asked(self, msg_id: MsgId, client: C, line: str, *, replies: bool = True) -> None:
        """`client` has sent the request `msg_id`, which waits its turn in `line`; whether the kernel will reply."""
        self._open[msg_id] = _Asked(client, line, replies)
        if not replies and len(self._open) > _COMMS:
            comms = [other for other, asked in self._open.items() if not asked.replies]
            for comm in comms[:-_COMMS]:
                self._over(comm)

    def unasked(self, msg_id: MsgId) -> None:
        """The request could not be sent."""
        self._open.pop(msg_id, None)

    def asker(self, msg_id: MsgId) -> C | None:
        """Who sent the request; None for one that is unknown, or whose client has gone."""
        asked = self._open.get(msg_id)
        return self._answered.get(msg_id) if asked is None else asked.client

    def answered(self, msg_id: MsgId) -> C | None:
        """The reply has come; whom it is for."""
        self._comms_are_over(msg_id)
        return self._over(msg_id)

    def gone(self, client: C) -> None:
        """Nothing is for this client any more."""
        for msg_id, asked in tuple(self._open.items()):
            if asked.client is client and asked.replies:
                del self._open[msg_id]
            elif asked.client is client:  # only its idle says when it is over
                self._open[msg_id] = replace(asked, client=None)
        for msg_id, other in self._answered.items():
            if other is client:
                self._answered[msg_id] = None

    def busy(self, msg_id: MsgId | None) -> None:
        """The kernel has begun to work on a request; None: on something of its own, which is not counted.

        A kernel's iopub socket drops messages when it is flooded. An `idle` that was lost so is made up for here: what
        was answered before is over, and so are comms that were sent before this request on the same line.
        """
        if msg_id is not None:
            self._comms_are_over(msg_id)
        self._busy.difference_update(self._answered)
        if msg_id is not None:
            self._busy.add(msg_id)

    def idle(self, msg_id: MsgId | None) -> None:
        """The kernel has done with a request; None: with all of them, as a process that has just started."""
        if msg_id is None:
            self._busy.clear()
        else:
            self._busy.discard(msg_id)
            asked = self._open.get(msg_id)
            if asked is not None and not asked.replies:
                self._over(msg_id)

    def clear(self) -> None:
        """Forget everything: the process that was asked has gone (K5)."""
        self._open.clear()
        self._answered.clear()
        self._busy.clear()

    def _comms_are_over(self, msg_id: MsgId) -> None:
        """Those that were sent before this request and stood in the same line."""
        begun = self._open.get(msg_id)
        if begun is None:
            return
        over: list[MsgId] = []
        for other, asked in self._open.items():
            if other == msg_id:
                break
            if not asked.replies and asked.line == begun.line:
                over.append(other)
        for comm in over:
            self._over(comm)

    def _over(self, msg_id: MsgId) -> C | None:
        asked = self._open.pop(msg_id, None)
        client = self._answered[msg_id] = None if asked is None else asked.client
        if len(self._answered) > _REMEMBERED:
            del self._answered[next(iter(self._answered))]
        return client
