"""The server as a whole: the listening socket, the limits on what may come in, an orderly end.

`Application` is what `app.py` builds on the server's thread and what `ServerThread` starts and stops. The access log is
written at debug level only, without query strings: they can hold tokens.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import tornado.web
from tornado.http1connection import HTTP1Connection
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.iostream import IOStream
from tornado.routing import Router

from adrastea.documents.checkpoints import Checkpoints
from adrastea.documents.documents import Documents
from adrastea.documents.past_runs import PastRuns
from adrastea.documents.run_keeping import RunKeeping
from adrastea.errors import AppError, Unavailable
from adrastea.hub_place import HubPlace
from adrastea.kernels.kernel import Kernel
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.process import allow_many_files
from adrastea.logbook.logbook import Logbook
from adrastea.password import PasswordFile
from adrastea.server.auth import Access, Auth, cookies, shown_tokens
from adrastea.server.connections import Connections
from adrastea.server.culling import Culling
from adrastea.server.handler import NotFoundHandler, PreflightHandler, abort_sockets, close_sockets
from adrastea.server.http_server import BoundedServer, stream_of
from adrastea.server.kept_runs import keep_runs
from adrastea.server.limits import Limits
from adrastea.server.listening import listen
from adrastea.server.login_words import Asked
from adrastea.server.origins import Guests
from adrastea.server.routes import LateHandler, routes
from adrastea.server.services import Services
from adrastea.server.too_large import (
    CONTENTS_LIMIT_BYTES,
    LIMIT_BYTES,
    PATIENCE_BYTES,
    STRANGER_BYTES,
    CountedBody,
    TooLargeHandler,
    declared_bytes,
)
from adrastea.server.ui_assets import UiAssets
from adrastea.sessions.sessions import Sessions
from adrastea.settings import Settings
from adrastea.workspace.files import Files

if TYPE_CHECKING:
    from ssl import SSLContext

    from adrastea.server.hub import JupyterHub

log = logging.getLogger(__name__)

_ANY_ADDRESS: Final = frozenset({"", "*", "0.0.0.0", "::"})  # noqa: S104 -- compared, not listened on
HEAD_BYTES: Final = 64 * 1024
"""How long the head of a request may be; the connection of a longer one is closed."""
_SOCKET_MESSAGE_BYTES: Final = 128 * 1024 * 1024  # a pasted cell with its outputs is one message
_MEGABYTE: Final = 1_000_000
_CLOSE_SECONDS: Final = 0.3  # for what should end by itself


class Application:
    """The HTTP server and everything behind it. Built, used and stopped on the server thread."""

    def __init__(
        self,
        settings: Settings,
        documents: Documents,
        sessions: Sessions,
        files: Files,
        kernels: Kernels,
        ui: UiAssets,
        logbook: Logbook,
    ) -> None:
        self._settings = settings
        self._documents = documents
        self._sessions = sessions
        self._files = files
        self._kernels = kernels
        self._ui = ui
        self._logbook = logbook
        self._access = _access(settings)
        self._hub: JupyterHub | None = None
        self.limits = Limits()
        """What one client may cost. To be changed before `start`."""
        self._http: BoundedServer | None = None
        self._services: Services | None = None
        self._culling: Culling | None = None
        self._port = 0
        self._end: Callable[[], None] | None = None
        self._keeps: Callable[[Kernel], bool] = lambda _: settings.keep_kernels

    @property
    def port(self) -> int:
        """The port that the server listens on; 0 before `start`."""
        return self._port

    @property
    def base_address(self) -> str:
        """The address of the page, without a token."""
        ip = self._settings.ip.strip("[]")
        name = "127.0.0.1" if ip in _ANY_ADDRESS else ip
        scheme = "http" if self._settings.certfile is None else "https"
        return f"{scheme}://{f'[{name}]' if ':' in name else name}:{self._port}{self._settings.base_url}"

    @property
    def services(self) -> Services:
        """What the handlers reach.

        Raises:
            Unavailable: the server has not started.
        """
        if self._services is None:
            raise Unavailable("The server has not started.")
        return self._services

    @property
    def root(self) -> str:
        """The folder that is served."""
        return str(self._settings.root)

    @property
    def url(self) -> str:
        """The address of the page for a terminal; with the token, so that API clients can use it, and it works again.

        Without it where it is not to be shown, or where the user has a password.

        Raises:
            Unavailable: the server has not started.
        """
        auth = self.services.auth
        if self._hub is not None or self._settings.protected or auth.asked is Asked.PASSWORD:
            return self.base_address
        return f"{self.base_address}?token={quote(auth.token, safe='')}"

    @property
    def note(self) -> str:
        """How to log in where the address alone does not do that; empty where it does.

        Raises:
            Unavailable: the server has not started.
        """
        asked = self.services.auth.asked
        if self._hub is not None:
            return "JupyterHub says who comes in."
        if asked is Asked.PASSWORD:
            return "Log in with your password."
        if not self._settings.protected:
            return ""
        if self._settings.token:
            return f"Log in with your {asked.value}."
        return f"Log in with the token {self.services.auth.token}"

    @property
    def browser_url(self) -> str:
        """The address for the browser that the user has asked for; it logs in by itself where that is allowed.

        Raises:
            Unavailable: the server has not started.
        """
        return self.base_address if self._settings.protected else self.one_time_url()

    def running(self) -> tuple[str, ...]:
        """The paths of the notebooks whose kernels work."""
        return self._sessions.running()

    def one_time_url(self) -> str:
        """The address of the page with a new token that works once.

        Raises:
            Unavailable: the server has not started.
        """
        return f"{self.base_address}?token={self.services.auth.one_time_token()}"

    def on_end(self, deed: Callable[[], None]) -> None:
        """What to do when a client asks for the end of the server; without that, none may. Before `start`."""
        self._end = deed

    async def start(self) -> None:
        """Bind the port and begin to answer.

        Raises:
            StartFailed: the port or the address cannot be had, or others can read the password's file; the sentence
                says what to do.
        """
        settings = self._settings
        if self._access.password is not None:
            self._access.password.current()
        context = None if settings.certfile is None else _tls(settings.certfile, settings.keyfile)
        limits = self.limits.fitted(allow_many_files())
        sockets = listen(settings.ip, settings.port)
        self._port = int(sockets[0].getsockname()[1])
        self._hub = None if settings.hub is None else _hub(settings.hub)
        services = Services(
            settings=settings,
            auth=Auth(replace(self._access, hub=self._hub), settings.ip, self._port),
            ui=self._ui,
            documents=self._documents,
            sessions=self._sessions,
            files=self._files,
            kernels=self._kernels,
            checkpoints=Checkpoints(settings.state_dir / "checkpoints", settings.history_megabytes * _MEGABYTE),
            runs=RunKeeping(PastRuns(settings.state_dir / "runs", settings.runs_megabytes * _MEGABYTE)),
            logbook=self._logbook,
            started=datetime.now(UTC),
            hub=self._hub,
            limits=limits,
            end=self._end,
        )
        if self._hub is not None:
            self._hub.start_telling(services.last_activity)
        self._services = services
        keep_runs(self._sessions, self._files, services.runs)
        await self._sessions.adopt()  # before anybody can ask for a kernel: none is started twice (K3)
        self._documents.tidy()
        self._culling = Culling(services)
        table = Connections[IOStream](limits.connections)
        http = BoundedServer(
            _Routing(services, table),
            max_header_size=HEAD_BYTES,
            max_body_size=CONTENTS_LIMIT_BYTES,
            max_buffer_size=2 * _SOCKET_MESSAGE_BYTES,  # a message has to fit in
            idle_connection_timeout=limits.head_seconds,
            ssl_options=context,
        )
        http.table = table
        http.add_sockets(sockets)
        self._http = http

    def keep_working(self) -> None:
        """When this server stops, those kernels go on that work then, and are found by the next start."""
        self._keeps = self._sessions.works

    def kill(self) -> None:
        """End all kernels at once."""
        self._kernels.kill()

    async def stop(self) -> None:
        """Take no more requests, close the sockets, save the documents, end kernels and shells. Under three seconds."""
        if self._http is not None:
            self._http.stop()
        if self._culling is not None:
            self._culling.stop()
        if self._services is not None:
            close_sockets(self._services)
            for conversion in tuple(self._services.conversions):
                conversion.cancel()
            for making in tuple(self._services.makings):
                making.cancel()
        if self._hub is not None:
            await self._hub.close()
        shells = [] if self._services is None else [self._services.terminals.close()]
        kernels = self._kernels.close(self._keeps)
        await _settle(*(document.save() for document in self._documents.all()), kernels, *shells)
        await _within(_settle(self._sessions.close()), _CLOSE_SECONDS)
        await _settle(self._documents.close_all())  # what the kernels said last is saved as well
        if self._services is not None:
            await self._services.runs.close()
            abort_sockets(self._services)
        if self._http is not None:
            await _within(self._http.close_all_connections(), _CLOSE_SECONDS)


class _Late(Router):
    """Where Tornado looks for a handler of the table."""

    def __init__(self, application: tornado.web.Application, handler: LateHandler) -> None:
        self._application = application
        self._handler = handler

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate:  # noqa: ANN401 -- Tornado's
        """The handler of a request, with what its address names."""
        return self._application.get_handler_delegate(request, self._handler.load(), **kwargs)


class _Routing(tornado.web.Application):
    """Tornado's application, which also bounds the body of a request before any of it is read."""

    def __init__(self, services: Services, table: Connections[IOStream]) -> None:
        super().__init__(
            [(pattern, _Late(self, handler), given) for pattern, handler, given in routes(services)],
            default_handler_class=NotFoundHandler,
            default_handler_args={"services": services},
            log_function=_log_access,
            guests=services.auth.guests,
            websocket_max_message_size=_SOCKET_MESSAGE_BYTES,
        )
        self._services = services
        self._table = table

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:  # noqa: ANN401 -- Tornado's signature
        """The handler of a request; called when its head has come."""
        hub = self._services.hub
        if hub is None:
            return self._handler(request, **kwargs)
        from adrastea.server.hub import HubDelegate

        cookie = cookies(request).get(self._services.auth.cookie_name)
        return HubDelegate(lambda: self._handler(request, **kwargs), lambda: hub.learn(shown_tokens(request), cookie))

    def _handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:  # noqa: ANN401 -- Tornado's
        if request.method == "OPTIONS" and self._services.auth.guests.invite(request.headers.get("Origin", "")):
            return self.get_handler_delegate(request, PreflightHandler, {"services": self._services})
        limit = self._limit(request)
        too_large = declared_bytes(request) > limit
        is_chunked = "Transfer-Encoding" in request.headers
        if isinstance(request.connection, HTTP1Connection):
            request.connection.set_max_body_size(max(limit, PATIENCE_BYTES) if too_large or is_chunked else limit)
            request.connection.set_body_timeout(self._services.limits.seconds_for(limit))
        if too_large:
            return self._too_large(request)
        handler = super().find_handler(request, **kwargs)
        return CountedBody(handler, lambda: self._too_large(request), limit) if is_chunked else handler

    def _too_large(self, request: HTTPServerRequest) -> HTTPMessageDelegate:
        return self.get_handler_delegate(request, TooLargeHandler, {"services": self._services})

    def _limit(self, request: HTTPServerRequest) -> int:
        """How large the body may be; whoever shows credentials is no stranger from now on."""
        if not self._services.auth.knows(request):
            return STRANGER_BYTES
        self._table.has_shown_credentials(stream_of(request.server_connection))
        base_url = self._services.settings.base_url
        is_contents = request.path.startswith((f"{base_url}api/contents", f"{base_url}nbconvert/"))
        return CONTENTS_LIMIT_BYTES if is_contents else LIMIT_BYTES


def _hub(place: HubPlace) -> JupyterHub:
    from adrastea.server.hub import JupyterHub

    return JupyterHub(place)


def _tls(certfile: Path, keyfile: Path | None) -> SSLContext:
    from adrastea.server.tls import server_context

    return server_context(certfile, keyfile)


def _access(settings: Settings) -> Access:
    return Access(
        token=settings.token,
        password=PasswordFile(settings.config_dir),
        base_url=settings.base_url,
        names=settings.local_hostnames,
        guests=Guests(frozenset(settings.allow_origin), settings.allow_origin_pat),
        ended=settings.state_dir / "ended-logins",
    )


def _log_access(handler: tornado.web.RequestHandler) -> None:
    request = handler.request
    milliseconds = 1000 * request.request_time()
    log.debug("%d %s %s %.1f ms", handler.get_status(), request.method, request.path, milliseconds)


async def _settle(*work: Awaitable[object]) -> None:
    for result in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(result, AppError):
            log.error("While stopping: %s", result)
        elif isinstance(result, Exception):
            log.error("While stopping", exc_info=result)


async def _within(work: Awaitable[object], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        log.debug("Something did not end by itself")
