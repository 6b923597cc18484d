"""A process with a group of its own: what it gets, what it is told, and how its end is noticed."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.exit import Exit
from adrastea.kernels.process import Group, KernelProcess, start
from tests.fakes.processes import gone

LIMIT_SECONDS = 30.0
ROOT = Path(__file__).resolve().parents[2]
PYTHON = (sys.executable, "-S", "-E", "-c")
PAUSE = "import signal; signal.pause()"


async def end_of(running: KernelProcess) -> Exit:
    ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
    running.on_exit(ended.set_result)
    async with asyncio.timeout(LIMIT_SECONDS):
        return await ended


def run(code: str, folder: Path, argv: Sequence[str] = PYTHON, **env: str) -> tuple[Exit, str]:
    """Run a program to its end."""

    async def scenario() -> Exit:
        return await end_of(start([*argv, code], env, folder, folder / "log"))

    return asyncio.run(scenario()), (folder / "log").read_text(encoding="utf-8")


TELL = """
def tell(text):
    with open("told", "w") as told:
        told.write(text)
"""


async def word_of(told: int) -> str:
    """What the program says by `tell`; waits for it."""
    loop, word = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(told, word.set)
    async with asyncio.timeout(LIMIT_SECONDS):
        await word.wait()
    loop.remove_reader(told)
    return os.read(told, 100).decode("ascii")


def with_process(code: str, folder: Path, use: Callable[[KernelProcess, str], None]) -> Exit:
    """Run a program until it calls `tell`, do something with it and the word then; how it has ended."""
    os.mkfifo(folder / "told")
    told = os.open(folder / "told", os.O_RDONLY | os.O_NONBLOCK)

    async def scenario() -> Exit:
        running = start([*PYTHON, TELL + code], {}, folder, folder / "log")
        try:
            use(running, await word_of(told))
        except BaseException:
            running.kill()
            await end_of(running)
            raise
        return await end_of(running)

    try:
        return asyncio.run(scenario())
    finally:
        os.close(told)


def test_it_runs_in_the_folder_with_the_environment_that_it_is_given(tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), os.environ['FLAVOUR'], os.environ.get('HOME'))"

    end, log = run(code, tmp_path, FLAVOUR="mint")

    assert (end, log) == (Exit(0), f"{tmp_path.resolve()} mint None\n")


def test_it_knows_its_parent_so_that_it_can_end_when_that_does(tmp_path: Path) -> None:
    _, log = run("import os; print(os.environ['JPY_PARENT_PID'])", tmp_path)

    assert log == f"{os.getpid()}\n"


def test_it_leads_a_session_and_a_group_of_its_own(tmp_path: Path) -> None:
    _, log = run("import os; print(os.getpid() == os.getsid(0) == os.getpgid(0))", tmp_path)

    assert log == "True\n"


def test_its_stdin_is_empty(tmp_path: Path) -> None:
    _, log = run("import sys; print(repr(sys.stdin.read()))", tmp_path)

    assert log == "''\n"


def test_what_it_prints_goes_to_a_log_that_only_this_user_can_read(tmp_path: Path) -> None:
    _, log = run("import os; os.write(1, b'out '); os.write(2, b'err')", tmp_path)

    assert log == "out err"
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o600


def test_it_inherits_no_open_file(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)  # noqa: FBT003 -- takes it by position only
        code = f"import os\ntry: os.fstat({secret.fileno()})\nexcept OSError: print('closed')"

        _, log = run(code, tmp_path)

    assert log == "closed\n"


def test_its_exit_code_is_told(tmp_path: Path) -> None:
    end, _ = run("raise SystemExit(7)", tmp_path)

    assert end == Exit(7)


def test_the_end_is_told_to_those_who_ask_later(tmp_path: Path) -> None:
    async def scenario() -> Exit:
        running = start([*PYTHON, "pass"], {}, tmp_path, tmp_path / "log")
        await end_of(running)
        return await end_of(running)

    assert asyncio.run(scenario()) == Exit(0)


def test_a_death_is_told_with_its_signal(tmp_path: Path) -> None:
    def use(running: KernelProcess, word: str) -> None:
        os.kill(running.pid, signal.SIGKILL)

    assert with_process(f"tell('ready'); {PAUSE}", tmp_path, use) == Exit(signal=9)


def test_the_end_is_noticed_where_the_system_cannot_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pid: int) -> int:
        raise OSError(pid)

    monkeypatch.setattr(os, "pidfd_open", refuse)

    end, _ = run("raise SystemExit(7)", tmp_path)

    assert end == Exit(7)


@pytest.mark.parametrize("ours", [signal.SIG_DFL, signal.SIG_IGN], ids=["in the foreground", "in the background"])
def test_an_interrupt_is_what_ctrl_c_would_be(tmp_path: Path, ours: signal.Handlers) -> None:
    code = f"import signal\ntry:\n tell('ready'); {PAUSE}\nexcept KeyboardInterrupt: raise SystemExit(5)"

    def use(running: KernelProcess, word: str) -> None:
        running.interrupt()

    before = signal.signal(signal.SIGINT, ours)
    try:
        assert with_process(code, tmp_path, use) == Exit(5)
    finally:
        signal.signal(signal.SIGINT, before)


def test_terminate_asks(tmp_path: Path) -> None:
    code = f"import signal, sys\nsignal.signal(15, lambda *_: sys.exit(6)); tell('ready'); {PAUSE}"

    def use(running: KernelProcess, word: str) -> None:
        running.terminate()

    assert with_process(code, tmp_path, use) == Exit(6)


def test_kill_does_not_ask(tmp_path: Path) -> None:
    code = f"import signal\nsignal.signal(15, signal.SIG_IGN); tell('ready'); {PAUSE}"

    def use(running: KernelProcess, word: str) -> None:
        running.terminate()
        running.kill()

    assert with_process(code, tmp_path, use) == Exit(signal=9)


CHILD = f"""
import os, signal
child = os.fork()
if child:
    tell(str(child))
{PAUSE}
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_it_has_started_goes_with_it_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    children: list[int] = []

    def use(running: KernelProcess, word: str) -> None:
        children.append(int(word))
        os.kill(running.pid, number)

    with_process(CHILD, tmp_path, use)

    asyncio.run(gone(children[0]))


