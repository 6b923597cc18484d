"""Kernels of other languages, real ones: a shell, a JavaScript whose ZeroMQ is not libzmq, a Python on C++ (xeus)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adrastea.kernels.kernel import Kernel
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.starting import NewProcess
from adrastea.protocol import messages
from adrastea.protocol.messages import MsgId
from build import other_kernels
from tests.fakes import kernelspecs
from tests.fakes.client import Client, printed
from tests.fakes.transports import chosen

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_transport")]

PYTHON = str(other_kernels.PYTHON)


@dataclass(frozen=True, slots=True)
class Language:
    """A kernel and what it is asked to do."""

    name: str
    argv: tuple[str, ...]
    says: str
    """Code that prints `hello`."""
    fails: str
    counts: str
    """Code that prints the numbers from 0 to 499, a line each."""
    interrupt_mode: str = "signal"


LANGUAGES = (
    Language(
        "bash",
        (PYTHON, "-m", "bash_kernel", "-f", "{connection_file}"),
        "echo hello",
        "false",
        "for i in $(seq 0 499); do echo $i; done",
    ),
    Language(
        "deno",
        (str(other_kernels.PYTHON.parent / "deno"), "jupyter", "--kernel", "--conn", "{connection_file}"),
        "console.log('hello')",
        "throw new Error('no')",
        "for (let i = 0; i < 500; i++) console.log(i)",
        "message",
    ),
    Language(
        "xpython",
        (PYTHON, "-m", "xpython_launcher", "-f", "{connection_file}"),
        "print('hello')",
        "1 / 0",
        "for i in range(500): print(i)",
    ),
)

Scenario = Callable[[Kernel, Client, Language], Coroutine[None, None, None]]


@pytest.fixture(params=LANGUAGES, ids=lambda language: language.name)
def language(request: pytest.FixtureRequest) -> Language:
    assert other_kernels.PYTHON.exists(), "the kernels are not installed: make test does that"
    found: Language = request.param
    return found


def play(folder: Path, language: Language, scenario: Scenario) -> None:
    """Run the scenario; at the end neither a process nor a file of ours is left."""
    fields = {"argv": language.argv, "language": language.name, "interrupt_mode": language.interrupt_mode}
    specs = kernelspecs.install(folder, name=language.name, fields=fields)
    environ = {**os.environ, "PYTHONASYNCIODEBUG": "", "DENO_DIR": str(folder / "deno"), "PS1": "$"}

    async def whole() -> None:
        kernels = Kernels(specs, NewProcess(folder / "run"), chosen(), environ)
        try:
            kernel, client = await kernels.start(language.name, folder), Client()
            kernel.attach(client)
            await kernel.ready()
            await scenario(kernel, client, language)
        finally:
            await kernels.close()

    asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []


async def prints(kernel: Kernel, client: Client, code: str, expected: str) -> None:
    """Run code that prints this. Deno's output comes some time after its idle."""
    msg_id = client.run(kernel, code)
    await client.done(msg_id)
    await client.until(lambda: client.text(msg_id).split() == expected.split())


def test_code_runs_and_what_it_prints_comes(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        await prints(kernel, client, language.says, "hello")

        assert kernel.language_info is not None

    play(tmp_path, language, scenario)


def test_a_failure_is_told_and_the_kernel_goes_on(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        failed = await client.result(kernel, language.fails)
        reply = next(message for message in failed if message.header.msg_type == "execute_reply")

        assert reply.content["status"] == "error"
        await prints(kernel, client, language.says, "hello")

    play(tmp_path, language, scenario)


def test_many_outputs_come_to_the_last_in_order(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        await prints(kernel, client, language.counts, " ".join(map(str, range(500))))

    play(tmp_path, language, scenario)


def test_many_requests_at_once_are_all_answered(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        ids = [client.run(kernel, language.says) for _ in range(20)]
        for msg_id in ids:
            await client.done(msg_id)
        told = client.messages  # Deno may take the output of one request for that of the next
        await client.until(lambda: printed([message for _, message in told]).split() == ["hello"] * 20)

    play(tmp_path, language, scenario)


def test_a_question_on_another_channel_is_answered_there(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        request = messages.kernel_info_request(client.origin, MsgId("info"), datetime.now(UTC))
        kernel.send(client, "control", messages.encode(request))
        await client.until(lambda: "kernel_info_reply" in client.kinds("control"))

    play(tmp_path, language, scenario)


def test_a_restart_gives_a_kernel_that_runs_code(tmp_path: Path, language: Language) -> None:
    async def scenario(kernel: Kernel, client: Client, language: Language) -> None:
        await client.result(kernel, language.says)
        await kernel.restart()
        await kernel.ready()

        await prints(kernel, client, language.says, "hello")

    play(tmp_path, language, scenario)
