"""One run of a kernel: what it needs while it runs, and that nothing is left of it."""

import asyncio
import contextlib
import json
import logging
import os
import stat
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed, Unavailable
from adrastea.kernels.exit import Exit
from adrastea.kernels.instance import Instance, Launcher
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import NewProcess
from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from tests.fakes import kernelspecs
from tests.fakes.client import LIMIT_SECONDS
from tests.fakes.transports import chosen

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_transport")]

ORIGIN = Origin(SessionId("test"), "tester")


def execute(code: str) -> Frames:
    return messages.encode(messages.execute_request(code, ORIGIN, MsgId(code), datetime.now(UTC)))


def shutdown() -> Frames:
    return messages.encode(messages.shutdown_request(ORIGIN, MsgId("bye"), datetime.now(UTC), restart=False))


class Listener:
    """An `Owner`."""

    def __init__(self) -> None:
        self.messages: list[tuple[Channel, Message]] = []
        self.exit: Exit | None = None
        self._told = asyncio.Event()

    def on_frames(self, channel: Channel, frames: Frames) -> None:
        self.messages.append((channel, messages.decode(frames)))
        self._told.set()

    def on_end(self, end: Exit) -> None:
        self.exit = end
        self._told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()

    def has(self, kind: str) -> bool:
        return any(message.header.msg_type == kind for _, message in self.messages)


Scenario = Callable[[Instance, Listener], Coroutine[None, None, None]]


def play(folder: Path, scenario: Scenario, *options: str, env: Mapping[str, str] | None = None) -> Listener:
    """Run the scenario with a fake kernel; at the end nothing of it is left."""

    async def whole() -> Listener:
        transport, listener = chosen(), Listener()
        spec = kernelspecs.install(folder, *options, fields={"env": env or {}}).get("fake")
        instance = started(Launcher(NewProcess(folder / "run"), transport, os.environ), spec, folder, listener)
        try:
            await scenario(instance, listener)
        finally:
            await instance.end(None)
            await transport.close()
        return listener

    listener = asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []
    return listener


def started(launcher: Launcher, spec: KernelSpec, folder: Path, listener: Listener) -> Instance:
    return Instance(launcher.transport, launcher.start(spec, folder, {}), listener)


