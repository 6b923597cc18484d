"""A warm interpreter, with the real ipykernel: what it forks, when it refuses, and that it never outlives us."""

import ast
import asyncio
import os
import signal
import subprocess
import sys
import venv
from collections.abc import Callable, Coroutine, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import pytest

from adrastea.kernels import connection, process
from adrastea.kernels.connection import Ports
from adrastea.kernels.exit import Exit
from adrastea.kernels.process import KernelProcess
from adrastea.kernels.zygote import ChildOf, ForkRequest, Zygote, adopt
from tests.fakes.client import LIMIT_SECONDS
from tests.fakes.processes import gone

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONASYNCIODEBUG"}

Scenario = Callable[[Zygote], Coroutine[None, None, None]]


def play(folder: Path, scenario: Scenario, env: Mapping[str, str] | None = None, python: str = sys.executable) -> None:
    """Run the scenario with a warm interpreter; at the end neither it nor a file of it is left."""

    async def whole() -> int:
        zygote = Zygote([python], {**ENVIRON, **(env or {})}, folder / "run")
        try:
            await scenario(zygote)
        finally:
            await zygote.close()
        return zygote.process.pid

    pid = asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def answer(
    zygote: Zygote, folder: Path, *arguments: str, env: Mapping[str, str] = MappingProxyType({})
) -> int | str:
    """Ask for a kernel; its number, or why there is none."""
    log, answered = folder / "log", asyncio.get_running_loop().create_future()
    os.close(process.create_log(log))
    zygote.fork(ForkRequest(arguments, folder, {**ENVIRON, **env}, log), answered.set_result)
    async with asyncio.timeout(LIMIT_SECONDS):
        found: int | str = await answered
    return found


async def end_of(zygote: Zygote, pid: int | str) -> Exit:
    assert isinstance(pid, int), pid
    kernel, ended = KernelProcess(), asyncio.get_running_loop().create_future()
    adopt(kernel, zygote, pid)
    kernel.on_exit(ended.set_result)
    async with asyncio.timeout(LIMIT_SECONDS):
        end: Exit = await ended
    return end


async def lasting(zygote: Zygote, folder: Path) -> int:
    """A kernel that goes on."""
    file = connection.write(connection.new_connection("fake", Ports()), folder)
    pid = await answer(zygote, folder, "-f", str(file))
    assert isinstance(pid, int), pid
    return pid


