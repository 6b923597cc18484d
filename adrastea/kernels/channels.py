"""The seam between a kernel and the sockets to it: what channels can do, and which transport serves our kernels.

`native` is our own ZMTP on the server loop, `pyzmq` is libzmq on a thread. Both guarantee: messages are delivered on
the server loop, in the order of each channel, and none after `close`; iopub is never left unread (K4); what was not
sent when the channels were closed is gone (K5). A message is a list of byte strings here; nobody below this seam looks
into them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from adrastea.kernels.connection import ConnectionInfo
from adrastea.protocol.wire import Channel
from adrastea.settings import DEFAULT_TRANSPORT, TransportName

Deliver: TypeAlias = Callable[[Sequence[tuple[Channel, list[bytes]]]], None]
"""Called on the server loop with what has come; may not raise."""


class Channels(Protocol):
    """The sockets to one run of a kernel. Server thread only."""

    def send(self, channel: Channel, parts: Sequence[bytes]) -> None:
        """Queue one message for the kernel. Returns at once.

        Raises:
            Unavailable: the kernel has stopped reading and the queue is full, or the channels are closed.
        """
        ...

    def listen(self, channel: Channel) -> None:
        """The kernel may speak first on this channel: what is sent on shell from now on waits until it is connected."""
        ...

    def finish(self, done: Callable[[], None]) -> None:
        """The kernel has ended: deliver what it said last, close, then call `done` on the loop.

        Within 0.5 s after the last of it, and 5.5 s at most.
        """
        ...

    def close(self) -> None:
        """Let go of the sockets. Nothing is delivered any more; what was not sent is gone. May be called twice."""
        ...


class Transport(Protocol):
    """Makes channels. Server thread only."""

    def open(self, info: ConnectionInfo, deliver: Deliver) -> Channels:
        """Channels to a kernel, which need not listen yet."""
        ...

    async def close(self) -> None:
        """Close all channels, and what they share."""
        ...


def transport(name: TransportName = DEFAULT_TRANSPORT) -> Transport:
    """The transport of this program. It costs nothing until its first `open`."""
    if name == "native" and sys.platform != "win32":  # whose loop has no readers
        from adrastea.kernels.channels_zmtp import NativeTransport

        return NativeTransport()
    from adrastea.kernels.channels_pyzmq import PyzmqTransport

    return PyzmqTransport()
