"""Kernels by fork: which are, which are not and why, and that what is kept ready goes when it is not needed."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.exit import Exit
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import NewProcess, Started
from adrastea.kernels.zygotes import Zygotes
from tests.fakes.client import LIMIT_SECONDS
from tests.fakes.processes import gone

pytestmark = pytest.mark.slow

ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONASYNCIODEBUG"}
SHORT = (sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--version")
LASTING = SHORT[:-1]

Scenario = Callable[[Zygotes], Coroutine[None, None, None]]


def spec(argv: tuple[str, ...] = SHORT, env: Mapping[str, str] | None = None) -> KernelSpec:
    return KernelSpec("fake", argv, "Fake", "python", Path("/nowhere"), env=env or {})


def play(folder: Path, scenario: Scenario, unused_seconds: float = 600.0, environ: Mapping[str, str] = ENVIRON) -> None:
    """Run the scenario; at the end no file is left."""

    async def whole() -> None:
        new_process = NewProcess(folder / "run")
        zygotes = Zygotes(new_process, new_process, environ, unused_seconds)
        try:
            await scenario(zygotes)
        finally:
            await zygotes.close()

    asyncio.run(whole())
    assert not (folder / "run").exists() or list((folder / "run").iterdir()) == []


async def end_of(started: Started) -> Exit:
    ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
    started.process.on_exit(ended.set_result)
    async with asyncio.timeout(LIMIT_SECONDS):
        await ended
    started.place.clear()
    return ended.result()


async def note_of(
    zygotes: Zygotes, folder: Path, kernel: KernelSpec | None = None, env: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Start a kernel that ends by itself at once; how it came about."""
    started = zygotes.start(kernel or spec(), folder, {**ENVIRON, **(kernel.env if kernel else {}), **env})
    await end_of(started)
    return started.process.note


def parent_in(note: str) -> int:
    return int(note.rpartition(" ")[2])


def test_kernels_of_one_python_are_forked_from_one_interpreter(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        first = await note_of(zygotes, tmp_path)
        second = await note_of(zygotes, tmp_path, env={"FLAVOUR": "mint"})

        assert first == second
        assert first.startswith("forked from the warm interpreter ")

    play(tmp_path, scenario)


def test_the_kernelspecs_own_environment_is_that_of_an_interpreter_of_its_own(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        usual = await note_of(zygotes, tmp_path)
        other = await note_of(zygotes, tmp_path, spec(env={"PYTHONNODEBUGRANGES": "1"}))

        assert other.startswith("forked")
        assert other != usual

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("name", "value"), [("PYTHONHASHSEED", "7"), ("LD_LIBRARY_PATH", "/opt"), ("LC_ALL", "C"), ("PYTHONPATH", "/x")]
)
def test_what_python_reads_only_when_it_starts_leads_to_a_new_process(tmp_path: Path, name: str, value: str) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        note = await note_of(zygotes, tmp_path, env={name: value})

        assert note == (
            f"a new process; not forked: its environment changes {name}, which Python reads only when it starts"
        )

    play(tmp_path, scenario)


def test_modules_beside_the_folder_of_the_start_lead_to_a_new_process(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        note = await note_of(zygotes, tmp_path, spec(env={"PYTHONPATH": "lib"}))

        assert "not forked: its PYTHONPATH" in note

    play(tmp_path, scenario)


def test_another_command_is_a_new_process(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        note = await note_of(zygotes, tmp_path, spec((sys.executable, "-c", "1")))

        assert note == "a new process; not forked: its command is not plainly python -m ipykernel_launcher"

    play(tmp_path, scenario)


def test_a_folder_that_is_gone_is_told_as_ever(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        with pytest.raises(KernelFailed, match="does not exist any more"):
            zygotes.start(spec(), tmp_path / "gone", ENVIRON)

    play(tmp_path, scenario)


def test_a_program_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        with pytest.raises(KernelFailed, match="was not found"):
            zygotes.start(spec(("/nowhere/python", *SHORT[1:])), tmp_path, ENVIRON)

    play(tmp_path, scenario)


def test_an_interpreter_that_cannot_fork_is_replaced_by_new_processes(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import threading, time; threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    )
    environ = {**ENVIRON, "PYTHONPATH": str(tmp_path)}

    async def scenario(zygotes: Zygotes) -> None:
        for _ in range(2):
            started = zygotes.start(spec(), tmp_path, environ)
            assert await end_of(started) == Exit(0)
            assert "not forked: It has 2 threads" in started.process.note

    play(tmp_path, scenario, environ=environ)


def test_after_an_installation_another_interpreter_forks(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    kernel = spec(env={"PYTHONPATH": str(library)})

    async def scenario(zygotes: Zygotes) -> None:
        before = await note_of(zygotes, tmp_path, kernel)
        (library / "ipykernel-99.dist-info").mkdir()
        after = await note_of(zygotes, tmp_path, kernel)
        await gone(parent_in(before))

        assert after.startswith("forked")
        assert after != before

    play(tmp_path, scenario)


def test_an_interpreter_that_is_killed_is_started_again(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        before = await note_of(zygotes, tmp_path)
        os.kill(parent_in(before), signal.SIGKILL)
        await gone(parent_in(before))
        notes = [await note_of(zygotes, tmp_path) for _ in range(2)]  # the first may come before we have noticed

        assert notes[1].startswith("forked")
        assert notes[1] != before

    play(tmp_path, scenario)


def test_an_interpreter_that_is_not_used_is_ended(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        await gone(parent_in(await note_of(zygotes, tmp_path)))

    play(tmp_path, scenario, unused_seconds=0.01)


def test_when_memory_is_short_an_interpreter_without_kernels_is_ended(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        note = await note_of(zygotes, tmp_path)
        zygotes.shrink()
        await gone(parent_in(note))

    play(tmp_path, scenario)


def test_kernels_outlast_the_warmth_of_their_parent(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        lasting = zygotes.start(spec(LASTING), tmp_path, ENVIRON)
        parent = parent_in(await note_of(zygotes, tmp_path))
        zygotes.shrink()
        other = parent_in(await note_of(zygotes, tmp_path))
        os.kill(lasting.process.pid, signal.SIGSEGV)

        assert other != parent
        assert await end_of(lasting) == Exit(signal=11)
        await gone(parent)

    play(tmp_path, scenario)


def test_a_kernel_that_nobody_wants_any_more_leaves_nothing(tmp_path: Path) -> None:
    async def scenario(zygotes: Zygotes) -> None:
        started = zygotes.start(spec(LASTING), tmp_path, ENVIRON)
        started.discard()
        await end_of(started)
        await note_of(zygotes, tmp_path)

    play(tmp_path, scenario)
