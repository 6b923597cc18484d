"""The libzmq transport: one background thread, `libzmq`, owns every ZeroMQ socket (K1), and nothing else.

    server thread                                      thread `libzmq`
    commands (deque), door (inproc PAIR) ──▶ _Relay: DEALER shell, control, stdin; SUB iopub
    arrivals (deque), call_soon_threadsafe ◀──┘

The thread is started by the first `open`, and `zmq` imported. The three DEALERs of a kernel share one identity, so that
the kernel finds the stdin of whoever asked; nothing is sent before all three are connected, for a kernel drops a
question that it cannot deliver. iopub is read without a limit (K4). Sockets are never used for a second run of a
kernel, and closed without lingering (K5).

Source of truth: https://zguide.zeromq.org and https://pyzmq.readthedocs.io/en/latest/howto/morethanbindings.html
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from adrastea.kernels.channels_relayed import (
    Arrivals,
    Close,
    Command,
    Deliver,
    Finish,
    Flow,
    Link,
    Open,
    Relayed,
    RelayedChannels,
    Send,
)
from adrastea.kernels.connection import ConnectionInfo
from adrastea.protocol.wire import Channel

if TYPE_CHECKING:
    import zmq

log = logging.getLogger(__name__)

_DOOR: Final = "inproc://door"
_DEALERS: Final[tuple[Channel, ...]] = ("stdin", "control", "shell")
_ORDER: Final[tuple[Channel, ...]] = ("iopub", *_DEALERS)  # outputs before the reply that ends them
_READ: Final = 256  # messages read from one socket before the others get a turn
_RECONNECT_MILLISECONDS: Final = 20
_SEND_HWM: Final = 16  # messages in libzmq, where their bytes are not counted
_FINISH_SECONDS: Final = 0.4  # for the last words, when something that the kernel has forked keeps its sockets open
_CONNECT_SECONDS: Final = 2.0  # after shell, for a kernel that has no stdin or no control
_LAST_WORDS: Final = 1 << 20  # messages per channel
_MAX_SOCKETS: Final = 16_384


class PyzmqTransport:
    """See the module. Belongs to the server thread."""

    def __init__(self) -> None:
        self._thread: _Thread | None = None

    def open(self, info: ConnectionInfo, deliver: Deliver) -> RelayedChannels:
        """Channels to a kernel, which need not listen yet."""
        if self._thread is None:
            self._thread = _Thread()
        return self._thread.relayed.open(info, deliver)

    async def close(self) -> None:
        """Close all channels and end the thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await thread.end()


