"""Who uses a kernel, and which message is for whom. Server thread only.

What comes on iopub is for every client; a reply, and a question on stdin, is for the one whose request it answers. Who
has left gets nothing any more.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from adrastea.kernels.lifecycle import State
from adrastea.kernels.routing import Routing
from adrastea.protocol import comms, messages
from adrastea.protocol.messages import MsgId
from adrastea.protocol.wire import Channel, Frames

log = logging.getLogger(__name__)


class KernelClient(Protocol):
    """Who uses a kernel. Called on the server loop; may not raise."""

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """A verified message: from iopub, a reply to what this client asked, or a question of its code (stdin)."""
        ...

    def on_state(self, state: State) -> None:
        """The kernel has another state."""
        ...


class Clients:
    """See the module."""

    def __init__(self) -> None:
        self._attached: list[KernelClient] = []
        self._routing: Routing[KernelClient] = Routing()
        self._asked: list[KernelClient] = []  # by questions on stdin that are still open; subshells may ask several

    def __len__(self) -> int:
        return len(self._attached)

    @property
    def keep_busy(self) -> bool:
        """Whether the kernel works on a request of one of them, or of somebody whom we do not know."""
        return self._routing.is_busy

    def attach(self, client: KernelClient) -> None:
        """Tell `client` from now on."""
        if client not in self._attached:
            self._attached.append(client)

    def detach(self, client: KernelClient) -> None:
        """Tell it no more; replies to what it asked are dropped."""
        if client in self._attached:
            self._attached.remove(client)
        self._routing.gone(client)
        self._asked = [other for other in self._asked if other is not client]

    def expect(self, client: KernelClient, msg_id: MsgId) -> None:
        """`client` has asked this in an earlier run of the program, and the kernel works on it."""
        self._routing.asked(msg_id, client, "shell")
        self._routing.busy(msg_id)

    def may_answer(self, client: KernelClient) -> bool:
        """Whether the kernel waits for an answer of this client, on stdin; if so, it has it now."""
        if client not in self._asked:
            return False
        self._asked.remove(client)
        return True

    def ask(self, client: KernelClient, channel: Channel, frames: Frames, send: Callable[[], None]) -> None:
        """`send` the request `frames` on `channel`, and note whose it is. What `send` raises passes through.

        Raises:
            ProtocolError: the request has no proper header.
        """
        msg_id = messages.id_of(frames)
        line = messages.subshell_of(frames) or channel
        self._routing.asked(msg_id, client, line, replies=not comms.may_be_comm(frames.header))
        try:
            send()
        except BaseException:
            self._routing.unasked(msg_id)
            raise

    def forget_requests(self) -> None:
        """Whom they were sent to has gone: no reply to them will come (K5)."""
        self._routing.clear()
        self._asked.clear()

    def forget_work(self) -> None:
        """Another process has been started, which is not busy with anything yet."""
        self._routing.idle(None)

    def tell_state(self, state: State) -> None:
        """The kernel has another state."""
        for client in tuple(self._attached):
            _tell(client.on_state, state)

    def on_iopub(self, frames: Frames) -> bool:
        """Pass on what every client gets. Says whether it was about what the kernel is busy with.

        Raises:
            ProtocolError: it says so and makes no sense.
        """
        for client in tuple(self._attached):
            _tell(client.on_message, "iopub", frames)
        state = messages.state_of(frames)
        return state is not None and self._on_status(state, messages.parent_id_of(frames))

    def on_reply(self, channel: Channel, frames: Frames) -> None:
        """Pass on what one client gets.

        Raises:
            ProtocolError: its parent header makes no sense.
        """
        msg_id = messages.parent_id_of(frames)
        if msg_id is None:
            return
        ours = self._routing
        client = ours.asker(msg_id) if channel == "stdin" else ours.answered(msg_id)
        if client is not None:
            if channel == "stdin":
                self._asked.append(client)
            _tell(client.on_message, channel, frames)

    def _on_status(self, state: str, msg_id: MsgId | None) -> bool:
        match state:
            case "busy":
                self._routing.busy(msg_id)
            case "idle":
                self._routing.idle(msg_id)
            case "starting":
                self._routing.idle(None)
            case _:
                return False
        return True


def _tell(tell: Callable[..., None], *what: object) -> None:
    try:
        tell(*what)
    except Exception:  # one client's fault may cost neither the others nor the rest of the batch
        log.exception("a client of a kernel has failed")
