"""The libzmq transport, with a peer that binds a kernel's sockets."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Generator, Sequence
from contextlib import contextmanager

import pytest
import zmq

from adrastea.errors import Unavailable
from adrastea.kernels.channels import Channels
from adrastea.kernels.channels_pyzmq import PyzmqTransport
from adrastea.kernels.connection import ConnectionInfo, Ports, new_connection
from adrastea.protocol.wire import Channel

LIMIT_SECONDS = 30.0
CHANNELS: tuple[Channel, ...] = ("shell", "control", "iopub", "stdin")
PORTS = Ports()


class Peer:
    """A kernel's sockets. Its reads wait, with a limit: the transport does its work on its own thread meanwhile."""

    def __init__(self, info: ConnectionInfo) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.sockets: dict[Channel, zmq.Socket[bytes]] = {}
        for channel in CHANNELS:
            socket = self.context.socket(zmq.XPUB if channel == "iopub" else zmq.ROUTER)
            socket.set(zmq.RCVTIMEO, int(LIMIT_SECONDS * 1000))
            socket.set(zmq.SNDHWM, 0)
            socket.set(zmq.LINGER, int(LIMIT_SECONDS * 1000))
            socket.bind(info.address(channel))
            self.sockets[channel] = socket

    def receive(self, channel: Channel) -> list[bytes]:
        return self.sockets[channel].recv_multipart()

    def publish(self, *texts: str) -> None:
        for text in texts:
            self.sockets["iopub"].send_multipart([b"topic", text.encode("ascii")])

    def wait_for_subscriber(self) -> None:
        assert self.receive("iopub") == [b"\x01"]

    def close(self) -> None:
        """As when a process ends; what it said is on its way."""
        for socket in self.sockets.values():
            socket.close()
        self.context.term()


class Ear:
    """What has been delivered."""

    def __init__(self) -> None:
        self.messages: list[tuple[Channel, list[bytes]]] = []
        self.threads: set[threading.Thread] = set()
        self.ended = False
        self._told = asyncio.Event()

    def deliver(self, batch: Sequence[tuple[Channel, list[bytes]]]) -> None:
        self.messages.extend(batch)
        self.threads.add(threading.current_thread())
        self._told.set()

    def end(self) -> None:
        self.ended = True
        self._told.set()

    @property
    def texts(self) -> list[str]:
        return [str(parts[-1], "ascii") for _, parts in self.messages]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()


@contextmanager
def peer(info: ConnectionInfo) -> Generator[Peer]:
    opened = Peer(info)
    try:
        yield opened
    finally:
        opened.context.destroy(linger=0)


def send_until_refused(channels: Channels) -> int:
    """How many large messages could be sent."""
    for number in range(100):
        try:
            channels.send("shell", [str(number).encode("ascii"), b"x" * (4 << 20)])
        except Unavailable:
            return number
    return pytest.fail("nothing was refused")


def connection() -> ConnectionInfo:
    return new_connection("fake", PORTS)


def play(scenario: Callable[[PyzmqTransport], Coroutine[None, None, None]]) -> None:
    """Run the scenario; its transport is closed, and no thread left."""

    async def whole() -> None:
        transport = PyzmqTransport()
        try:
            await scenario(transport)
        finally:
            await transport.close()

    asyncio.run(whole())
    assert "libzmq" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_what_is_sent_arrives_in_order(channel: Channel) -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        with peer(info) as kernel:
            channels = transport.open(info, Ear().deliver)
            for number in range(500):
                channels.send(channel, [b"part", str(number).encode("ascii")])
            received = [kernel.receive(channel)[1:] for _ in range(500)]

        assert received == [[b"part", str(number).encode("ascii")] for number in range(500)]

    play(scenario)


def test_a_kernel_finds_the_stdin_of_whoever_asked_on_shell() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            transport.open(info, ear.deliver).send("shell", [b"request"])
            identity, _ = kernel.receive("shell")
            kernel.sockets["stdin"].send_multipart([identity, b"question"])
            await ear.until(lambda: bool(ear.messages))

        assert ear.messages == [("stdin", [b"question"])]

    play(scenario)


