"""`/api/kernels/<id>/channels`: a kernel's channels for any Jupyter client, and for our own completion and inspection.

Frames are relayed as they are, in the `v1` framing or the older JSON form. What a client sends is parsed before it goes
on: a malformed frame closes that client with 1007, a text frame where bytes belong with 1002, and nothing else happens.
The server tells clients by itself, as a `status` on iopub, that the kernel is dead, and why; and a client that comes
while it works, that it is busy: the kernel says it once. Not that it restarts: to JupyterLab and VS Code that means
a crash after which the server has started it anew, which they say in a dialog; here a kernel restarts because somebody
wants it to. `?iopub=no` is for our own page, which has the document for what iopub says, and wants replies only.

A client that gives `?session_id=` and comes back with it gets what it has missed (`kernel_replay.py`).

What one turn of the loop brings for a client is written at once; what a client has not read waits in its backlog.
Tornado reads the request and does the upgrade, `web_socket.py` does the rest (decision 27).

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from tornado.iostream import IOStream
from tornado.websocket import WebSocketProtocol13

from adrastea.errors import ProtocolError
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.protocol import websocket_json, websocket_v1
from adrastea.protocol.wire import CHANNELS, Channel, Frames
from adrastea.server.handler import SocketHandler, ping_seconds
from adrastea.server.kernel_client import REPLIES, KernelClientSocket
from adrastea.server.kernel_replay import ClientKey
from adrastea.server.services import Services
from adrastea.server.web_socket import WebSocket

log = logging.getLogger(__name__)

_PROTOCOL_ERROR: Final = 1002
_INVALID_DATA: Final = 1007
_NORMAL: Final = 1000  # after which JupyterLab does not come back by itself
_TRY_AGAIN: Final = 1013
_GONE: Final = 1001  # as a page says that is closed or loaded anew
_MESSAGE_BYTES: Final = 128 << 20  # of a client: a pasted image with all that belongs to it is one message


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a client and we speak: the messages of a WebSocket, and what they say."""

    encode: Callable[[Channel, Frames], str | bytes]
    decode: Callable[[str | bytes], tuple[Channel, Frames]]
    takes_text: bool


_V1: Final = Dialect(websocket_v1.encode, lambda data: websocket_v1.decode(cast("bytes", data)), takes_text=False)
_JSON: Final = Dialect(websocket_json.encode, websocket_json.decode, takes_text=True)


class KernelConnection:
    """One WebSocket of a client, after the upgrade. Its `User`, and one of the `OpenSocket`s."""

    def __init__(self, services: Services, client: KernelClientSocket, key: ClientKey | None, how: Dialect) -> None:
        """`key` None: the client does not come back."""
        self._services = services
        self._client: KernelClientSocket | None = client
        self._key = key
        self._how = how
        self._kernel_id = client.kernel_id
        self._socket: WebSocket | None = None

    @property
    def kernel_id(self) -> str:
        """The kernel whose channels it carries."""
        return self._kernel_id

    def take_over(self, stream: IOStream, ping_seconds: float) -> WebSocket:
        """The stream is Tornado's no more. Returns at once."""
        self._socket = WebSocket(stream, self, _MESSAGE_BYTES, ping_seconds)
        self._services.sockets.add(self)
        return self._socket

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Begin to close it."""
        if self._socket is not None:
            self._socket.close(code, reason)

    def abort(self) -> None:
        """End it at once."""
        if self._socket is not None:
            self._socket.abort()

    # What `KernelClientSocket` says

    def write(self, taken: Sequence[tuple[Channel, Frames]], ping: bytes) -> bool:
        """Send the messages, and a ping behind them."""
        return self._socket is not None and self._socket.write(self._encoded(taken), ping)

    def overflow(self) -> None:
        """The client has stopped reading."""
        log.warning("A client of kernel %s has stopped reading; it is closed", self._kernel_id)
        self.close(_TRY_AGAIN, "too much is waiting; come back")

    def replaced(self) -> None:
        """The client has come by another connection."""
        self._client = None
        self.close(_NORMAL, "the same session has connected anew")

    # `User`

    def on_request(self, message: str | bytes) -> None:
        """One request of the client."""
        if self._client is None:
            return
        if isinstance(message, str) and not self._how.takes_text:
            self.close(_PROTOCOL_ERROR, "this protocol takes binary messages")
            return
        try:
            self._client.send(*self._how.decode(message))
        except ProtocolError as error:
            log.debug("Kernel %s: a client sent a malformed frame: %s", self._kernel_id, error)
            self.close(_INVALID_DATA, "malformed message")

    def on_pong(self, data: bytes) -> None:
        """What was sent before the ping has arrived."""
        if self._client is not None:
            self._client.on_pong(data)

    def on_drained(self) -> None:
        """What was written has left the program."""
        if self._client is not None:
            self._client.on_drained(self)

    def on_end(self, code: int | None) -> None:
        """The client has gone."""
        self._services.sockets.discard(self)
        client, self._client = self._client, None
        if client is None:
            return
        if self._key is None or client.closed or code == _GONE:
            client.close()
            if self._key is not None:
                self._services.returns.forget(self._key)
        else:
            client.disconnect()
            self._services.returns.disconnected(self._key, client)

    def _encoded(self, taken: Sequence[tuple[Channel, Frames]]) -> Iterator[str | bytes]:
        for channel, frames in taken:
            try:
                yield self._how.encode(channel, frames)
            except ProtocolError as error:
                log.warning("A message of kernel %s cannot be relayed: %s", self._kernel_id, error)


class KernelSocket(SocketHandler):
    """`/api/kernels/<id>/channels`, up to the upgrade; a `KernelConnection` takes over then."""

    @property
    def kernel_id(self) -> str | None:
        """The kernel in its address."""
        return self.path_args[0]

    @property
    def ping_interval(self) -> float:
        """None of Tornado's."""
        return 0

    def prepare(self) -> None:
        """Credentials first, then the kernel: a missing one is a plain 404, before the upgrade."""
        super().prepare()
        self.services.kernels.get(KernelId(self.kernel_id or ""))

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """`v1` where it is offered; none means the older form."""
        return websocket_v1.SUBPROTOCOL if websocket_v1.SUBPROTOCOL in subprotocols else None

    async def opened(self, *args: str, **kwargs: str) -> None:
        """Hand the connection over: Tornado reads and writes nothing more."""
        kernel = self.services.kernels.get(KernelId(args[0]))
        tornados = self.ws_connection
        if not isinstance(tornados, WebSocketProtocol13):  # it has gone meanwhile
            return
        client, key = self._known(kernel)
        connection = KernelConnection(self.services, client, key, _V1 if self.selected_subprotocol else _JSON)
        web_socket = connection.take_over(tornados.stream, ping_seconds(self.request))
        client.connect(connection, self.get_query_argument("last_seen", ""))
        if not tornados.stream.closed():
            await web_socket.ended()  # or Tornado would read what is not for it

    def _known(self, kernel: Kernel) -> tuple[KernelClientSocket, ClientKey | None]:
        """The client that has come back, or a new one."""
        iopub = self.get_query_argument("iopub", "yes")
        channels = REPLIES if iopub == "no" else CHANNELS
        session_id = self.get_query_argument("session_id", "")
        if not session_id:
            return KernelClientSocket(kernel, channels), None
        returns, key = self.services.returns, ClientKey(kernel.id, session_id, iopub)
        client = returns.take(key)
        if not isinstance(client, KernelClientSocket):
            client = KernelClientSocket(kernel, channels, lambda: returns.forget(key))
        returns.connected(key, client)
        return client, key
