"""A real ipykernel on a stage, come about in each of the ways that there are.

`KERNEL_PYTHON` names another Python whose ipykernel is wanted.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import pytest

from adrastea.kernels.kernel import Kernel
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import NewProcess, Started, Starter
from adrastea.kernels.zygotes import Zygotes
from adrastea.protocol.messages import Message
from tests.fakes import kernelspecs
from tests.fakes.client import Client, printed
from tests.fakes.transports import chosen

ARGV = [os.environ.get("KERNEL_PYTHON", sys.executable), "-m", "ipykernel_launcher", "-f", "{connection_file}"]

WAYS: Mapping[str, Callable[[Path, Mapping[str, str]], Starter]] = {
    "a new process": lambda folder, _: NewProcess(folder),
    "forked": lambda folder, environ: Zygotes(NewProcess(folder), Nothing(), environ),
}

_OF_THE_TESTS = ("PYTHONASYNCIODEBUG", "PYTEST_CURRENT_TEST")  # ipykernel catches less when it sees the second


class Nothing:
    """A `Starter` of last resort, for tests in which none is needed."""

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        pytest.fail(f"{spec.argv} was to be started in another way")

    def shrink(self) -> None:
        pass

    async def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Stage:
    """A kernel that answers, and somebody who uses it."""

    kernels: Kernels
    kernel: Kernel
    client: Client

    async def run(self, code: str) -> list[Message]:
        return await self.client.result(self.kernel, code)

    async def pid(self) -> int:
        return int(printed(await self.run("import os; print(os.getpid())")))


Scenario: TypeAlias = Callable[[Stage], Coroutine[None, None, None]]


class Play(Protocol):
    """Runs a scenario in a folder; at the end neither a process nor a file is left."""

    def __call__(self, folder: Path, scenario: Scenario, env: Mapping[str, str] | None = None) -> None: ...


def play(way: str, folder: Path, scenario: Scenario, env: Mapping[str, str] | None = None) -> None:
    """`Play`, with a kernel that has come about in this way."""
    specs = kernelspecs.install(folder, fields={"argv": ARGV, "language": "python"})
    environ = {name: value for name, value in os.environ.items() if name not in _OF_THE_TESTS}

    async def whole() -> None:
        kernels = Kernels(specs, WAYS[way](folder / "run", environ), chosen(), environ)
        pid = 0
        try:
            stage = Stage(kernels, await kernels.start("fake", folder, env), Client())
            stage.kernel.attach(stage.client)
            await stage.kernel.ready()
            assert stage.kernel.note.startswith(way)
            pid = await stage.pid()
            await scenario(stage)
        finally:
            await kernels.close()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    asyncio.run(whole())
    assert list((folder / "run").iterdir()) == []
