"""Which ways there are, and that they cost nothing before the first kernel."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from adrastea.kernels.exit import Exit
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starters import cold, warm
from adrastea.kernels.starting import NewProcess
from tests.fakes.client import LIMIT_SECONDS

ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONASYNCIODEBUG"}
PYTHON = (sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--version")
OTHER = (sys.executable, "-S", "-E", "-c", "1", "{connection_file}")


def test_without_warm_kernels_each_is_a_new_process(tmp_path: Path) -> None:
    assert isinstance(cold(tmp_path), NewProcess)


def test_nothing_is_started_and_nothing_written_before_the_first_kernel(tmp_path: Path) -> None:
    async def scenario() -> None:
        starter = warm(tmp_path / "run", ENVIRON)
        await starter.close()

    asyncio.run(scenario())

    assert not (tmp_path / "run").exists()


def way(folder: Path, argv: tuple[str, ...], environ: Mapping[str, str] = ENVIRON) -> str:
    """How a kernel comes about that ends by itself."""

    async def scenario() -> str:
        starter = warm(folder / "run", environ)
        try:
            started = starter.start(KernelSpec("fake", argv, "Fake", "python", folder), folder, environ)
            ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
            started.process.on_exit(ended.set_result)
            await asyncio.wait_for(ended, LIMIT_SECONDS)
            starter.shrink()
            started.place.clear()
            return started.process.note
        finally:
            await starter.close()

    note = asyncio.run(scenario())
    assert list((folder / "run").iterdir()) == []
    return note


@pytest.mark.slow
def test_a_kernel_of_python_is_forked(tmp_path: Path) -> None:
    assert way(tmp_path, PYTHON).startswith("forked")


@pytest.mark.slow
def test_any_other_kernel_is_a_new_process_of_which_one_may_be_kept_ready(tmp_path: Path) -> None:
    assert way(tmp_path, OTHER).startswith("a new process; not forked: its command")
