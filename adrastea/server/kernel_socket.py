"""`/api/kernels/<id>/channels`: a kernel's channels for any Jupyter client, and for our own completion and inspection.

Frames are relayed as they are, in the `v1` framing or the older JSON form. What a client sends is parsed before it goes
on: a malformed frame closes that client with 1007, a text frame where bytes belong with 1002, and nothing else happens.
The server tells clients by itself, as a `status` on iopub, that the kernel is dead, and why; and a client that comes
while it works, that it is busy: the kernel says it once. Not that it restarts: to JupyterLab and VS Code that means
a crash after which the server has started it anew, which they say in a dialog; here a kernel restarts because somebody
wants it to. `?iopub=no` is for our own page, which has the document for what iopub says, and wants replies only.

A client that gives `?session_id=` and comes back with it gets what it has missed (`kernel_replay.py`).

What one turn of the loop brings for a client is written at once; what a client has not read waits in its backlog.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
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
from adrastea.server.kernel_replay import ClientKey, Unconfirmed

log = logging.getLogger(__name__)

_PROTOCOL_ERROR: Final = 1002
_INVALID_DATA: Final = 1007
_NORMAL: Final = 1000  # after which JupyterLab does not come back by itself
_GONE: Final = 1001  # as a page says that is closed or loaded anew
_REPLIES: Final[frozenset[Channel]] = frozenset({"shell", "control", "stdin"})
_PIECE_BYTES: Final = 1 << 20  # written at once: more is of no use to the system, and would be copied for nothing

Encode: TypeAlias = Callable[[Channel, Frames], str | bytes]


@dataclass(frozen=True, slots=True)
class Connection:
    """One WebSocket of a client."""

    encode: Encode
    stream: IOStream
    overflow: Callable[[], None]
    """Called once, when the client has stopped reading."""
    replaced: Callable[[], None]
    """Called when the client has come by another connection."""


class KernelClientSocket:
    """A client of its kernel, over one WebSocket or, with a name, over several: what the kernel says is written.

    Without a connection it goes on to hear; `connect` writes what it has missed, once and in order. `Returning`.
    """

    def __init__(self, kernel: Kernel, channels: Collection[Channel], forget: Callable[[], None] | None = None) -> None:
        """Hear these channels from now on. `forget` makes it one that may come back, and is called if that is over."""
        self._kernel = kernel
        self._channels = channels
        self._forget = forget
        self._connection: Connection | None = None
        self._writer: FrameWriter | None = None
        self._unconfirmed = None if forget is None else Unconfirmed()
        self._backlog = KernelBacklog()
        self._loop = asyncio.get_running_loop()
        self._waits = False  # for the end of a write, for a pong, or for this turn of the loop
        self._writes = False
        self._closed = False
        self._session = SessionId(str(uuid4()))
        kernel.attach(self)

    @property
    def closed(self) -> bool:
        """Whether it hears nothing any more."""
        return self._closed

    def connect(self, connection: Connection, last_seen: str = "") -> None:
        """Write what it has missed, whether the kernel works or is dead, and what comes.

        `last_seen` is the id of the last message that it has, where the client says so; empty: what is confirmed.
        """
        self._connection = connection
        self._writer = FrameWriter(connection.stream, lambda: self._drained(connection))
        self._waits = self._writes = False
        self._backlog.come_back(last_seen)
        if self._kernel.state in {State.BUSY, State.DEAD}:
            self._tell(self._kernel.state)
        self._flush_soon()

    def disconnect(self) -> None:
        """The connection has ended, and the client may come back."""
        self._connection = self._writer = None
        if not self._closed:
            self._backlog.leave(() if self._unconfirmed is None else self._unconfirmed.take_back())

    def leave(self) -> None:
        """The client has come by another connection."""
        connection = self._connection
        self.disconnect()
        if connection is not None:
            connection.replaced()

    def close(self) -> None:
        """Hear no more, say no more."""
        if self._closed:
            return
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

    def on_pong(self, payload: bytes) -> None:
        """The client has read what was written before the ping that it answers."""
        if self._unconfirmed is None or self._connection is None:
            return
        was_full = self._unconfirmed.is_full
        self._unconfirmed.confirmed(payload)
        if self._writes:
            return
        ping = self._unconfirmed.due()
        if ping:
            self._write((), ping)
        if was_full and not self._unconfirmed.is_full:
            self._go_on()

    # KernelClient

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """A verified message from the kernel."""
        if self._closed or channel not in self._channels:
            return
        self._backlog.put(channel, frames)
        if self._backlog.is_full:
            self._give_up()
        else:
            self._flush_soon()

    def on_state(self, state: State) -> None:
        """The kernel has another state."""
        if state is State.DEAD:  # the other states a kernel tells by itself
            self._tell(state)
            if self._connection is None and self._kernel.closing:
                self._give_up()

    def _tell(self, state: State) -> None:
        """In the kernel's name: JupyterLab drops what it has not shown yet when another session speaks."""
        origin = Origin(self._kernel.session or self._session, "server")
        msg_id, now = MsgId(str(uuid4())), datetime.now(UTC)
        status = messages.status(state.value, None, origin, msg_id, now, reason=self._kernel.cause)
        self.on_message("iopub", messages.encode(status))

    def _give_up(self) -> None:
        connection = self._connection
        self.close()
        if connection is not None:
            connection.overflow()
        elif self._forget is not None:
            self._forget()

    # Writing

    def _flush_soon(self) -> None:
        if not self._waits and self._connection is not None:
            self._waits = True
            self._loop.call_soon(self._flush, self._connection)  # behind all that this wakeup brings

    def _flush(self, connection: Connection) -> None:
        if self._writes or connection is not self._connection:
            return
        while taken := self._backlog.take(_PIECE_BYTES):
            ping = b"" if self._unconfirmed is None else self._unconfirmed.sent(taken)
            if not self._write(taken, ping) or (self._unconfirmed is not None and self._unconfirmed.is_full):
                return
            self._backlog.sent()
        self._waits = False

    def _write(self, taken: Sequence[tuple[Channel, Frames]], ping: bytes) -> bool:
        self._writes = self._writer is None or not self._writer.write(self._encoded(taken), ping)
        return not self._writes

    def _drained(self, connection: Connection) -> None:
        if connection is not self._connection:
            return
        self._writes = False
        if self._unconfirmed is not None:
            ping = self._unconfirmed.due()
            if self._unconfirmed.is_full or (ping and not self._write((), ping)):
                return
        self._go_on()

    def _go_on(self) -> None:
        self._backlog.sent()
        if self._connection is not None:
            self._flush(self._connection)

    def _encoded(self, taken: Sequence[tuple[Channel, Frames]]) -> Iterator[str | bytes]:
        if self._connection is None:
            return
        encode = self._connection.encode
        for channel, frames in taken:
            try:
                yield encode(channel, frames)
            except ProtocolError as error:
                log.warning("A message of kernel %s cannot be relayed: %s", self._kernel.id, error)


