"""What one client may cost: how many connections, how long a request may be on its way. Values; pure.

How large a body may be stands in `too_large.py`, what may wait for a client in `client_queue.py` and
`kernel_backlog.py`. docs/server.md names every limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_SHARE = 4  # of the descriptors: a quarter for HTTP, a quarter for WebSockets, the rest for kernels and files


@dataclass(frozen=True, slots=True)
class Limits:
    """Those of one server."""

    connections: int = 512
    """HTTP connections at a time; WebSockets are counted apart."""
    sockets: int = 1024
    """WebSockets at a time."""
    head_seconds: float = 60.0
    """How long a connection may wait for its first request or the next, until the head has come to its end."""
    body_seconds: float = 30.0
    """How long a body may be on its way, however short it is."""
    body_bytes_per_second: int = 16 * 1024
    """How fast a long body has to come, on average."""

    def fitted(self, descriptors: int) -> Limits:
        """The same for a process that may hold so many open files."""
        most = max(1, descriptors // _SHARE)
        return replace(self, connections=min(self.connections, most), sockets=min(self.sockets, most))

    def seconds_for(self, body_bytes: int) -> float:
        """How long a body of at most this size may be on its way."""
        return self.body_seconds + body_bytes / self.body_bytes_per_second
