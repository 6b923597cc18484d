"""What runs on a session's kernel: the queue, the requests that are out, the way of their outputs back to their cells.

Every message whose parent is one of our requests belongs to the cell of that request (N2), also long after its reply,
until that cell runs again. A run is over when the reply and the idle are both there: they come on two sockets, in
either order. The next cell is sent at the reply. Server thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import uuid4

from adrastea.documents.edits import ClearOutputs, Edit, SetExecutionCount
from adrastea.documents.notebook import CellId, JsonValue, Notebook
from adrastea.documents.outputs import RunState, reduce
from adrastea.errors import AppError, Conflict, ProtocolError
from adrastea.kernels.adoption_record import Run
from adrastea.protocol import messages
from adrastea.protocol.messages import Header, Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.sessions.run_queue import Finished, FinishedStatus, InputRequest, Queued, RunOver, RunQueue, RunStatus

log = logging.getLogger(__name__)

_REMEMBERED_RUNS = 2_000  # finished runs whose late outputs still find their cell
_USERNAME = "adrastea"
_NO_CELL = CellId("")
_GAP = "[Adrastea was not running for a while: what this cell printed meanwhile is missing here.]\n"
_ENDED = "[Adrastea was not running when this cell came to its end: what it printed last is missing here.]\n"


class Host(Protocol):
    """What the session does for what runs on it."""

    def notebook(self) -> Notebook | None:
        """The document's notebook as it is now; None while the document is closed."""
        ...

    def apply(self, edits: Iterable[Edit]) -> None:
        """Put outputs into the document."""
        ...

    def send(self, channel: Channel, message: Message) -> None:
        """Send to the kernel. Raises AppError where there is none that could take it."""
        ...

    def tell_run(self, status: RunStatus) -> None:
        """Another cell runs, or others wait."""
        ...

    def tell_finished(self, finished: Finished) -> None:
        """A cell has come to its end."""
        ...

    def tell_over(self, run: RunOver) -> None:
        """A run is over, and its cell still shows what came of it."""
        ...

    def tell_input(self, waiting: InputRequest | None) -> None:
        """The kernel waits for a line, or does no more."""
        ...

    def note_run(self, run: Run | None) -> None:
        """This is what the kernel works on: an outage of ours must not make us forget it. None: nothing any more."""
        ...


