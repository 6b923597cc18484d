"""Which of a kernel's messages is for whom."""

import json
import logging

import pytest

from adrastea.errors import ProtocolError, Unavailable
from adrastea.kernels.clients import Clients
from adrastea.kernels.lifecycle import State
from adrastea.protocol.wire import Channel, Frames


class Recorder:
    def __init__(self) -> None:
        self.told: list[tuple[Channel, Frames]] = []
        self.states: list[State] = []

    def on_message(self, channel: Channel, frames: Frames) -> None:
        self.told.append((channel, frames))

    def on_state(self, state: State) -> None:
        self.states.append(state)


class Faulty(Recorder):
    def on_message(self, channel: Channel, frames: Frames) -> None:
        raise ValueError

    def on_state(self, state: State) -> None:
        raise ValueError


def frames(kind: str, parent: str | None = None, **content: object) -> Frames:
    header = json.dumps({"msg_id": kind, "msg_type": kind}).encode()
    return Frames(
        header, json.dumps({"msg_id": parent} if parent else {}).encode(), b"{}", json.dumps(content).encode()
    )


def request(msg_id: str) -> Frames:
    return Frames(json.dumps({"msg_id": msg_id, "msg_type": "execute_request"}).encode(), b"{}", b"{}", b"{}")


def two() -> tuple[Clients, Recorder, Recorder]:
    clients, one, other = Clients(), Recorder(), Recorder()
    clients.attach(one)
    clients.attach(other)
    clients.ask(one, "shell", request("q"), lambda: None)
    return clients, one, other


def test_outputs_are_for_everybody() -> None:
    clients, one, other = two()
    output = frames("stream", "q")
    clients.on_iopub(output)

    assert one.told == other.told == [("iopub", output)]


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_replies_and_questions_are_for_the_one_who_asked(channel: Channel) -> None:
    clients, one, other = two()
    reply = frames("execute_reply", "q")
    clients.on_reply(channel, reply)

    assert (one.told, other.told) == ([(channel, reply)], [])


def test_only_the_client_that_the_kernel_has_asked_may_answer_and_only_once() -> None:
    clients, one, other = two()
    assert not clients.may_answer(one)

    clients.on_reply("stdin", frames("input_request", "q"))

    assert not clients.may_answer(other)
    assert clients.may_answer(one)
    assert not clients.may_answer(one)


def test_a_question_of_a_run_that_is_over_is_not_answered() -> None:
    clients, one, _ = two()
    clients.on_reply("stdin", frames("input_request", "q"))
    clients.forget_requests()

    assert not clients.may_answer(one)


@pytest.mark.parametrize("parent", ["unknown", None])
def test_replies_to_nobody_are_for_nobody(parent: str | None) -> None:
    clients, one, other = two()
    clients.on_reply("shell", frames("execute_reply", parent))

    assert (one.told, other.told) == ([], [])


def test_who_has_left_is_told_nothing() -> None:
    clients, one, other = two()
    clients.detach(one)
    clients.on_reply("shell", frames("execute_reply", "q"))
    clients.on_iopub(frames("stream", "q"))
    clients.tell_state(State.DEAD)

    assert (one.told, one.states, len(clients)) == ([], [], 1)
    assert (len(other.told), other.states) == (1, [State.DEAD])


def test_leaving_twice_is_leaving() -> None:
    clients, one, _ = two()
    clients.detach(one)
    clients.detach(one)

    assert len(clients) == 1


def test_coming_twice_is_coming() -> None:
    clients, one, _ = two()
    clients.attach(one)
    clients.tell_state(State.IDLE)

    assert one.states == [State.IDLE]


def test_who_leaves_while_being_told_does_not_cost_the_others_their_message() -> None:
    clients, other = Clients(), Recorder()

    class Leaver(Recorder):
        def on_state(self, state: State) -> None:
            clients.detach(self)

    clients.attach(Leaver())
    clients.attach(other)
    clients.tell_state(State.DEAD)

    assert other.states == [State.DEAD]


