"""A process that nobody is the parent of: its end is noticed, and no other gets what was meant for it (Linux)."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from adrastea.kernels import orphan, process_identity
from adrastea.kernels.exit import Exit
from adrastea.kernels.orphan import Orphaned
from tests.fakes.client import LIMIT_SECONDS

SLEEP = [sys.executable, "-S", "-E", "-c", "import signal; signal.pause()"]


async def end_of(pid: int, begun: str, number: int) -> Exit:
    adopted, ended = orphan.adopt(pid, begun), asyncio.get_running_loop().create_future()
    adopted.on_exit(ended.set_result)
    if number:
        os.kill(pid, number)
    else:
        adopted.kill()
    async with asyncio.timeout(LIMIT_SECONDS):
        end: Exit = await ended
    return end


@pytest.mark.parametrize("number", [signal.SIGKILL, 0])
def test_its_end_is_noticed_but_not_how_it_was(number: int) -> None:
    with subprocess.Popen(SLEEP, start_new_session=True) as popen:
        end = asyncio.run(end_of(popen.pid, process_identity.begun(popen.pid), number))

        assert end == Exit()
        assert "not known" in end.cause()


def test_its_end_is_noticed_where_the_system_cannot_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pid: int) -> int:
        raise OSError(pid)

    monkeypatch.setattr(os, "pidfd_open", refuse)
    with subprocess.Popen(SLEEP, start_new_session=True) as popen:
        assert not Orphaned(popen.pid, process_identity.begun(popen.pid)).has_ended()

        assert asyncio.run(end_of(popen.pid, process_identity.begun(popen.pid), signal.SIGKILL)) == Exit()


def test_another_process_that_got_its_number_gets_no_signal(tmp_path: Path) -> None:
    async def scenario(pid: int) -> None:
        adopted = orphan.adopt(pid, "1")
        adopted.interrupt()
        adopted.terminate()
        adopted.kill()

    with subprocess.Popen(SLEEP, start_new_session=True, cwd=tmp_path) as popen:
        asyncio.run(scenario(popen.pid))
        assert process_identity.begun(popen.pid) != ""
        popen.kill()
