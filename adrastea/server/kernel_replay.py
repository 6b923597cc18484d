"""What a client that comes back has not received, and the table of those who may come back. Server thread only.

TCP does not say what has arrived, WebSocket does: a client answers a ping when it has read what was sent before it, and
every browser and client does so by itself. Behind what is written stands a ping, one at a time, with the number of
messages until there; its pong confirms them. What is not confirmed when the connection ends is sent again to the client
that shows the same `session_id`, then what came meanwhile (decision 24).

At most `WINDOW_BYTES` are on their way unconfirmed, so nothing is dropped to keep within bounds. A client that has
never answered a ping is taken to have received everything that was written, as Jupyter does.

Source of truth: RFC 6455, section 5.5.3
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from adrastea.protocol.wire import Channel, Frames
from adrastea.server.kernel_backlog import size_of

WINDOW_BYTES: Final = 512 << 10
AWAY_SECONDS: Final = 600.0
MOST_AWAY: Final = 32
"""Clients of the whole server that are kept; for one more, the one that has been away longest is forgotten."""

_SILENT_BYTES: Final = 64 << 10  # kept of what was sent to a client that has not answered a ping yet
_NUMBER_BYTES: Final = 8


class Unconfirmed:
    """What was sent to one client and is not known to have arrived. Pure."""

    def __init__(self) -> None:
        self._sent: list[tuple[int, Channel, Frames]] = []
        self._bytes = 0
        self._count = 0  # of messages that were ever sent
        self._asked: int | None = None  # the number in the ping that is under way
        self._answers = False

    @property
    def is_full(self) -> bool:
        """Whether nothing more is to be sent until a pong comes."""
        return self._answers and self._asked is not None and self._bytes > WINDOW_BYTES

    def __len__(self) -> int:
        return len(self._sent)

    def sent(self, messages: Sequence[tuple[Channel, Frames]]) -> bytes:
        """These are being written. Returns what a ping behind them has to carry; empty: none is needed now."""
        for channel, frames in messages:
            size = size_of(frames)
            self._sent.append((size, channel, frames))
            self._bytes += size
        self._count += len(messages)
        if not self._answers:
            self._drop(self._too_many())
        return self.due()

    def due(self) -> bytes:
        """What the next ping has to carry; empty: none is needed, or one is under way."""
        if self._asked is not None or not self._sent:
            return b""
        self._asked = self._count
        return self._count.to_bytes(_NUMBER_BYTES, "big")

    def confirmed(self, payload: bytes) -> None:
        """A pong has come. One that answers another's ping may stand for ours too, so that ours is sent anew."""
        asked, self._asked = self._asked, None
        if asked is None or payload != asked.to_bytes(_NUMBER_BYTES, "big"):
            return
        self._answers = True
        self._drop(len(self._sent) - (self._count - asked))

    def take_back(self) -> list[tuple[Channel, Frames]]:
        """The connection has ended: what may not have arrived, in order."""
        lost: list[tuple[Channel, Frames]] = [(channel, frames) for _, channel, frames in self._sent]
        self._sent.clear()
        self._bytes, self._asked = 0, None
        return lost if self._answers else []

    def _too_many(self) -> int:
        """How many of the oldest are beyond what is kept for a client that is silent; never the last."""
        size, many = self._bytes, 0
        while size > _SILENT_BYTES and many < len(self._sent) - 1:
            size -= self._sent[many][0]
            many += 1
        return many

    def _drop(self, many: int) -> None:
        """The oldest so many."""
        if many > 0:
            self._bytes -= sum([size for size, _, _ in self._sent[:many]])
            del self._sent[:many]


class ClientKey(NamedTuple):
    """What tells clients apart."""

    kernel_id: str
    session_id: str
    kind: str
    """What else has to be the same: which channels it hears."""


class Returning(Protocol):
    """A client that may come back."""

    def leave(self) -> None:
        """It has come by another connection; the one that it has is to be let go."""
        ...

    def close(self) -> None:
        """It will not come back."""
        ...


class Returns:
    """The clients that are connected and would be known again, and those that are away, for a limited time."""

    def __init__(self, away_seconds: float = AWAY_SECONDS) -> None:
        self._seconds = away_seconds
        self._present: dict[ClientKey, Returning] = {}
        self._away: OrderedDict[ClientKey, tuple[Returning, asyncio.TimerHandle]] = OrderedDict()

    @property
    def away(self) -> int:
        """How many are away."""
        return len(self._away)

    def take(self, key: ClientKey) -> Returning | None:
        """The client that has come back, None for a new one. Where we had not noticed its end, it leaves first."""
        client = self._present.get(key)
        if client is not None:
            client.leave()
            return client
        client, timer = self._away.pop(key, (None, None))
        if timer is not None:
            timer.cancel()
        return client

    def connected(self, key: ClientKey, client: Returning) -> None:
        """It is there."""
        self._present[key] = client

    def disconnected(self, key: ClientKey, client: Returning) -> None:
        """Its connection has ended; it may come back."""
        self._present.pop(key, None)
        timer = asyncio.get_running_loop().call_later(self._seconds, self.forget, key)
        self._away[key] = (client, timer)
        if len(self._away) > MOST_AWAY:
            self.forget(next(iter(self._away)))

    def forget(self, key: ClientKey) -> None:
        """It will not come back, or has nothing to come back to."""
        self._present.pop(key, None)
        client, timer = self._away.pop(key, (None, None))
        if client is not None and timer is not None:
            timer.cancel()
            client.close()
