"""What all handlers share: credentials before anything else, JSON in and out, errors to HTTP status in one place.

`Handler` is for HTTP, `SocketHandler` for WebSockets; what both do stands in functions. Replies carry no tracebacks and
no paths of the server. Errors look like Jupyter's, `{"message", "reason"}`, with our `kind` (and `line` or `log`).

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from types import TracebackType
from typing import Final, Protocol, cast

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol13

from adrastea import errors
from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import (
    AppError,
    BadRequest,
    InvalidNotebook,
    KernelFailed,
    NotFound,
    TooManyAttempts,
    Unauthorized,
    XsrfMissing,
)
from adrastea.server import fields
from adrastea.server.client_queue import LIMIT_BYTES, ClientQueue
from adrastea.server.error_page import ERROR_PAGE_HEADERS, error_page
from adrastea.server.login_reply import login_form, set_xsrf, to_the_hub
from adrastea.server.methods import allowed
from adrastea.server.origins import Guests, is_on_this_machine
from adrastea.server.services import Services

log = logging.getLogger(__name__)

_STATUS: Final[tuple[tuple[type[AppError], int], ...]] = (
    (errors.BadRequest, 400),
    (errors.ProtocolError, 400),
    (errors.Unauthorized, 403),  # as Jupyter does: 401 would make a browser ask for a password
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooManyAttempts, 429),
    (errors.KernelFailed, 422),  # the request is fine, and what it names cannot be done: no fault of the server's
    (errors.ConversionFailed, 422),
    (errors.Unavailable, 503),
    (errors.StorageFailed, 507),
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
_CORS: Final = {  # for pages that the user lets in: with the token, never with a cookie
    "Vary": "Origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, X-Requested-With, X-XSRFToken",
    "Access-Control-Expose-Headers": "Location",
    "Access-Control-Max-Age": "600",
}
_JSON: Final = "application/json"
_NO_SUCH_METHOD: Final = 405
_GOING_AWAY: Final = 1001
_INTERNAL_ERROR: Final = 1011
_TRY_AGAIN: Final = 1013
_REASON_BYTES: Final = 120  # the protocol has room for 123
_PING_SECONDS: Final = 30.0


class _Response(Protocol):
    """What we use of a Tornado handler, with types that are known."""

    def finish(self, chunk: str | bytes | None = None) -> object:
        """Send the response, with this as the last of its body."""
        ...


class Handler(RequestHandler):
    """The base of every HTTP handler. Nothing runs before `prepare` has admitted the request."""

    services: Services

    def initialize(self, services: Services) -> None:
        """Tornado's constructor."""
        self.services = services

    def set_default_headers(self) -> None:
        """Strict unless a handler loosens them."""
        _set_default_headers(self)

    def prepare(self) -> None:
        """Check the credentials."""
        self.services.auth.admit(self.request)

    def compute_etag(self) -> str | None:
        """No hashing of every reply: those that can be cached say so themselves."""
        return None

    async def _head(self, *args: str) -> None:
        """The same as GET without the body, which Tornado leaves out."""
        result: object = self.get(*args)  # raises 405 where there is no GET
        if isinstance(result, Awaitable):
            await result

    def _options(self, *_args: str) -> None:
        """What can be done here. Nothing about other origins: none may do anything."""
        self.set_header("Allow", allowed(type(self)))
        self.reply_nothing()

    head: Callable[..., Awaitable[None] | None] = _head
    options: Callable[..., Awaitable[None] | None] = _options

    def body(self) -> JsonObject:
        """The JSON object in the body of the request; raises BadRequest."""
        return fields.json_object(self.request.body)

    def argument(self, name: str) -> str | None:
        """A query argument, decoded and otherwise unchanged; raises BadRequest when it is not UTF-8."""
        values = self.request.query_arguments.get(name)
        try:
            return values[-1].decode() if values else None
        except UnicodeDecodeError:
            raise BadRequest(f"{name!r} is not UTF-8.") from None

    def reply(self, value: JsonValue, status: int = 200, location: str | None = None) -> None:
        """Answer with JSON. `location` is the address of what was made, relative to the base URL, percent-encoded."""
        body = fields.json_bytes(value)
        self.set_status(status)
        self.set_header("Content-Type", _JSON)
        if location is not None:
            self.set_header("Location", self.services.settings.base_url + location)
        finish(self, body)

    def reply_nothing(self) -> None:
        """Done, and nothing to say."""
        self.set_status(204)
        self.clear_header("Content-Type")
        finish(self)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Tornado's hook for whatever was raised."""
        _write_error(self, status_code, kwargs, self.services)

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Tornado's hook; its own version logs the address with the token."""
        _log_exception(self.request, value)