def mapped(pid: int) -> str:
    """The files that are in the memory of a process."""
    return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def tasks(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def test_its_program_is_one_that_python_3_8_can_read() -> None:
    text = (ROOT / "adrastea" / "kernels" / "zygote_main.py").read_text(encoding="utf-8")

    ast.parse(text, feature_version=(3, 8))


def test_its_program_needs_nothing_but_the_standard_library_and_what_ipykernel_is_made_of() -> None:
    tree = ast.parse((ROOT / "adrastea" / "kernels" / "zygote_main.py").read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    parts = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in plain | parts} <= sys.stdlib_module_names


def test_a_fork_is_what_a_new_process_would_be(tmp_path: Path) -> None:
    async def scenario(zygote: Zygote) -> None:
        assert await end_of(zygote, await answer(zygote, tmp_path, "--version")) == Exit(0)

        assert version("ipython") in (tmp_path / "log").read_text(encoding="utf-8")

    play(tmp_path, scenario)


def test_an_environment_of_any_size_arrives(tmp_path: Path) -> None:
    large = {f"LARGE_{number}": "x" * 10_000 for number in range(100)}

    async def scenario(zygote: Zygote) -> None:
        assert await end_of(zygote, await answer(zygote, tmp_path, "--version", env=large)) == Exit(0)

    play(tmp_path, scenario)


def test_how_a_fork_has_ended_is_known(tmp_path: Path) -> None:
    async def scenario(zygote: Zygote) -> None:
        end = await end_of(zygote, await answer(zygote, tmp_path, "--IPKernelApp.transport=pigeon"))

        assert end == Exit(1)
        assert "pigeon" in (tmp_path / "log").read_text(encoding="utf-8")

    play(tmp_path, scenario)


def test_its_end_is_noticed_where_the_system_cannot_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(zygote: Zygote) -> None:
        def refuse(pid: int) -> int:
            raise OSError(pid)

        pid = await lasting(zygote, tmp_path)
        assert not ChildOf(zygote, pid).has_ended()
        monkeypatch.setattr(os, "pidfd_open", refuse)
        os.kill(pid, signal.SIGKILL)

        assert await end_of(zygote, pid) == Exit(signal=9)
        assert ChildOf(zygote, pid).has_ended()

    play(tmp_path, scenario)


def test_it_has_one_thread_and_no_numerical_library(tmp_path: Path) -> None:
    async def scenario(zygote: Zygote) -> None:
        await end_of(zygote, await answer(zygote, tmp_path, "--version"))

        assert tasks(zygote.process.pid) == 1
        assert not {"numpy", "matplotlib", "openblas"} & set(mapped(zygote.process.pid).split("/"))

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("customization", "why"),
    [
        ("import threading, time; threading.Thread(target=time.sleep, args=(600,), daemon=True).start()", "2 threads"),
        ("import os; os.write(2, b'oh no\\n'); os._exit(3)", "It has ended: oh no"),
        ("import sys; sys.modules['ipykernel'] = None", "It cannot import ipykernel"),
    ],
    ids=["threads", "an early end", "no ipykernel"],
)
def test_an_interpreter_that_cannot_fork_says_why(tmp_path: Path, customization: str, why: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(customization, encoding="ascii")

    async def scenario(zygote: Zygote) -> None:
        assert why in str(await answer(zygote, tmp_path, "--version"))
        assert why in zygote.unfit

    play(tmp_path, scenario, {"PYTHONPATH": str(tmp_path)})


def test_an_interpreter_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import signal; signal.pause()", encoding="ascii")

    async def scenario() -> None:
        environ = {**ENVIRON, "PYTHONPATH": str(tmp_path)}
        zygote = Zygote([sys.executable], environ, tmp_path / "run", answer_seconds=0.05)
        assert await answer(zygote, tmp_path, "--version") == "It does not answer."
        assert zygote.unfit == "It does not answer."
        await zygote.close()

    asyncio.run(scenario())

    assert list((tmp_path / "run").iterdir()) == []


def test_a_python_without_ipykernel_forks_nothing(tmp_path: Path) -> None:
    venv.create(tmp_path / "empty", symlinks=True)

    async def scenario(zygote: Zygote) -> None:
        assert "It cannot import ipykernel" in str(await answer(zygote, tmp_path, "--version"))

    play(tmp_path, scenario, python=str(tmp_path / "empty" / "bin" / "python"))


def test_what_is_installed_or_removed_meanwhile_is_noticed(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()

    async def scenario(zygote: Zygote) -> None:
        await end_of(zygote, await answer(zygote, tmp_path, "--version"))
        before = zygote.is_current()
        os.mkdir(library / "ipykernel-99.dist-info")  # noqa: PTH102 -- in memory, it blocks nobody

        assert (before, zygote.is_current()) == (True, False)

    play(tmp_path, scenario, {"PYTHONPATH": str(library)})


def test_at_rest_it_is_still_the_parent_and_nothing_else(tmp_path: Path) -> None:
    async def scenario(zygote: Zygote) -> None:
        first = await lasting(zygote, tmp_path)
        (tmp_path / "log").unlink()
        second = await lasting(zygote, tmp_path)
        before = "zmq" in mapped(zygote.process.pid)
        zygote.rest()
        os.kill(first, signal.SIGKILL)
        assert await end_of(zygote, first) == Exit(signal=9)
        os.kill(second, signal.SIGSEGV)

        assert await end_of(zygote, second) == Exit(signal=11)
        assert before
        assert "zmq" not in mapped(zygote.process.pid)
        (tmp_path / "log").unlink()
        assert await answer(zygote, tmp_path, "--version") == "It is at rest."

    play(tmp_path, scenario)


def test_when_it_is_killed_whoever_waits_is_told(tmp_path: Path) -> None:
    async def scenario(zygote: Zygote) -> None:
        pid = await lasting(zygote, tmp_path)
        os.kill(zygote.process.pid, signal.SIGKILL)
        await gone(pid)

        assert await end_of(zygote, pid) == Exit()
        (tmp_path / "log").unlink()
        assert "It has ended" in str(await answer(zygote, tmp_path, "--version"))

    play(tmp_path, scenario)


PROGRAM = """
import asyncio, os, sys
from pathlib import Path
from types import MappingProxyType
from adrastea.kernels.zygote import Zygote
async def main():
    zygote = Zygote([sys.executable], os.environ, Path(sys.argv[1]))
    print(zygote.process.pid, flush=True)
    await asyncio.get_running_loop().create_future()
asyncio.run(main())
"""


def test_it_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env={**ENVIRON, "PYTHONPATH": str(ROOT)}) as popen:
        assert popen.stdout is not None
        pid = int(popen.stdout.readline())
        popen.kill()

    asyncio.run(gone(pid))
