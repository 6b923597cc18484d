"""The native transport: a kernel's sockets are members of the server loop; no thread, no libzmq.

    NativeChannels.send ──▶ ZmtpSocket shell, control, stdin (DEALER) ──▶ kernel
    Deliver ◀── one batch per wakeup and socket ◀── ZmtpSocket iopub (SUB), shell, control, stdin

shell and iopub are connected at once, control by the first message for it, stdin by `listen`. shell and stdin share one
identity, so that the kernel finds the stdin of whoever asked; and shell sends nothing before the kernel has read our
subscription to iopub, and who we are on stdin: it drops what nobody hears. iopub is read whenever the loop turns (K4).
Sockets are never used for a second run of a kernel, and what they had not sent goes with them (K5). A kernel's
heartbeat is not connected: it is a process of this machine, whose end we are told (`process.py`), so that an idle
kernel costs no wakeup.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#sockets
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias

from adrastea.errors import Unavailable
from adrastea.kernels.connection import ConnectionInfo
from adrastea.kernels.zmtp_socket import ZmtpSocket
from adrastea.protocol.wire import Channel
from adrastea.protocol.zmtp import encode

Deliver: TypeAlias = Callable[[Sequence[tuple[Channel, list[bytes]]]], None]
"""As in `channels.py`, whose protocols the classes here fulfil without naming them: that file names its transport."""

_WAITING_BYTES: Final = 64 << 20  # that a kernel has not taken yet; then `send` refuses
_CONNECT_SECONDS: Final = 2.0  # after shell, for a kernel that has no stdin or no iopub
_FINISH_SECONDS: Final = 0.4  # after the last words, when something that the kernel has forked keeps its sockets open
_MOST_FINISH_SECONDS: Final = 5.0


class NativeTransport:
    """See the module. Belongs to the server thread."""

    def __init__(self) -> None:
        self._channels: set[NativeChannels] = set()

    def open(self, info: ConnectionInfo, deliver: Deliver) -> NativeChannels:
        """Channels to a kernel, which need not listen yet."""
        channels = NativeChannels(info, deliver, self._channels.discard)
        self._channels.add(channels)
        return channels

    async def close(self) -> None:
        """Close all channels."""
        for channels in tuple(self._channels):
            channels.close()


class NativeChannels:
    """The sockets to one run of a kernel. Server thread only."""

    def __init__(self, info: ConnectionInfo, deliver: Deliver, forget: Callable[[NativeChannels], None]) -> None:
        self._info = info
        self._deliver = deliver
        self._forget = forget
        self._loop = asyncio.get_running_loop()
        self._identity = info.identity
        self._is_open = True
        self._closed = False
        self._done: Callable[[], None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._missing: set[Channel] = set()  # what shell waits for
        self._sockets: dict[Channel, ZmtpSocket] = {}
        self._socket("shell")
        self.listen("iopub")

    def send(self, channel: Channel, parts: Sequence[bytes]) -> None:
        """Queue one message for the kernel. Returns at once.

        Raises:
            Unavailable: the kernel has stopped reading and the queue is full, or the channels are closed.
        """
        if not self._is_open:
            raise Unavailable("The connection to the kernel is closed.")
        if sum(socket.waiting_bytes for socket in self._sockets.values()) > _WAITING_BYTES:
            raise Unavailable("The kernel takes no more messages until it has read those that wait for it.")
        self._socket(channel).send(encode(parts))

    def listen(self, channel: Channel) -> None:
        """Connect this channel, on which the kernel may speak first; shell waits for it, two seconds at most."""
        if not self._is_open or self._socket(channel).is_open:
            return
        self._missing.add(channel)
        self._sockets["shell"].hold()
        if self._sockets["shell"].is_ready:
            self._lose_patience()

    def finish(self, done: Callable[[], None]) -> None:
        """The kernel has ended: deliver what it said last, close, then call `done` on the loop."""
        if not self._is_open:
            self._loop.call_soon(done)
            return
        self._is_open = False
        self._done = done
        self._wait(_FINISH_SECONDS, partial(self._read_rest, self._loop.time() + _MOST_FINISH_SECONDS))
        for channel, socket in tuple(self._sockets.items()):
            socket.finish(partial(self._ended, channel))

    def close(self) -> None:
        """Let go of the sockets. Nothing is delivered any more; what was not sent is gone. May be called twice."""
        if self._closed:
            return
        self._is_open, self._closed = False, True
        self._stop_waiting()
        for socket in self._sockets.values():
            socket.close()
        self._forget(self)
        if self._done is not None:
            self._loop.call_soon(self._done)

    def _socket(self, channel: Channel) -> ZmtpSocket:
        found = self._sockets.get(channel)
        if found is None:
            found = self._sockets[channel] = ZmtpSocket(
                channel,
                self._info.place(channel),
                "SUB" if channel == "iopub" else "DEALER",
                self._identity,
                self._deliver,
                self._changed,
            )
        return found

    def _changed(self, channel: Channel) -> None:
        if self._sockets[channel].is_open:
            self._missing.discard(channel)
        if not self._missing:
            self._release()
        elif channel == "shell":
            self._lose_patience()

    def _lose_patience(self) -> None:
        if self._timer is None:
            self._wait(_CONNECT_SECONDS, self._release)

    def _release(self) -> None:
        self._missing.clear()
        if self._is_open:
            self._stop_waiting()
            self._sockets["shell"].release()

    def _ended(self, channel: Channel) -> None:
        del self._sockets[channel]
        if not self._sockets:
            self.close()

    def _read_rest(self, until: float) -> None:
        """The time is over; where the machine is busy, not all that the kernel said is read, or has arrived."""
        came = [socket.read_rest() for socket in tuple(self._sockets.values())]
        if any(came) and not self._closed and self._loop.time() < until:
            self._wait(_FINISH_SECONDS, partial(self._read_rest, until))
        else:
            self.close()

    def _wait(self, seconds: float, act: Callable[[], None]) -> None:
        self._stop_waiting()
        self._timer = self._loop.call_later(seconds, act)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
