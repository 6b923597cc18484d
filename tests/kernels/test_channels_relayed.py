"""The server thread's end of channels: what it hands over, and in which portions it takes what has come."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from adrastea.errors import Unavailable
from adrastea.kernels.channels_relayed import Close, Finish, Link, Message, Open, Relayed, RelayedChannels, Send
from adrastea.kernels.connection import ConnectionInfo

INFO = ConnectionInfo(1, 2, 3, 4, 5, b"key")


class Bench:
    """A `Relayed` without its other thread: the test reads the commands and brings the arrivals."""

    def __init__(self) -> None:
        self.wakes = 0
        self.relayed = Relayed(self.wake)
        self.log: list[str] = []

    def wake(self) -> None:
        self.wakes += 1

    def open(self, name: str) -> RelayedChannels:
        return self.relayed.open(
            INFO, lambda batch: self.log.extend(name + str(parts[0], "ascii") for _, parts in batch)
        )

    def bring(self, link: int, *messages: str) -> None:
        for text in messages:
            message: Message = ("iopub", [text.encode("ascii")])
            self.relayed.arrivals.append((Link(link), message))

    def bring_end(self, link: int) -> None:
        self.relayed.arrivals.append((Link(link), None))


def play(scenario: Callable[[Bench], Coroutine[None, None, None]]) -> Bench:
    bench = Bench()
    asyncio.run(scenario(bench))
    return bench


async def turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def test_what_is_to_be_done_is_handed_over_in_order() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        channels.send("shell", [b"one"])
        channels.close()

    bench = play(scenario)

    assert [type(command) for command in bench.relayed.commands] == [Open, Send, Close]
    assert bench.wakes == 1


def test_what_has_come_is_delivered_in_order() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a")
        bench.bring(1, "1", "2", "3")
        bench.relayed.arrived()

    assert play(scenario).log == ["a1", "a2", "a3"]


def test_a_kernel_that_floods_does_not_hold_up_the_others() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a")
        bench.open("b")
        bench.bring(1, *["x"] * 1000)
        bench.bring(2, "!")
        bench.relayed.arrived()
        await turns(20)

    log = play(scenario).log

    assert log.count("ax") == 1000
    assert log.index("b!") < 200


def test_the_rest_of_the_program_gets_its_turn_during_a_flood() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a")
        bench.bring(1, *["x"] * 1000)
        bench.relayed.arrived()
        asyncio.get_running_loop().call_soon(bench.log.append, "turn")
        await turns(20)

    log = play(scenario).log

    assert log.index("turn") < 300
    assert len(log) == 1001


def test_nothing_is_delivered_after_close() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        bench.bring(1, *["x"] * 200)
        bench.relayed.arrived()
        channels.close()
        bench.bring(1, "late")
        bench.relayed.arrived()
        await turns(5)

    assert len(play(scenario).log) == 128


def test_nothing_is_sent_after_close_and_after_the_end() -> None:
    async def scenario(bench: Bench) -> None:
        closed, ended = bench.open("a"), bench.open("b")
        closed.close()
        ended.finish(lambda: None)
        for channels in (closed, ended):
            with pytest.raises(Unavailable, match="closed"):
                channels.send("shell", [b"late"])

    play(scenario)


def test_closing_twice_is_closing() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        channels.close()
        channels.close()

    assert len(play(scenario).relayed.commands) == 2


def test_the_end_is_told_after_the_last_word() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a").finish(lambda: bench.log.append("end"))
        bench.bring(1, *["x"] * 300)
        bench.bring_end(1)
        bench.relayed.arrived()
        await turns(10)

    bench = play(scenario)

    assert bench.log == ["ax"] * 300 + ["end"]
    assert [type(command) for command in bench.relayed.commands] == [Open, Finish, Close]


def test_the_end_is_told_once_also_when_the_channels_are_closed_meanwhile() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        channels.finish(lambda: bench.log.append("end"))
        channels.close()
        bench.bring_end(1)
        bench.relayed.arrived()
        await turns(5)

    assert play(scenario).log == ["end"]


def test_the_end_is_told_of_channels_that_are_closed_already() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        channels.close()
        channels.finish(lambda: bench.log.append("end"))
        await turns(5)

    assert play(scenario).log == ["end"]


def test_a_kernel_that_takes_nothing_makes_the_sender_stop() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        megabyte = b"x" * (1 << 20)
        for _ in range(64):
            channels.send("shell", [megabyte])
        with pytest.raises(Unavailable, match="takes no more"):
            channels.send("shell", [megabyte])

    assert len(play(scenario).relayed.commands) == 65


def test_one_message_may_be_larger_than_all_that_may_wait() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a").send("shell", [b"x" * (65 << 20)])

    assert len(play(scenario).relayed.commands) == 2


def test_a_kernel_that_reads_again_may_be_sent_to_again() -> None:
    async def scenario(bench: Bench) -> None:
        channels = bench.open("a")
        channels.send("shell", [b"x" * (65 << 20)])
        with pytest.raises(Unavailable):
            channels.send("shell", [b"2"])
        sent = bench.relayed.commands[-1]
        assert isinstance(sent, Send)
        channels.flow.passed += sent.size
        channels.send("shell", [b"3"])

    assert len(play(scenario).relayed.commands) == 3


def test_closing_all_closes_each_and_ends_the_other_thread() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open("a")
        bench.open("b")
        bench.relayed.close()

    commands = play(scenario).relayed.commands

    assert [type(command) for command in commands] == [Open, Open, Close, Close, type(None)]