class KernelSocket(SocketHandler):
    """`/api/kernels/<id>/channels`."""

    _client: KernelClientSocket | None = None
    _key: ClientKey | None = None

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
        connection = self.ws_connection
        if isinstance(connection, WebSocketProtocol13):  # it has not gone meanwhile
            self._client = self._known(kernel)
            last_seen = self.get_query_argument("last_seen", "")
            self._client.connect(Connection(encode, connection.stream, self._overflow, self._replaced), last_seen)

    def _known(self, kernel: Kernel) -> KernelClientSocket:
        """The client that has come back, or a new one."""
        iopub = self.get_query_argument("iopub", "yes")
        channels = _REPLIES if iopub == "no" else CHANNELS
        session_id = self.get_query_argument("session_id", "")
        if not session_id:
            return KernelClientSocket(kernel, channels)
        returns, key = self.services.returns, ClientKey(kernel.id, session_id, iopub)
        client = returns.take(key)
        if not isinstance(client, KernelClientSocket):
            client = KernelClientSocket(kernel, channels, lambda: returns.forget(key))
        returns.connected(key, client)
        self._key = key
        return client

    def _replaced(self) -> None:
        self._client = None
        self.close(_NORMAL, "the same session has connected anew")

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

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Begin to close it. Nothing may come behind the frame that says so."""
        if self._client is not None:
            self._client.close()
        super().close(code, reason)

    def on_close(self) -> None:
        """The client has gone."""
        super().on_close()
        client, self._client = self._client, None
        if client is None:
            return
        if self._key is None or client.closed or self.close_code == _GONE:
            client.close()
            if self._key is not None:
                self.services.returns.forget(self._key)
        else:
            client.disconnect()
            self.services.returns.disconnected(self._key, client)

    def on_pong(self, data: bytes) -> None:
        """What was sent before the ping has arrived."""
        if self._client is not None:
            self._client.on_pong(data)
