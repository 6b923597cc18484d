"""One view of an open document: hears the document and the session, and says on its socket what has changed.

Edits that come within 16 ms go out as one message, joined where they can be. Only one message is under way at a time:
while the page is slow, what waits for it is joined further, and if that grows beyond `_MAX_WAITING` the view gets a
fresh snapshot instead of it. So a page that hardly reads costs bounded memory and slows nobody. Server thread only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from adrastea.documents.document import Document, Status
from adrastea.documents.edits import AppendOutput, Edit, merge
from adrastea.documents.notebook import JsonObject, Stream
from adrastea.server import document_messages as said
from adrastea.server import fields
from adrastea.server.document_messages import Ack
from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus
from adrastea.sessions.session import KernelStatus, Session

_FRAME_SECONDS: Final = 0.016  # one frame of a screen
_MAX_WAITING: Final = 5_000  # edits and messages
_MAX_WAITING_TEXT: Final = 8_000_000  # characters of stream text

Write: TypeAlias = Callable[[bytes], Awaitable[None]]
Waiting: TypeAlias = Edit | Ack | JsonObject


class DocumentView:
    """A listener of one document and one session.

    `write` sends one text message and returns when the network has taken it; `give_up` is called when the page has not
    read for so long that even what may not be left out is too much.
    """

    def __init__(self, document: Document, session: Session, write: Write, give_up: Callable[[], None]) -> None:
        self.document = document
        self.session = session
        self._write = write
        self._give_up = give_up
        self._waiting: list[Waiting] = []
        self._text = 0
        self._acked = 0
        self._stale = True  # the next message is a snapshot
        self._closed = False
        self._wakeup: asyncio.TimerHandle | None = None
        self._sending: asyncio.Task[None] | None = None
        self._last = 0.0
        self._unsubscribe = (document.subscribe(self), session.subscribe(self))
        self._wake()

    def close(self) -> None:
        """Hear and say no more."""
        self._closed = True
        self._waiting.clear()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        if self._wakeup is not None:
            self._wakeup.cancel()

    def acknowledge(self, seq: int) -> None:
        """The page's own message `seq` has been applied at this place in the stream of edits."""
        self._acked = max(self._acked, seq)
        self._add(Ack(seq))

    def say(self, message: JsonObject) -> None:
        """Say something, behind the edits that came before it."""
        self._waiting.append(message)
        self._check_size()
        self._wake()

    # DocumentListener

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        """Edits were applied; those of this view's own page are acknowledged instead of repeated."""
        if origin is not self:
            for edit in edits:
                self._add(edit)

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

    # What waits

    def _add(self, item: Edit | Ack) -> None:
        if self._stale:
            return  # the snapshot will hold it
        self._waiting.append(item)
        self._text += _text_of(item)
        self._check_size()
        self._wake()

    def _check_size(self) -> None:
        if self._text <= _MAX_WAITING_TEXT and len(self._waiting) <= _MAX_WAITING:
            return
        self._waiting = list(_joined(self._waiting))
        self._text = sum(map(_text_of, self._waiting))
        if self._text > _MAX_WAITING_TEXT or len(self._waiting) > _MAX_WAITING // 2:
            self._stale = True
            self._waiting = [item for item in self._waiting if isinstance(item, Mapping)]
            self._text = 0
        if len(self._waiting) > _MAX_WAITING // 2:
            self.close()
            self._give_up()

    # Sending

    def _wake(self) -> None:
        if self._closed or self._wakeup is not None or self._sending is not None:
            return
        loop = asyncio.get_running_loop()
        self._wakeup = loop.call_later(max(0.0, self._last + _FRAME_SECONDS - loop.time()), self._begin)

    def _begin(self) -> None:
        self._wakeup = None
        messages = [fields.json_bytes(message) for message in self._take()]
        self._sending = asyncio.get_running_loop().create_task(self._send(messages))
        self._sending.add_done_callback(self._sent)

    def _take(self) -> list[JsonObject]:
        """What is to be said now, as messages in order: edits that follow each other are one."""
        waiting, self._waiting, self._text = self._waiting, [], 0
        messages: list[JsonObject] = []
        if self._stale:
            self._stale = False
            messages.append(self._snapshot())
        edits: list[Edit | Ack] = []
        for item in _joined(waiting):
            if isinstance(item, Mapping):
                if edits:
                    messages.append(said.edits_message(edits))
                    edits = []
                messages.append(item)
            else:
                edits.append(item)
        return [*messages, said.edits_message(edits)] if edits else messages

    async def _send(self, messages: Sequence[bytes]) -> None:
        for message in messages:
            await self._write(message)

    def _sent(self, sending: asyncio.Task[None]) -> None:
        self._sending = None
        self._last = asyncio.get_running_loop().time()
        if sending.cancelled() or sending.exception() is not None:
            self.close()  # the socket has gone, and its handler hears of it by itself
        elif self._stale or self._waiting:
            self._wake()

    def _snapshot(self) -> JsonObject:
        return said.snapshot_message(
            self.document.notebook,
            self._acked,
            self.document.path,
            self.document.status,
            self.session.kernel_status,
            self.session.run_status,
            self.session.input_request,
        )


def _joined(waiting: Iterable[Waiting]) -> Iterator[Waiting]:
    """The same changes with fewer edits. What is not an edit keeps its place."""
    edits: list[Edit] = []
    for item in waiting:
        if isinstance(item, (Ack, Mapping)):
            yield from merge(edits)
            yield item
            edits = []
        else:
            edits.append(item)
    yield from merge(edits)


def _text_of(item: Waiting) -> int:
    return len(item.output.text) if isinstance(item, AppendOutput) and isinstance(item.output, Stream) else 0