@dataclass(slots=True)
class _Run:
    """One execution of one cell, from its request to its last output."""

    cell: CellId
    started: float
    started_at: datetime
    id: str = ""
    source: str | None = None
    """What was sent; None where an earlier run of the program has sent it."""
    seconds: float = 0.0
    """How long it has taken, once it is finished."""
    late: bool = False
    """Whether outputs have come since it was finished."""
    reduction: RunState = field(default_factory=RunState)
    reply: FinishedStatus | None = None
    idle: bool = False
    finished: bool = False
    resumed: bool = False
    """Whether an earlier run of the program has asked for it."""
    gap: bool = False
    """Whether it has run while we did not, and its cell does not say so yet."""
    failed: bool = False
    """Whether an error has come."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    shown: InputRequest
    parent: Header


class Execution:
    """See the module. `clock` gives seconds that never go back."""

    def __init__(self, host: Host, clock: Callable[[], float]) -> None:
        self._host = host
        self._clock = clock
        self._origin = Origin(SessionId(uuid4().hex), _USERNAME)
        self._queue = RunQueue()
        self._runs: dict[MsgId, _Run] = {}
        self._current: MsgId | None = None
        self._waiting: _Waiting | None = None

    @property
    def busy(self) -> bool:
        """Whether a cell runs or waits, or has outputs under way."""
        return bool(self._queue.waiting) or any(not run.finished for run in self._runs.values())

    @property
    def status(self) -> RunStatus:
        """What runs and what waits."""
        run = None if self._current is None else self._runs.get(self._current)
        return RunStatus(run.cell if run else None, self._queue.cells, run.started_at if run else None)

    @property
    def input_request(self) -> InputRequest | None:
        """What the kernel waits for."""
        return None if self._waiting is None else self._waiting.shown

    @property
    def origin(self) -> str:
        """In whose name the kernel is asked."""
        return self._origin.session

    # After an outage

    def resume(self, origin: str, run: Run | None) -> None:
        """An earlier run of the program has asked the kernel in this name, and for this run of a cell."""
        self._origin = Origin(SessionId(origin), _USERNAME)
        if run is not None:
            began = self._clock() - max(0.0, (_now() - run.started).total_seconds())
            self._current = MsgId(run.msg_id)
            self._runs[self._current] = _Run(
                CellId(run.cell), began, run.started, self._current, resumed=True, gap=True
            )

    def kernel_is_free(self) -> None:
        """It has done with all that the earlier run of the program had asked: also where the reply came in between."""
        for msg_id, run in tuple(self._runs.items()):
            if run.resumed and run.reply is None:
                if run.idle:  # only its reply was for somebody who has gone
                    run.reply = "error" if run.failed else "ok"
                else:
                    self._say(run, _ENDED)
                    run.reply, run.idle, run.gap = "unknown", True, False
                if self._current == msg_id:
                    self._current = None
                self._finish(run)
        refused = self._send_next()
        if refused is not None:
            log.warning("the next cell could not be sent: %s", refused)
        self._host.tell_run(self.status)

    def _say(self, run: _Run, text: str) -> None:
        notebook = self._host.notebook()
        if notebook is not None and notebook.cell(run.cell) is not None:
            _, edits = reduce(RunState(), run.cell, "stream", {"name": "stderr", "text": text}, notebook)
            self._host.apply(edits)

    # Down

    def run(self, cells: Iterable[Queued]) -> None:
        """Queue cells, in this order. One without any code shows nothing any more when its turn comes, as in Jupyter.

        Raises:
            AppError: the kernel takes nothing; the cells come to their end without having run, and keep what they show.
        """
        self._queue = self._queue.add(cells)
        refused = self._send_next()
        self._host.tell_run(self.status)
        if refused is not None:
            raise refused

    def clear_queue(self) -> None:
        """Forget the cells that wait; the running one goes on."""
        self._skip("aborted")
        self._host.tell_run(self.status)

    def answer_input(self, value: str) -> None:
        """Give the kernel the line that it waits for.

        Raises:
            Conflict: it does not wait for one.
        """
        waiting = self._waiting
        if waiting is None:
            raise Conflict("The kernel does not wait for input any more.")
        self._host.send("stdin", messages.input_reply(value, waiting.parent, self._origin, _new_id(), _now()))
        self._wait_for(None)

    def end(self, status: FinishedStatus) -> None:
        """The kernel that ran them is gone: nothing runs and nothing waits."""
        open_runs = [run for run in self._runs.values() if not run.finished]
        for run in self._runs.values():
            self._keep_late(run)
        self._runs.clear()
        self._current = None
        self._wait_for(None)
        for run in open_runs:
            run.reply = run.reply or status
            self._finish(run)
        self._skip("skipped" if status == "died" else status)
        self._host.tell_run(self.status)

    def _send_next(self) -> AppError | None:
        """Send the next cell if none is with the kernel. Returns why the kernel did not take it."""
        while self._current is None:
            queued, self._queue = self._queue.take()
            if queued is None:
                return None
            if not queued.source.strip():
                self._start_over(queued.cell)
                self._host.tell_finished(Finished(queued.cell, "ok", 0.0))
                continue
            try:
                self._send(queued)
            except AppError as error:
                self._host.tell_finished(Finished(queued.cell, "aborted"))
                self._skip("skipped")
                return error
        return None

    def _send(self, queued: Queued) -> None:
        msg_id = _new_id()
        metadata = {"cellId": queued.cell}
        request = messages.execute_request(queued.source, self._origin, msg_id, _now(), metadata=metadata)
        self._host.send("shell", request)  # first: what the cell shows is lost only when it will run
        self._start_over(queued.cell)
        run = self._runs[msg_id] = _Run(queued.cell, self._clock(), _now(), msg_id, queued.source)
        self._current = msg_id
        self._host.note_run(Run(msg_id, queued.cell, run.started_at))

    def _start_over(self, cell: CellId) -> None:
        """The cell shows nothing any more, and late outputs of its earlier runs have no place any more."""
        outdated = [msg_id for msg_id, run in self._runs.items() if run.cell == cell]
        while len(self._runs) - len(outdated) > _REMEMBERED_RUNS:
            outdated.append(next(msg_id for msg_id in self._runs if msg_id not in outdated))
        for msg_id in outdated:
            run = self._runs.pop(msg_id)
            self._keep_late(run)
            self._finish(run)
        self._host.apply((ClearOutputs(cell), SetExecutionCount(cell, None)))

    # Up

    def on_message(self, channel: Channel, frames: Frames) -> None:
        """One verified message: a reply to us, or anything from iopub.

        One that makes no sense is dropped and logged.
        """
        try:
            parent = messages.parent_of(frames)
            run = None if parent is None else self._runs.get(parent.msg_id)
            if channel == "iopub":
                self._on_iopub(run, frames)
            elif run is not None and channel == "shell":
                self._on_reply(run, messages.decode(frames))
            elif run is not None and channel == "stdin":
                self._on_input_request(run, messages.decode(frames))
        except ProtocolError as error:
            log.warning("a message of the kernel was dropped: %s", error)

    def _on_iopub(self, run: _Run | None, frames: Frames) -> None:
        kind = messages.header_of(frames).msg_type
        if kind == "update_display_data":  # whoever asked for it, it changes outputs that stand in our cells
            self._reduce(run or _Run(_NO_CELL, 0.0, _now()), messages.decode(frames))
        elif run is None:
            return
        elif kind == "status":
            self._on_status(run, messages.decode(frames).content.get("execution_state"))
        else:
            self._reduce(run, messages.decode(frames))

    def _on_status(self, run: _Run, state: JsonValue) -> None:
        if state == "idle":
            run.idle = True
            self._finish_when_done(run)
        elif state == "busy":  # then those before it are over, also when the flood has swept their idle away
            for earlier in tuple(self._runs.values()):
                if earlier.reply is not None:
                    self._finish(earlier)

    def _reduce(self, run: _Run, message: Message) -> None:
        notebook = self._host.notebook()
        if notebook is None:
            log.info("an output came after its notebook had been closed")
            return
        if run.gap:
            run.gap = False
            self._say(run, _GAP)
            notebook = self._host.notebook() or notebook
        run.late = run.finished
        run.failed = run.failed or message.header.msg_type == "error"
        run.reduction, edits = reduce(run.reduction, run.cell, message.header.msg_type, message.content, notebook)
        self._host.apply(edits)

    def _on_reply(self, run: _Run, reply: Message) -> None:
        if reply.header.msg_type != "execute_reply" or run.reply is not None:
            return
        count = reply.content.get("execution_count")
        if isinstance(count, int):
            self._host.apply((SetExecutionCount(run.cell, count),))
        run.reply = _finished_status(reply.content.get("status"), reply.content.get("ename"))
        self._wait_for(None)
        self._current = None
        if run.reply != "ok":
            self._skip("skipped")
        self._finish_when_done(run)
        refused = self._send_next()
        if refused is not None:
            log.warning("the next cell could not be sent: %s", refused)
        self._host.tell_run(self.status)

    def _on_input_request(self, run: _Run, request: Message) -> None:
        prompt, password = request.content.get("prompt"), request.content.get("password")
        shown = InputRequest(run.cell, prompt if isinstance(prompt, str) else "", password is True)
        self._wait_for(_Waiting(shown, request.header))

    def _finish_when_done(self, run: _Run) -> None:
        if run.reply is not None and run.idle:
            self._finish(run)

    def _finish(self, run: _Run) -> None:
        if not run.finished:
            run.finished = True
            run.seconds = round(self._clock() - run.started, 6)
            if all(other.finished for other in self._runs.values()):
                self._host.note_run(None)
            self._tell_over(run)
            self._host.tell_finished(Finished(run.cell, run.reply or "aborted", run.seconds))

    def _keep_late(self, run: _Run) -> None:
        if run.late:
            self._tell_over(run)

    def _tell_over(self, run: _Run) -> None:
        source = run.source
        if source is None:
            notebook = self._host.notebook()
            cell = None if notebook is None else notebook.cell(run.cell)
            source = "" if cell is None else cell.source
        self._host.tell_over(RunOver(run.id, run.cell, source, run.reply or "aborted", run.started_at, run.seconds))

    def _skip(self, status: FinishedStatus) -> None:
        ended, self._queue = self._queue.skip_all(status)
        for finished in ended:
            self._host.tell_finished(finished)

    def _wait_for(self, waiting: _Waiting | None) -> None:
        if waiting is not self._waiting:
            self._waiting = waiting
            self._host.tell_input(self.input_request)


def _finished_status(status: object, ename: object) -> FinishedStatus:
    match status:
        case "ok":
            return "ok"
        case "aborted" | "abort":
            return "aborted"
        case _:
            return "interrupted" if ename == "KeyboardInterrupt" else "error"


def _new_id() -> MsgId:
    return MsgId(uuid4().hex)


def _now() -> datetime:
    return datetime.now(UTC)
