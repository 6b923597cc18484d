"""The kernel that is kept ready: who gets it, and when it goes."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.exit import Exit
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.spare import Spare
from adrastea.kernels.starting import NewProcess, Started
from tests.fakes.client import LIMIT_SECONDS
from tests.fakes.processes import gone

pytestmark = pytest.mark.slow

KERNEL = "import os, signal, sys; open(sys.argv[2], 'a').write(f'{os.getpid()}\\n'); signal.pause()"
READY = "a process that was kept ready"

Scenario = Callable[[Spare, KernelSpec], Coroutine[None, None, None]]


def play(folder: Path, scenario: Scenario) -> None:
    """Run the scenario; at the end nothing is left of what was kept ready."""
    os.mkfifo(folder / "pids")
    argv = (sys.executable, "-S", "-E", "-c", KERNEL, "{connection_file}", str(folder / "pids"))
    spec = KernelSpec("fake", argv, "Fake", "fake", folder)
    (folder / "kernel.json").write_text("{}", encoding="ascii")

    async def whole() -> None:
        spare = Spare(NewProcess(folder / "run"), 0.0)
        try:
            await scenario(spare, spec)
        finally:
            await spare.close()

    asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []


async def started_pids(folder: Path, count: int) -> list[int]:
    """The processes that have been started, as they say themselves."""
    pids, told = os.open(folder / "pids", os.O_RDWR | os.O_NONBLOCK), asyncio.Event()
    loop, said = asyncio.get_running_loop(), b""
    loop.add_reader(pids, told.set)
    try:
        async with asyncio.timeout(LIMIT_SECONDS):
            while said.count(b"\n") < count:
                told.clear()
                await told.wait()
                with contextlib.suppress(BlockingIOError):  # it was read already
                    said += os.read(pids, 1000)
    finally:
        loop.remove_reader(pids)
        os.close(pids)
    return [int(line) for line in said.split()]


async def end(*runs: Started) -> None:
    for started in runs:
        ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
        started.discard()
        started.process.on_exit(ended.set_result)
        await asyncio.wait_for(ended, LIMIT_SECONDS)


def test_the_next_who_wants_the_same_gets_it_and_it_is_given_once(tmp_path: Path) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        pids = await started_pids(tmp_path, 2)
        second, third = spare.start(spec, tmp_path, {}), spare.start(spec, tmp_path, {})

        assert [first.process.note, second.process.note, third.process.note] == [
            "a new process",
            READY,
            "a new process",
        ]
        assert second.process.pid in pids
        assert second.place.connection_file.exists()
        assert second.place.info.key not in {first.place.info.key, third.place.info.key}
        await end(first, second, third)

    play(tmp_path, scenario)


@pytest.mark.parametrize("other", ["folder", "environment", "command"])
def test_who_wants_anything_else_does_not_get_it_and_it_is_thrown_away(tmp_path: Path, other: str) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        (ready,) = set(await started_pids(tmp_path, 2)) - {first.process.pid}
        second = spare.start(
            replace(spec, argv=(*spec.argv, "-x")) if other == "command" else spec,
            tmp_path.parent if other == "folder" else tmp_path,
            {"FLAVOUR": "mint"} if other == "environment" else {},
        )

        assert second.process.note == "a new process"
        await gone(ready)
        await end(first, second)

    play(tmp_path, scenario)


def test_after_a_change_of_its_kernelspec_on_disk_it_is_not_given_away(tmp_path: Path) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        await started_pids(tmp_path, 2)
        os.utime(tmp_path / "kernel.json", (1, 1))
        second = spare.start(spec, tmp_path, {})

        assert second.process.note == "a new process"
        await end(first, second)

    play(tmp_path, scenario)


def test_one_that_has_ended_by_itself_is_not_given_away(tmp_path: Path) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        (ready,) = set(await started_pids(tmp_path, 2)) - {first.process.pid}
        os.kill(ready, signal.SIGKILL)
        await gone(ready)
        await end(first)
        second = spare.start(spec, tmp_path, {})

        assert second.process.note == "a new process"
        await end(second)

    play(tmp_path, scenario)


def test_when_memory_is_short_it_goes(tmp_path: Path) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        (ready,) = set(await started_pids(tmp_path, 2)) - {first.process.pid}
        spare.shrink()
        await gone(ready)
        await end(first)

    play(tmp_path, scenario)


class Noting:
    """A `Starter` of new processes that notes how each ends."""

    def __init__(self, folder: Path) -> None:
        self.ends: asyncio.Queue[Exit] = asyncio.Queue()
        self._new_process = NewProcess(folder)

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        started = self._new_process.start(spec, cwd, environ)
        started.process.on_exit(self.ends.put_nowait)
        return started

    def shrink(self) -> None:
        pass

    async def close(self) -> None:
        pass


def test_when_nobody_wants_it_for_a_while_it_goes(tmp_path: Path) -> None:
    async def scenario() -> None:
        new_processes = Noting(tmp_path / "run")
        spare = Spare(new_processes, 0.0, 0.0)
        argv = (sys.executable, "-S", "-E", "-c", "import signal; signal.pause()")
        first = spare.start(KernelSpec("fake", argv, "Fake", "fake", tmp_path), tmp_path, {})
        async with asyncio.timeout(LIMIT_SECONDS):
            assert await new_processes.ends.get() == Exit(signal=9)
        assert first.process.exit is None
        await end(first)
        await spare.close()

    asyncio.run(scenario())

    assert list((tmp_path / "run").iterdir()) == []


def test_a_kernel_that_cannot_be_started_is_not_kept_ready(tmp_path: Path) -> None:
    async def scenario(spare: Spare, spec: KernelSpec) -> None:
        first = spare.start(spec, tmp_path, {})
        await started_pids(tmp_path, 2)
        await end(first)
        with pytest.raises(KernelFailed, match="was not found"):
            spare.start(replace(spec, argv=("/nowhere/kernel",)), tmp_path, {})

    play(tmp_path, scenario)
