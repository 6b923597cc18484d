"""A client of a kernel at the other end of WebSockets: what it is told, what it has missed, when it is written.

What one turn of the loop brings is written at once; what the client has not read waits in its backlog, and what is not
known to have arrived is kept for it (`kernel_replay.py`). Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Final, Protocol
from uuid import uuid4

from adrastea.errors import Unavailable
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.server.kernel_backlog import KernelBacklog
from adrastea.server.kernel_replay import Unconfirmed

log = logging.getLogger(__name__)

REPLIES: Final[frozenset[Channel]] = frozenset({"shell", "control", "stdin"})
"""What is for the client that has asked; and what it may speak on."""

_PIECE_BYTES: Final = 256 << 10  # written at once: more is of no use to the system, and would be copied for nothing


class Connection(Protocol):
    """One WebSocket of a client, as `KernelClientSocket` sees it."""

    def write(self, taken: Sequence[tuple[Channel, Frames]], ping: bytes) -> bool:
        """Send the messages, and a ping behind them that carries `ping`; empty: none.

        Says whether they have left the program; if not, `KernelClientSocket.on_drained` will, or they never do.
        """
        ...

    def overflow(self) -> None:
        """Called once, when the client has stopped reading."""
        ...

    def replaced(self) -> None:
        """Called when the client has come by another connection."""
        ...


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
        self._unconfirmed = None if forget is None else Unconfirmed()
        self._backlog = KernelBacklog()
        self._loop = asyncio.get_running_loop()
        self._waits = False  # for the end of a write, for a pong, or for this turn of the loop
        self._writes = False
        self._closed = False
        self._session = SessionId(str(uuid4()))
        kernel.attach(self)

    @property
    def kernel_id(self) -> KernelId:
        """The kernel that it hears."""
        return self._kernel.id

    @property
    def closed(self) -> bool:
        """Whether it hears nothing any more."""
        return self._closed

    def connect(self, connection: Connection, last_seen: str = "") -> None:
        """Write what it has missed, whether the kernel works or is dead, and what comes.

        `last_seen` is the id of the last message that it has, where the client says so; empty: what is confirmed.
        """
        self._connection = connection
        self._waits = self._writes = False
        self._backlog.come_back(last_seen)
        if self._kernel.state in {State.BUSY, State.DEAD}:
            self._tell(self._kernel.state)
        self._flush_soon()

    def disconnect(self) -> None:
        """The connection has ended, and the client may come back."""
        self._connection = None
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
        if channel not in REPLIES:
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
        self._writes = self._connection is None or not self._connection.write(taken, ping)
        return not self._writes

    def on_drained(self, connection: Connection) -> None:
        """What was written on this connection has left the program."""
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