def test_replies_and_outputs_are_delivered_on_the_loop_with_their_channel() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            transport.open(info, ear.deliver).send("control", [b"request"])
            identity, _ = kernel.receive("control")
            kernel.sockets["control"].send_multipart([identity, b"reply"])
            kernel.wait_for_subscriber()
            kernel.publish("output")
            await ear.until(lambda: len(ear.messages) == 2)

        assert sorted(ear.messages) == [("control", [b"reply"]), ("iopub", [b"topic", b"output"])]
        assert ear.threads == {threading.current_thread()}

    play(scenario)


def test_a_kernel_that_listens_later_gets_what_was_sent_before() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        transport.open(info, Ear().deliver).send("shell", [b"early"])
        with peer(info) as kernel:
            assert kernel.receive("shell")[1:] == [b"early"]

    play(scenario)


@pytest.mark.slow
def test_nothing_is_lost_while_the_loop_is_held_up() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info, ear = connection(), Ear()
        expected = [str(number) for number in range(20_000)]
        with peer(info) as kernel:
            transport.open(info, ear.deliver)
            kernel.wait_for_subscriber()
            kernel.publish(*expected)  # and the loop stands still
            await ear.until(lambda: len(ear.messages) == len(expected))

        assert ear.texts == expected

    play(scenario)


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["stdin", "control"])
def test_a_kernel_that_lacks_a_socket_is_spoken_to_after_a_while(missing: Channel) -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        with peer(info) as kernel:
            kernel.sockets[missing].close()
            transport.open(info, Ear().deliver).send("shell", [b"hello"])
            assert kernel.receive("shell")[1:] == [b"hello"]

    play(scenario)


def test_what_was_meant_for_one_run_never_reaches_the_next() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        before = transport.open(info, Ear().deliver)
        before.send("shell", [b"old"])
        before.close()
        transport.open(info, Ear().deliver).send("shell", [b"new"])
        with peer(info) as kernel:
            assert kernel.receive("shell")[1:] == [b"new"]

    play(scenario)


def test_two_runs_have_two_identities() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"1"])
            first, _ = kernel.receive("shell")
            transport.open(info, Ear().deliver).send("shell", [b"2"])
            second, _ = kernel.receive("shell")

        assert first != second

    play(scenario)


@pytest.mark.slow
def test_the_last_words_are_delivered_before_the_end_is_told() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info, ear = connection(), Ear()
        expected = [str(number) for number in range(2000)]
        kernel = Peer(info)
        channels = transport.open(info, ear.deliver)
        kernel.wait_for_subscriber()
        kernel.publish(*expected)
        kernel.close()
        channels.finish(ear.end)
        await ear.until(lambda: ear.ended)

        assert ear.texts == expected

    play(scenario)


def test_the_end_of_a_kernel_that_never_listened_is_told() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        ear = Ear()
        transport.open(connection(), ear.deliver).finish(ear.end)
        await ear.until(lambda: ear.ended)

    play(scenario)


@pytest.mark.slow
def test_the_end_is_told_although_somebody_keeps_the_sockets_open() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            channels = transport.open(info, ear.deliver)
            kernel.wait_for_subscriber()
            kernel.publish("last word")
            channels.finish(ear.end)
            await ear.until(lambda: ear.ended)

        assert ear.texts == ["last word"]

    play(scenario)


@pytest.mark.slow
def test_a_kernel_that_does_not_read_makes_the_sender_stop_and_gets_everything_later() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        info = connection()
        channels = transport.open(info, Ear().deliver)
        sent = send_until_refused(channels)
        with peer(info) as kernel:
            received = [kernel.receive("shell")[1] for _ in range(sent)]

        assert received == [str(number).encode("ascii") for number in range(sent)]

    play(scenario)


def test_closing_a_transport_that_was_never_used_does_nothing() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        await transport.close()

    play(scenario)


def test_a_transport_can_be_used_again_after_it_was_closed() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        transport.open(connection(), Ear().deliver)
        await transport.close()
        info = connection()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"again"])
            assert kernel.receive("shell")[1:] == [b"again"]

    play(scenario)


def test_channels_of_a_closed_transport_refuse() -> None:
    async def scenario(transport: PyzmqTransport) -> None:
        channels = transport.open(connection(), Ear().deliver)
        await transport.close()
        with pytest.raises(Unavailable):
            channels.send("shell", [b"late"])

    play(scenario)
