"""At most one update of a widget is with the kernel; of what waits only the newest goes."""

import pytest

from adrastea.documents.notebook import CellId
from adrastea.errors import Unavailable
from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import JsonObject
from adrastea.protocol.messages import MsgId
from adrastea.sessions.widget_sending import WidgetSending

A, B = CommId("a"), CommId("b")
CELL = CellId("cell")


class Kernel:
    def __init__(self) -> None:
        self.heard: list[tuple[CommId, JsonObject, tuple[bytes, ...]]] = []
        self.refuses = False
        self.sending = WidgetSending(self.say)

    def say(self, comm: CommId, data: JsonObject, buffers: tuple[bytes, ...]) -> MsgId:
        if self.refuses:
            raise Unavailable("It is full.")
        self.heard.append((comm, data, buffers))
        return MsgId(f"m{len(self.heard)}")

    def states(self) -> list[tuple[CommId, object]]:
        return [(comm, data.get("state", data.get("content"))) for comm, data, _ in self.heard]


@pytest.fixture
def kernel() -> Kernel:
    return Kernel()


def test_while_an_update_is_under_way_only_the_newest_waits(kernel: Kernel) -> None:
    for value in range(5):
        kernel.sending.update(A, {"value": value}, {}, CELL)

    kernel.sending.done(MsgId("m1"))
    kernel.sending.done(MsgId("m2"))

    assert kernel.states() == [(A, {"value": 0}), (A, {"value": 4})]


def test_what_waits_is_joined_part_by_part(kernel: Kernel) -> None:
    kernel.sending.update(A, {"x": 0}, {}, CELL)
    kernel.sending.update(A, {"x": 1}, {("data",): b"old"}, CELL)
    kernel.sending.update(A, {"y": 2}, {("data",): b"new"}, CELL)

    kernel.sending.done(MsgId("m1"))

    data: JsonObject = {"method": "update", "state": {"x": 1, "y": 2}, "buffer_paths": [["data"]]}
    assert kernel.heard[1] == (A, data, (b"new",))


def test_widgets_do_not_wait_for_each_other(kernel: Kernel) -> None:
    kernel.sending.update(A, {"value": 1}, {}, CELL)
    kernel.sending.update(B, {"value": 2}, {}, CELL)

    assert kernel.states() == [(A, {"value": 1}), (B, {"value": 2})]


def test_a_message_goes_at_once_and_behind_the_updates_that_wait(kernel: Kernel) -> None:
    kernel.sending.update(A, {"value": "h"}, {}, CELL)
    kernel.sending.update(A, {"value": "hi"}, {}, CELL)

    kernel.sending.custom(B, {"event": "click"}, (b"x",), CELL)

    assert kernel.states() == [(A, {"value": "h"}), (A, {"value": "hi"}), (B, {"event": "click"})]


def test_an_end_that_was_lost_is_made_up_for_by_the_next(kernel: Kernel) -> None:
    kernel.sending.update(A, {"value": 1}, {}, CELL)
    kernel.sending.update(B, {"value": 2}, {}, CELL)
    kernel.sending.update(A, {"value": 3}, {}, CELL)

    kernel.sending.done(MsgId("unknown"))
    kernel.sending.done(MsgId("m2"))

    assert kernel.states()[-1] == (A, {"value": 3})


def test_what_the_kernel_sets_itself_is_not_overwritten_by_what_waited(kernel: Kernel) -> None:
    kernel.sending.update(A, {"value": 1}, {}, CELL)
    kernel.sending.update(A, {"value": 2, "index": 3}, {}, CELL)

    kernel.sending.overruled(A, {"value"})
    kernel.sending.done(MsgId("m1"))
    kernel.sending.overruled(A, {"index"})
    kernel.sending.done(MsgId("m2"))

    assert kernel.states() == [(A, {"value": 1}), (A, {"index": 3})]


def test_nothing_is_sent_for_what_has_gone(kernel: Kernel) -> None:
    kernel.sending.update(A, {"value": 1}, {}, CELL)
    kernel.sending.update(A, {"value": 2}, {}, CELL)

    kernel.sending.forget(A)
    kernel.sending.done(MsgId("m1"))
    kernel.sending.end()

    assert kernel.states() == [(A, {"value": 1})]
    assert not kernel.sending.has_sent


def test_what_was_said_is_remembered_with_its_cell_and_not_for_ever(kernel: Kernel) -> None:
    for _ in range(1_001):
        kernel.sending.custom(A, {}, (), CELL)

    assert kernel.sending.cell_of(MsgId("m2")) == CELL
    assert not kernel.sending.is_ours(MsgId("m1"))


def test_a_kernel_that_takes_nothing_says_so(kernel: Kernel) -> None:
    kernel.refuses = True

    with pytest.raises(Unavailable):
        kernel.sending.update(A, {"value": 1}, {}, CELL)
