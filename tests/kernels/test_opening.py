"""When a kernel is open: when it answers and is heard."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from adrastea.errors import Unavailable
from adrastea.kernels.opening import Opening

LIMIT_SECONDS = 30.0


class Bench:
    """A kernel that is asked, and somebody who waits until it is open."""

    def __init__(self) -> None:
        self.asked = 0
        self.opened = 0
        self.often = asyncio.Event()
        self.opening = Opening(self.ask, self.open)

    def ask(self) -> None:
        self.asked += 1
        if self.asked == 2:
            self.often.set()

    def open(self) -> None:
        self.opened += 1


def play(scenario: Callable[[Bench], Coroutine[None, None, None]]) -> Bench:
    async def whole() -> Bench:
        bench = Bench()
        await scenario(bench)
        bench.opening.stop()
        return bench

    return asyncio.run(whole())


def test_a_kernel_that_answers_and_is_heard_is_open_once() -> None:
    async def scenario(bench: Bench) -> None:
        bench.opening.answered()
        bench.opening.heard(ours=True)
        bench.opening.heard(ours=True)
        bench.opening.answered()

    assert play(scenario).opened == 1


def test_the_order_in_which_its_sockets_are_heard_makes_no_difference() -> None:
    async def scenario(bench: Bench) -> None:
        bench.opening.heard(ours=True)
        bench.opening.answered()

    assert play(scenario).opened == 1


def test_a_kernel_that_does_not_answer_is_not_open() -> None:
    async def scenario(bench: Bench) -> None:
        for _ in range(100):
            bench.opening.heard(ours=True)

    bench = play(scenario)

    assert bench.opened == 0


def test_a_kernel_whose_outputs_might_be_lost_is_not_open() -> None:
    async def scenario(bench: Bench) -> None:
        for _ in range(3):
            bench.opening.answered()

    assert play(scenario).opened == 0


def test_a_kernel_that_says_nothing_unasked_is_open_after_a_while() -> None:
    async def scenario(bench: Bench) -> None:
        for _ in range(20):
            bench.opening.answered()

    assert play(scenario).opened == 1


@pytest.mark.slow
def test_it_is_asked_again_and_again() -> None:
    async def scenario(bench: Bench) -> None:
        assert bench.asked == 1
        await asyncio.wait_for(bench.often.wait(), LIMIT_SECONDS)

    assert play(scenario).asked == 2


def test_nothing_is_told_after_the_end() -> None:
    async def scenario(bench: Bench) -> None:
        bench.opening.stop()
        bench.opening.answered()
        bench.opening.heard(ours=True)

    assert play(scenario).opened == 0


def test_a_process_that_has_just_ended_is_not_asked_again() -> None:
    def refuse() -> None:
        raise Unavailable

    async def scenario() -> None:
        Opening(refuse, lambda: pytest.fail("it is open")).heard(ours=True)

    asyncio.run(scenario())