def test_signals_after_the_end_reach_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(group: int, number: int) -> None:
        pytest.fail(f"signal {number} was sent to {group}")

    async def scenario() -> None:
        running = start([*PYTHON, "pass"], {}, tmp_path, tmp_path / "log")
        await end_of(running)
        monkeypatch.setattr(os, "killpg", refuse)
        running.interrupt()
        running.terminate()
        running.kill()

    asyncio.run(scenario())


class Elsewhere:
    """A `Parent` that is another process."""

    def has_ended(self) -> bool:
        return False

    def wait(self, told: Callable[[Exit], None]) -> None:
        asyncio.get_running_loop().call_soon(told, Exit(7))


def test_nobody_waits_for_a_process_on_its_way_that_is_not_wanted_and_it_is_killed_when_it_comes(
    tmp_path: Path,
) -> None:
    async def scenario(pid: int) -> Exit:
        running = KernelProcess()
        running.kill()
        end = await end_of(running)
        running.runs(pid, Group(pid), Elsewhere())
        return end

    with subprocess.Popen([*PYTHON, PAUSE], start_new_session=True) as popen:
        assert asyncio.run(scenario(popen.pid)) == Exit()

    assert popen.returncode == -signal.SIGKILL


def test_it_says_how_it_came_about(tmp_path: Path) -> None:
    async def scenario() -> tuple[str, int]:
        running = start([*PYTHON, "pass"], {}, tmp_path, tmp_path / "log")
        await end_of(running)
        return str(running), running.pid

    said, pid = asyncio.run(scenario())

    assert said == f"a new process, {pid}"


def test_a_process_that_never_comes_has_ended(tmp_path: Path) -> None:
    async def scenario() -> Exit:
        running = KernelProcess()
        running.interrupt()
        running.never_ran()
        return await end_of(running)

    assert asyncio.run(scenario()) == Exit()


def failure(argv: list[str], cwd: Path, log: Path, **env: str) -> str:
    async def scenario() -> None:
        start(argv, env, cwd, log)

    with pytest.raises(KernelFailed) as caught:
        asyncio.run(scenario())
    return str(caught.value)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    sentence = failure(["/nowhere/julia"], tmp_path, tmp_path / "log")

    assert sentence == "The kernel's program '/nowhere/julia' was not found. Install it, or mend its kernelspec."


def test_a_program_that_cannot_be_executed_is_named_with_the_reason(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("no program", encoding="ascii")

    sentence = failure([str(program)], tmp_path, tmp_path / "log")

    reason = "Permission denied. Mend its kernelspec."
    assert sentence == f"The kernel's program {str(program)!r} cannot be executed: {reason}"


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    sentence = failure([*PYTHON, "pass"], tmp_path / "gone", tmp_path / "log")

    assert sentence == "The kernel's folder 'gone' does not exist any more, or is no folder."


def test_an_impossible_argument_is_refused(tmp_path: Path) -> None:
    assert "cannot be executed" in failure([*PYTHON, "a\0b"], tmp_path, tmp_path / "log")


def test_a_log_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    assert "log file cannot be written" in failure([*PYTHON, "pass"], tmp_path, tmp_path / "gone" / "log")


def test_a_start_that_fails_leaves_no_log(tmp_path: Path) -> None:
    failure(["/nowhere/julia"], tmp_path, tmp_path / "log")

    assert not (tmp_path / "log").exists()


def test_a_log_is_never_written_into_a_file_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to(tmp_path / "precious")

    failure([*PYTHON, "print('overwritten')"], tmp_path, tmp_path / "log")

    assert not (tmp_path / "precious").exists()


@pytest.mark.parametrize(("before", "after"), [(200, 4096), (5000, 5000)])
def test_many_files_may_be_open(tmp_path: Path, before: int, after: int) -> None:
    code = (
        "import resource; from adrastea.kernels.process import allow_many_files;"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({before}, 10_000)); allow_many_files();"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    )

    _, log = run(code, tmp_path, PYTHONPATH=str(ROOT), argv=(sys.executable, "-c"))

    assert log == f"({after}, 10000)\n"
