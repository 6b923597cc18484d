"""The answer to a request whose body is larger than its address takes.

Tornado would close the connection without a word. This reads on to a point, so that the client hears why. A body that
comes in chunks, without a length, is counted as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import HTTPError, stream_request_body

from adrastea.server.handler import Handler

STRANGER_BYTES: Final = 16 * 1024
"""For whoever shows no credentials: room for the login form."""
LIMIT_BYTES: Final = 1024 * 1024
"""For every address but those of `contents`."""
CONTENTS_LIMIT_BYTES: Final = 512 * 1024 * 1024
PATIENCE_BYTES: Final = 16 * 1024 * 1024
"""How much of a body that is too large is read and thrown away."""


@stream_request_body
class TooLargeHandler(Handler):
    """Says so. The body passes by; it is never kept."""

    def prepare(self) -> None:
        """Answer at once where waiting for the end would be too much; many clients do not hear that any more."""
        if declared_bytes(self.request) > PATIENCE_BYTES:
            self._refuse()

    def data_received(self, chunk: bytes) -> None:
        """Thrown away."""

    def post(self) -> None:
        """Called when the body has come to its end."""
        self._refuse()

    get = head = put = patch = delete = options = post

    def _refuse(self) -> None:
        self.services.auth.admit(self.request)  # whoever shows no credentials does not even learn this
        raise HTTPError(413)


class CountedBody(HTTPMessageDelegate):
    """Passes a request on to its handler as long as the body keeps to the limit, then to the one that refuses it."""

    def __init__(
        self, handler: HTTPMessageDelegate, refusal: Callable[[], HTTPMessageDelegate], limit_bytes: int
    ) -> None:
        self._handler = handler
        self._refusal: Callable[[], HTTPMessageDelegate] | None = refusal
        self._left = limit_bytes
        self._head: tuple[RequestStartLine | ResponseStartLine, HTTPHeaders] | None = None

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """The head has come."""
        self._head = start_line, headers
        return self._handler.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """A part of the body."""
        self._left -= len(chunk)
        if self._left < 0 and self._refusal is not None and self._head is not None:
            self._handler.on_connection_close()  # it forgets what it has
            self._handler, self._refusal = self._refusal(), None
            self._handler.headers_received(*self._head)
        return self._handler.data_received(chunk)

    def finish(self) -> None:
        """The body has come."""
        self._handler.finish()

    def on_connection_close(self) -> None:
        """It will not come."""
        self._handler.on_connection_close()


def declared_bytes(request: HTTPServerRequest) -> int:
    """The length of the body as the request declares it; 0 when it does not."""
    try:
        return int(request.headers.get("Content-Length", "0"))
    except ValueError:
        return 0
