"""One session: a document, its kernel, and what runs on it. Server thread only.

Code goes down from the document (N1): a cell that is asked for is queued with the source that the document has at
that moment. What the kernel answers comes back as edits of the document (`execution.py`).

A session lives without a kernel (none started yet, none could be) and without a view (its window is closed). It listens
to its document, so that this stays open for what still comes from the kernel.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

from adrastea.documents.document import Document
from adrastea.documents.edits import Edit, SetNotebookMetadata
from adrastea.documents.notebook import CellId, Notebook
from adrastea.documents.run_record import Ran
from adrastea.documents.status import Status
from adrastea.errors import AppError, Conflict, Unavailable
from adrastea.kernels.adoption_record import Joined, Run
from adrastea.kernels.kernel import Kernel
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId
from adrastea.protocol.wire import Channel, Frames
from adrastea.sessions import kernel_note
from adrastea.sessions.execution import Execution
from adrastea.sessions.missed_outputs import MissedOutputs
from adrastea.sessions.run_queue import Finished, InputRequest, Queued, RunOver, RunStatus
from adrastea.sessions.widgets import Widgets

SessionKey = NewType("SessionKey", str)
"""The id of a session in Jupyter's REST interface."""


@dataclass(frozen=True, slots=True)
class KernelStatus:
    """The kernel as a view shows it; every id is None where there is no kernel."""

    session: SessionKey
    state: str = "none"
    kernel: str | None = None
    name: str | None = None
    display_name: str | None = None
    language: str | None = None
    message: str = ""
    """The cause of a death or of a failed start, one sentence."""
    log: str = ""
    """What the kernel printed last, where that explains it."""


class SessionListener(Protocol):
    """A view of the session. Called on the server thread; may not raise."""

    def on_kernel(self, status: KernelStatus) -> None:
        """The kernel is another one, or has another state."""
        ...

    def on_run(self, status: RunStatus) -> None:
        """Another cell runs, or others wait."""
        ...

    def on_finished(self, finished: Finished) -> None:
        """A cell has come to its end."""
        ...

    def on_input(self, waiting: InputRequest | None) -> None:
        """The kernel waits for a line, or does no more."""
        ...


