"""Output widgets: what they capture, which of several has it, and what the kernel sets itself."""

from adrastea.documents.notebook import JsonObject
from adrastea.protocol.comms import CommId
from adrastea.protocol.messages import MsgId
from adrastea.sessions.widget_outputs import WidgetOutputs

A, B = CommId("a"), CommId("b")
REQUEST = MsgId("r")


def printed(text: str) -> JsonObject:
    return {"name": "stdout", "text": text}


def stream(text: str) -> JsonObject:
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_only_what_is_published_for_the_request_is_captured() -> None:
    outputs = WidgetOutputs()
    outputs.set_msg_id(A, REQUEST)

    assert outputs.take(REQUEST, "stream", printed("a")) == A
    assert outputs.take(MsgId("other"), "stream", printed("b")) is None
    assert outputs.take(REQUEST, "execute_input", {}) is None
    assert outputs.outputs(A) == [stream("a")]


def test_of_nested_widgets_the_inner_one_has_it_until_it_lets_go() -> None:
    outputs = WidgetOutputs()
    outputs.set_msg_id(A, REQUEST)
    outputs.set_msg_id(B, REQUEST)

    first = outputs.take(REQUEST, "stream", printed("inner"))
    outputs.set_msg_id(B, "")
    second = outputs.take(REQUEST, "stream", printed("outer"))
    outputs.set_msg_id(A, "")

    assert (first, second) == (B, A)
    assert not outputs.wants(REQUEST)


def test_a_clear_that_waits_clears_with_the_next_output() -> None:
    outputs = WidgetOutputs()
    outputs.set_msg_id(A, REQUEST)
    outputs.take(REQUEST, "stream", printed("old"))

    outputs.take(REQUEST, "clear_output", {"wait": True})
    before = outputs.outputs(A)
    outputs.take(REQUEST, "stream", printed("new"))

    assert before == [stream("old")]
    assert outputs.outputs(A) == [stream("new")]


def test_a_display_is_changed_wherever_it_stands_and_the_kernel_gets_no_id() -> None:
    outputs = WidgetOutputs()
    outputs.set_msg_id(A, REQUEST)
    display: JsonObject = {"data": {"text/plain": "1"}, "metadata": {}, "transient": {"display_id": "d"}}
    outputs.take(REQUEST, "display_data", display)

    changed = outputs.update_display({**display, "data": {"text/plain": "2"}})

    shown: JsonObject = {"output_type": "display_data", "data": {"text/plain": "2"}, "metadata": {}}
    assert changed == (A,)
    assert outputs.outputs(A) == [{**shown, "display_id": "d"}]
    assert outputs.outputs_for_kernel(A) == [shown]


def test_the_kernel_can_set_outputs_itself() -> None:
    outputs = WidgetOutputs()

    outputs.set_outputs(A, [stream("set")])
    set_to = outputs.outputs(A)
    outputs.set_outputs(A, "nonsense")

    assert set_to == [stream("set")]
    assert outputs.outputs(A) == []


def test_what_has_gone_captures_nothing() -> None:
    outputs = WidgetOutputs()
    outputs.set_msg_id(A, REQUEST)
    outputs.forget(A)
    forgotten = outputs.take(REQUEST, "stream", printed("a"))
    outputs.set_msg_id(A, REQUEST)
    outputs.end()

    assert forgotten is None
    assert outputs.take(REQUEST, "stream", printed("a")) is None
    assert outputs.outputs(B) is None
    assert outputs.outputs_for_kernel(B) == []
    assert not outputs
