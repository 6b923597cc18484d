"""One view of an open document: hears the document and the session, and says on its socket what has changed.

What comes within 16 ms goes out together, joined where it can be (`view_queue.py`). Only one batch is under way at a
time: while the page is slow, what waits for it is joined further, and if that grows too large the view gets a fresh
snapshot instead of it. So a page that hardly reads costs bounded memory and slows nobody. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeAlias

from adrastea.documents.document import Document
from adrastea.documents.edits import Edit
from adrastea.documents.notebook import JsonObject, Notebook
from adrastea.documents.status import Status
from adrastea.errors import AppError, BadRequest
from adrastea.server import document_messages as said
from adrastea.server import fields
from adrastea.server.document_messages import Ack
from adrastea.server.snapshot_text import snapshot_text
from adrastea.server.view_queue import ViewQueue
from adrastea.server.widget_news import WidgetNews
from adrastea.server.widget_requests import WidgetMessage, WidgetUpdate
from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus
from adrastea.sessions.session import KernelStatus, Session

log = logging.getLogger(__name__)

_FRAME_SECONDS: Final = 0.016  # one frame of a screen

Write: TypeAlias = Callable[[Sequence[bytes]], Awaitable[None]]


class DocumentView:
    """A listener of one document and one session.

    `write` sends one text message, given in pieces, and returns when the network has taken it; `give_up` is called
    when the page has not read for so long that even what may not be left out is too much, or cannot be shown at
    all.
    """

    def __init__(self, document: Document, session: Session, write: Write, give_up: Callable[[], None]) -> None:
        self.document = document
        self.session = session
        self._write = write
        self._give_up = give_up
        self._queue = ViewQueue()
        self._widgets: WidgetNews | None = None
        self._acked = 0
        self._ack_waits = False
        self._closed = False
        self._wakeup: asyncio.TimerHandle | None = None
        self._sending: asyncio.Task[None] | None = None
        self._last = 0.0
        self._unsubscribe = (document.subscribe(self), session.subscribe(self))
        self._wake()

    def close(self) -> None:
        """Hear and say no more."""
        self._closed = True
        self._queue.clear()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        if self._widgets is not None:
            self._widgets.close()
        if self._wakeup is not None:
            self._wakeup.cancel()

    def acknowledge(self, seq: int) -> None:
        """The page's own message `seq` has been applied at this place in the stream of edits."""
        self._acked = max(self._acked, seq)
        self._queue.add(Ack(seq))
        self._ack_waits = True
        self._wake()

    def say(self, message: JsonObject) -> None:
        """Say something, behind the edits that came before it. Nothing happens after `close`."""
        if not self._closed:
            self._queue.say(message)
            self._wake()

    # Widgets

    def watch_widgets(self) -> None:
        """The page shows widgets: say what there are, and from now on what happens to them."""
        if self._widgets is not None:
            self._widgets.close()
        if not self._closed:
            self._widgets = WidgetNews(self.session.widgets, self._wake)
            self._wake()

    def use_widget(self, request: WidgetUpdate | WidgetMessage) -> None:
        """The user has done something to a widget.

        Raises:
            BadRequest: the page has not asked for widgets.
            Conflict: the widget's kernel has ended.
            Unavailable: the kernel takes nothing.
        """
        if self._widgets is None:
            raise BadRequest("Ask for the widgets first.")
        if isinstance(request, WidgetUpdate):
            self._widgets.update(request)
        else:
            self._widgets.say(request)

    # DocumentListener

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        """Edits were applied; those of this view's own page are acknowledged instead of repeated."""
        if origin is self or self._closed:
            return
        for edit in edits:
            self._queue.add(edit)
        self._wake()

    def on_status(self, status: Status) -> None:
        """The document is saved, or is not any more."""
        self.say(said.document_message(self.document.path, status))

    def on_renamed(self, path: str) -> None:
        """The file has another path."""
        self.say(said.document_message(path, self.document.status))

    # SessionListener

    def on_kernel(self, status: KernelStatus) -> None:
        """The kernel is another one, or has another state."""
        self.say(said.kernel_message(status))

    def on_run(self, status: RunStatus) -> None:
        """Another cell runs, or others wait."""
        self.say(said.run_message(status))

    def on_finished(self, finished: Finished) -> None:
        """A cell has come to its end."""
        self.say(said.finished_message(finished))

    def on_input(self, waiting: InputRequest | None) -> None:
        """The kernel waits for a line, or does no more."""
        self.say(said.input_message(waiting))

    # Sending

    def _wake(self) -> None:
        if self._queue.is_full or (self._widgets is not None and self._widgets.is_full):
            self._stop()
        if self._closed or self._wakeup is not None or self._sending is not None:
            return
        loop = asyncio.get_running_loop()
        self._wakeup = loop.call_later(max(0.0, self._last + _FRAME_SECONDS - loop.time()), self._begin)

    def _begin(self) -> None:
        self._wakeup = None
        snapshot = (self._around(), self.document.notebook) if self._queue.stale else None
        news = () if self._widgets is None else self._widgets.take()  # before the outputs that show them
        self._sending = asyncio.get_running_loop().create_task(self._send(snapshot, (*news, *self._queue.take())))
        self._sending.add_done_callback(self._sent)

    async def _send(self, snapshot: tuple[JsonObject, Notebook] | None, waiting: Sequence[JsonObject]) -> None:
        try:
            messages = [] if snapshot is None else [await snapshot_text(*snapshot)]
            messages += [[fields.json_bytes(message)] for message in waiting]
        except AppError as error:
            log.error("%s cannot be shown: %s", self.document.path, error)  # noqa: TRY400 -- a sentence says it all
            self._stop()
            return
        if self._ack_waits:
            self._ack_waits = False
            await self.document.written()  # what was acknowledged survives a crash: the page will not send it again
        else:
            await self.document.may_be_shown()  # what somebody has seen survives one, too
        for message in messages:
            await self._write(message)

    def _sent(self, sending: asyncio.Task[None]) -> None:
        self._sending = None
        self._last = asyncio.get_running_loop().time()
        if sending.cancelled() or sending.exception() is not None:
            self.close()  # the socket has gone, and its handler hears of it by itself
        elif self._queue or self._widgets:
            self._wake()

    def _stop(self) -> None:
        self.close()
        self._give_up()

    def _around(self) -> JsonObject:
        return said.snapshot_around(
            self._acked,
            self.document.path,
            self.document.status,
            self.session.kernel_status,
            self.session.run_status,
            self.session.input_request,
        )
