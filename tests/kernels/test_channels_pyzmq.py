"""The libzmq transport: what it alone promises. The rest of its tests are those of the seam (`test_channels.py`)."""

import asyncio
import threading

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