class _Thread:
    """The thread `libzmq`, seen from the server thread."""

    def __init__(self) -> None:
        import zmq

        self.relayed: Final = Relayed(self._wake)
        self._loop = asyncio.get_running_loop()
        self._told = False
        self._ended = self._loop.create_future()
        self._again, self._noblock = zmq.Again, zmq.NOBLOCK
        self._context = zmq.Context()
        self._context.set(zmq.MAX_SOCKETS, _MAX_SOCKETS)
        self._door = self._context.socket(zmq.PAIR)
        self._door.bind(_DOOR)
        inside = self._context.socket(zmq.PAIR)
        inside.connect(_DOOR)  # before the thread runs: a wake finds nobody behind an open door, and is lost
        relay = _Relay(self._context, inside, self.relayed.commands, self.relayed.arrivals, self._tell)
        self._thread = threading.Thread(target=self._main, args=(relay,), name="libzmq", daemon=True)
        self._thread.start()

    async def end(self) -> None:
        """Wait until the thread has closed its sockets and ended."""
        self.relayed.close()
        await self._ended
        self._thread.join()
        self._door.close(linger=0)
        self._context.term()

    def _wake(self) -> None:
        with contextlib.suppress(self._again):  # a thousand wakes are under way: it will see the command
            self._door.send(b"", self._noblock)

    def _main(self, relay: _Relay) -> None:
        """On the thread itself."""
        try:
            relay.run()
        except Exception:
            log.exception("the libzmq thread has ended")
        finally:
            self._post(self._end_told)

    def _tell(self) -> None:
        """Something has arrived. On the thread itself."""
        if not self._told:
            self._told = True  # set before the call, cleared before the deque is read: no arrival is overlooked
            self._post(self._on_told)

    def _post(self, callback: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(callback)

    def _on_told(self) -> None:
        self._told = False
        self.relayed.arrived()

    def _end_told(self) -> None:
        self._ended.set_result(None)


@dataclass(slots=True)
class _Sockets:
    """The sockets to one run of a kernel."""

    flow: Flow
    by_channel: dict[Channel, zmq.Socket[bytes]]
    missing: set[Channel]
    """DEALERs that are not connected yet; until none is missing, nothing is sent."""
    unsent: dict[Channel, deque[Send]]
    """What libzmq has not taken yet."""
    monitors: dict[Channel, zmq.Socket[bytes]]
    """Tell when the connection has ended, which is after its last message; there while the last words are awaited."""


class _Relay:
    """What runs on the thread `libzmq`; all it makes, it makes there. It gets the inside of the door, and closes it."""

    def __init__(
        self,
        context: zmq.Context[zmq.Socket[bytes]],
        door: zmq.Socket[bytes],
        commands: deque[Command],
        arrivals: Arrivals,
        tell: Callable[[], None],
    ) -> None:
        import zmq

        self._zmq = zmq
        self._context = context
        self._door = door
        self._commands = commands
        self._arrivals = arrivals
        self._tell = tell
        self._poller = zmq.Poller()
        self._on_ready: dict[zmq.Socket[bytes], Callable[[int], None]] = {}
        self._links: dict[Link, _Sockets] = {}
        self._due: dict[Link, tuple[float, Callable[[Link], None]]] = {}
        self._running = True

    def run(self) -> None:
        """Relay until told to end."""
        self._watch(self._door, self._drain)
        try:
            while self._running:
                for socket, events in self._poller.poll(self._patience()):
                    if socket in self._on_ready:  # not closed by one before it
                        self._on_ready[socket](events)
                for link, (when, act) in tuple(self._due.items()):
                    if when <= time.monotonic():
                        act(link)
                if self._arrivals:
                    self._tell()
        finally:
            for link in tuple(self._links):
                self._close(link)
            self._door.close(linger=0)

    def _patience(self) -> int | None:
        """Milliseconds until something is due."""
        if not self._due:
            return None
        return max(0, int((min(when for when, _ in self._due.values()) - time.monotonic()) * 1000) + 1)

    def _drain(self, _events: int) -> None:
        with contextlib.suppress(self._zmq.Again):
            while True:
                self._door.recv(self._zmq.NOBLOCK)
        while self._commands:
            try:
                self._obey(self._commands.popleft())
            except self._zmq.ZMQError:
                log.exception("a command to the libzmq thread has failed")

    def _obey(self, command: Command) -> None:
        match command:
            case Open(link, info, flow):
                self._open(link, info, flow)
            case Send(link, channel):
                if link in self._links:
                    self._links[link].unsent[channel].append(command)
                    self._send(self._links[link], channel)
            case Finish(link):
                self._finish(link)
            case Close(link):
                self._close(link)
            case None:
                self._running = False
            case _:
                assert_never(command)

    def _open(self, link: Link, info: ConnectionInfo, flow: Flow) -> None:
        sockets = _Sockets(flow, {}, set(_DEALERS), {channel: deque() for channel in _DEALERS}, {})
        try:
            for channel in _ORDER:
                sockets.by_channel[channel] = self._connecting(channel, info)
        except self._zmq.ZMQError:  # no file descriptor is left, mostly
            for socket in sockets.by_channel.values():
                socket.close(linger=0)
            raise
        self._links[link] = sockets
        for channel, socket in sockets.by_channel.items():
            self._watch(socket, partial(self._ready, link, channel))
            self._expect(socket, writable=channel in sockets.missing)

    def _connecting(self, channel: Channel, info: ConnectionInfo) -> zmq.Socket[bytes]:
        zmq = self._zmq
        socket = self._context.socket(zmq.SUB if channel == "iopub" else zmq.DEALER)
        socket.set(zmq.LINGER, 0)
        socket.set(zmq.RCVHWM, 0)
        socket.set(zmq.SNDHWM, _SEND_HWM)
        socket.set(zmq.RECONNECT_IVL, _RECONNECT_MILLISECONDS)
        if channel == "iopub":
            socket.set(zmq.SUBSCRIBE, b"")
        else:
            socket.set(zmq.ROUTING_ID, info.identity)
            socket.set(zmq.IMMEDIATE, 1)  # takes messages when it is connected, and so tells that it is
        socket.connect(info.address(channel))
        return socket

    def _ready(self, link: Link, channel: Channel, events: int) -> None:
        sockets = self._links[link]
        if events & self._zmq.POLLIN:
            self._read(link, channel, sockets.by_channel[channel], _READ)
        if events & self._zmq.POLLOUT:
            if channel in sockets.missing:
                self._connected(link, sockets, channel)
            self._send(sockets, channel)

    def _connected(self, link: Link, sockets: _Sockets, channel: Channel) -> None:
        sockets.missing.discard(channel)
        if not sockets.missing:
            self._release(link)
        elif channel == "shell":
            self._due[link] = (time.monotonic() + _CONNECT_SECONDS, self._release)

    def _release(self, link: Link) -> None:
        """Send what has waited until all were connected."""
        self._due.pop(link, None)
        self._links[link].missing.clear()
        for channel in self._links[link].unsent:
            self._send(self._links[link], channel)

    def _read(self, link: Link, channel: Channel, socket: zmq.Socket[bytes], most: int) -> None:
        with contextlib.suppress(self._zmq.Again):
            for _ in range(most):
                self._arrivals.append((link, (channel, socket.recv_multipart(self._zmq.NOBLOCK))))

    def _send(self, sockets: _Sockets, channel: Channel) -> None:
        socket, unsent = sockets.by_channel[channel], sockets.unsent[channel]
        with contextlib.suppress(self._zmq.Again):
            while unsent and not sockets.missing:
                socket.send_multipart(unsent[0].parts, self._zmq.NOBLOCK)
                sockets.flow.passed += unsent.popleft().size
        self._expect(socket, writable=channel in sockets.missing or (bool(unsent) and not sockets.missing))

    def _finish(self, link: Link) -> None:
        """Wait until libzmq has read all that the kernel sent, which it shows by losing or seeking the connection."""
        zmq = self._zmq
        if link not in self._links:
            return
        sockets = self._links[link]
        sockets.missing.clear()
        self._due[link] = (time.monotonic() + _FINISH_SECONDS, self._end)
        for channel in _ORDER:
            monitor = sockets.by_channel[channel].get_monitor_socket(
                zmq.EVENT_DISCONNECTED | zmq.EVENT_CLOSED | zmq.EVENT_CONNECT_RETRIED
            )
            sockets.monitors[channel] = monitor
            self._watch(monitor, partial(self._lost, link, channel))

    def _lost(self, link: Link, channel: Channel, _events: int) -> None:
        sockets = self._links[link]
        self._unmonitor(sockets, channel)
        if not sockets.monitors:
            self._end(link)

    def _unmonitor(self, sockets: _Sockets, channel: Channel) -> None:
        sockets.by_channel[channel].disable_monitor()
        self._drop(sockets.monitors.pop(channel))

    def _end(self, link: Link) -> None:
        """The last words are there."""
        for channel, socket in self._links[link].by_channel.items():
            self._read(link, channel, socket, _LAST_WORDS)
        self._arrivals.append((link, None))
        self._close(link)

    def _close(self, link: Link) -> None:
        self._due.pop(link, None)
        sockets = self._links.pop(link, None)
        if sockets is None:
            return
        for channel in tuple(sockets.monitors):
            self._unmonitor(sockets, channel)
        for socket in sockets.by_channel.values():
            self._drop(socket)

    def _watch(self, socket: zmq.Socket[bytes], on_ready: Callable[[int], None]) -> None:
        self._on_ready[socket] = on_ready
        self._poller.register(socket, self._zmq.POLLIN)

    def _expect(self, socket: zmq.Socket[bytes], *, writable: bool) -> None:
        self._poller.register(socket, self._zmq.POLLIN | (self._zmq.POLLOUT if writable else 0))

    def _drop(self, socket: zmq.Socket[bytes]) -> None:
        if socket in self._on_ready:
            del self._on_ready[socket]
            self._poller.unregister(socket)
        socket.close(linger=0)
