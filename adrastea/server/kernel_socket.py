"""`/api/kernels/<id>/channels`: a kernel's channels for any Jupyter client, and for our own completion and inspection.

Frames are relayed as they are, in the `v1` framing or the older JSON form. What a client sends is parsed before it goes
on: a malformed frame closes that client with 1007, a text frame where bytes belong with 1002, and nothing else happens.
The server tells clients by itself, as a `status` on iopub, that the kernel is dead, and why; and a client that comes
while it works, that it is busy: the kernel says it once. Not that it restarts: to JupyterLab and VS Code that means
a crash after which the server has started it anew, which they say in a dialog; here a kernel restarts because somebody
wants it to. `?iopub=no` is for our own page, which has the document for what iopub says, and wants replies only.

What one turn of the loop brings for a client is written at once; what a client has not read waits in its backlog.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final, TypeAlias
from uuid import uuid4

from tornado.iostream import IOStream
from tornado.websocket import WebSocketProtocol13

from adrastea.errors import ProtocolError, Unavailable
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages, websocket_json, websocket_v1
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.protocol.wire import CHANNELS, Channel, Frames
from adrastea.server.frame_writer import FrameWriter
from adrastea.server.handler import SocketHandler
from adrastea.server.kernel_backlog import KernelBacklog

log = logging.getLogger(__name__)

_PROTOCOL_ERROR: Final = 1002
_INVALID_DATA: Final = 1007
_REPLIES: Final[frozenset[Channel]] = frozenset({"shell", "control", "stdin"})
_PIECE_BYTES: Final = 1 << 20  # written at once: more is of no use to the system, and would be copied for nothing

Encode: TypeAlias = Callable[[Channel, Frames], str | bytes]


class KernelClientSocket:
    """One WebSocket as a client of its kernel: what the kernel says is encoded and written."""

    def __init__(
        self,
        kernel: Kernel,
        encode: Encode,
        channels: Collection[Channel],
        stream: IOStream,
        overflow: Callable[[], None],
    ) -> None:
        """Hear these channels from now on. `overflow` is called once, when the client has stopped reading."""
        self._kernel = kernel
        self._encode = encode
        self._channels = channels
        self._overflow = overflow
        self._writer = FrameWriter(stream, self._drained)
        self._backlog = KernelBacklog()
        self._loop = asyncio.get_running_loop()
        self._waits = False  # for the end of a write, or for this turn of the loop
        self._closed = False
        self._session = SessionId(str(uuid4()))
        kernel.attach(self)
        if kernel.state in {State.BUSY, State.DEAD}:
            self._tell(kernel.state)

    def close(self) -> None:
        """Hear no more, say no more."""
        self._closed = True
        self._kernel.detach(self)
        self._backlog.clear()

    def send(self, channel: Channel, frames: Frames) -> None:
        """Send a request to the kernel; a dead one answers nothing, so the client is told once more that it is.

        Raises:
            ProtocolError: it is not a message.
        """
        messages.decode(frames)
        if channel not in _REPLIES:
            return
        try:
            self._kernel.send(self, channel, frames)
        except Unavailable as error:
            log.debug("A message for kernel %s was dropped: %s", self._kernel.id, error)
            self.on_state(self._kernel.state)

    # KernelClient

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """A verified message from the kernel."""
        if self._closed or channel not in self._channels:
            return
        self._backlog.put(channel, frames)
        if self._backlog.is_full:
            self.close()
            self._overflow()
        elif not self._waits:
            self._waits = True
            self._loop.call_soon(self._flush)  # behind all that this wakeup brings

    def on_state(self, state: State) -> None:
        """The kernel has another state."""
        if state is State.DEAD:  # the other states a kernel tells by itself
            self._tell(state)

    def _tell(self, state: State) -> None:
        """In the kernel's name: JupyterLab drops what it has not shown yet when another session speaks."""
        origin = Origin(self._kernel.session or self._session, "server")
        msg_id, now = MsgId(str(uuid4())), datetime.now(UTC)
        status = messages.status(state.value, None, origin, msg_id, now, reason=self._kernel.cause)
        self.on_message("iopub", messages.encode(status))

    # Writing

    def _flush(self) -> None:
        while taken := self._backlog.take(_PIECE_BYTES):
            if not self._writer.write(self._encoded(taken)):
                return
            self._backlog.sent()
        self._waits = False

    def _drained(self) -> None:
        self._backlog.sent()
        self._flush()

    def _encoded(self, taken: Sequence[tuple[Channel, Frames]]) -> Iterator[str | bytes]:
        for channel, frames in taken:
            try:
                yield self._encode(channel, frames)
            except ProtocolError as error:
                log.warning("A message of kernel %s cannot be relayed: %s", self._kernel.id, error)


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
        channels = _REPLIES if self.get_query_argument("iopub", "yes") == "no" else CHANNELS
        connection = self.ws_connection
        if isinstance(connection, WebSocketProtocol13):  # it has not gone meanwhile
            self._client = KernelClientSocket(kernel, encode, channels, connection.stream, self._overflow)

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
