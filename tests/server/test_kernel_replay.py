"""What is sent again to a client that comes back, and who is known again, for how long."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from adrastea.protocol.wire import Channel, Frames
from adrastea.server.kernel_replay import MOST_AWAY, WINDOW_BYTES, ClientKey, Returns, Unconfirmed


def message(number: int, size: int = 1) -> tuple[Channel, Frames]:
    return "iopub", Frames(str(number).encode(), b"{}", b"{}", b"x" * size)


def answering() -> Unconfirmed:
    """Of a client that has answered a ping, with nothing under way."""
    unconfirmed = Unconfirmed()
    unconfirmed.confirmed(unconfirmed.sent([message(0)]))
    return unconfirmed


def test_what_a_pong_confirms_is_not_sent_again() -> None:
    unconfirmed = answering()
    ping = unconfirmed.sent([message(1), message(2)])
    unconfirmed.sent([message(3)])
    unconfirmed.confirmed(ping)

    assert unconfirmed.take_back() == [message(3)]
    assert unconfirmed.take_back() == []


def test_one_ping_is_under_way_at_a_time_and_the_next_one_is_due_when_it_is_answered() -> None:
    unconfirmed = answering()
    first = unconfirmed.sent([message(1)])

    assert first
    assert unconfirmed.sent([message(2)]) == b""

    unconfirmed.confirmed(first)
    second = unconfirmed.due()

    assert second not in {b"", first}
    assert unconfirmed.due() == b""


def test_a_pong_that_answers_anothers_ping_confirms_nothing_and_ours_is_due_again() -> None:
    unconfirmed = answering()
    unconfirmed.sent([message(1)])
    unconfirmed.confirmed(b"")

    assert len(unconfirmed) == 1
    assert unconfirmed.due()


def test_nothing_is_sent_again_to_a_client_that_has_never_answered() -> None:
    unconfirmed = Unconfirmed()
    unconfirmed.sent([message(number, 10_000) for number in range(100)])

    assert len(unconfirmed) < 10
    assert not unconfirmed.is_full
    assert unconfirmed.take_back() == []


def test_a_client_that_answers_gets_no_more_than_a_window_without_an_answer() -> None:
    unconfirmed = answering()
    ping = unconfirmed.sent([message(1, WINDOW_BYTES)])

    assert unconfirmed.is_full

    unconfirmed.confirmed(ping)

    assert not unconfirmed.is_full


@dataclass(eq=False)
class Visitor:
    """Notes what becomes of it."""

    became: list[str] = field(default_factory=list[str])
    forgotten: asyncio.Event = field(default_factory=asyncio.Event)

    def leave(self) -> None:
        self.became.append("left")

    def close(self) -> None:
        self.became.append("closed")
        self.forgotten.set()


def key(number: int = 0) -> ClientKey:
    return ClientKey("k", str(number), "yes")


def test_who_has_been_away_is_known_again_once() -> None:
    async def work() -> None:
        returns, visitor = Returns(), Visitor()
        returns.connected(key(), visitor)
        returns.disconnected(key(), visitor)

        assert returns.take(key(1)) is None
        assert returns.take(key()) is visitor
        assert returns.take(key()) is None
        assert visitor.became == []

    asyncio.run(work())


def test_who_comes_by_another_connection_leaves_the_one_before() -> None:
    async def work() -> None:
        returns, visitor = Returns(), Visitor()
        returns.connected(key(), visitor)

        assert returns.take(key()) is visitor
        assert visitor.became == ["left"]

    asyncio.run(work())


def test_who_stays_away_too_long_is_forgotten() -> None:
    async def work() -> None:
        returns, visitor = Returns(away_seconds=0), Visitor()
        returns.disconnected(key(), visitor)
        async with asyncio.timeout(10):
            await visitor.forgotten.wait()

        assert (visitor.became, returns.away) == (["closed"], 0)

    asyncio.run(work())


def test_of_too_many_the_one_that_left_first_is_forgotten() -> None:
    async def work() -> None:
        returns = Returns()
        visitors = [Visitor() for _ in range(MOST_AWAY + 1)]
        for number, visitor in enumerate(visitors):
            returns.disconnected(key(number), visitor)

        assert returns.away == MOST_AWAY
        assert [visitor.became for visitor in visitors] == [["closed"], *[[]] * MOST_AWAY]
        for number in range(len(visitors)):
            returns.forget(key(number))

    asyncio.run(work())