class NotFoundHandler(Handler):
    """Every address that is not in the route table."""

    def prepare(self) -> None:
        """Raise; credentials come first, so that nobody learns which addresses there are."""
        super().prepare()
        raise NotFound("There is nothing at this address.")


class PreflightHandler(Handler):
    """A browser's question before a page of another origin, one that the user lets in, may ask anything itself (CORS).

    It carries no credentials by design; the answer holds nothing but what `allow_origin` says.
    """

    def prepare(self) -> None:
        """Only the name is checked."""
        self.services.auth.check_host(self.request)

    def options(self, *args: str) -> None:
        """What such a page may ask; it stands in the headers."""
        self.reply_nothing()


class SocketHandler(WebSocketHandler):
    """The base of every WebSocket handler: all checks are made before the upgrade, and what waits is bounded.

    Subclasses write with `say`. When more than `ClientQueue` holds waits for a client that does not read, it is
    closed with 1013: it can come back.
    """

    services: Services
    queue_bytes = LIMIT_BYTES  # that may wait for the client
    _queue: ClientQueue | None = None

    @property
    def kernel_id(self) -> str | None:
        """The kernel whose channels it carries; None for one that carries something else."""
        return None

    def initialize(self, services: Services) -> None:
        """Tornado's constructor."""
        self.services = services

    def set_default_headers(self) -> None:
        """The same as for HTTP: they stand on refusals."""
        _set_default_headers(self)

    @property
    def ping_interval(self) -> float:
        """Seconds between Tornado's pings."""
        return ping_seconds(self.request)

    def prepare(self) -> None:
        """Check the credentials, and that this is not one too many."""
        self.services.auth.admit_socket(self.request)
        if self.request.method != "GET":
            raise HTTPError(405)
        if len(self.services.sockets) >= self.services.limits.sockets:
            raise HTTPError(429, reason="Too many WebSockets are open. Close pages or programs that use this server.")
        self.services.sockets.add(self)

    async def get(self, *args: str, **kwargs: str) -> None:
        """Tornado's part begins."""
        if self.request.headers.get("Upgrade", "").lower() != "websocket":
            raise BadRequest("This address is for WebSockets.")
        await super().get(*args, **kwargs)

    def check_origin(self, origin: str) -> bool:
        """Whether Tornado may go on; `prepare` has checked more strictly."""
        return True

    async def open(self, *args: str, **kwargs: str) -> None:
        """Tornado's hook. An error of `opened` closes the socket with 4000 plus its HTTP status, and a reason."""
        self.set_nodelay(True)  # else a message waits until the one before it is acknowledged
        try:
            await self.opened(*args, **kwargs)
        except AppError as error:
            self.close(4000 + status_of(error), _short(str(error)))
        except Exception as error:
            _log_exception(self.request, error)
            self.close(_INTERNAL_ERROR, "something went wrong in the server")

    async def opened(self, *args: str, **kwargs: str) -> None:
        """The socket is open; `args` are the groups of the route. No message is delivered before this returns."""

    def say(self, message: str | bytes) -> None:
        """Queue a message for the client: text as text, bytes as binary. Returns at once; dropped if it is gone."""
        if self._queue is None:
            self._queue = ClientQueue(self._write, self._overflow, self.queue_bytes)
        self._queue.put(message)

    def abort(self) -> None:
        """End the connection at once."""
        if isinstance(self.ws_connection, WebSocketProtocol13):
            self.ws_connection.stream.close()

    def on_close(self) -> None:
        """The socket has closed, whichever side began. Subclasses call this from theirs."""
        self.services.sockets.discard(self)
        if self._queue is not None:
            self._queue.close()

    def on_finish(self) -> None:
        """The request was refused before it became a socket."""
        if self.get_status() != 101:  # noqa: PLR2004 -- Switching Protocols
            self.services.sockets.discard(self)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Tornado's hook for whatever was raised before the upgrade."""
        _write_error(self, status_code, kwargs, self.services)

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Tornado's hook; its own version logs the address with the token."""
        _log_exception(self.request, value)

    async def _write(self, message: str | bytes) -> None:
        await self.write_message(message, binary=isinstance(message, bytes))

    def _overflow(self) -> None:
        log.warning("A client of %s has stopped reading; it is closed", self.request.path)
        self.close(_TRY_AGAIN, "too much is waiting; come back")


