"""The log of the real program: two at once, a crash, a disk that refuses."""

from __future__ import annotations

import asyncio
import signal
import stat
from pathlib import Path

import pytest

from tests.system.document import Cell, running_cell, write
from tests.system.program import ask, program

pytestmark = pytest.mark.slow


def log_of(home: Path) -> Path:
    return home / "state" / "adrastea" / "logs" / "adrastea.log"


def crashed(url: str) -> object:
    """What the page is told about an earlier crash."""
    token = {"Authorization": f"token {url.rpartition('=')[2]}"}
    return ask(url, "/api/adrastea/crash", "POST", headers=token).json()


def test_a_run_is_noted_from_its_beginning_to_its_end_without_its_token(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        assert ask(url, "/api/status").status == 200
        served.end()

        text = log_of(tmp_path).read_text(encoding="utf-8")
        assert f"process {served.popen.pid}: serve" in text
        assert f"Process {served.popen.pid} ends" in text
        assert url.rpartition("=")[2] not in text
        assert stat.S_IMODE(log_of(tmp_path).stat().st_mode) == 0o600
        assert served.errors() == ""


def test_two_at_once_share_one_log(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path)) as one, program(tmp_path, "serve", str(tmp_path)) as two:
        for served in (one, two):
            served.url()
        for served in (one, two):
            served.end()

        text = log_of(tmp_path).read_text(encoding="utf-8")
        for served in (one, two):
            assert f"process {served.popen.pid}: serve" in text
            assert f"Process {served.popen.pid} ends" in text


def test_a_hard_crash_is_told_once_by_the_next_start(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        assert crashed(url) == {"crashed": False}
        served.popen.send_signal(signal.SIGSEGV)
        assert served.wait() == -signal.SIGSEGV
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()

        assert crashed(url) == {"crashed": True}
        assert crashed(url) == {"crashed": False}
        assert "Fatal Python error: Segmentation fault" in log_of(tmp_path).read_text(encoding="utf-8")


def test_what_was_killed_is_no_crash(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path)) as served:
        served.url()
        served.end(signal.SIGKILL)
    with program(tmp_path, "serve", str(tmp_path)) as served:
        assert crashed(served.url()) == {"crashed": False}
        assert len(list(log_of(tmp_path).parent.glob("crash-*"))) == 1


def test_without_a_place_for_the_log_it_serves_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with program(tmp_path, "serve", str(tmp_path), environ={"XDG_STATE_HOME": str(tmp_path / "file")}) as served:
        url = served.url()

        assert "A temporary folder is used" in served.errors()
        report = ask(url, "/api/adrastea/report").json()
        assert isinstance(report, dict)
        assert "A temporary folder is used" in report["log"]


def test_no_code_and_no_output_gets_into_the_log(tmp_path: Path) -> None:
    """Neither from a kernel that runs and fails, nor from requests that make no sense."""
    code = "print('SECRET' 'CODE')\nraise ValueError('SECRET' 'CODE')"
    write(tmp_path, "n.ipynb", Cell("a", code))
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        asyncio.run(running_cell(url, "n.ipynb", "a", "SECRETCODE\nValueError"))
        for body in ({"type": "notebook", "content": {"cells": "SECRETCODE"}}, ["SECRETCODE"]):
            ask(url, "/api/contents/SECRETCODE.ipynb", "PUT", body)
        ask(url, "/api/kernels", "POST", {"name": "SECRETCODE"})
        served.end()

    text = log_of(tmp_path).read_text(encoding="utf-8")
    assert "(python3) has been started" in text
    assert "CODE" not in text