def test_the_fault_of_one_client_is_logged_and_costs_the_others_nothing(caplog: pytest.LogCaptureFixture) -> None:
    clients, other = Clients(), Recorder()
    clients.attach(Faulty())
    clients.attach(other)
    with caplog.at_level(logging.ERROR):
        clients.on_iopub(frames("stream"))
        clients.tell_state(State.IDLE)

    assert (len(other.told), other.states, len(caplog.records)) == (1, [State.IDLE], 2)


def test_a_request_that_cannot_be_sent_leaves_no_trace() -> None:
    clients, one = Clients(), Recorder()

    def refuse() -> None:
        raise Unavailable

    with pytest.raises(Unavailable):
        clients.ask(one, "shell", request("q"), refuse)
    clients.on_reply("shell", frames("execute_reply", "q"))

    assert one.told == []


def test_busy_and_idle_are_counted_per_request() -> None:
    clients, _, _ = two()
    said = [
        clients.on_iopub(frames("status", parent, execution_state=state))
        for parent, state in (("q", "busy"), ("r", "busy"), ("q", "idle"))
    ]
    before = clients.keep_busy
    clients.on_iopub(frames("status", "r", execution_state="idle"))

    assert said == [True, True, True]
    assert before
    assert not clients.keep_busy


def test_a_kernel_that_says_that_it_has_just_started_is_not_busy() -> None:
    clients, _, _ = two()
    clients.on_iopub(frames("status", "q", execution_state="busy"))
    clients.on_iopub(frames("status", "q", execution_state="starting"))

    assert not clients.keep_busy


def test_another_process_is_not_busy_with_what_the_last_one_was() -> None:
    clients, one, _ = two()
    clients.on_iopub(frames("status", "q", execution_state="busy"))
    clients.forget_work()
    clients.on_reply("shell", frames("execute_reply", "q"))

    assert not clients.keep_busy
    assert len(one.told) == 2  # what is held for it is still asked for


def test_the_requests_to_a_process_that_has_gone_are_forgotten() -> None:
    clients, one, _ = two()
    clients.forget_requests()
    clients.on_reply("shell", frames("execute_reply", "q"))

    assert one.told == []


@pytest.mark.parametrize("content", [{"execution_state": "strange"}, {}, {"execution_state": ["busy"]}])
def test_a_state_that_we_do_not_know_changes_nothing(content: dict[str, object]) -> None:
    clients, one, _ = two()

    assert not clients.on_iopub(frames("status", "q", **content))
    assert len(one.told) == 1


def test_only_a_status_tells_the_state() -> None:
    clients, _, _ = two()
    output = Frames(
        b'{"msg_id": "1", "msg_type": "stream", "x": "status"}', b"{}", b"{}", b'{"execution_state": "busy"}'
    )

    assert not clients.on_iopub(output)
    assert not clients.keep_busy


def test_comms_of_a_subshell_stand_in_a_line_of_their_own() -> None:
    clients, one, _ = two()
    for msg_id, fields in {"a": {"msg_type": "comm_msg", "subshell_id": "s"}, "b": {"msg_type": "x_request"}}.items():
        asked = json.dumps({"msg_id": msg_id, **fields}).encode()
        clients.ask(one, "shell", Frames(asked, b"{}", b"{}", b"{}"), lambda: None)
        clients.on_iopub(frames("status", msg_id, execution_state="busy"))
    clients.on_iopub(frames("status", "b", execution_state="idle"))
    before = clients.keep_busy
    clients.on_iopub(frames("status", "a", execution_state="idle"))

    assert (before, clients.keep_busy) == (True, False)


def test_a_status_that_makes_no_sense_is_refused() -> None:
    clients, _, _ = two()
    with pytest.raises(ProtocolError):
        clients.on_iopub(Frames(b'{"msg_type": "status"}', b"{}", b"{}", b"{}"))


def test_what_has_no_reply_is_not_waited_for_and_may_still_ask() -> None:
    clients, one, _ = two()
    for number in range(2000):
        said = json.dumps({"msg_id": f"c{number}", "msg_type": "comm_msg"}).encode()
        clients.ask(one, "shell", Frames(said, b"{}", b"{}", b"{}"), lambda: None)

    clients.on_reply("stdin", frames("input_request", "c0"))
    clients.on_reply("stdin", frames("input_request", "c1999"))

    assert len(one.told) == 1
