"""The seam between a kernel and its sockets: both transports, with a peer that binds a kernel's sockets."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.errors import Unavailable
from adrastea.kernels.channels import Transport, transport
from adrastea.kernels.channels_pyzmq import PyzmqTransport
from adrastea.kernels.channels_zmtp import NativeTransport
from adrastea.protocol.wire import Channel
from tests.fakes.kernel_sockets import Ear, Peer, connection, peer, send_until_refused
from tests.fakes.transports import chosen

pytestmark = pytest.mark.usefixtures("each_transport")

ROOT = Path(__file__).resolve().parents[2]


def play(scenario: Callable[[Transport], Coroutine[None, None, None]]) -> None:
    """Run the scenario; its transport is closed, and no thread left."""

    async def whole() -> None:
        transport = chosen()
        try:
            await scenario(transport)
        finally:
            await transport.close()

    asyncio.run(whole())
    assert "libzmq" not in {thread.name for thread in threading.enumerate()}


def test_a_name_chooses_the_transport() -> None:
    assert isinstance(transport("native"), NativeTransport)
    assert isinstance(transport("pyzmq"), PyzmqTransport)
    assert isinstance(transport(), NativeTransport)


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_what_is_sent_arrives_in_order(channel: Channel) -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        with peer(info) as kernel:
            channels = transport.open(info, Ear().deliver)
            for number in range(500):
                channels.send(channel, [b"part", str(number).encode("ascii")])
            received = [(await kernel.receive(channel))[1:] for _ in range(500)]

        assert received == [[b"part", str(number).encode("ascii")] for number in range(500)]

    play(scenario)


def test_a_kernel_finds_the_stdin_of_whoever_asked_on_shell() -> None:
    async def scenario(transport: Transport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            channels = transport.open(info, ear.deliver)
            channels.listen("stdin")
            channels.send("shell", [b"request"])
            identity, _ = await kernel.receive("shell")
            kernel.sockets["stdin"].send_multipart([identity, b"question"])
            await ear.until(lambda: bool(ear.messages))

        assert ear.messages == [("stdin", [b"question"])]

    play(scenario)


def test_replies_and_outputs_are_delivered_on_the_loop_with_their_channel() -> None:
    async def scenario(transport: Transport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            transport.open(info, ear.deliver).send("control", [b"request"])
            identity, _ = await kernel.receive("control")
            kernel.sockets["control"].send_multipart([identity, b"reply"])
            await kernel.wait_for_subscriber()
            kernel.publish("output")
            await ear.until(lambda: len(ear.messages) == 2)

        assert sorted(ear.messages) == [("control", [b"reply"]), ("iopub", [b"topic", b"output"])]
        assert ear.threads == {threading.current_thread()}

    play(scenario)


def test_a_kernel_that_listens_later_gets_what_was_sent_before() -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        transport.open(info, Ear().deliver).send("shell", [b"early"])
        with peer(info) as kernel:
            assert (await kernel.receive("shell"))[1:] == [b"early"]

    play(scenario)


@pytest.mark.slow
def test_nothing_is_lost_while_the_loop_is_held_up() -> None:
    async def scenario(transport: Transport) -> None:
        info, ear = connection(), Ear()
        expected = [str(number) for number in range(20_000)]
        with peer(info) as kernel:
            transport.open(info, ear.deliver)
            await kernel.wait_for_subscriber()
            kernel.publish(*expected)  # and the loop stands still
            await ear.until(lambda: len(ear.messages) == len(expected))

        assert ear.texts == expected

    play(scenario)


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["stdin", "control", "iopub"])
def test_a_kernel_that_lacks_a_socket_is_spoken_to_after_a_while(missing: Channel) -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        with peer(info) as kernel:
            kernel.sockets[missing].close()
            channels = transport.open(info, Ear().deliver)
            channels.listen("stdin")
            channels.send("shell", [b"hello"])
            assert (await kernel.receive("shell"))[1:] == [b"hello"]

    play(scenario)


def test_what_was_meant_for_one_run_never_reaches_the_next() -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        before = transport.open(info, Ear().deliver)
        before.send("shell", [b"old"])
        before.close()
        # A ROUTER takes nobody under the name of one whose end it has not seen.
        after = replace(info, again=b"the next run")
        transport.open(after, Ear().deliver).send("shell", [b"new"])
        with peer(info) as kernel:
            assert (await kernel.receive("shell"))[1:] == [b"new"]

    play(scenario)


def test_the_kernel_knows_us_by_the_identity_of_the_run() -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"1"])
            first, _ = await kernel.receive("shell")
            transport.open(replace(info, again=b"another"), Ear().deliver).send("shell", [b"2"])
            second, _ = await kernel.receive("shell")

        assert first == info.identity
        assert second != first

    play(scenario)


@pytest.mark.slow
def test_the_last_words_are_delivered_before_the_end_is_told() -> None:
    async def scenario(transport: Transport) -> None:
        info, ear = connection(), Ear()
        expected = [str(number) for number in range(2000)]
        kernel = Peer(info)
        channels = transport.open(info, ear.deliver)
        await kernel.wait_for_subscriber()
        kernel.publish(*expected)
        kernel.close()
        channels.finish(ear.end)
        await ear.until(lambda: ear.ended)

        assert ear.texts == expected

    play(scenario)


def test_the_end_of_a_kernel_that_never_listened_is_told() -> None:
    async def scenario(transport: Transport) -> None:
        ear = Ear()
        transport.open(connection(), ear.deliver).finish(ear.end)
        await ear.until(lambda: ear.ended)

    play(scenario)


@pytest.mark.slow
def test_the_end_is_told_although_somebody_keeps_the_sockets_open() -> None:
    async def scenario(transport: Transport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            channels = transport.open(info, ear.deliver)
            await kernel.wait_for_subscriber()
            kernel.publish("last word")
            channels.finish(ear.end)
            await ear.until(lambda: ear.ended)

        assert ear.texts == ["last word"]

    play(scenario)


@pytest.mark.slow
def test_a_kernel_that_does_not_read_makes_the_sender_stop_and_gets_everything_later() -> None:
    async def scenario(transport: Transport) -> None:
        info = connection()
        channels = transport.open(info, Ear().deliver)
        sent = send_until_refused(channels)
        with peer(info) as kernel:
            received = [(await kernel.receive("shell"))[1] for _ in range(sent)]

        assert received == [str(number).encode("ascii") for number in range(sent)]

    play(scenario)


def test_closing_a_transport_that_was_never_used_does_nothing() -> None:
    async def scenario(transport: Transport) -> None:
        await transport.close()

    play(scenario)


def test_a_transport_can_be_used_again_after_it_was_closed() -> None:
    async def scenario(transport: Transport) -> None:
        transport.open(connection(), Ear().deliver)
        await transport.close()
        info = connection()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"again"])
            assert (await kernel.receive("shell"))[1:] == [b"again"]

    play(scenario)


def test_channels_of_a_closed_transport_refuse() -> None:
    async def scenario(transport: Transport) -> None:
        channels = transport.open(connection(), Ear().deliver)
        await transport.close()
        with pytest.raises(Unavailable):
            channels.send("shell", [b"late"])

    play(scenario)


@pytest.mark.slow
def test_libzmq_is_not_loaded_before_there_is_a_kernel() -> None:
    code = (
        "import sys; import adrastea.kernels.kernel, adrastea.kernels.channels as c; c.transport();"
        "print('zmq' in sys.modules)"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout == "False\n"
