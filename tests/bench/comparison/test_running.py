"""A server in a process of its own: what it is told, and that nothing of it is left."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.comparison import accounting
from bench.comparison.running import Silent, end, end_as_by_ctrl_c, environment, install_kernels, last_line, running
from bench.comparison.servers import Server

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)
print(child.pid, flush=True)
child.wait()
"""


async def opened(server: Server, folder: Path) -> None:
    async with running(server, folder, folder / "null_kernel"):
        pass


def test_a_server_is_kept_to_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PATH", "/somewhere/else")

    told = environment(tmp_path)

    assert "JUPYTER_PATH" not in told
    assert told["JUPYTER_DATA_DIR"] == str(tmp_path / "data")
    assert told["HOME"] == str(tmp_path)


def test_all_servers_have_the_same_two_kernels(tmp_path: Path) -> None:
    install_kernels(tmp_path, tmp_path / "null_kernel")

    argv = {path.parent.name: json.loads(path.read_text())["argv"] for path in tmp_path.rglob("kernel.json")}

    assert argv["null"][0] == str(tmp_path / "null_kernel")
    assert argv["python3"][:3] == [sys.executable, "-m", "ipykernel_launcher"]


def test_the_last_line_is_the_last_that_says_something(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("starting\nno such option: --port\n\n")

    assert last_line(log) == "no such option: --port"


def test_what_a_server_has_started_ends_with_it() -> None:
    process = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    handle = os.pidfd_open(child)
    assert child in accounting.descendants(process.pid)

    end(process)
    process.stdout.close()

    assert process.returncode is not None
    assert select.select([handle], [], [], 0)[0] == [handle]  # it has ended
    os.close(handle)


def test_a_server_that_ends_says_why_it_cannot_be_measured(tmp_path: Path) -> None:
    server = Server("other", [sys.executable, "-c", "raise SystemExit('no such option')"])

    with pytest.raises(Silent, match="other does not answer: no such option"):
        asyncio.run(opened(server, tmp_path))


def test_sigterm_cancels_what_runs_as_ctrl_c_does() -> None:
    ended: list[str] = []

    async def told() -> None:
        try:
            signal.raise_signal(signal.SIGUSR1)
            await asyncio.Event().wait()
        finally:
            ended.append("put away")

    before = signal.getsignal(signal.SIGUSR1)
    end_as_by_ctrl_c(signal.SIGUSR1)
    try:
        with pytest.raises(KeyboardInterrupt):
            asyncio.run(told())
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert ended == ["put away"]
