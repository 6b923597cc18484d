"""`/api/kernels/<id>/channels`: a kernel's channels for any Jupyter client, and for our own completion and inspection.

Frames are relayed as they are, in the `v1` framing or the older JSON form. What a client sends is parsed before it goes
on: a malformed frame closes that client with 1007, a text frame where bytes belong with 1002, and nothing else happens.
The server tells clients by itself, as a `status` on iopub, that the kernel restarts or is dead.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from adrastea.errors import ProtocolError, Unavailable
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages, websocket_json, websocket_v1
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.server.handler import SocketHandler

log = logging.getLogger(__name__)

_PROTOCOL_ERROR: Final = 1002
_INVALID_DATA: Final = 1007
_TOLD: Final = frozenset({State.RESTARTING, State.DEAD})  # the other states a kernel tells by itself
_FROM_CLIENT: Final = frozenset({"shell", "control", "stdin"})


class KernelClientSocket:
    """One WebSocket as a client of its kernel: what the kernel says is encoded and said."""

    def __init__(
        self, kernel: Kernel, encode: Callable[[Channel, Frames], str | bytes], say: Callable[[str | bytes], None]
    ) -> None:
        self._kernel = kernel
        self._encode = encode
        self._say = say
        self._origin = Origin(SessionId(str(uuid4())), "server")
        kernel.attach(self)
        self.on_state(kernel.state)

    def close(self) -> None:
        """Hear no more."""
        self._kernel.detach(self)

    def send(self, channel: Channel, frames: Frames) -> None:
        """Send a request to the kernel; a dead one answers nothing, so the client is told once more that it is.

        Raises:
            ProtocolError: it is not a message.
        """
        messages.decode(frames)
        if channel not in _FROM_CLIENT:
            return
        try:
            self._kernel.send(self, channel, frames)
        except Unavailable as error:
            log.debug("A message for kernel %s was dropped: %s", self._kernel.id, error)
            self.on_state(self._kernel.state)

    # KernelClient

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """A verified message from the kernel."""
        try:
            message = self._encode(channel, frames)
        except ProtocolError as error:
            log.warning("A message of kernel %s cannot be relayed: %s", self._kernel.id, error)
        else:
            self._say(message)

    def on_state(self, state: State) -> None:
        """The kernel has another state."""
        if state in _TOLD:
            status = messages.status(state.value, None, self._origin, MsgId(str(uuid4())), datetime.now(UTC))
            self._say(self._encode("iopub", messages.encode(status)))


class KernelSocket(SocketHandler):
    """`/api/kernels/<id>/channels`."""

    _client: KernelClientSocket | None = None

    @property
    def kernel_id(self) -> str | None:
        """The kernel in its address."""
        return self.path_args[0]

    def prepare(self) -> None:
        """Credentials first, then the kernel: a missing one is a plain 404, before the upgrade."""
        super().prepare()
        self.services.kernels.get(KernelId(self.kernel_id or ""))

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """`v1` where it is offered; none means the older form."""
        return websocket_v1.SUBPROTOCOL if websocket_v1.SUBPROTOCOL in subprotocols else None

    async def opened(self, *args: str, **kwargs: str) -> None:
        """Attach to the kernel."""
        kernel = self.services.kernels.get(KernelId(args[0]))
        encode = websocket_v1.encode if self.selected_subprotocol else websocket_json.encode
        self._client = KernelClientSocket(kernel, encode, self.say)

    def on_message(self, message: str | bytes) -> None:
        """One request of the client."""
        if self._client is None:
            return
        try:
            if self.selected_subprotocol is None:
                channel, frames = websocket_json.decode(message)
            elif isinstance(message, bytes):
                channel, frames = websocket_v1.decode(message)
            else:
                self.close(_PROTOCOL_ERROR, "this protocol takes binary messages")
                return
            self._client.send(channel, frames)
        except ProtocolError as error:
            log.debug("Kernel %s: a client sent a malformed frame: %s", self.kernel_id, error)
            self.close(_INVALID_DATA, "malformed message")

    def on_close(self) -> None:
        """The client has gone."""
        super().on_close()
        if self._client is not None:
            self._client.close()
            self._client = None
