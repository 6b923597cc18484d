"""One WebSocket for each view of an open notebook: edits and runs come down, edits and states go up.

What is said is in docs/document-socket.md. The handler is thin: it parses, calls the document or the session, and
maps errors to `error` messages; `DocumentView` says what changes. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import assert_never

from tornado.websocket import WebSocketClosedError

from adrastea.documents.document import Document
from adrastea.documents.notebook import JsonObject
from adrastea.errors import AppError, BadRequest
from adrastea.server import document_messages as said
from adrastea.server import fields, large_message
from adrastea.server.document_view import DocumentView
from adrastea.server.handler import SocketHandler, status_of
from adrastea.server.services import Services
from adrastea.server.versions import is_run_of_all, keep_version
from adrastea.server.widget_requests import WidgetMessage, WidgetsRequest, WidgetUpdate

log = logging.getLogger(__name__)

_TRY_AGAIN = 1013


class DocumentSocket(SocketHandler):
    """`api/documents/socket?path=<path>`."""

    _view: DocumentView | None = None
    _closed = False

    def initialize(self, services: Services) -> None:
        """Tornado's constructor."""
        super().initialize(services)
        self._tasks: set[asyncio.Task[None]] = set()

    async def opened(self, *args: str, **kwargs: str) -> None:
        """Open the document and show it."""
        try:
            session = await self.services.sessions.open(self._path())
        except AppError as error:
            await self._refuse(error)
            return
        document = session.document
        if document is None:
            self.close(_TRY_AGAIN, "the notebook was closed while it was being opened")
        elif self._closed:
            self.services.sessions.release(session)
        else:
            self._view = DocumentView(document, session, self._send, self._give_up)

    def on_message(self, message: str | bytes) -> None:
        """One request of the page."""
        seq: int | None = None
        if self._view is None:
            return  # it was refused, or has not been shown yet: the page sends again what it hears no answer to
        try:
            request = said.parse_request(message)
            seq = getattr(request, "seq", None)
            self._do(self._view, request)
        except Exception as error:
            self._view.say(_failure(error, seq))

    def on_close(self) -> None:
        """The page has gone. What runs goes on, and what is unsaved is saved."""
        self._closed = True
        super().on_close()
        if self._view is not None:
            self._view.close()
            self.services.sessions.release(self._view.session)

    def _path(self) -> str:
        values = self.request.query_arguments.get("path", [b""])
        try:
            path = values[-1].decode().strip("/")
        except UnicodeDecodeError:
            raise BadRequest("The path is not UTF-8.") from None
        if not path:
            raise BadRequest("The address names no notebook: add ?path=….")
        self.services.files.resolve(path)  # raises for whatever lies outside the root
        return path

    def _do(self, view: DocumentView, request: said.Request) -> None:
        match request:
            case said.EditRequest(seq, edits):
                view.document.apply(edits, origin=view)
                view.acknowledge(seq)
            case said.RunRequest(cells):
                view.session.run(cells)
                if is_run_of_all(view.document.notebook, cells):
                    self._spawn(view, self._keep(view))
            case said.SaveRequest(seq):
                self._spawn(view, self._save(view, seq), seq)
            case said.OverwriteRequest():
                self._spawn(view, view.document.save_overwriting())
            case said.ReloadRequest():
                self._spawn(view, view.document.reload())
            case said.CheckRequest():
                self._spawn(view, view.document.check())
            case said.ShowRequest() | said.SettleRequest() | said.TrustRequest():
                _decide(view.document, request)
            case said.InputAnswer(value):
                view.session.answer_input(value)
            case said.ClearQueueRequest():
                view.session.clear_queue()
            case WidgetsRequest():
                view.watch_widgets()
            case WidgetUpdate() | WidgetMessage():
                view.use_widget(request)
            case _:
                assert_never(request)

    async def _save(self, view: DocumentView, seq: int) -> None:
        await view.document.save()
        view.say(said.saved_message(seq, view.document.status))
        await keep_version(self.services, view.document.path)

    async def _keep(self, view: DocumentView) -> None:
        await view.document.save()
        await keep_version(self.services, view.document.path)

    def _spawn(self, view: DocumentView, work: Coroutine[object, object, object], seq: int | None = None) -> None:
        task = asyncio.get_running_loop().create_task(self._answer(view, work, seq))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, view: DocumentView, work: Coroutine[object, object, object], seq: int | None) -> None:
        try:
            await work
        except Exception as error:
            view.say(_failure(error, seq))

    async def _refuse(self, error: AppError) -> None:
        try:
            await self._send([fields.json_bytes(said.error_message(error))])
        except WebSocketClosedError:
            return
        self.close(4000 + status_of(error), type(error).__name__)

    async def _send(self, message: Sequence[bytes]) -> None:
        await large_message.write(self, message)

    def _give_up(self) -> None:
        self.close(_TRY_AGAIN, "too much is waiting; come back")


def _decide(document: Document, request: said.ShowRequest | said.SettleRequest | said.TrustRequest) -> None:
    """What only the user can say about a notebook."""
    match request:
        case said.ShowRequest(version):
            document.show(version)
        case said.SettleRequest():
            document.settle()
        case said.TrustRequest():  # pragma: no branch
            document.trust()


def _failure(error: Exception, seq: int | None) -> JsonObject:
    """What the page is told; what was not raised on purpose is for the log."""
    if isinstance(error, AppError):
        return said.error_message(error, seq)
    log.error("A request on the document socket failed", exc_info=error)
    return said.error_message(AppError("Something went wrong in the server. Its log says more."), seq)
