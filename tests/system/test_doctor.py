"""`adrastea doctor` as a user runs it: with everything, with nothing, beside a running instance."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.system.display import screen
from tests.system.program import LIMIT_SECONDS, program

pytestmark = pytest.mark.slow

NOTHING: Mapping[str, None] = dict.fromkeys(os.environ)
ALWAYS = {"version", "python", "system", "kernels", "display", "state-folder", "settings-file", "instance", "git"}


def report(home: Path, environ: Mapping[str, str | None]) -> tuple[int, dict[str, dict[str, object]], str]:
    """The exit code, the checks by name, and what stood on stderr."""
    with program(home, "doctor", "--json", environ=environ) as running:
        printed, _ = running.popen.communicate(timeout=LIMIT_SECONDS)
        answer = json.loads(printed)
        assert answer["format"] == 1
        assert answer["complete"] == (running.popen.returncode == 0)
        return running.popen.returncode, {check["name"]: check for check in answer["checks"]}, running.errors()


def with_kernel(folder: Path) -> dict[str, str]:
    """An environment in which one kernel is found that can start."""
    spec = folder / "kernels" / "plain"
    spec.mkdir(parents=True)
    text = json.dumps({"argv": ["/bin/sh"], "display_name": "Plain", "language": "sh"})
    (spec / "kernel.json").write_text(text, encoding="utf-8")
    return {"JUPYTER_PATH": str(folder)}


def test_with_a_kernel_all_is_there_and_the_exit_code_says_so(tmp_path: Path) -> None:
    code, checks, errors = report(tmp_path / "home", with_kernel(tmp_path / "jupyter"))

    assert (code, errors) == (0, "")
    assert checks.keys() >= ALWAYS
    assert checks["kernels"]["state"] == "ok"


def test_it_works_in_an_empty_environment(tmp_path: Path) -> None:
    environ = {**NOTHING, "PATH": "/nowhere", "XDG_RUNTIME_DIR": None, "XDG_STATE_HOME": None, "HOME": None}

    _, checks, errors = report(tmp_path, environ)

    assert errors == ""
    assert checks.keys() >= ALWAYS
    assert not [name for name in checks if name.endswith("-check")]
    assert checks["git"]["state"] == "warning"


def test_without_folders_for_anything_it_names_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    _, checks, _ = report(
        tmp_path, {"HOME": str(tmp_path / "file"), "XDG_STATE_HOME": str(tmp_path / "file" / "state")}
    )

    assert checks["state-folder"]["state"] == "warning"
    assert "XDG_STATE_HOME" in str(checks["state-folder"]["mend"])


def test_people_get_aligned_text_without_colours_outside_a_terminal(tmp_path: Path) -> None:
    with program(tmp_path, "doctor", environ=with_kernel(tmp_path / "jupyter")) as running:
        printed, _ = running.popen.communicate(timeout=LIMIT_SECONDS)

    lines = printed.decode().splitlines()
    assert lines[0].startswith("Adrastea 0.")
    assert [line for line in lines if line.startswith("  ok       Kernels ")]
    assert "\033" not in printed.decode()


def test_on_a_screen_the_display_answers(tmp_path: Path) -> None:
    with screen() as shown:
        _, checks, _ = report(tmp_path, {"DISPLAY": shown.name})

    assert (checks["display"]["state"], checks["display"]["found"]) == ("ok", f"X11 {shown.name}")


def test_a_running_instance_answers_and_is_not_disturbed(tmp_path: Path) -> None:
    with program(tmp_path) as running:
        running.url()

        _, checks, _ = report(tmp_path, {})
        assert checks["instance"]["found"] == "one runs and answers"
        running.end()
    _, checks, _ = report(tmp_path, {})
    assert checks["instance"]["found"] == "none"
