"""Who asked a kernel what, and which requests it is busy with. Pure bookkeeping; `C` is whatever stands for a client.

A kernel may work on several requests at a time (subshells, the control channel), and the reply to a request and the
`idle` after it come on two sockets, in either order.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from adrastea.protocol.messages import MsgId

C = TypeVar("C")

_REMEMBERED: Final = 16  # answered requests whose code may still ask for input, from a thread that it left behind


class Routing(Generic[C]):
    """See the module. Belongs to the server thread."""

    def __init__(self) -> None:
        self._open: dict[MsgId, C] = {}
        self._answered: dict[MsgId, C | None] = {}  # in the order of their replies; small: every kernel has one
        self._busy: set[MsgId] = set()

    @property
    def is_busy(self) -> bool:
        """Whether the kernel works on a request."""
        return bool(self._busy)

    def asked(self, msg_id: MsgId, client: C) -> None:
        """`client` has sent the request `msg_id`."""
        self._open[msg_id] = client

    def unasked(self, msg_id: MsgId) -> None:
        """The request could not be sent."""
        self._open.pop(msg_id, None)

    def asker(self, msg_id: MsgId) -> C | None:
        """Who sent the request; None for one that is unknown, or whose client has gone."""
        return self._open.get(msg_id) or self._answered.get(msg_id)

    def answered(self, msg_id: MsgId) -> C | None:
        """The reply has come; whom it is for."""
        client = self._open.pop(msg_id, None)
        self._answered[msg_id] = client
        if len(self._answered) > _REMEMBERED:
            del self._answered[next(iter(self._answered))]
        return client

    def gone(self, client: C) -> None:
        """Nothing is for this client any more."""
        self._open = {msg_id: other for msg_id, other in self._open.items() if other is not client}
        for msg_id, other in self._answered.items():
            if other is client:
                self._answered[msg_id] = None

    def busy(self, msg_id: MsgId | None) -> None:
        """The kernel has begun to work on a request; None: on something of its own, which is not counted.

        A kernel's iopub socket drops messages when it is flooded. An `idle` that was lost so is made up for here: what
        was answered before is over.
        """
        self._busy = {other for other in self._busy if other not in self._answered}
        if msg_id is not None:
            self._busy.add(msg_id)

    def idle(self, msg_id: MsgId | None) -> None:
        """The kernel has done with a request; None: with all of them, as a process that has just started."""
        if msg_id is None:
            self._busy.clear()
        else:
            self._busy.discard(msg_id)

    def clear(self) -> None:
        """Forget everything: the process that was asked has gone (K5)."""
        self._open.clear()
        self._answered.clear()
        self._busy.clear()
