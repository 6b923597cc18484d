"""What a page says about widgets: parsed, or refused with a sentence that names the field."""

import pytest

from adrastea.documents.notebook import CellId, JsonObject
from adrastea.errors import BadRequest
from adrastea.protocol.comms import CommId
from adrastea.server import widget_requests
from adrastea.server.widget_requests import WidgetMessage, WidgetsRequest, WidgetUpdate


def test_a_page_asks_for_widgets_changes_one_and_speaks_to_one() -> None:
    update: JsonObject = {"type": "widget_update", "count": 3, "model": "m", "cell": "a", "state": {"value": 1}}
    message: JsonObject = {"type": "widget_message", "model": "m", "content": {"event": "click"}, "buffers": ["YWI="]}

    assert widget_requests.parse({"type": "widgets"}) == WidgetsRequest()
    assert widget_requests.parse(update) == WidgetUpdate(3, CommId("m"), {"value": 1}, {}, CellId("a"))
    assert widget_requests.parse(message) == WidgetMessage(CommId("m"), {"event": "click"}, (b"ab",), None)


def test_binary_parts_come_as_base64_with_their_paths() -> None:
    parsed = widget_requests.parse(
        {
            "type": "widget_update",
            "count": 1,
            "model": "m",
            "state": {},
            "buffer_paths": [["v", 0]],
            "buffers": ["YWI="],
        }
    )

    assert isinstance(parsed, WidgetUpdate)
    assert parsed.buffers == {("v", 0): b"ab"}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"model": ""}, "'model'"),
        ({"state": 5}, "'state'"),
        ({"count": True}, "'count'"),
        ({"buffers": "x"}, "'buffers'"),
        ({"buffers": [5]}, "not text"),
        ({"buffers": ["?"]}, "base64"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: JsonObject, named: str) -> None:
    with pytest.raises(BadRequest, match=named):
        widget_requests.parse({"type": "widget_update", "count": 1, "model": "m", "state": {}, **fields})
