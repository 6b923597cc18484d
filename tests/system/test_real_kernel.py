"""A real ipykernel, from start to end: what a user of a notebook relies on."""

import asyncio
import os
import signal
import sys
import venv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpecs
from adrastea.kernels.lifecycle import State
from adrastea.kernels.starting import NewProcess
from adrastea.protocol import comms, messages
from adrastea.protocol.comms import CommId
from adrastea.protocol.messages import Message, MsgId
from tests.fakes import kernelspecs
from tests.fakes.client import Client, printed
from tests.fakes.processes import gone
from tests.fakes.transports import chosen
from tests.system.real_kernel import ARGV, Play, Stage

pytestmark = [pytest.mark.slow, pytest.mark.source, pytest.mark.usefixtures("each_transport")]


def content(told: list[Message], kind: str) -> Mapping[str, object]:
    """What the one message of this type says."""
    (message,) = [message for message in told if message.header.msg_type == kind]
    return message.content


def test_outputs_of_every_kind_come(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run(
            "import sys\nfrom IPython.display import HTML, display\n"
            "print('out'); print('err', file=sys.stderr); display(HTML('<b>bold</b>'))\n6 * 7"
        )

        assert (printed(told), printed(told, "stderr")) == ("out\n", "err\n")
        assert "<b>bold</b>" in str(content(told, "display_data")["data"])
        assert content(told, "execute_result")["data"] == {"text/plain": "42"}
        assert content(told, "execute_reply")["status"] == "ok"

    play(tmp_path, scenario)


def test_an_error_comes_with_its_traceback_and_the_kernel_goes_on(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("1 / 0")

        assert content(told, "error")["ename"] == "ZeroDivisionError"
        assert content(told, "execute_reply")["status"] == "error"
        assert printed(await stage.run("print('on')")) == "on\n"

    play(tmp_path, scenario)


_WORKS_UNTIL_TOLD = """
import os, time, comm
def work(message):
    print("works", flush=True)
    while not os.path.exists("enough"):
        time.sleep(0.01)
def opened(comm, message):
    comm.on_msg(work)
comm.get_comm_manager().register_target("work", opened)
"""


def test_a_comm_that_works_for_long_keeps_the_kernel_busy_while_others_ask_on_control(
    tmp_path: Path, play: Play
) -> None:
    async def scenario(stage: Stage) -> None:
        client, comm, said = stage.client, CommId("c"), MsgId("said")
        await stage.run(_WORKS_UNTIL_TOLD)
        opened = comms.comm_open(comm, "work", {}, client.origin, MsgId("opened"), datetime.now(UTC))
        stage.kernel.send(client, "shell", messages.encode(opened))
        message = comms.comm_msg(comm, {}, (), client.origin, said, datetime.now(UTC))
        stage.kernel.send(client, "shell", messages.encode(message))
        await client.until(lambda: client.text(said) == "works\n")
        states: list[State] = []
        for number in range(20):
            asked = messages.kernel_info_request(client.origin, MsgId(f"info {number}"), datetime.now(UTC))
            stage.kernel.send(client, "control", messages.encode(asked))
            await client.done(asked.header.msg_id, "kernel_info_reply")
            states.append(stage.kernel.state)
        (tmp_path / "enough").touch()
        await client.until(lambda: client.states[-1] is State.IDLE)

        assert set(states) == {State.BUSY}
        assert printed(await stage.run("print('on')")) == "on\n"

    play(tmp_path, scenario)


def test_input_asks_and_gets_its_answer(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "print('Hello', input('Name? '))")
        await stage.client.until(lambda: stage.client.kinds("stdin") == ["input_request"])
        question = next(message for channel, message in stage.client.messages if channel == "stdin")
        answer = messages.input_reply("Ada", question.header, stage.client.origin, MsgId("answer"), datetime.now(UTC))
        stage.kernel.send(stage.client, "stdin", messages.encode(answer))
        await stage.client.done(msg_id)

        assert question.content["prompt"] == "Name? "
        assert stage.client.text(msg_id) == "Hello Ada\n"

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "code",
    [
        "print('go', flush=True)\nimport time; time.sleep(600)",
        "print('go', flush=True)\nwhile True: pass",
        "print('go', flush=True)\nimport subprocess; subprocess.run(['sleep', '600'])",
        "print('go', flush=True)\ninput()",
    ],
    ids=["asleep", "busy loop", "another program", "input"],
)
def test_an_interrupt_ends_what_runs(tmp_path: Path, play: Play, code: str) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, code)
        await stage.client.until(lambda: stage.client.text(msg_id) == "go\n")
        await stage.kernel.interrupt()
        await stage.client.done(msg_id)

        assert content(stage.client.caused_by(msg_id), "error")["ename"] == "KeyboardInterrupt"
        assert printed(await stage.run("print('on')")) == "on\n"

    play(tmp_path, scenario)


