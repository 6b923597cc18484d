"""The steps of setting up, as the Makefile calls them, on a machine that allows nothing."""

import os
from pathlib import Path

import pytest

from build import environment, setup_machine

PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) echo True ;;
  *--version*) ;;
  *) echo "no network"; exit 1 ;;
esac
"""


@pytest.fixture
def poor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Debian without WebKitGTK, a user who may not install, an environment in which pip finds no network."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {
        "dpkg-query": "#!/bin/sh\n",
        "apt-get": "#!/bin/sh\nexit 100\n",
        "sudo": "#!/bin/sh\nexit 1\n",
        "python": PYTHON,
    }.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", programs / "python")
    return tmp_path


@pytest.mark.usefixtures("poor")
def test_without_a_window_the_browser_serves_and_setting_up_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup_machine.main(["window"]) == 0

    said = capsys.readouterr().out
    assert "type: sudo apt-get install libwebkit2gtk-4.1-0" in said
    assert "The browser will serve instead of a window." in said


@pytest.mark.usefixtures("poor")
def test_without_what_the_tests_need_setting_up_fails_and_says_what_to_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert setup_machine.main(["tests"]) == 1
    assert "This user may not install packages; type: sudo apt-get install" in capsys.readouterr().out


@pytest.mark.usefixtures("poor")
def test_where_kernels_of_the_distribution_may_not_be_installed_setting_up_says_what_to_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert setup_machine.main(["kernels"]) == 1
    assert "type: sudo apt-get install gcc libc6-dev octave r-cran-irkernel" in capsys.readouterr().out


@pytest.mark.usefixtures("poor")
def test_a_step_that_fails_ends_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup_machine.main(["app", "window"]) == 1

    said = capsys.readouterr().out
    assert "pip failed (exit code 1" in said
    assert "The browser will serve" not in said


@pytest.mark.parametrize("names", [[], ["kitchen"], ["app", "kitchen"]])
def test_a_step_that_does_not_exist_is_refused_before_anything_is_done(
    names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup_machine.main(names) == 2
    assert capsys.readouterr().out.startswith("usage:")
