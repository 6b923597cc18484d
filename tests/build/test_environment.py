"""The virtual environment, made for real in an empty folder."""

import subprocess
from pathlib import Path

import pytest

from build import environment
from build.console import SetupFailed, answer


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with requirement files for nothing."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "none.txt").write_text("# chosen\n\n# needed by those\n")
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


@pytest.mark.slow
def test_an_environment_is_made_where_there_is_none_and_left_alone_where_it_works(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.make()
    first = capsys.readouterr().out
    environment.make()
    second = capsys.readouterr().out

    assert first.startswith("Making the virtual environment .venv here")
    assert second == ""
    assert answer([empty / ".venv" / "bin" / "python", "-c", "import sys; print(sys.prefix)"]) == str(empty / ".venv")


@pytest.mark.slow
def test_an_environment_whose_python_is_gone_is_made_again(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / ".venv" / "bin").mkdir(parents=True)
    (empty / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")

    environment.make()

    assert "again, for the one that is there does not work" in capsys.readouterr().out
    assert answer([empty / ".venv" / "bin" / "python", "-c", "print(1)"]) == "1"


@pytest.mark.slow
def test_the_environment_does_not_see_the_systems_packages_except_gi(empty: Path) -> None:
    environment.make()
    environment.borrow_gi()

    assert environment.shows_windows()
    assert len(list((empty / ".venv").glob("lib/*/site-packages/gi"))) == 1
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run([environment.PYTHON, "-c", "import numpy"], check=True, capture_output=True)


def test_requirements_are_installed_once_and_again_when_they_change(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pip = empty / ".venv" / "bin" / "python"
    pip.parent.mkdir(parents=True)
    pip.write_text('#!/bin/sh\necho "$@" >> "$(dirname "$0")/calls"\n')
    pip.chmod(0o755)

    environment.install(["none"])
    environment.install(["none"])
    once = (pip.parent / "calls").read_text().count("\n")
    (empty / "requirements" / "none.txt").write_text(
        "# chosen\nsix==1.0\n\n# needed by those\nseven==2.0\neight==3.0\n"
    )
    environment.install(["none"])

    assert once == 1
    assert (pip.parent / "calls").read_text().count("\n") == 2
    assert "Installing Python packages into .venv with pip: six, and 2 more that they need." in capsys.readouterr().out


def test_requirements_that_could_not_be_installed_are_tried_again(empty: Path) -> None:
    pip = empty / ".venv" / "bin" / "python"
    pip.parent.mkdir(parents=True)
    pip.write_text("#!/bin/sh\nexit 1\n")
    pip.chmod(0o755)

    with pytest.raises(SetupFailed, match="pip config list"):
        environment.install(["none"])
    pip.write_text("#!/bin/sh\nexit 0\n")
    environment.install(["none"])

    assert (empty / ".venv" / ".installed" / "none").exists()
