"""A server in a process of its own, with folders of its own; when it is over, nothing that it has started is left.

Kernels are installed for it: the null kernel, and `python3`, which is ipykernel in Adrastea's environment for all
servers alike. Its output goes to a log that is shown when it does not answer. It has a process group of its own, so
that Ctrl-C reaches the benchmark first.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bench import null_kernel
from bench.comparison import accounting, rest, servers

TOKEN = "bench"  # noqa: S105 -- of servers on loopback that live for a minute
_START_SECONDS = 60.0
_END_SECONDS = 10.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    pid: int
    where: rest.Address
    started_seconds: float
    """From its start to its first answer."""


class Silent(Exception):
    """The server has ended, or does not answer. `str(error)` has the last lines of what it said."""


@asynccontextmanager
async def running(server: servers.Server, folder: Path, program: Path) -> AsyncGenerator[Running]:
    """The server, serving `folder`, with `program` as null kernel.

    Raises:
        Silent: it does not answer.
    """
    for name in ("root", "run", "data"):
        (folder / name).mkdir(mode=0o700)
    install_kernels(folder / "data", program)
    where = rest.Address(free_port(), TOKEN)
    command = servers.filled(server.command, port=where.port, token=TOKEN, root=folder / "root")
    log = folder / "log"
    begun = time.monotonic()
    process = _started(command, folder, log)
    try:
        while not await _answers(where):
            if process.poll() is not None or time.monotonic() - begun > _START_SECONDS:
                raise Silent(f"{server.name} does not answer: {last_line(log)}")
            await asyncio.sleep(_POLL_SECONDS)
        yield Running(process.pid, where, time.monotonic() - begun)
    finally:
        end(process)


def environment(folder: Path) -> dict[str, str]:
    """Variables that keep every server to this folder, and every library to one thread."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    jupyter = {
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")} | home | jupyter


def install_kernels(data: Path, program: Path) -> None:
    """The kernelspecs `null` and `python3`."""
    null_kernel.install(program, data)
    folder = data / "kernels" / "python3"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python", "metadata": {"debugger": True}}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def last_line(log: Path) -> str:
    """The newest line with something in it."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it has said nothing"


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it has started, each by its id."""
    started = [handle for pid in accounting.descendants(process.pid) if (handle := _handle(pid)) is not None]
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for handle in started:
        with suppress(ProcessLookupError):  # it has ended with the server, as it should
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], _END_SECONDS)  # readable when it has ended
        os.close(handle)


def end_as_by_ctrl_c(number: signal.Signals) -> None:
    """From now on this signal does what SIGINT does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGINT)

    signal.signal(number, interrupt)


def _started(command: Sequence[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            command, cwd=folder / "root", env=environment(folder), stdout=out, stderr=out, start_new_session=True
        )


async def _answers(where: rest.Address) -> bool:
    try:
        await rest.ask(where, "GET", "api/kernelspecs")
    except (OSError, rest.Refused, ValueError):
        return False
    return True


def _handle(pid: int) -> int | None:
    """A descriptor that stands for the process and for no other that may get its id."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
