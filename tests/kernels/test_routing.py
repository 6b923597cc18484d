"""Who asked what, and what the kernel is busy with."""

from adrastea.kernels.routing import Routing
from adrastea.protocol.messages import MsgId

A, B = MsgId("a"), MsgId("b")


class Somebody:
    pass


def test_a_reply_is_for_the_one_who_asked() -> None:
    routing, one, two = Routing[Somebody](), Somebody(), Somebody()
    routing.asked(A, one)
    routing.asked(B, two)

    assert routing.answered(B) is two
    assert routing.answered(A) is one


def test_a_reply_to_nobody_is_for_nobody() -> None:
    assert Routing[Somebody]().answered(A) is None


def test_a_second_reply_is_for_nobody() -> None:
    routing = Routing[Somebody]()
    routing.asked(A, Somebody())
    routing.answered(A)

    assert routing.answered(A) is None


def test_a_request_that_was_not_sent_has_no_asker() -> None:
    routing = Routing[Somebody]()
    routing.asked(A, Somebody())
    routing.unasked(A)

    assert routing.asker(A) is None


def test_code_that_goes_on_after_its_reply_may_still_ask_for_input() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one)
    routing.answered(A)

    assert routing.asker(A) is one


def test_who_has_left_gets_no_reply_and_no_question() -> None:
    routing, one = Routing[Somebody](), Somebody()
    routing.asked(A, one)
    routing.asked(B, one)
    routing.answered(B)
    routing.gone(one)

    assert (routing.answered(A), routing.asker(B)) == (None, None)


def test_answered_requests_are_not_remembered_for_ever() -> None:
    routing, one = Routing[Somebody](), Somebody()
    for number in range(5000):
        routing.asked(MsgId(str(number)), one)
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
    routing.asked(A, Somebody())
    routing.busy(A)
    routing.clear()

    assert (routing.answered(A), routing.is_busy) == (None, False)
