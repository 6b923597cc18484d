"""A kernel through its life, with a process that speaks the protocol and does what the code says."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adrastea.errors import Conflict, KernelFailed, NotFound, ProtocolError, Unavailable
from adrastea.kernels import process_identity
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.lifecycle import State
from adrastea.kernels.starting import NewProcess
from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId
from adrastea.protocol.wire import Frames
from tests.fakes import kernelspecs
from tests.fakes.client import Client, printed
from tests.fakes.processes import gone
from tests.fakes.transports import chosen

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_transport")]


@dataclass(frozen=True, slots=True)
class Stage:
    """A running kernel and somebody who uses it."""

    kernels: Kernels
    kernel: Kernel
    client: Client


Scenario = Callable[[Stage], Coroutine[None, None, None]]


def play(
    folder: Path,
    scenario: Scenario,
    *options: str,
    env: Mapping[str, str] | None = None,
    interrupt_mode: str = "signal",
) -> Stage:
    """Run the scenario; at the end nothing is left of the kernels that it used."""

    async def whole() -> Stage:
        kernels = Kernels(
            kernelspecs.install(folder, *options, fields={"interrupt_mode": interrupt_mode}),
            NewProcess(folder / "run"),
            chosen(),
        )
        try:
            stage = Stage(kernels, await kernels.start("fake", folder, env), Client())
            stage.kernel.attach(stage.client)
            await scenario(stage)
        finally:
            await kernels.close()
        return stage

    stage = asyncio.run(whole())
    assert not (folder / "run").exists() or list((folder / "run").iterdir()) == []
    return stage


# Running


def test_code_runs_and_its_outputs_and_its_reply_come(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.client.result(stage.kernel, "print hello\nerr oh\nresult 4")

        assert (printed(told), printed(told, "stderr")) == ("hello\n", "oh\n")
        assert {"execute_result", "execute_reply"} <= {message.header.msg_type for message in told}

    play(tmp_path, scenario)


def test_requests_that_come_too_early_are_held_and_sent_in_order(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert stage.kernel.state is State.STARTING
        ids = [stage.client.run(stage.kernel, f"print {number}") for number in range(20)]
        await stage.client.done(ids[-1])
        streams = [message for _, message in stage.client.messages if message.header.msg_type == "stream"]

        assert printed(streams) == "".join(f"{number}\n" for number in range(20))

    play(tmp_path, scenario)


def test_its_state_is_told(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.client.result(stage.kernel, "print hello")
        await stage.client.until(lambda: stage.client.states == [State.IDLE, State.BUSY, State.IDLE])

    play(tmp_path, scenario)


def test_no_client_sees_what_we_ask_ourselves(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.client.result(stage.kernel, "print hello")
        await stage.kernel.interrupt()
        await stage.kernel.shutdown()

        assert stage.client.kinds("shell") == ["execute_reply"]
        assert stage.client.kinds("control") == []
        assert stage.client.kinds("iopub") == ["busy", "execute_input", "stream", "idle"]

    play(tmp_path, scenario, interrupt_mode="message")


def test_outputs_are_for_everybody_and_replies_for_the_one_who_asked(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        other = Client()
        stage.kernel.attach(other)
        msg_id = stage.client.run(stage.kernel, "print hello")
        await stage.client.done(msg_id)
        await other.until(lambda: "idle" in other.kinds("iopub"))

        assert other.text(msg_id) == "hello\n"
        assert other.kinds("shell") == []
        assert stage.kernel.connections == 2

    play(tmp_path, scenario)


def test_who_leaves_gets_no_reply_and_the_code_runs_all_the_same(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        gone = Client()
        stage.kernel.attach(gone)
        msg_id = gone.run(stage.kernel, "print hello")
        stage.kernel.detach(gone)
        await stage.client.until(lambda: stage.client.text(msg_id) == "hello\n")
        await stage.client.result(stage.kernel, "print next")

        assert gone.messages == []

    play(tmp_path, scenario)


def test_a_question_goes_to_the_one_whose_code_asks(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        other = Client()
        stage.kernel.attach(other)
        msg_id = stage.client.run(stage.kernel, "input name?")
        await stage.client.until(lambda: stage.client.kinds("stdin") == ["input_request"])
        question = next(message for channel, message in stage.client.messages if channel == "stdin")
        answer = messages.input_reply("Ada", question.header, stage.client.origin, MsgId("answer"), datetime.now(UTC))
        stage.kernel.send(stage.client, "stdin", messages.encode(answer))
        await stage.client.done(msg_id)

        assert question.content["prompt"] == "name?"
        assert stage.client.text(msg_id) == "Ada"
        assert other.kinds("stdin") == []

    play(tmp_path, scenario)


def test_a_flood_of_outputs_loses_none(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.client.result(stage.kernel, "flood 10000")

        assert printed(told) == "".join(f"{number}\n" for number in range(10_000))

    play(tmp_path, scenario)


def test_forged_messages_reach_nobody(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.client.result(stage.kernel, "forge\ngarbage\nprint true")

        assert printed(told) == "true\n"
        assert stage.kernel.rejected == 2

    play(tmp_path, scenario)


def test_an_idle_that_got_lost_does_not_keep_the_kernel_busy_for_ever(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "lost")
        await stage.client.until(lambda: stage.client.kinds("shell") == ["execute_reply"])
        await stage.client.result(stage.kernel, "print next")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.IDLE])

    play(tmp_path, scenario)


def test_it_works_in_its_folder_with_its_environment(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.client.result(stage.kernel, "cwd\nenv FLAVOUR\nenv SHAPE")

        assert printed(told) == f"{tmp_path}\nmint\nround\n"

    play(tmp_path, scenario, env={"FLAVOUR": "mint", "SHAPE": "round"})


def test_what_it_says_about_itself_when_it_opens_is_kept(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert stage.kernel.language_info is None
        await stage.kernel.ready()

        assert stage.kernel.language_info == {"name": "fake", "file_extension": ".fake"}

    play(tmp_path, scenario)


def test_what_happens_counts_as_activity(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        before = stage.kernel.last_activity
        await stage.client.result(stage.kernel, "print hello")

        assert before < stage.kernel.last_activity <= datetime.now(UTC)

    play(tmp_path, scenario)


def test_looking_at_a_kernel_is_no_activity(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.client.result(stage.kernel, "print hello")
        before = stage.kernel.last_activity
        request = messages.kernel_info_request(stage.client.origin, MsgId("look"), datetime.now(UTC))
        stage.kernel.send(stage.client, "shell", messages.encode(request))
        await stage.client.done(MsgId("look"), "kernel_info_reply")

        assert stage.kernel.last_activity == before

    play(tmp_path, scenario)


def test_what_cannot_be_sent_is_refused(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        request = messages.kernel_info_request(stage.client.origin, MsgId("m"), datetime.now(UTC))
        with pytest.raises(ProtocolError, match="iopub"):
            stage.kernel.send(stage.client, "iopub", messages.encode(request))
        with pytest.raises(ProtocolError, match="header"):
            stage.kernel.send(stage.client, "shell", Frames(b"{}", b"{}", b"{}", b"{}"))

    play(tmp_path, scenario)


def test_more_than_may_wait_is_refused_while_it_starts(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        for _ in range(31):
            stage.client.run(stage.kernel, "x" * (1 << 20))
        with pytest.raises(Unavailable, match="still starting"):
            stage.client.run(stage.kernel, "x" * (1 << 20))

    play(tmp_path, scenario, "--deaf")


# Interrupting


@pytest.mark.parametrize("mode", ["signal", "message"])
def test_an_interrupt_ends_the_code_and_not_the_kernel(tmp_path: Path, mode: str) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "wait")
        await stage.client.busy(msg_id)
        await stage.kernel.interrupt()
        await stage.client.done(msg_id)
        error = next(told for told in stage.client.caused_by(msg_id) if told.header.msg_type == "error")

        assert error.content["ename"] == "KeyboardInterrupt"
        assert printed(await stage.client.result(stage.kernel, "print next")) == "next\n"

    play(tmp_path, scenario, interrupt_mode=mode)


def test_a_kernel_that_is_starting_is_not_killed_by_an_interrupt(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(Unavailable, match="nothing to interrupt"):
            await stage.kernel.interrupt()
        await stage.kernel.ready()

    play(tmp_path, scenario)


def test_whoever_waits_for_an_interrupt_goes_on_when_the_kernel_dies(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "pid\nwait")
        await stage.client.busy(msg_id)
        pid = int(printed(await told_so_far(stage, msg_id)))
        os.kill(pid, signal.SIGSTOP)
        waiting = asyncio.get_running_loop().create_task(stage.kernel.interrupt())
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        await asyncio.wait_for(waiting, 4.0)  # less than an interrupt waits for its reply

    async def told_so_far(stage: Stage, msg_id: MsgId) -> list[Message]:
        await stage.client.until(lambda: stage.client.text(msg_id) != "")
        return stage.client.caused_by(msg_id)

    play(tmp_path, scenario, interrupt_mode="message")


# Dying


def test_the_memory_of_a_kernel_is_that_of_its_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        living = stage.kernel.resident_bytes()
        stage.client.run(stage.kernel, "kill 9")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])

        assert stage.kernel.resident_bytes() == 0
        assert living > 0 or not process_identity.CAN_TELL

    play(tmp_path, scenario)


def test_a_kernel_that_is_killed_is_dead_with_its_cause(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "kill 9")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])

        assert stage.kernel.state is State.DEAD
        assert stage.kernel.cause == "The kernel was killed by signal 9 (SIGKILL), possibly because memory ran out."

    play(tmp_path, scenario)


def test_a_kernel_that_dies_while_busy_is_not_restarted(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "exit 3")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])

        assert stage.client.states == [State.IDLE, State.BUSY, State.DEAD]
        assert stage.kernels.all() == (stage.kernel,)

    play(tmp_path, scenario)


def test_what_it_printed_last_comes_before_its_death(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "print last words\nexit 0")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])

        assert stage.client.text(msg_id) == "last words\n"

    play(tmp_path, scenario)


def test_nothing_is_sent_to_a_dead_kernel(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "exit 3")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])
        with pytest.raises(Unavailable, match=r"^The kernel is dead: .* exit code 3\. Restart it, then try again\.$"):
            stage.client.run(stage.kernel, "print late")
        with pytest.raises(Unavailable):
            await stage.kernel.interrupt()

    play(tmp_path, scenario)


def test_what_it_has_started_dies_with_it(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        child = int(printed(await stage.client.result(stage.kernel, "child")))
        os.kill(child, 0)  # it is there
        stage.client.run(stage.kernel, "kill 9")
        await gone(child)

    play(tmp_path, scenario)


def test_a_kernel_that_cannot_start_says_why(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(KernelFailed) as caught:
            await stage.kernel.ready()

        assert str(caught.value) == "The kernel ended while it started (exit code 3): no licence."
        assert caught.value.log == "looking for the licence\nno licence"
        assert (stage.kernel.state, stage.kernel.cause) == (State.DEAD, str(caught.value))
        assert stage.kernel.log_tail() == caught.value.log

    play(tmp_path, scenario, "--say", "looking for the licence\\nno licence", "--exit", "3")


def test_a_kernel_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(KernelFailed, match=r"did not answer within 0\.01 seconds"):
            await stage.kernel.ready(timeout_seconds=0.01)

    play(tmp_path, scenario, "--deaf")


def test_a_port_that_was_taken_is_tried_once_more_and_what_is_held_is_kept(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        assert printed(await stage.client.result(stage.kernel, "print hello")) == "hello\n"
        assert stage.client.states[0] is State.IDLE

    once = ("--once", str(tmp_path / "once"))
    play(tmp_path, scenario, "--say", "ZMQError: Address already in use", "--exit", "1", *once)


def test_a_port_that_is_taken_again_and_again_is_reported(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(KernelFailed, match="network port"):
            await stage.kernel.ready()

    play(tmp_path, scenario, "--say", "ZMQError: Address already in use", "--exit", "1")


# Restarting


def test_a_restart_keeps_the_id_and_the_clients_and_gives_a_new_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        first = await stage.client.result(stage.kernel, "result 1")
        stage.client.states.clear()
        await stage.kernel.restart()
        second = await stage.client.result(stage.kernel, "result 1")

        assert [count(first), count(second)] == [1, 1]
        assert stage.client.states[:3] == [State.RESTARTING, State.STARTING, State.IDLE]
        assert stage.kernels.get(stage.kernel.id) is stage.kernel

    def count(told: list[Message]) -> object:
        return next(message.content["execution_count"] for message in told if "execution_count" in message.content)

    play(tmp_path, scenario)


def test_what_was_asked_before_a_restart_never_reaches_the_next_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        waiting = stage.client.run(stage.kernel, "wait")
        await stage.client.busy(waiting)
        queued = stage.client.run(stage.kernel, "print old")
        await stage.kernel.restart()
        await stage.client.result(stage.kernel, "print new")

        assert stage.client.caused_by(queued) == []

    play(tmp_path, scenario)


def test_what_was_held_before_a_restart_never_reaches_the_next_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        held = stage.client.run(stage.kernel, "print old")
        await stage.kernel.restart()
        await stage.client.result(stage.kernel, "print new")

        assert stage.client.caused_by(held) == []

    play(tmp_path, scenario)


def test_what_is_asked_during_a_restart_is_for_the_next_process(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.client.result(stage.kernel, "print first")
        restart = asyncio.get_running_loop().create_task(stage.kernel.restart())
        await stage.client.until(lambda: stage.client.states[-1:] == [State.RESTARTING])
        assert printed(await stage.client.result(stage.kernel, "print second")) == "second\n"
        await restart

    play(tmp_path, scenario)


def test_a_dead_kernel_can_be_restarted(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "kill 9")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])
        stage.client.states.clear()
        await stage.kernel.restart()

        assert printed(await stage.client.result(stage.kernel, "print again")) == "again\n"
        assert (stage.kernel.cause, stage.client.states[:3]) == ("", [State.RESTARTING, State.STARTING, State.IDLE])

    play(tmp_path, scenario)


def test_two_who_want_a_restart_get_one(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        await asyncio.gather(stage.kernel.restart(), stage.kernel.restart())
        await stage.kernel.ready()

        assert stage.client.states.count(State.RESTARTING) == 1

    play(tmp_path, scenario)


def test_a_restart_that_cannot_start_a_process_leaves_a_dead_kernel(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        kernel = await stage.kernels.start("fake", folder)
        await kernel.ready()
        folder.rmdir()
        with pytest.raises(KernelFailed, match="folder 'folder' does not exist any more"):
            await kernel.restart()

        assert (kernel.state, "folder" in kernel.cause) == (State.DEAD, True)

    play(tmp_path, scenario)


def test_whoever_gives_up_waiting_for_a_restart_does_not_stop_it(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        restart = asyncio.get_running_loop().create_task(stage.kernel.restart())
        await stage.client.until(lambda: stage.client.states[-1:] == [State.RESTARTING])
        restart.cancel()
        await stage.client.until(lambda: stage.client.states[-1:] == [State.IDLE])

    play(tmp_path, scenario)


# Ending


def test_a_kernel_that_was_shut_down_is_gone(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        await stage.kernels.shutdown(stage.kernel.id)

        assert (stage.kernel.state, stage.kernel.cause) == (State.DEAD, "It was shut down.")
        assert stage.kernels.all() == ()
        with pytest.raises(NotFound, match="no kernel"):
            stage.kernels.get(stage.kernel.id)

    play(tmp_path, scenario)


def test_a_kernel_that_is_being_shut_down_takes_nothing_any_more(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        shutdown = asyncio.get_running_loop().create_task(stage.kernel.shutdown())
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="being shut down"):
            stage.client.run(stage.kernel, "print late")
        with pytest.raises(Unavailable, match="being shut down"):
            await stage.kernel.restart()
        await shutdown

    play(tmp_path, scenario)


def test_a_shutdown_during_a_restart_wins(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernel.ready()
        restart = asyncio.get_running_loop().create_task(stage.kernel.restart())
        await stage.client.until(lambda: stage.client.states[-1:] == [State.RESTARTING])
        await stage.kernel.shutdown()
        with pytest.raises(Unavailable):
            await restart

        assert stage.kernel.state is State.DEAD

    play(tmp_path, scenario)


def test_a_dead_kernel_can_be_shut_down(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, "kill 9")
        await stage.client.until(lambda: stage.client.states[-1:] == [State.DEAD])
        await stage.kernels.shutdown(stage.kernel.id)

        assert stage.kernels.all() == ()

    play(tmp_path, scenario)


def test_what_a_kernel_says_while_it_is_shut_down_is_still_told(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        msg_id = stage.client.run(stage.kernel, "wait")
        await stage.client.busy(msg_id)
        await stage.kernel.interrupt()
        await stage.kernel.shutdown()

        assert "error" in stage.client.kinds("iopub")

    play(tmp_path, scenario)


def test_all_kernels_end_at_the_same_time(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        others = [await stage.kernels.start("fake", tmp_path) for _ in range(3)]
        await asyncio.gather(*(kernel.ready() for kernel in others))
        await asyncio.wait_for(stage.kernels.close(), 3.0)

        assert {kernel.state for kernel in (stage.kernel, *others)} == {State.DEAD}

    play(tmp_path, scenario, "--stubborn")


def test_nothing_is_started_after_the_end(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.kernels.close()
        with pytest.raises(Unavailable, match="ending"):
            await stage.kernels.start("fake", tmp_path)

    play(tmp_path, scenario)


# Starting


def test_a_kernel_gets_the_id_that_it_is_given(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        kernel = await stage.kernels.start(None, tmp_path, kernel_id=KernelId("mine"))

        assert stage.kernels.get(KernelId("mine")) is kernel
        assert kernel.spec.name == "fake"
        with pytest.raises(Conflict):
            await stage.kernels.start(None, tmp_path, kernel_id=KernelId("mine"))

    play(tmp_path, scenario)


def test_an_unknown_kernel_is_not_found(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(NotFound, match="fake"):
            await stage.kernels.start("julia", tmp_path)

    play(tmp_path, scenario)


def test_a_program_that_cannot_be_executed_is_reported_at_once(tmp_path: Path) -> None:
    async def scenario(stage: Stage) -> None:
        (tmp_path / "kernels" / "fake" / "kernel.json").write_text('{"argv": ["/nowhere/R"]}', encoding="ascii")
        with pytest.raises(KernelFailed, match="'/nowhere/R' was not found"):
            await stage.kernels.start("fake", tmp_path)

        assert stage.kernels.all() == (stage.kernel,)

    play(tmp_path, scenario)
