"""Tornado's HTTP server with bounds: how many connections, how long a request may take to come, strict line ends.

Idle connections are closed after a minute, so that an unused server has no timers; a timer runs only while a
connection waits for a head, or is in the middle of a body. `Connections` says who makes room when there are too many.

Source of truth: RFC 9112, section 2.2 (line ends) and section 9 (connections).
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable
from typing import Any, Final, cast

from tornado.http1connection import HTTP1Connection, HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPHeaders, HTTPInputError, HTTPMessageDelegate
from tornado.iostream import IOStream

from adrastea.server.accepting import Acceptor
from adrastea.server.connections import Connections

_PIECE_BYTES: Final = 64 * 1024  # of a body; between two of them others get a turn
_BARE_LF: Final = re.compile(rb"(?<!\r)\n")


class BoundedServer(HTTPServer):
    """See the module. `table` is given to it before the sockets are. Server thread only."""

    table: Connections[IOStream]

    def add_sockets(self, sockets: Iterable[socket.socket]) -> None:
        """Listen on these; they are closed by `stop`."""
        for listener in sockets:
            self._sockets[listener.fileno()] = listener
            self._handlers[listener.fileno()] = Acceptor(listener, self._handle_connection).close

    def handle_stream(self, stream: IOStream, address: Any) -> None:  # noqa: ANN401 -- Tornado's signature
        """Somebody has connected."""
        goes = self.table.enter(stream)
        if goes is not None:
            goes.close()
        if goes is not stream:
            super().handle_stream(stream, address)  # pyright: ignore[reportUnknownMemberType]  # any address

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """A connection waits for a request."""
        self.table.waits(stream_of(server_conn))
        if isinstance(request_conn, HTTP1Connection):
            request_conn.__class__ = _StrictConnection
        return super().start_request(server_conn, request_conn)

    def on_close(self, server_conn: object) -> None:
        """A connection has ended, or is a WebSocket from now on."""
        self.table.leave(stream_of(server_conn))
        super().on_close(server_conn)


def stream_of(server_conn: object) -> IOStream:
    """The stream of what Tornado hands over as the connection of a request."""
    return cast("HTTP1ServerConnection", server_conn).stream


class _StrictConnection(HTTP1Connection):
    """One request. What one program takes for a part of a header, another takes for the next: so smuggling begins.

    Tornado 6.7 will refuse it by itself; until then there is no other way in, for it makes its connections itself. Nor
    does a body cost more than its bytes while it comes.
    """

    def _parse_headers(self, data: bytes) -> tuple[str, HTTPHeaders]:
        if _BARE_LF.search(data.lstrip(b"\r\n")):
            raise HTTPInputError("A line of the head ends without CR")
        return super()._parse_headers(data)

    async def _read_fixed_body(self, content_length: int, delegate: HTTPMessageDelegate) -> None:
        """As Tornado's, which holds the last piece while it waits for the next, so that a half body costs twice."""
        while content_length > 0:
            content_length -= await self._pass_on(min(_PIECE_BYTES, content_length), delegate)
            await asyncio.sleep(0)

    async def _pass_on(self, most: int, delegate: HTTPMessageDelegate) -> int:
        piece = await self.stream.read_bytes(most, partial=True)  # pyright: ignore[reportOptionalMemberAccess]  # as there
        await self._deliver_body(delegate, piece)
        return len(piece)
