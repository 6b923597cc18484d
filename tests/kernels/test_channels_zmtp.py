"""The native transport: what it alone promises. The rest of its tests are those of the seam (`test_channels.py`)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from adrastea.errors import Unavailable
from adrastea.kernels import channels_zmtp, zmtp_socket
from adrastea.kernels.channels_zmtp import NativeChannels, NativeTransport
from adrastea.kernels.connection import new_socket_files
from tests.fakes.kernel_sockets import Ear, Peer, connection, peer


def play(scenario: Callable[[NativeTransport], Coroutine[None, None, None]]) -> None:
    """Run the scenario, and close the transport."""

    async def whole() -> None:
        transport = NativeTransport()
        try:
            await scenario(transport)
        finally:
            await transport.close()

    asyncio.run(whole())


def connected(channels: NativeChannels) -> set[str]:
    return set(vars(channels)["_sockets"])


def test_control_and_stdin_are_connected_when_they_are_needed() -> None:
    async def scenario(transport: NativeTransport) -> None:
        info = connection()
        with peer(info) as kernel:
            channels = transport.open(info, Ear().deliver)
            channels.send("shell", [b"hello"])
            await kernel.receive("shell")
            assert connected(channels) == {"shell", "iopub"}

            channels.listen("stdin")
            channels.send("control", [b"stop"])
            await kernel.receive("control")
            assert connected(channels) == {"shell", "iopub", "stdin", "control"}

    play(scenario)


def test_shell_waits_for_stdin_that_is_listened_to_later() -> None:
    async def scenario(transport: NativeTransport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            channels = transport.open(info, ear.deliver)
            channels.send("shell", [b"first"])
            await kernel.receive("shell")
            channels.listen("stdin")
            channels.send("shell", [b"code that asks"])
            identity, _ = await kernel.receive("shell")
            kernel.sockets["stdin"].send_multipart([identity, b"question"])
            await ear.until(lambda: bool(ear.messages))

        assert ear.messages == [("stdin", [b"question"])]

    play(scenario)


def test_there_is_no_thread() -> None:
    async def scenario(transport: NativeTransport) -> None:
        info, before = connection(), set(threading.enumerate())
        transport.open(info, Ear().deliver)

        assert set(threading.enumerate()) == before

    play(scenario)


def test_channels_that_are_open_and_silent_leave_the_loop_nothing_to_do() -> None:
    """No timer, no callback: the loop waits for its sockets without a limit."""

    async def scenario(transport: NativeTransport) -> None:
        info, ear = connection(), Ear()
        with peer(info) as kernel:
            channels = transport.open(info, ear.deliver)
            channels.listen("stdin")
            channels.send("shell", [b"hello"])
            identity, _ = await kernel.receive("shell")
            kernel.sockets["shell"].send_multipart([identity, b"reply"])
            await kernel.wait_for_subscriber()
            await ear.until(lambda: bool(ear.messages))
            timers = [handle for handle in vars(asyncio.get_running_loop())["_scheduled"] if not handle.cancelled()]

        assert [repr(timer) for timer in timers if "kernels" in repr(timer)] == []

    play(scenario)


def test_a_closed_connection_is_not_listened_to() -> None:
    async def scenario(transport: NativeTransport) -> None:
        channels = transport.open(connection(), Ear().deliver)
        channels.close()
        channels.listen("stdin")

        assert connected(channels) == {"shell", "iopub"}
        with pytest.raises(Unavailable):
            channels.send("control", [b"late"])

    play(scenario)


def test_the_end_of_channels_that_are_closed_is_told() -> None:
    async def scenario(transport: NativeTransport) -> None:
        ear = Ear()
        channels = transport.open(connection(), ear.deliver)
        channels.close()
        channels.finish(ear.end)
        await ear.until(lambda: ear.ended)

    play(scenario)


def test_the_last_words_are_read_also_when_the_time_for_them_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(transport: NativeTransport) -> None:
        info, ear = new_socket_files("fake", tmp_path), Ear()
        assert info is not None
        kernel = Peer(info)
        channels = transport.open(info, ear.deliver)
        await kernel.wait_for_subscriber()
        expected = [f"{number:0100}" for number in range(100)]
        kernel.publish(*expected)
        kernel.close()  # the loop stands still: all of it waits in the system, and more than is read at a time
        channels.finish(ear.end)
        await ear.until(lambda: ear.ended)

        assert ear.texts == expected

    monkeypatch.setattr(channels_zmtp, "_FINISH_SECONDS", 0.0)
    monkeypatch.setattr(zmtp_socket, "_READ_BYTES", 1024)
    play(scenario)
