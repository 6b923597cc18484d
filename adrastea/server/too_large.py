"""The answer to a request whose body is larger than its address takes.

Tornado would close the connection without a word. This reads on to a point, so that the client hears why.
"""

from __future__ import annotations

from typing import Final

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, stream_request_body

from adrastea.server.handler import Handler

LIMIT_BYTES: Final = 1024 * 1024
"""For every address but those of `contents`, and for whoever shows no credentials."""
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


def declared_bytes(request: HTTPServerRequest) -> int:
    """The length of the body as the request declares it; 0 when it does not."""
    try:
        return int(request.headers.get("Content-Length", "0"))
    except ValueError:
        return 0
