"""The libzmq transport: what it alone promises. The rest of its tests are those of the seam (`test_channels.py`)."""

import asyncio
import threading

import pytest

from adrastea.kernels.channels_pyzmq import PyzmqTransport
from tests.fakes.kernel_sockets import Ear, connection, peer


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_its_thread_lives_from_the_first_use_to_the_end() -> None:
    async def scenario() -> list[bool]:
        transport, info = PyzmqTransport(), connection()
        before = "libzmq" in threads()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"hello"])
            await kernel.receive("shell")
            during = "libzmq" in threads()
        await transport.close()
        return [before, during, "libzmq" in threads()]

    assert asyncio.run(scenario()) == [False, True, False]


def test_what_is_wanted_before_its_thread_runs_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, run = threading.Event(), threading.Thread.run

    def run_late(thread: threading.Thread) -> None:
        if thread.name == "libzmq":
            wanted.wait()
        run(thread)

    async def scenario() -> list[bytes]:
        monkeypatch.setattr(threading.Thread, "run", run_late)
        transport, info = PyzmqTransport(), connection()
        with peer(info) as kernel:
            transport.open(info, Ear().deliver).send("shell", [b"early"])
            wanted.set()
            received = await kernel.receive("shell")
        await transport.close()
        return received[1:]

    assert asyncio.run(scenario()) == [b"early"]
