"""A session's widgets: from messages that real ipywidgets has sent to states, outputs and what the kernel hears."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from adrastea.documents.edits import Edit, apply
from adrastea.documents.notebook import Cell, CellId, JsonObject, Notebook, Stream
from adrastea.errors import Conflict, Unavailable
from adrastea.protocol import messages
from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import EMPTY, JsonValue
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.protocol.wire import Channel
from adrastea.sessions.widgets import Widgets

A = CellId("a")
RECORDED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "widgets" / "recorded.json").read_text(encoding="utf-8")
)
IDLE: JsonObject = {"execution_state": "idle"}


class View:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []

    def on_model(self, model: CommId, parts: Iterable[str] | None) -> None:
        self.heard.append((model, None if parts is None else sorted(parts)))

    def on_custom(self, model: CommId, content: JsonValue, buffers: tuple[bytes, ...]) -> None:
        self.heard.append((model, content, buffers))

    def on_closed(self, model: CommId) -> None:
        self.heard.append((model, "closed"))


class Stage:
    """A notebook of one cell, a kernel that is a script, and one view."""

    def __init__(self) -> None:
        self.document: Notebook | None = Notebook((Cell(A, "code"),))
        self.sent: list[Message] = []
        self.refuses = False
        self.widgets = Widgets(self)
        self.view = View()
        self.widgets.subscribe(self.view)

    def notebook(self) -> Notebook | None:
        return self.document

    def apply(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            assert self.document is not None
            self.document = apply(self.document, edit)

    def send(self, channel: Channel, message: Message) -> None:
        assert channel == "shell"
        if self.refuses:
            raise Unavailable("It takes nothing.")
        self.sent.append(message)

    def says(self, msg_type: str, content: JsonObject, *buffers: bytes, parent: str = "request") -> bool:
        header = Header(MsgId("k"), SessionId("k"), "k", "", msg_type)
        asked = Header(MsgId(parent), SessionId("s"), "u", "", "")
        return self.widgets.takes("iopub", messages.encode(Message(header, asked, EMPTY, content, buffers)))

    def update(self, comm: str, state: JsonObject, parent: str = "request", method: str = "update") -> None:
        self.says("comm_msg", {"comm_id": comm, "data": {"method": method, "state": state}}, parent=parent)

    def plays(self, name: str) -> list[str]:
        """Lets the kernel say what was recorded; which kinds of it were not for widgets."""
        recording = next(recording for recording in RECORDED if recording["name"] == name)
        return [
            said["msg_type"]
            for said in recording["messages"]
            if not self.says(said["msg_type"], said["content"], *map(base64.b64decode, said.get("buffers", ())))
        ]

    def state(self, comm: str) -> JsonObject:
        model = self.widgets.model(CommId(comm))
        assert model is not None
        return model.state

    def printed(self, comm: str) -> str:
        outputs: Any = self.state(comm)["outputs"]
        return "".join(output["text"] for output in outputs)

    def cell_text(self) -> str:
        assert self.document is not None
        return "".join(output.text for output in self.document.cells[0].outputs if isinstance(output, Stream))

    def asked(self) -> list[tuple[object, object]]:
        """What the kernel has been told of widgets."""
        data: list[Any] = [message.content["data"] for message in self.sent if "data" in message.content]
        return [(one.get("method"), one.get("state", one.get("content"))) for one in data]


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def slider(stage: Stage) -> CommId:
    stage.plays("slider")
    stage.view.heard.clear()
    return CommId("w3")


def test_a_view_that_comes_late_finds_the_models_and_what_they_are_now(stage: Stage) -> None:
    left = stage.plays("slider")
    stage.update("w3", {"value": 8})

    assert left == ["execute_result"]
    assert list(stage.widgets.models) == ["w1", "w2", "w3"]
    assert stage.state("w3")["value"] == 8
    assert stage.state("w3")["description"] == "x"
    assert stage.view.heard == [("w1", None), ("w2", None), ("w3", None), ("w3", ["value"])]


def test_binary_parts_are_kept_beside_the_state(stage: Stage) -> None:
    stage.plays("image")

    model = stage.widgets.model(CommId("w2"))

    assert model is not None
    assert model.buffers == {("value",): b"defg"}
    assert stage.view.heard[-1] == ("w2", ["value"])


def test_outputs_go_to_the_widgets_that_capture_them_also_nested(stage: Stage) -> None:
    left = stage.plays("output")

    assert (stage.printed("w2"), stage.printed("w4")) == ("a\nc\n", "b\n")
    assert left == ["execute_result"]
    assert not stage.says("stream", {"name": "stdout", "text": "later"})


def test_interact_shows_what_its_function_prints(stage: Stage) -> None:
    stage.plays("interact")

    output = next(comm for comm in stage.widgets.models if stage.state(comm)["_model_name"] == "OutputModel")

    assert stage.printed(output) == "3\n"


def test_the_kernel_learns_what_was_captured_and_only_the_newest_of_it(stage: Stage) -> None:
    stage.plays("output")

    first = stage.sent[0].header.msg_id
    stage.says("status", IDLE, parent=first)

    told: list[Any] = [state for _, state in stage.asked()]
    assert [[output["text"] for output in state["outputs"]] for state in told] == [["a\n"], ["b\n"], ["a\nc\n"]]


def test_the_user_s_change_reaches_the_kernel_and_the_other_views(stage: Stage, slider: CommId) -> None:
    other = View()
    stage.widgets.subscribe(other)

    stage.widgets.update(slider, {"value": 5}, {}, A, by=stage.view)

    assert stage.state(slider)["value"] == 5
    assert stage.asked() == [("update", {"value": 5})]
    assert (stage.view.heard, other.heard) == ([], [(slider, ["value"])])


def test_the_echo_of_our_own_change_is_not_heard_but_that_of_another_client_is(stage: Stage, slider: CommId) -> None:
    stage.widgets.update(slider, {"value": 5}, {}, A)
    stage.widgets.update(slider, {"value": 6}, {}, A)

    stage.update(slider, {"value": 5}, parent=stage.sent[0].header.msg_id, method="echo_update")
    ours = stage.state(slider)["value"]
    stage.update(slider, {"value": 9}, parent="theirs", method="echo_update")

    assert (ours, stage.state(slider)["value"]) == (6, 9)


def test_what_the_code_behind_a_widget_prints_stands_in_the_widget_s_cell(stage: Stage, slider: CommId) -> None:
    stage.widgets.update(slider, {"value": 5}, {}, A)
    ours = stage.sent[0].header.msg_id

    assert stage.says("stream", {"name": "stdout", "text": "moved"}, parent=ours)
    assert stage.says("execute_input", {"code": "", "execution_count": 7}, parent=ours)
    assert not stage.says("status", IDLE, parent=ours)
    assert stage.cell_text() == "moved"


def test_what_it_prints_after_the_notebook_was_closed_is_dropped(stage: Stage, slider: CommId) -> None:
    stage.widgets.update(slider, {"value": 5}, {}, A)
    stage.document = None

    assert stage.says("stream", {"name": "stdout", "text": "moved"}, parent=stage.sent[0].header.msg_id)


def test_a_message_of_a_view_reaches_the_kernel_and_one_of_the_kernel_the_views(stage: Stage, slider: CommId) -> None:
    stage.widgets.custom(slider, {"event": "click"}, (), A)
    said: JsonObject = {"comm_id": slider, "data": {"method": "custom", "content": {"frame": 1}}}
    stage.says("comm_msg", said, b"png")

    assert stage.asked() == [("custom", {"event": "click"})]
    assert stage.view.heard == [(slider, {"frame": 1}, (b"png",))]


def test_a_widget_that_is_closed_is_gone_from_the_views(stage: Stage, slider: CommId) -> None:
    stage.says("comm_close", {"comm_id": slider})
    stage.update(slider, {"value": 1})

    assert stage.widgets.model(slider) is None
    assert list(stage.widgets.closed) == [slider]
    assert stage.view.heard == [(slider, "closed")]


def test_the_widgets_of_a_kernel_that_has_ended_stay_as_they_were_and_take_nothing(
    stage: Stage, slider: CommId
) -> None:
    stage.widgets.end()

    model = stage.widgets.model(slider)
    assert model is not None
    assert not model.alive
    assert (slider, []) in stage.view.heard
    with pytest.raises(Conflict, match="Run the cell again"):
        stage.widgets.update(slider, {"value": 1}, {}, A)
    with pytest.raises(Conflict):
        stage.widgets.custom(CommId("unknown"), {}, (), A)


def test_a_kernel_that_ran_without_us_is_asked_what_it_has_when_a_view_wants_to_know(stage: Stage) -> None:
    stage.widgets.missed()
    stage.widgets.subscribe(View())
    stage.widgets.subscribe(View())

    opened, asked = stage.sent
    states: JsonObject = {"i": {"model_name": "ImageModel", "state": {"format": "png", "_model_name": "ImageModel"}}}
    data: JsonObject = {"method": "update_states", "states": states, "buffer_paths": [["i", "state", "value"]]}
    stage.says("comm_msg", {"comm_id": opened.content["comm_id"], "data": data}, b"bytes")

    model = stage.widgets.model(CommId("i"))
    assert opened.content["target_name"] == "jupyter.widget.control"
    assert asked.content["data"] == {"method": "request_states"}
    assert model is not None
    assert (model.state["format"], model.buffers) == ("png", {("value",): b"bytes"})


def test_a_kernel_that_cannot_be_asked_has_no_widgets(stage: Stage) -> None:
    stage.widgets.missed()
    stage.refuses = True

    stage.widgets.subscribe(View())

    assert not list(stage.widgets.models)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("comm_open", {"comm_id": "x", "target_name": "another", "data": {}}),
        ("comm_open", {"target_name": "jupyter.widget"}),
        ("comm_msg", {"comm_id": "w3", "data": {"method": "dance"}}),
        ("comm_msg", {"comm_id": "w3", "data": {"method": "update", "state": 5}}),
    ],
)
def test_what_makes_no_sense_changes_nothing(stage: Stage, slider: CommId, kind: str, content: JsonObject) -> None:
    before = stage.state(slider)

    assert stage.says(kind, content)
    assert stage.state(slider) == before
    assert list(stage.widgets.models) == ["w1", "w2", "w3"]


def test_a_display_is_changed_in_widgets_and_left_to_cells_too(stage: Stage) -> None:
    stage.plays("output")
    display: JsonObject = {"data": {"text/plain": "1"}, "metadata": {}, "transient": {"display_id": "d"}}
    stage.update("w2", {"msg_id": "request"})
    stage.says("display_data", display)

    taken = stage.says("update_display_data", {**display, "data": {"text/plain": "2"}}, parent="another")

    outputs: Any = stage.state("w2")["outputs"]
    assert not taken
    assert outputs[-1]["data"] == {"text/plain": "2"}


def test_a_kernel_that_takes_nothing_any_more_costs_no_output(stage: Stage) -> None:
    stage.refuses = True

    stage.plays("output")

    assert stage.printed("w2") == "a\nc\n"
