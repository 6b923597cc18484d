"""A new process for each run: its place, and that a start which fails leaves nothing."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.exit import Exit
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import NewProcess
from tests.fakes.client import LIMIT_SECONDS

TELL = "import os, sys; print(sys.argv[1], os.getcwd(), os.environ['FLAVOUR'])"


def spec(*argv: str) -> KernelSpec:
    return KernelSpec("fake", argv, "Fake", "fake", Path("/nowhere"))


def test_a_run_gets_its_connection_file_its_folder_and_its_environment(tmp_path: Path) -> None:
    async def scenario() -> tuple[Path, str, str]:
        started = NewProcess(tmp_path / "run").start(
            spec(sys.executable, "-S", "-E", "-c", TELL, "{connection_file}"), tmp_path, {"FLAVOUR": "mint"}
        )
        ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
        started.process.on_exit(ended.set_result)
        await asyncio.wait_for(ended, LIMIT_SECONDS)
        place = started.place
        key = json.loads(place.connection_file.read_text(encoding="ascii"))["key"]
        assert key == place.info.key.decode("ascii")
        printed = place.log_file.read_text(encoding="utf-8")
        place.clear()
        return place.connection_file, printed, key

    connection_file, printed, _ = asyncio.run(scenario())

    assert printed == f"{connection_file} {tmp_path} mint\n"
    assert list((tmp_path / "run").iterdir()) == []


def test_a_place_of_socket_files_is_in_the_folder_and_leaves_nothing(tmp_path: Path) -> None:
    place = NewProcess(tmp_path / "run").prepare_files(spec("kernel"))
    assert place.info.transport == "ipc"
    assert Path(str(place.info.place("shell"))).parent == tmp_path / "run"

    Path(str(place.info.place("shell"))).touch()
    place.clear()
    assert list((tmp_path / "run").iterdir()) == []


def test_where_socket_files_cannot_be_there_are_ports(tmp_path: Path) -> None:
    place = NewProcess(tmp_path / ("x" * 100)).prepare_files(spec("kernel"))

    assert place.info.transport == "tcp"
    place.clear()


def test_a_start_that_fails_leaves_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        NewProcess(tmp_path / "run").start(spec("/nowhere/kernel"), tmp_path, {})

    with pytest.raises(KernelFailed):
        asyncio.run(scenario())

    assert list((tmp_path / "run").iterdir()) == []


def test_a_run_that_nobody_wants_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    async def scenario() -> int:
        started = NewProcess(tmp_path / "run").start(
            spec(sys.executable, "-S", "-E", "-c", "import signal; signal.pause()"), tmp_path, {}
        )
        ended: asyncio.Future[Exit] = asyncio.get_running_loop().create_future()
        started.discard()
        started.process.on_exit(ended.set_result)
        await asyncio.wait_for(ended, LIMIT_SECONDS)
        return started.process.pid

    pid = asyncio.run(scenario())

    assert list((tmp_path / "run").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
