"""Whoever wants to know that memory is short is told."""

import asyncio
import socket
from pathlib import Path

from adrastea.kernels.memory_pressure import MemoryPressure
from tests.fakes.client import LIMIT_SECONDS


def test_what_is_urgent_is_told() -> None:
    async def scenario() -> None:
        told = asyncio.Event()
        pressure = MemoryPressure(told.set)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            ours = socket.create_connection(listener.getsockname())
            theirs, _ = listener.accept()
            with ours, theirs:
                pressure.watch(ours.fileno())
                theirs.send(b"!", socket.MSG_OOB)  # the one urgent thing that can be made at will
                await asyncio.wait_for(told.wait(), LIMIT_SECONDS)
                pressure.close()

    asyncio.run(scenario())


def test_a_system_that_has_the_measure_takes_our_threshold_and_one_without_is_no_fault(tmp_path: Path) -> None:
    async def scenario() -> None:
        for file in (Path("/proc/pressure/memory"), tmp_path / "none"):
            pressure = MemoryPressure(lambda: None, file)
            pressure.listen()
            pressure.listen()
            pressure.close()
            pressure.close()

    asyncio.run(scenario())


def test_the_threshold_is_written_where_the_system_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "memory"
    file.touch()

    async def scenario() -> None:
        MemoryPressure(lambda: None, file).listen()  # a plain file has nothing urgent to say, which is no fault

    asyncio.run(scenario())

    assert file.read_bytes() == b"some 150000 2000000\0"
