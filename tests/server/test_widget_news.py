"""What one view is told about widgets: values as they are when they are said, however often they have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from adrastea.documents.edits import Edit
from adrastea.documents.notebook import CellId, JsonObject, Notebook
from adrastea.protocol import messages
from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import EMPTY
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.protocol.wire import Channel
from adrastea.server import widget_news
from adrastea.server.widget_news import WidgetNews
from adrastea.server.widget_requests import WidgetMessage, WidgetUpdate
from adrastea.sessions.widgets import Widgets

M = CommId("m")


class Stage:
    """The session's side: widgets whose kernel is a script."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.woken = 0
        self.widgets = Widgets(self)

    def notebook(self) -> Notebook | None:
        return None

    def apply(self, edits: Iterable[Edit]) -> None:
        pytest.fail(f"{edits} were applied")

    def send(self, channel: Channel, message: Message) -> None:
        self.sent.append(message)

    def wake(self) -> None:
        self.woken += 1

    def view(self) -> WidgetNews:
        return WidgetNews(self.widgets, self.wake)

    def says(self, msg_type: str, content: JsonObject, *buffers: bytes) -> None:
        header = Header(MsgId("k"), SessionId("k"), "k", "", msg_type)
        self.widgets.takes("iopub", messages.encode(Message(header, None, EMPTY, content, buffers)))

    def opens(self, comm: str, **state: object) -> None:
        self.says("comm_open", {"comm_id": comm, "target_name": "jupyter.widget", "data": {"state": state}})  # type: ignore[dict-item]  # JSON values

    def updates(self, comm: str, **state: object) -> None:
        self.says("comm_msg", {"comm_id": comm, "data": {"method": "update", "state": state}})  # type: ignore[dict-item]  # JSON values


@pytest.fixture
def stage() -> Stage:
    return Stage()


def taken(news: WidgetNews) -> list[Any]:
    return list(news.take())


def test_a_view_begins_with_all_that_there_is_also_where_that_is_nothing(stage: Stage) -> None:
    empty = taken(stage.view())
    stage.opens("m", value=1)
    stage.opens("gone")
    stage.says("comm_close", {"comm_id": "gone"})

    (first,) = taken(stage.view())

    assert empty == [{"type": "widgets", "begins": True, "more": False, "seen": 0, "models": [], "closed": ()}]
    assert first["closed"] == ("gone",)
    assert first["models"] == [
        {"model": "m", "whole": True, "alive": True, "state": {"value": 1}, "buffer_paths": [], "buffers": []}
    ]


def test_what_has_changed_often_is_said_once_and_as_it_is_now(stage: Stage) -> None:
    stage.opens("m", value=0, max=9)
    news = stage.view()
    taken(news)
    for value in range(100):
        stage.updates("m", value=value)

    (said,) = taken(news)

    assert said["models"][0]["state"] == {"value": 99}
    assert not said["models"][0]["whole"]
    assert not news
    assert stage.woken == 100


def test_a_binary_part_is_said_as_base64(stage: Stage) -> None:
    stage.opens("m", format="png")
    news = stage.view()
    taken(news)
    data: JsonObject = {"method": "update", "state": {}, "buffer_paths": [["value"]]}
    stage.says("comm_msg", {"comm_id": "m", "data": data}, b"ab")

    (said,) = taken(news)

    assert said["models"][0]["state"] == {}
    assert (said["models"][0]["buffer_paths"], said["models"][0]["buffers"]) == ([["value"]], ["YWI="])


def test_what_the_kernel_says_to_views_comes_behind_the_states(stage: Stage) -> None:
    stage.opens("m")
    news = stage.view()
    taken(news)
    stage.says("comm_msg", {"comm_id": "m", "data": {"method": "custom", "content": 1}}, b"ab")
    stage.updates("m", value=1)

    state, message = taken(news)

    assert state["type"] == "widgets"
    assert message == {"type": "widget_message", "model": "m", "content": 1, "buffers": ["YWI="]}


def test_a_view_knows_how_many_of_its_changes_a_state_includes_and_does_not_hear_them(stage: Stage) -> None:
    stage.opens("m", value=0)
    news, other = stage.view(), stage.view()
    taken(news)
    taken(other)

    news.update(WidgetUpdate(1, M, {"value": 1}, {}, CellId("a")))
    quiet = taken(news)
    (heard,) = taken(other)
    stage.updates("m", max=9)
    (said,) = taken(news)

    assert quiet == []
    assert heard["models"][0]["state"] == {"value": 1}
    assert (said["seen"], said["models"][0]["state"]) == (1, {"max": 9})


def test_a_page_speaks_to_the_kernel(stage: Stage) -> None:
    stage.opens("m")

    stage.view().say(WidgetMessage(M, {"event": "click"}, (b"x",), CellId("a")))

    assert stage.sent[0].buffers == (b"x",)


def test_of_a_model_that_came_and_went_only_its_end_is_said(stage: Stage) -> None:
    news = stage.view()
    taken(news)
    stage.opens("m")
    stage.updates("m", value=1)
    stage.says("comm_close", {"comm_id": "m"})

    (said,) = taken(news)

    assert (said["models"], said["closed"]) == ([], ("m",))


def test_much_is_said_in_portions(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget_news, "_PORTION", 10)
    for comm in ("m", "n", "o"):
        stage.opens(comm, text="x" * 8)

    said = taken(stage.view())

    assert [[model["model"] for model in one["models"]] for one in said] == [["m", "n"], ["o"]]
    assert [(one["begins"], one["more"]) for one in said] == [(True, True), (False, False)]


def test_a_page_that_does_not_listen_is_full_some_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget_news, "MAX_SAID", 10)
    stage.opens("m")
    news = stage.view()
    before = news.is_full
    stage.says("comm_msg", {"comm_id": "m", "data": {"method": "custom"}}, b"x" * 20)

    assert (before, news.is_full) == (False, True)


def test_a_view_that_has_closed_hears_nothing(stage: Stage) -> None:
    news = stage.view()
    taken(news)

    news.close()
    stage.opens("m")

    assert not news