async def opened(instance: Instance, listener: Listener) -> None:
    """Ask again and again, as whoever subscribes does not know when the subscription is there."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while not any(channel == "iopub" for channel, _ in listener.messages):
            instance.send(
                "control", messages.encode(messages.kernel_info_request(ORIGIN, MsgId("?"), datetime.now(UTC)))
            )
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(listener.until(lambda: listener.has("status")), 0.1)


def test_the_connection_file_is_for_this_user_only(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        files = list((tmp_path / "run").iterdir())

        assert sorted(file.suffix for file in files) == [".json", ".log"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700

    play(tmp_path, scenario)


def test_messages_go_both_ways(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        instance.send("shell", execute("print hello"))
        await listener.until(lambda: listener.has("execute_reply") and listener.has("stream"))

    play(tmp_path, scenario)


def test_a_forged_message_is_dropped_and_counted_and_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        instance.send("shell", execute("forge\nforge\ngarbage\nresult end"))
        await listener.until(lambda: listener.has("execute_result"))
        counted.append(instance.rejected)

    counted: list[int] = []
    with caplog.at_level(logging.WARNING):
        listener = play(tmp_path, scenario)

    assert counted == [3]
    assert not listener.has("stream")
    assert [record.name for record in caplog.records].count("adrastea.kernels.instance") == 1


def test_a_kernel_that_is_asked_ends_by_itself(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        await instance.end(shutdown())

    assert play(tmp_path, scenario).exit == Exit(0)


def test_a_kernel_that_cannot_be_asked_yet_is_terminated(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await instance.end(None)

    assert play(tmp_path, scenario, "--deaf").exit == Exit(signal=15)


def test_a_kernel_that_will_not_end_is_killed(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        await instance.end(shutdown())

    assert play(tmp_path, scenario, "--stubborn").exit == Exit(signal=9)


def test_two_who_want_the_end_get_it(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        await asyncio.gather(instance.end(shutdown()), instance.end(shutdown()))

    assert play(tmp_path, scenario).exit == Exit(0)


def test_what_it_said_last_is_told_before_its_end(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        instance.send("shell", execute("flood 2000\nexit 3"))
        await listener.until(lambda: listener.exit is not None)

    listener = play(tmp_path, scenario)
    numbers = [message.content["text"] for _, message in listener.messages if message.header.msg_type == "stream"]

    assert numbers == [f"{number}\n" for number in range(2000)]
    assert listener.exit == Exit(3)


def test_nothing_is_sent_after_the_end(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await listener.until(lambda: listener.exit is not None)
        with pytest.raises(Unavailable):
            instance.send("shell", execute("print late"))

    play(tmp_path, scenario, "--exit", "1")


def test_what_it_printed_outlives_it(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await listener.until(lambda: listener.exit is not None)
        tails.append(instance.log_tail())

    tails: list[str] = []
    play(tmp_path, scenario, "--say", "no licence", "--exit", "1")

    assert tails == ["no licence"]


@pytest.mark.parametrize(
    ("said", "tail"),
    [
        ("\n".join(str(number) for number in range(100)), "\n".join(str(number) for number in range(80, 100))),
        ("x" * 20_000 + "\nlast", "last"),
        ("a\n[IPKernelApp] WARNING | Kernel is running over TCP without encryption. All\nb", "a\nb"),
    ],
    ids=["20 lines", "8 KB", "without noise"],
)
def test_only_the_tail_of_the_log_is_kept(tmp_path: Path, said: str, tail: str) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await listener.until(lambda: listener.exit is not None)
        tails.append(instance.log_tail())

    tails: list[str] = []
    play(tmp_path, scenario, "--say", said.replace("\n", "\\n"), "--exit", "1")

    assert tails == [tail]


def test_an_endless_line_in_the_log_is_cut(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await listener.until(lambda: listener.exit is not None)
        tails.append(instance.log_tail())

    tails: list[str] = []
    play(tmp_path, scenario, "--say", "x" * 50_000, "--exit", "1")

    assert 8000 < len(tails[0]) <= 8192


def test_the_kernelspec_says_what_is_in_its_environment(tmp_path: Path) -> None:
    async def scenario(instance: Instance, listener: Listener) -> None:
        await opened(instance, listener)
        instance.send("shell", execute("env FLAVOUR\nenv PATH"))
        await listener.until(lambda: listener.has("execute_reply") and len(printed(listener)) == 2)

    def printed(listener: Listener) -> list[object]:
        return [message.content["text"] for _, message in listener.messages if message.header.msg_type == "stream"]

    listener = play(tmp_path, scenario, env={"FLAVOUR": "mint"})

    assert printed(listener) == ["mint\n", os.environ["PATH"] + "\n"]


def test_a_launch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        transport = chosen()
        spec = kernelspecs.install(tmp_path, fields={"argv": ["/nowhere/kernel"]}).get("fake")
        try:
            with pytest.raises(KernelFailed):
                started(Launcher(NewProcess(tmp_path / "run"), transport, os.environ), spec, tmp_path, Listener())
        finally:
            await transport.close()

    asyncio.run(scenario())

    assert list((tmp_path / "run").iterdir()) == []


def test_two_runs_have_neither_ports_nor_key_in_common(tmp_path: Path) -> None:
    async def scenario() -> list[set[object]]:
        transport = chosen()
        launcher = Launcher(NewProcess(tmp_path / "run"), transport, os.environ)
        spec = kernelspecs.install(tmp_path, "--deaf").get("fake")
        infos: list[set[object]] = []
        for _ in range(2):
            instance = started(launcher, spec, tmp_path, Listener())
            info = json.loads(next((tmp_path / "run").glob("*.json")).read_text(encoding="ascii"))
            infos.append({value for name, value in info.items() if name == "key" or name.endswith("_port")})
            await instance.end(None)
        await transport.close()
        return infos

    first, second = asyncio.run(scenario())

    assert len(first) == len(second) == 6
    assert not first & second
