"""Who asked what, and what the kernel is busy with."""

from adrastea.kernels.routing import Routing
from adrastea.protocol.messages import MsgId

A, B, C = MsgId("a"), MsgId("b"), MsgId("c")
SHELL, CONTROL = "shell", "control"


class Somebody:
    pass


def test_a_reply_is_for_the_one_who_asked() -> None:
    routing, one, two = Routing[Somebody](), Somebody(), Somebody()
    routing.asked(A, one, SHELL)
    routing.asked(B, two, SHELL)

    assert routing.answered(B) is two
    assert routing.answered(A) is one


def test_a_reply_to_nobody_is_for_nobody() -> None:
    assert Routing[Somebody]().answered(A) is None


def test_a_second_reply_is_for_nobody() -> None:
    routing = Routing[Somebody]()
    routing.asked(A, Somebody(), SHELL)
    routing.answered(A)

    assert routing.answered(A) is None


def test_a_request_that_was_not_sent_has_no_asker() -> None:
    routing = Routing[Somebody]()
    routing.asked(A, Somebody(), SHELL)
    routing.unasked(A)

    assert routing.asker(A) is None


def test_code_that_goes_on_after_its_reply_may_still_ask_for_input() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL)
    routing.answered(A)

    assert routing.asker(A) is one


def test_who_has_left_gets_no_reply_and_no_question() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL)
    routing.asked(B, one, SHELL)
    routing.answered(B)
    routing.gone(one)

    assert (routing.answered(A), routing.asker(B)) == (None, None)


def test_answered_requests_are_not_remembered_for_ever() -> None:
    routing, one = Routing[Somebody](), Somebody()
    for number in range(5000):
        routing.asked(MsgId(str(number)), one, SHELL)
        routing.answered(MsgId(str(number)))

    assert routing.asker(MsgId("0")) is None
    assert routing.asker(MsgId("4999")) is one


def test_two_requests_at_a_time_keep_the_kernel_busy_until_both_are_done() -> None:
    routing = Routing[Somebody]()
    routing.busy(A)
    routing.busy(B)
    routing.idle(A)
    before = routing.is_busy
    routing.idle(B)

    assert before
    assert not routing.is_busy


def test_an_idle_that_got_lost_is_made_up_for_by_the_next_request() -> None:
    routing = Routing[Somebody]()
    routing.busy(A)
    routing.answered(A)
    routing.busy(B)
    routing.idle(B)

    assert not routing.is_busy


def test_a_request_that_was_not_answered_yet_is_not_taken_for_done() -> None:
    routing = Routing[Somebody]()
    routing.busy(A)
    routing.busy(B)
    routing.idle(B)

    assert routing.is_busy


def test_a_comm_keeps_the_kernel_busy_whatever_is_done_on_another_line_meanwhile() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL, replies=False)
    routing.busy(A)
    for number in range(100):
        other = MsgId(str(number))
        routing.asked(other, one, CONTROL)
        routing.busy(other)
        routing.answered(other)
        routing.idle(other)
    before = routing.is_busy
    routing.idle(A)

    assert before
    assert not routing.is_busy


def test_the_idle_of_a_comm_that_got_lost_is_made_up_for_by_the_next_request_of_its_line() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL, replies=False)
    routing.asked(B, one, SHELL)
    routing.busy(A)
    routing.busy(B)
    routing.answered(B)
    routing.idle(B)

    assert not routing.is_busy


def test_a_comm_that_waits_behind_a_request_is_not_taken_for_done() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL)
    routing.asked(B, one, SHELL, replies=False)
    routing.asked(C, one, CONTROL)
    routing.busy(A)
    routing.answered(A)
    routing.idle(A)
    routing.busy(B)
    routing.busy(C)
    routing.answered(C)
    routing.idle(C)

    assert routing.is_busy


def test_a_comm_works_on_when_its_client_has_gone_and_asks_nobody() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL, replies=False)
    routing.busy(A)
    routing.gone(one)
    routing.busy(B)
    routing.idle(B)

    assert (routing.is_busy, routing.asker(A)) == (True, None)


def test_the_code_of_a_comm_may_still_ask_for_input_when_it_is_over() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one, SHELL, replies=False)
    routing.busy(A)
    routing.idle(A)

    assert routing.asker(A) is one


def test_of_comms_that_a_kernel_says_nothing_of_only_the_last_are_waited_for() -> None:
    routing, one = Routing[Somebody](), Somebody()
    for number in range(5000):
        routing.asked(MsgId(str(number)), one, SHELL, replies=False)

    assert routing.asker(MsgId("0")) is None
    assert routing.asker(MsgId("4999")) is one


def test_a_process_that_has_just_started_is_not_busy() -> None:
    routing = Routing[Somebody]()
    routing.busy(A)
    routing.idle(None)

    assert not routing.is_busy


def test_what_a_kernel_does_of_its_own_accord_does_not_make_it_busy() -> None:
    routing = Routing[Somebody]()
    routing.busy(None)

    assert not routing.is_busy


def test_nothing_is_left_after_the_process_has_gone() -> None:
    routing = Routing[Somebody]()
    routing.asked(A, Somebody(), SHELL)
    routing.busy(A)
    routing.clear()

    assert (routing.answered(A), routing.is_busy) == (None, False)
