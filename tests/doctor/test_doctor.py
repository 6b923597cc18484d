"""The whole report, and its exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adrastea.doctor import doctor

ROOT = Path(__file__).parents[2]


def test_a_check_that_fails_becomes_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(environ: object) -> None:
        raise ValueError("unexpected")

    monkeypatch.setattr("adrastea.doctor.window.examine", broken)

    found = {finding.name: finding for finding in doctor.examine(os.environ)}

    assert found["window-check"].found == "could not be examined: ValueError: unexpected"
    assert {"version", "kernels", "state-folder", "git"} <= found.keys()


def test_json_and_exit_code_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> tuple[Path, ...]:
        return ()

    monkeypatch.setattr("adrastea.kernels.kernelspec.kernel_folders", nowhere)
    printed = io.StringIO()

    code = doctor.run(printed, as_json=True)

    assert (code, json.loads(printed.getvalue())["complete"]) == (1, False)


def test_what_is_not_a_terminal_gets_no_colours() -> None:
    printed = io.StringIO()

    doctor.run(printed, as_json=False)

    assert "\033" not in printed.getvalue()
    assert printed.getvalue().startswith("Adrastea ")


def test_who_reads_no_further_gets_no_traceback() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as printed:
        assert doctor.run(printed, as_json=True) in {0, 1}


def test_a_user_without_a_home_is_told_to_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", nobody)
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    found = {finding.name: finding for finding in doctor.examine(os.environ)}

    assert (found["state-folder"].state, found["state-folder"].found) == ("missing", "not known")
    assert "Set HOME" in found["state-folder"].mend
    assert "kernels-check" in found


@pytest.mark.slow
def test_it_imports_nothing_heavy() -> None:
    code = "import sys, app\napp.main(['doctor', '--json'])\n"
    code += "sys.exit(len({'tornado', 'zmq', 'webview', 'asyncio'} & sys.modules.keys()))"

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=60)

    assert ran.returncode == 0, ran.stderr