class Session:
    """See the module. `Sessions` makes them and gives them documents and kernels.

    A `KernelClient` of its kernel and a `DocumentListener` of its document.
    """

    def __init__(
        self, key: SessionKey, path: str, kind: str, name: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.id = key
        self.path = path
        self.type = kind
        self.name = name
        self._document: Document | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._kernel: Kernel | None = None
        self._run: Run | None = None
        self._language_missing = False
        self._without = KernelStatus(key)
        self._execution = Execution(self, clock)
        self.widgets = Widgets(self)
        self._missed = MissedOutputs()
        self._listeners: list[SessionListener] = []
        self._on_quiet: Callable[[Session], None] | None = None
        self._on_ran: Callable[[str, Ran], None] | None = None

    @property
    def document(self) -> Document | None:
        """The open notebook, None while nobody needs it."""
        return self._document

    @property
    def kernel(self) -> Kernel | None:
        """The kernel, None before the first start and after the last end."""
        return self._kernel

    @property
    def busy(self) -> bool:
        """Whether a cell runs or waits, or has outputs under way."""
        return self._execution.busy

    @property
    def works(self) -> bool:
        """Whether the kernel works, on a cell or for another client."""
        return self._kernel is not None and (self.busy or self._kernel.state is State.BUSY)

    @property
    def watched(self) -> bool:
        """Whether a view is open."""
        return bool(self._listeners)

    @property
    def run_status(self) -> RunStatus:
        """What runs and what waits."""
        return self._execution.status

    @property
    def input_request(self) -> InputRequest | None:
        """What the kernel waits for."""
        return self._execution.input_request

    @property
    def kernel_status(self) -> KernelStatus:
        """The kernel as it is now."""
        kernel = self._kernel
        if kernel is None:
            return self._without
        spec, dead = kernel.spec, kernel.state is State.DEAD
        return KernelStatus(
            self.id,
            kernel.state.value,
            kernel.id,
            spec.name,
            spec.display_name,
            spec.language,
            kernel.cause if dead else "",
            kernel.log_tail() if dead else "",
        )

    # What a view does

    def subscribe(self, listener: SessionListener) -> Callable[[], None]:
        """Tell `listener` from now on. Returns the function that ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def run(self, cells: Iterable[CellId]) -> None:
        """Queue cells, in this order, with the source that they have now. Cells that hold no code are passed over.

        The first run notes the kernel in the notebook.

        Raises:
            Conflict: there is no kernel, or it is dead, or the notebook is not open.
            Unavailable: the kernel takes nothing.
        """
        notebook = self.notebook()
        if notebook is None:
            raise Conflict("The notebook is not open.")
        if self._kernel is None or self._kernel.state is State.DEAD:
            raise Conflict("There is no kernel. Start or choose one, then run the cell again.")
        known = (notebook.cell(cell_id) for cell_id in cells)
        self._execution.run(
            Queued(cell.id, cell.source) for cell in known if cell is not None and cell.cell_type == "code"
        )
        self.note_kernel()

    def clear_queue(self) -> None:
        """Forget the cells that wait; the running one goes on."""
        self._execution.clear_queue()

    def answer_input(self, value: str) -> None:
        """Give the kernel the line that it waits for.

        Raises:
            Conflict: it does not wait for one.
        """
        self._execution.answer_input(value)

    # What `Sessions` does

    def when_quiet(self, callback: Callable[[Session], None]) -> None:
        """Call `callback` some time after the last cell has come to its end."""
        self._on_quiet = callback

    def when_ran(self, callback: Callable[[str, Ran], None] | None) -> None:
        """Call `callback` with our path and what there is to keep of each run of a cell, when it is over."""
        self._on_ran = callback

    def take_document(self, document: Document) -> None:
        """The notebook is open."""
        if document is not self._document:
            self.drop_document()
            self._document, self._unsubscribe = document, document.subscribe(self)
            if self._language_missing:
                self.note_kernel()  # the kernel may have said more while the notebook was closed

    def drop_document(self) -> Document | None:
        """The notebook may be closed; returns it."""
        document, self._document = self._document, None
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._missed.forget()
        return document

    def without_kernel(self, status: KernelStatus) -> None:
        """What views are told while there is no kernel: one is being started, or why none could be."""
        self._without = status
        self._tell_kernel()

    def take_kernel(self, kernel: Kernel) -> None:
        """This kernel runs the cells from now on."""
        self._kernel, self._without = kernel, KernelStatus(self.id)
        self._language_missing = False
        kernel.attach(self)
        self.keep()
        self._tell_kernel()

    def rejoin(self, kernel: Kernel, joined: Joined) -> None:
        """This kernel runs the cells, as it did when an earlier run of the program ended."""
        self._run, run = joined.run, joined.run
        self._execution.resume(joined.origin, run)
        self.widgets.missed()
        kernel.expect(self, None if run is None else MsgId(run.msg_id), self._execution.kernel_is_free)
        if joined.id != self.id:
            kernel.kept.part(joined.id)
        self.take_kernel(kernel)
        self._language_missing = True

    def keep(self) -> None:
        """Have the kernel's record say what would be needed to find this session again."""
        if self._kernel is not None:
            self._kernel.kept.join(Joined(self.id, self.path, self.type, self.name, self._execution.origin, self._run))

    def drop_kernel(self) -> Kernel | None:
        """The session has no kernel any more and what ran is over; returns the one that it had."""
        kernel, self._kernel = self._kernel, None
        if kernel is not None:
            kernel.detach(self)
            kernel.kept.part(self.id)
            self._execution.end("aborted")
            self.widgets.end()
            self._tell_kernel()
        return kernel

    def note_kernel(self) -> None:
        """Write the kernel into the notebook's metadata, so that the next start takes the same."""
        if self._document is None or self._kernel is None:
            return
        language = self._kernel.language_info
        self._language_missing = language is None
        metadata = kernel_note.noted(self._document.notebook.metadata, self._kernel.spec, language)
        if metadata is not None:
            self.apply((SetNotebookMetadata(metadata),))

    # What the kernel does: `KernelClient`

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """One verified message for us, or from iopub."""
        if not self.widgets.takes(channel, frames):
            self._execution.on_message(channel, frames)

    def on_state(self, state: State) -> None:
        """The kernel has another state."""
        if state in {State.DEAD, State.RESTARTING}:
            self.widgets.end()
        if state is State.DEAD:
            self._execution.end("died")
        elif state is State.RESTARTING:
            self._execution.end("aborted")
        elif self._language_missing and state is State.IDLE:
            self.note_kernel()
        self._tell_kernel()

    # What the document does: `DocumentListener`

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        """What is queued keeps the source that it had. A cell that comes back gets what it printed meanwhile."""
        if self._document is not None and (back := self._missed.back(self._document.notebook, edits)):
            self._document.apply_of_kernel(back, origin=self)

    def on_status(self, status: Status) -> None:
        """Views hear it by themselves."""

    def on_renamed(self, path: str) -> None:
        """`Sessions` says so, also to sessions whose notebook is closed."""

    # What `Execution` does: `Host`

    def notebook(self) -> Notebook | None:
        """The document's notebook as it is now; None while it is closed."""
        return None if self._document is None else self._document.notebook

    def apply(self, edits: Iterable[Edit]) -> None:
        """Put outputs into the document."""
        if self._document is not None:
            here = self._missed.keep(self._document.notebook, edits)
            self._document.apply_of_kernel(here, origin=self)

    def send(self, channel: Channel, message: Message) -> None:
        """Send to the kernel.

        Raises:
            Unavailable: there is none, or it takes nothing.
        """
        if self._kernel is None:
            raise Unavailable("There is no kernel.")
        self._kernel.send(self, channel, messages.encode(message))

    def tell_run(self, status: RunStatus) -> None:
        """Tell the views."""
        for listener in tuple(self._listeners):
            listener.on_run(status)

    def tell_finished(self, finished: Finished) -> None:
        """Tell the views, and `Sessions` when that was the last."""
        for listener in tuple(self._listeners):
            listener.on_finished(finished)
        if self._on_quiet is not None and not self.busy:
            asyncio.get_running_loop().call_soon(self._on_quiet, self)

    def tell_over(self, run: RunOver) -> None:
        """Have it kept, with what its cell shows."""
        notebook = self.notebook()
        cell = None if notebook is None else notebook.cell(run.cell)
        if self._on_ran is not None and cell is not None:
            memory = 0 if self._kernel is None else self._kernel.resident_bytes()
            ran = Ran(
                run.id,
                run.cell,
                run.source,
                cell.outputs,
                run.at,
                run.seconds,
                run.status,
                cell.execution_count,
                memory or None,
            )
            self._on_ran(self.path, ran)

    def note_run(self, run: Run | None) -> None:
        """Write it down."""
        self._run = run
        self.keep()

    def tell_input(self, waiting: InputRequest | None) -> None:
        """Tell the views."""
        for listener in tuple(self._listeners):
            listener.on_input(waiting)

    def _tell_kernel(self) -> None:
        status = self.kernel_status
        for listener in tuple(self._listeners):
            listener.on_kernel(status)


def failure(session: Session, name: str | None, error: AppError, log: str) -> KernelStatus:
    """The status of a session whose kernel could not be started."""
    return KernelStatus(session.id, name=name, message=str(error), log=log)