def test_a_restart_gives_a_fresh_process_also_out_of_a_busy_loop(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        before = await stage.pid()
        msg_id = stage.client.run(stage.kernel, "x = 1\nprint('go', flush=True)\nwhile True: pass")
        await stage.client.until(lambda: stage.client.text(msg_id) == "go\n")
        await stage.kernel.restart()
        told = await stage.run("x")

        assert content(told, "error")["ename"] == "NameError"
        assert await stage.pid() != before

    play(tmp_path, scenario)


def test_a_death_is_noticed_with_its_cause(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        pid = await stage.pid()
        os.kill(pid, signal.SIGKILL)
        await stage.client.until(lambda: stage.client.states[-1] is State.DEAD)

        assert stage.kernel.cause == "The kernel was killed by signal 9 (SIGKILL), possibly because memory ran out."

    play(tmp_path, scenario)


def test_a_crash_in_a_compiled_library_is_called_so(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "import ctypes; ctypes.string_at(0)")
        await stage.client.until(lambda: stage.client.states[-1] is State.DEAD)

        assert "SIGSEGV" in stage.kernel.cause

    play(tmp_path, scenario)


def test_exit_ends_the_kernel_and_says_so(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "print('bye')\nexit()")
        await stage.client.until(lambda: stage.client.states[-1] is State.DEAD)

        assert stage.kernel.cause == "The kernel has ended by itself, as after exit() or quit()."
        assert stage.client.text(msg_id) == "bye\n"
        assert "execute_reply" in stage.client.kinds("shell")

    play(tmp_path, scenario)


def test_a_hundred_thousand_lines_come_in_order_and_none_is_lost(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("for number in range(100_000): print(number)")

        assert printed(told) == "".join(f"{number}\n" for number in range(100_000))

    play(tmp_path, scenario)


def test_a_burst_of_requests_is_answered_to_the_last(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        ids = [stage.client.run(stage.kernel, f"print({number})") for number in range(400)]
        for msg_id in ids:
            await stage.client.done(msg_id)

        assert [stage.client.text(msg_id) for msg_id in ids] == [f"{number}\n" for number in range(400)]

    play(tmp_path, scenario)


def test_it_works_in_the_notebooks_folder_with_the_environment_that_it_is_given(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("import os; print(os.getcwd(), os.environ['FLAVOUR'])")

        assert printed(told) == f"{tmp_path} mint\n"

    play(tmp_path, scenario, {"FLAVOUR": "mint"})


def test_it_leads_a_process_group_of_its_own(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("import os; print(os.getpgid(0) == os.getpid())")

        assert printed(told) == "True\n"

    play(tmp_path, scenario)


@pytest.mark.parametrize("end", ["shutdown", "kill"])
def test_what_a_cell_has_started_ends_with_the_kernel(tmp_path: Path, play: Play, end: str) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")
        if end == "kill":
            os.kill(await stage.pid(), signal.SIGKILL)
        else:
            await stage.kernel.shutdown()
        await gone(int(printed(told)))

    play(tmp_path, scenario)


def test_several_kernels_end_together_within_three_seconds(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        other = await stage.kernels.start("fake", tmp_path)
        await other.ready()
        stage.client.run(stage.kernel, "while True: pass")
        await stage.client.until(lambda: stage.client.states[-1] is State.BUSY)
        await asyncio.wait_for(stage.kernels.close(), 3.0)

    play(tmp_path, scenario)


def failure(folder: Path, argv: list[str]) -> KernelFailed:
    """How a kernel with this command fails to start."""
    specs = kernelspecs.install(folder, fields={"argv": argv, "language": "python"})

    async def scenario() -> None:
        kernels = Kernels(specs, NewProcess(folder / "run"), chosen())
        try:
            kernel = await kernels.start("fake", folder)
            await kernel.ready()
        finally:
            await kernels.close()

    with pytest.raises(KernelFailed) as caught:
        asyncio.run(scenario())
    assert list((folder / "run").iterdir()) == []
    return caught.value


def test_a_kernel_that_cannot_start_shows_what_it_printed(tmp_path: Path) -> None:
    failed = failure(tmp_path, [*ARGV, "--IPKernelApp.transport=pigeon"])

    assert "ended while it started (exit code 1)" in str(failed)
    assert "pigeon" in failed.log


def test_a_python_without_ipykernel_is_told_how_to_get_it(tmp_path: Path) -> None:
    venv.create(tmp_path / "empty", symlinks=True)
    python = str(tmp_path / "empty" / "bin" / "python")

    failed = failure(tmp_path, [python, *ARGV[1:]])

    assert str(failed) == f"This kernel's Python has no ipykernel. Install it there: {python} -m pip install ipykernel"
    assert "No module named ipykernel_launcher" in failed.log


def test_the_kernel_of_this_environment_is_found_and_runs(tmp_path: Path) -> None:
    async def scenario() -> str:
        kernels = Kernels(KernelSpecs(), NewProcess(tmp_path / "run"), chosen())
        try:
            client, kernel = Client(), await kernels.start(None, tmp_path)
            kernel.attach(client)
            return printed(await client.result(kernel, "import sys; print(sys.prefix)"))
        finally:
            await kernels.close()

    assert asyncio.run(scenario()) == f"{sys.prefix}\n"
