"""Kernels that one run of the program leaves and another finds, with a process that speaks the protocol.

The fake kernel takes nobody under the name of one who has gone, as kernels of other languages do.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path

import pytest

from adrastea.errors import Conflict
from adrastea.kernels.adoption import Records
from adrastea.kernels.kernel import Kernel
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpecs
from adrastea.kernels.lifecycle import State
from adrastea.kernels.starting import NewProcess
from tests.fakes import kernelspecs
from tests.fakes.client import LIMIT_SECONDS, Client, printed
from tests.fakes.processes import gone
from tests.fakes.transports import chosen

# Who has started a kernel that goes on does not wait for its end.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*Popen.__del__:pytest.PytestUnraisableExceptionWarning"),
]

GONE = (2**30, "1")
"""A program that has ended."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A kernel that an earlier run has left, and the run that follows."""

    kernel: Kernel
    """As the earlier run knew it."""
    pid: int
    kernels: Kernels


def opened(folder: Path, specs: KernelSpecs, server: tuple[int, str] | None = None) -> Kernels:
    records = Records(folder / "records", folder, server)
    return Kernels(specs, NewProcess(folder / "run", parent=records.parent), chosen(), records=records)


def play(
    folder: Path, scenario: Callable[[Stage], Coroutine[None, None, None]], code: str = "pid", wanted: str = ""
) -> None:
    """Have an earlier run start a kernel, run the code until it has printed what is wanted, and go without a word."""

    async def whole() -> None:
        specs = kernelspecs.install(folder, fields={"interrupt_mode": "message"})  # a signal may come before it waits
        before, client = opened(folder, specs, GONE), Client()
        kernel = await before.start("fake", folder)
        kernel.attach(client)
        pid = int(printed(await client.result(kernel, "pid")))
        if code != "pid":
            client.run(kernel, code)
            await client.until(lambda: wanted in printed([message for _, message in client.messages]))
        await before.close(keep=lambda _: True)
        after = opened(folder, specs)
        try:
            await scenario(Stage(kernel, pid, after))
        finally:
            await after.close()
        await gone(pid)

    asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []
    assert list((folder / "records").iterdir()) == []


def adopted(stage: Stage) -> tuple[Kernel, Client]:
    (left,) = stage.kernels.left_here()
    kernel, client = stage.kernels.adopt(left), Client()
    kernel.attach(client)
    return kernel, client


@pytest.mark.usefixtures("each_transport")
def test_a_kernel_that_was_left_is_found_with_its_id_and_its_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        kernel, client = adopted(stage)

        assert kernel.id == stage.kernel.id
        assert kernel.state is State.BUSY
        assert stage.kernels.left() == ()
        await client.until(lambda: kernel.state is State.IDLE)
        assert int(printed(await client.result(kernel, "pid"))) == stage.pid
        assert kernel.info is not None

    play(tmp_path, scenario)


@pytest.mark.usefixtures("each_transport")
def test_one_that_works_is_busy_until_it_has_done(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        kernel, client = adopted(stage)
        freed = asyncio.Event()
        kernel.expect(client, None, freed.set)
        states = [kernel.state]

        await kernel.interrupt()
        async with asyncio.timeout(LIMIT_SECONDS):
            await freed.wait()
        states.append(kernel.state)

        assert states == [State.BUSY, State.IDLE]
        assert printed(await client.result(kernel, "print on")) == "on\n"

    play(tmp_path, scenario, "print begun\nwait", "begun")


def test_one_that_was_found_ends_as_any_other(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        kernel, client = adopted(stage)
        await client.until(lambda: kernel.state is State.IDLE)

        os.kill(stage.pid, 9)
        await client.until(lambda: kernel.state is State.DEAD)

        assert "not known" in kernel.cause
        assert list((tmp_path / "records").iterdir()) == []

    play(tmp_path, scenario)


def test_one_that_was_found_can_be_restarted(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        kernel, client = adopted(stage)

        await kernel.restart()
        await kernel.ready()

        assert kernel.id == stage.kernel.id
        assert int(printed(await client.result(kernel, "pid"))) != stage.pid

    play(tmp_path, scenario)


def test_one_whose_kernelspec_is_gone_is_found_all_the_same(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        (tmp_path / "kernels" / "fake" / "kernel.json").unlink()

        kernel, client = adopted(stage)

        await client.until(lambda: kernel.state is State.IDLE)
        assert (kernel.spec.name, kernel.spec.display_name, kernel.spec.language) == ("fake", "Fake", "fake")

    play(tmp_path, scenario)


def test_it_is_taken_over_once(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        (left,) = stage.kernels.left_here()
        stage.kernels.adopt(left)

        with pytest.raises(Conflict):
            stage.kernels.adopt(left)

    play(tmp_path, scenario)


def test_one_that_is_not_wanted_can_be_ended(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        (left,) = stage.kernels.left()

        await stage.kernels.end(left)

        await gone(stage.pid)

    play(tmp_path, scenario)


def test_all_can_be_ended_at_once(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        adopted(stage)

        stage.kernels.kill()

        await gone(stage.pid)

    play(tmp_path, scenario, "print begun\nwait", "begun")


def test_kernels_that_are_not_written_down_are_not_kept(tmp_path: Path) -> None:
    async def scenario() -> None:
        kernels, client = Kernels(kernelspecs.install(tmp_path), NewProcess(tmp_path / "run"), chosen()), Client()
        kernel = await kernels.start("fake", tmp_path)
        kernel.attach(client)
        pid = int(printed(await client.result(kernel, "pid")))

        await kernels.close(keep=lambda _: True)

        await gone(pid)

    asyncio.run(scenario())
