"""From the document to the kernel and back, message by message. The kernel is a script in each test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from adrastea.documents.edits import Edit, SetSource, apply
from adrastea.documents.notebook import Cell, CellId, JsonObject, Notebook, Stream
from adrastea.errors import Conflict, Unavailable
from adrastea.kernels.adoption_record import Run
from adrastea.protocol import messages
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.sessions.execution import Execution
from adrastea.sessions.run_queue import Finished, FinishedStatus, InputRequest, Queued, RunOver, RunStatus

A, B, C = CellId("a"), CellId("b"), CellId("c")


class Stage:
    """The session's side: a document, and everything that was sent and told. The clock goes one second a look."""

    def __init__(self) -> None:
        self.document: Notebook | None = Notebook(tuple(Cell(cell, "code", f"code {cell}") for cell in (A, B, C)))
        self.sent: list[tuple[Channel, Message]] = []
        self.finished: list[Finished] = []
        self.status = RunStatus()
        self.noted: list[Run | None] = []
        self.over: list[tuple[RunOver, str]] = []
        self.waiting: InputRequest | None = None
        self.refuses = False
        self._seconds = 0.0
        self.execution = Execution(self, self._clock)

    def _clock(self) -> float:
        self._seconds += 1
        return self._seconds

    def notebook(self) -> Notebook | None:
        return self.document

    def apply(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            if self.document is not None:
                self.document = apply(self.document, edit)

    def send(self, channel: Channel, message: Message) -> None:
        if self.refuses:
            raise Unavailable("The kernel is dead.")
        self.sent.append((channel, message))

    def tell_run(self, status: RunStatus) -> None:
        self.status = status

    def tell_finished(self, finished: Finished) -> None:
        self.finished.append(finished)

    def tell_over(self, run: RunOver) -> None:
        shown = None if self.document is None else self.document.cell(run.cell)
        self.over.append((run, "" if shown is None else self.text(run.cell)))

    def note_run(self, run: Run | None) -> None:
        self.noted.append(run)

    def tell_input(self, waiting: InputRequest | None) -> None:
        self.waiting = waiting

    def run(self, *cells: CellId) -> None:
        self.execution.run(Queued(cell, f"code {cell}") for cell in cells)

    def cell(self, cell_id: CellId) -> Cell:
        cell = None if self.document is None else self.document.cell(cell_id)
        assert cell is not None
        return cell

    def text(self, cell_id: CellId) -> str:
        return "".join(output.text for output in self.cell(cell_id).outputs if isinstance(output, Stream))

    def codes(self) -> list[object]:
        return [message.content.get("code") for channel, message in self.sent if channel == "shell"]

    def statuses(self) -> list[tuple[CellId, FinishedStatus]]:
        return [(finished.cell, finished.status) for finished in self.finished]

    # The kernel's side

    def says(self, channel: Channel, kind: str, content: JsonObject, to: Header | None = None) -> Header:
        parent = self.sent[-1][1].header if to is None else to
        header = Header(MsgId(f"k{len(self.sent)}-{kind}"), SessionId("kernel"), "k", "", kind)
        self.execution.on_message(channel, messages.encode(Message(header, parent, {}, content)))
        return header

    def replies(self, status: str = "ok", count: int = 1, to: Header | None = None, **more: str) -> None:
        self.says("shell", "execute_reply", {"status": status, "execution_count": count, **more}, to)

    def idles(self, to: Header | None = None) -> None:
        self.says("iopub", "status", {"execution_state": "idle"}, to)

    def prints(self, text: str, to: Header | None = None) -> None:
        self.says("iopub", "stream", {"name": "stdout", "text": text}, to)


def test_a_cell_is_sent_with_its_source_and_loses_what_it_showed_before() -> None:
    stage = Stage()
    stage.run(A)
    stage.prints("old")
    stage.replies(count=7)
    stage.idles()

    stage.run(A)

    assert stage.codes() == ["code a", "code a"]
    assert stage.cell(A).outputs == ()
    assert stage.cell(A).execution_count is None
    assert stage.status.running == A


def test_outputs_and_the_count_reach_the_cell_that_was_run() -> None:
    stage = Stage()
    stage.run(B)

    stage.prints("hello ")
    stage.prints("world")
    stage.replies(count=3)
    stage.idles()

    assert stage.text(B) == "hello world"
    assert stage.cell(B).execution_count == 3
    assert stage.cell(A).outputs == ()


def test_the_next_cell_is_sent_at_the_reply_of_the_one_before() -> None:
    stage = Stage()
    stage.run(A, B)
    assert stage.codes() == ["code a"]
    assert stage.status.queued == (B,)

    stage.replies()

    assert stage.codes() == ["code a", "code b"]
    assert stage.status == RunStatus(B, (), stage.status.started_at)


def test_a_run_is_over_when_reply_and_idle_are_both_there_in_either_order() -> None:
    stage = Stage()
    stage.run(A)
    stage.replies()
    busy = [stage.execution.busy]
    stage.idles()
    stage.run(B)
    stage.idles()
    assert stage.statuses() == [(A, "ok")]
    stage.replies()
    busy.append(stage.execution.busy)

    assert stage.statuses() == [(A, "ok"), (B, "ok")]
    assert stage.finished[0].seconds == 1.0
    assert busy == [True, False]


def test_an_error_takes_the_cells_behind_it_out_of_the_queue() -> None:
    stage = Stage()
    stage.run(A, B, C)

    stage.says("iopub", "error", {"ename": "E", "evalue": "v", "traceback": []})
    stage.replies("error", ename="ValueError")
    stage.idles()

    assert stage.statuses() == [(B, "skipped"), (C, "skipped"), (A, "error")]
    assert stage.codes() == ["code a"]
    assert len(stage.cell(A).outputs) == 1


def test_an_interrupted_cell_is_told_apart_from_one_that_failed() -> None:
    stage = Stage()
    stage.run(A)

    stage.replies("error", ename="KeyboardInterrupt")
    stage.idles()

    assert stage.statuses() == [(A, "interrupted")]


def test_a_cell_that_the_kernel_aborts_is_aborted() -> None:
    stage = Stage()
    stage.run(A)

    stage.replies("aborted")
    stage.idles()

    assert stage.statuses() == [(A, "aborted")]


def test_late_outputs_find_their_cell_until_it_runs_again() -> None:
    stage = Stage()
    stage.run(A)
    first = stage.sent[-1][1].header
    stage.replies()
    stage.idles()
    stage.prints("late", to=first)
    assert stage.text(A) == "late"

    stage.run(A)
    stage.prints("too late", to=first)

    assert stage.text(A) == ""


def test_outputs_of_somebody_else_are_nobody_s() -> None:
    stage = Stage()
    stage.run(A)

    stage.prints("not ours", to=Header(MsgId("x"), SessionId("other"), "", "", "execute_request"))

    assert stage.text(A) == ""


def test_an_update_reaches_its_display_whoever_asked_for_it() -> None:
    stage = Stage()
    stage.run(A)
    shown: JsonObject = {"data": {"text/plain": "1"}, "metadata": {}, "transient": {"display_id": "d"}}
    stage.says("iopub", "display_data", shown)
    stage.replies()
    stage.idles()

    stranger = Header(MsgId("x"), SessionId("other"), "", "", "execute_request")
    stage.says("iopub", "update_display_data", {**shown, "data": {"text/plain": "2"}}, to=stranger)

    assert [getattr(output, "data", None) for output in stage.cell(A).outputs] == [{"text/plain": "2"}]


def test_input_is_asked_for_and_the_answer_carries_the_request_as_its_parent() -> None:
    stage = Stage()
    stage.run(A)

    request = stage.says("stdin", "input_request", {"prompt": "name? ", "password": True})
    assert stage.waiting == InputRequest(A, "name? ", password=True)
    stage.execution.answer_input("Galileo")

    channel, reply = stage.sent[-1]
    assert (channel, reply.header.msg_type, reply.content["value"]) == ("stdin", "input_reply", "Galileo")
    assert reply.parent is not None
    assert reply.parent.msg_id == request.msg_id
    assert stage.waiting is None


def test_input_that_nobody_waits_for_is_refused() -> None:
    with pytest.raises(Conflict):
        Stage().execution.answer_input("x")


def test_the_reply_ends_the_wait_for_input() -> None:
    stage = Stage()
    stage.run(A)
    stage.says("stdin", "input_request", {"prompt": "", "password": False})

    stage.replies("error", ename="KeyboardInterrupt")

    assert stage.waiting is None


def test_a_cell_without_code_is_done_at_once_when_nothing_runs() -> None:
    stage = Stage()

    stage.execution.run([Queued(A, "  \n"), Queued(B, "1")])

    assert stage.statuses() == [(A, "ok")]
    assert stage.codes() == ["1"]


def test_a_cell_without_code_waits_for_its_turn_and_the_next_follows_it() -> None:
    stage = Stage()

    stage.execution.run([Queued(A, "1"), Queued(B, ""), Queued(C, "2")])
    assert stage.status.queued == (B, C)
    stage.replies()

    assert stage.statuses() == [(B, "ok")]
    assert stage.codes() == ["1", "2"]


def test_a_running_cell_that_loses_its_code_and_is_run_again_does_not_hold_up_the_queue() -> None:
    stage = Stage()
    stage.run(A)
    stage.execution.run([Queued(A, ""), Queued(B, "2")])
    stage.prints("still running")
    assert stage.text(A) == "still running"

    stage.replies(to=stage.sent[0][1].header)

    assert stage.statuses() == [(A, "ok"), (A, "ok")]
    assert stage.text(A) == ""
    assert stage.codes() == ["code a", "2"]


def test_clearing_the_queue_leaves_the_running_cell_alone() -> None:
    stage = Stage()
    stage.run(A, B)

    stage.execution.clear_queue()

    assert stage.statuses() == [(B, "aborted")]
    assert stage.status.running == A


def test_the_death_of_the_kernel_ends_what_runs_and_skips_what_waits() -> None:
    stage = Stage()
    stage.run(A, B)

    stage.execution.end("died")

    assert stage.statuses() == [(A, "died"), (B, "skipped")]
    assert stage.status == RunStatus()
    assert not stage.execution.busy


def test_a_kernel_that_takes_nothing_costs_no_outputs_and_says_why() -> None:
    stage = Stage()
    stage.run(A)
    stage.prints("precious")
    stage.replies()
    stage.idles()
    stage.refuses = True

    with pytest.raises(Unavailable, match="The kernel is dead"):
        stage.run(A, B)

    assert stage.statuses() == [(A, "ok"), (A, "aborted"), (B, "skipped")]
    assert stage.text(A) == "precious"
    assert stage.status == RunStatus()
    assert not stage.execution.busy


def test_a_kernel_that_takes_no_more_ends_the_queue() -> None:
    stage = Stage()
    stage.run(A, B, C)
    stage.refuses = True

    stage.replies()
    stage.idles()

    assert stage.statuses() == [(B, "aborted"), (C, "skipped"), (A, "ok")]
    assert not stage.execution.busy


def test_a_run_whose_idle_was_lost_is_over_when_the_next_begins() -> None:
    stage = Stage()
    stage.run(A, B)
    stage.replies()
    assert stage.statuses() == []

    stage.says("iopub", "status", {"execution_state": "busy"})

    assert stage.statuses() == [(A, "ok")]


def test_a_message_that_makes_no_sense_is_dropped() -> None:
    stage = Stage()
    stage.run(A)

    stage.execution.on_message("iopub", Frames(b"{", b"{}", b"{}", b"{}"))
    stage.prints("still here")

    assert stage.text(A) == "still here"


def test_outputs_of_a_closed_notebook_are_dropped() -> None:
    stage = Stage()
    stage.run(A)
    stage.document = None

    stage.prints("nobody")
    stage.replies()
    stage.idles()

    assert stage.statuses() == [(A, "ok")]


def test_a_second_reply_changes_nothing() -> None:
    stage = Stage()
    stage.run(A, B)
    first = stage.sent[-1][1].header
    stage.replies(to=first)
    stage.replies("error", to=first)

    assert stage.status.running == B


@pytest.mark.slow
def test_runs_that_are_long_over_are_forgotten() -> None:
    stage = Stage()
    stage.run(A)
    first = stage.sent[-1][1].header
    stage.replies()
    stage.idles()
    cells = [CellId(f"n{number}") for number in range(2_100)]
    for cell in cells:
        stage.run(cell)
        stage.replies()
        stage.idles()

    stage.prints("forgotten", to=first)

    assert stage.text(A) == ""


def test_the_start_of_a_run_is_told_with_its_time() -> None:
    stage = Stage()
    before = datetime.now(UTC)

    stage.run(A)

    assert stage.status.started_at is not None
    assert before <= stage.status.started_at <= datetime.now(UTC)


# After an outage

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
BEFORE = Header(MsgId("m0"), SessionId("before"), "adrastea", "", "execute_request")
"""What an earlier run of the program had asked."""


def resumed() -> Stage:
    stage = Stage()
    stage.execution.resume("before", Run("m0", A, NOW))
    return stage


def test_what_runs_and_what_has_run_is_noted() -> None:
    stage = Stage()
    stage.run(A)
    (first,) = stage.noted
    assert first is not None
    assert (first.cell, first.msg_id) == (A, stage.sent[-1][1].header.msg_id)

    stage.replies()
    assert stage.noted == [first]
    stage.idles()

    assert stage.noted == [first, None]


def test_a_cell_that_ran_before_an_outage_runs_on_and_says_what_it_lacks() -> None:
    stage = resumed()
    assert (stage.execution.status.running, stage.execution.busy) == (A, True)

    stage.prints("later\n", BEFORE)
    stage.prints("more\n", BEFORE)
    stage.replies(to=BEFORE, count=7)
    stage.idles(BEFORE)

    assert stage.text(A).count("was not running for a while") == 1
    assert stage.text(A).endswith("later\nmore\n")
    assert stage.cell(A).execution_count == 7
    assert stage.statuses() == [(A, "ok")]
    assert stage.execution.status.running is None


def test_what_is_asked_after_an_outage_is_asked_in_the_same_name() -> None:
    stage = resumed()
    stage.run(B)
    assert stage.codes() == []

    stage.replies(to=BEFORE)
    stage.idles(BEFORE)

    assert stage.codes() == ["code b"]
    assert stage.sent[-1][1].header.session == stage.execution.origin == "before"


def test_a_cell_that_has_ended_during_an_outage_does_not_look_as_if_it_ran() -> None:
    stage = resumed()
    stage.run(B)

    stage.execution.kernel_is_free()

    assert stage.statuses() == [(A, "unknown")]
    assert "was not running when this cell came to its end" in stage.text(A)
    assert stage.execution.status.running == B
    assert stage.codes() == ["code b"]


def test_a_cell_whose_end_was_heard_needs_no_reply() -> None:
    stage = resumed()
    stage.prints("last\n", BEFORE)
    stage.idles(BEFORE)

    stage.execution.kernel_is_free()

    assert stage.statuses() == [(A, "ok")]
    assert stage.text(A).endswith("last\n")


def test_a_cell_whose_error_was_heard_has_failed() -> None:
    stage = resumed()
    stage.says("iopub", "error", {"ename": "E", "evalue": "v", "traceback": []}, BEFORE)
    stage.idles(BEFORE)

    stage.execution.kernel_is_free()

    assert stage.statuses() == [(A, "error")]


def test_a_kernel_that_was_idle_before_an_outage_is_so_afterwards() -> None:
    stage = Stage()
    stage.execution.resume("before", None)

    stage.execution.kernel_is_free()

    assert (stage.execution.busy, stage.finished, stage.text(A)) == (False, [], "")


def test_a_cell_that_is_gone_after_an_outage_is_no_trouble() -> None:
    stage = resumed()
    stage.document = Notebook(())

    stage.prints("later\n", BEFORE)
    stage.execution.kernel_is_free()

    assert stage.statuses() == [(A, "unknown")]


def test_how_long_a_cell_ran_counts_from_its_beginning() -> None:
    stage = Stage()
    stage.execution.resume("before", Run("m0", A, datetime.now(UTC) - timedelta(hours=1)))
    stage.replies(to=BEFORE)
    stage.idles(BEFORE)

    seconds = stage.finished[0].seconds
    assert seconds is not None
    assert 3600 <= seconds < 3700


def test_a_run_that_is_over_is_told_with_what_was_sent_and_what_its_cell_shows() -> None:
    stage = Stage()
    stage.run(A)
    stage.document = None if stage.document is None else apply(stage.document, SetSource(A, "edited meanwhile"))
    stage.prints("hello")
    stage.replies("error", ename="E")
    stage.idles()

    ((over, shown),) = stage.over
    assert (over.cell, over.source, over.status, over.seconds, shown) == (A, "code a", "error", 1.0, "hello")


def test_a_run_is_told_again_when_outputs_have_come_behind_its_end() -> None:
    stage = Stage()
    stage.run(A)
    first = stage.sent[-1][1].header
    stage.replies()
    stage.idles()
    stage.prints("late", first)
    stage.run(A)
    stage.replies()
    stage.idles()
    stage.execution.end("died")

    assert [(over.id == first.msg_id, over.seconds, shown) for over, shown in stage.over] == [
        (True, 1.0, ""),
        (True, 1.0, "late"),
        (False, 1.0, ""),
    ]


def test_a_cell_that_never_ran_is_no_run() -> None:
    stage = Stage()
    stage.run(A, B)
    stage.execution.clear_queue()
    stage.execution.end("died")

    assert [(over.cell, over.status) for over, _ in stage.over] == [(A, "died")]


def test_of_a_run_that_an_earlier_program_began_the_source_is_that_of_its_cell() -> None:
    stage = Stage()
    stage.execution.resume("origin", Run("m1", A, datetime.now(UTC)))
    stage.execution.kernel_is_free()

    assert [(over.id, over.source, over.status) for over, _ in stage.over] == [("m1", "code a", "unknown")]