def finish(handler: _Response, body: str | bytes | None = None) -> None:
    """Send the response."""
    handler.finish(body)


def ping_seconds(request: HTTPServerRequest) -> float:
    """Seconds between pings. 0, none, for who is on this machine: the system tells of its end.

    Behind a proxy everybody seems to be on this machine, and a silent socket is cut.
    """
    return 0 if is_on_this_machine(request) else _PING_SECONDS


def close_sockets(services: Services) -> None:
    """Tell every WebSocket that the server is going away."""
    for open_socket in tuple(services.sockets):
        open_socket.close(_GOING_AWAY, "the server is stopping")


def abort_sockets(services: Services) -> None:
    """End every WebSocket whose client has not answered."""
    for open_socket in tuple(services.sockets):
        open_socket.abort()


def status_of(error: AppError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def error_body(error: AppError) -> JsonObject:
    """What is said about an error: Jupyter's fields, its kind, and the line or the log where there is one."""
    body: dict[str, JsonValue] = {"message": str(error), "reason": None, "kind": type(error).__name__}
    if isinstance(error, InvalidNotebook):
        body["line"] = error.line
    if isinstance(error, KernelFailed):
        body["log"] = error.log
    return body


def _short(reason: str) -> str:
    return reason.encode()[:_REASON_BYTES].decode("utf-8", "ignore")


def _set_default_headers(handler: RequestHandler) -> None:
    handler.clear_header("Server")
    for name, value in _HEADERS.items():
        handler.set_header(name, value)
    guests, origin = handler.settings.get("guests", Guests()), handler.request.headers.get("Origin", "")
    if guests.invite(origin):
        for name, value in _CORS.items():
            handler.set_header(name, value)
        handler.set_header("Access-Control-Allow-Origin", origin)


def _write_error(handler: RequestHandler, status: int, kwargs: dict[str, object], services: Services) -> None:
    raised = cast("tuple[object, BaseException, object] | None", kwargs.get("exc_info"))
    error = None if raised is None else raised[1]
    if isinstance(error, AppError):
        handler.set_status(status_of(error))
        if isinstance(error, Unauthorized) and _wants_page(handler.request, services.settings.base_url):
            _show_the_way_in(handler, services)
            return
        if isinstance(error, TooManyAttempts):
            handler.set_header("Retry-After", str(error.seconds))
        if isinstance(error, XsrfMissing):
            set_xsrf(handler, services.auth)  # so that the next request of our page can show it
        body = error_body(error)
    elif isinstance(error, HTTPError):
        body = {"message": error.reason or _phrase(status), "reason": error.reason}
    else:
        body = {"message": "Something went wrong in the server. Its log says more.", "reason": None}
    if status == _NO_SUCH_METHOD:
        handler.set_header("Allow", allowed(type(handler)))
    if _wants_page(handler.request, services.settings.base_url):
        _write_error_page(handler, services, str(body["message"]))
    else:
        handler.set_header("Content-Type", _JSON)
        finish(handler, fields.json_bytes(body))


def _wants_page(request: HTTPServerRequest, base_url: str) -> bool:
    is_api = request.path.startswith(f"{base_url}api/")
    return request.method in {"GET", "HEAD"} and not is_api and "text/html" in request.headers.get("Accept", "")


def _write_error_page(handler: RequestHandler, services: Services, message: str) -> None:
    for name, value in ERROR_PAGE_HEADERS.items():
        handler.set_header(name, value)
    finish(handler, error_page(services.settings.base_url, handler.get_status(), message))


def _show_the_way_in(handler: RequestHandler, services: Services) -> None:
    if services.hub is None:
        finish(handler, login_form(handler, services, handler.request.uri or ""))
        return
    handler.set_status(302)
    handler.set_header("Location", to_the_hub(handler, services, handler.request.uri or ""))
    finish(handler)


def _log_exception(request: HTTPServerRequest, error: BaseException | None) -> None:
    if isinstance(error, (AppError, HTTPError)):
        log.debug("%s %s: %s", request.method, request.path, error)
    else:
        log.error("%s %s failed", request.method, request.path, exc_info=error)


def _phrase(status: int) -> str:
    """What HTTP calls it. Not from `http.client`, which brings half a megabyte."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown error"
