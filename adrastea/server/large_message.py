"""A text message of several pieces, each a frame of its own: nobody else waits while a large one is put together.

RFC 6455 calls it fragmentation. Pings and closes of Tornado's may come in between, as the RFC allows; other messages
may not: whoever writes this is the only one who writes messages to the socket. Server thread only.

Source of truth: RFC 6455, section 5.4
"""

from __future__ import annotations

from collections.abc import Sequence

from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler, WebSocketProtocol13

from adrastea.protocol import websocket_frames


async def write(socket: WebSocketHandler, pieces: Sequence[bytes]) -> None:
    """Send the message that these make together. Returns when the network has taken it.

    Raises:
        WebSocketClosedError: the client has gone.
    """
    if len(pieces) == 1:
        await socket.write_message(pieces[0], binary=False)
        return
    connection = socket.ws_connection
    if not isinstance(connection, WebSocketProtocol13) or connection.is_closing():
        raise WebSocketClosedError
    try:
        for number, piece in enumerate(pieces):
            is_last = number == len(pieces) - 1
            opcode = websocket_frames.TEXT if number == 0 else websocket_frames.CONTINUATION
            connection.stream.write(websocket_frames.head(opcode, len(piece), is_last=is_last))
            await connection.stream.write(piece)
    except StreamClosedError:
        raise WebSocketClosedError from None
