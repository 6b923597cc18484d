"""Kernels and whether they can start."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from adrastea.doctor.finding import Finding
from adrastea.doctor.kernels import examine, import_command


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for kernelspecs that stands before all others."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    folder = tmp_path / "jupyter" / "kernels"
    folder.mkdir(parents=True)
    return folder


def install(specs: Path, name: str, argv: list[str], **more: object) -> None:
    (specs / name).mkdir()
    spec = {"argv": argv, "display_name": name.upper(), "language": "x", **more}
    (specs / name / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def look(tmp_path: Path) -> dict[str, Finding]:
    """Findings by title."""
    return {finding.title: finding for finding in examine(os.environ, tmp_path, tmp_path)}


def test_a_command_that_does_not_exist_is_named(specs: Path, tmp_path: Path) -> None:
    install(specs, "ir", ["/nowhere/R", "{connection_file}"])

    found = look(tmp_path)["ir"]

    assert (found.state, found.found) == ("warning", "IR, x: /nowhere/R does not exist")
    assert str(specs / "ir") in found.mend
    assert found.details["command"] == ("/nowhere/R", "connection-file")


def test_a_python_that_cannot_import_ipykernel_says_why(specs: Path, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "ipykernel.py").write_text("raise ImportError('no libzmq')", encoding="utf-8")
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    install(specs, "py", argv, language="python", env={"PYTHONPATH": str(tmp_path / "broken")})

    found = look(tmp_path)["py"]

    assert found.state == "warning"
    assert "cannot import ipykernel (ImportError: no libzmq)" in found.found
    assert found.mend == f"{sys.executable} -m pip install ipykernel"


def test_the_kernelspec_s_environment_decides_where_its_command_is(specs: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "octave").touch(0o700)
    install(specs, "octave", ["octave"], env={"PATH": f"{tmp_path}/bin:${{PATH}}"})

    assert look(tmp_path)["octave"].found == f"OCTAVE, x: {tmp_path}/bin/octave"


def test_a_broken_kernelspec_is_named_and_hides_no_other(specs: Path, tmp_path: Path) -> None:
    (specs / "bad").mkdir()
    (specs / "bad" / "kernel.json").write_text("{", encoding="utf-8")
    install(specs, "good", ["sh"])

    found = look(tmp_path)

    assert "bad/kernel.json" in found["Kernelspec"].found
    assert found["good"].state == "ok"
    assert "can start" in found["Kernels"].found


def test_without_a_kernel_that_can_start_something_is_missing(
    specs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_there(*_: object) -> tuple[Path, ...]:
        return (specs,)

    monkeypatch.setattr("adrastea.kernels.kernelspec.kernel_folders", only_there)

    none = look(tmp_path)["Kernels"]
    install(specs, "ir", ["/nowhere/R"])
    dead = look(tmp_path)["Kernels"]

    assert (none.state, none.found) == ("missing", "none found")
    assert (dead.state, dead.found) == ("missing", "none of those found can start")
    assert "pip install ipykernel" in none.mend


def test_the_folders_that_were_looked_in_are_listed(specs: Path, tmp_path: Path) -> None:
    found = look(tmp_path)["Jupyter's folders"]

    assert str(specs) in found.details["there"]
    assert set(found.details["there"]) <= set(found.details["searched"])


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (["python", "-m", "ipykernel_launcher", "-f", "x"], ("python", "-c")),
        (["python", "-Xfrozen_modules=off", "-m", "ipykernel"], ("python", "-Xfrozen_modules=off", "-c")),
        (["conda", "run", "python", "-m", "ipykernel_launcher"], ("conda", "run", "python", "-c")),
        (["python", "-m", "bash_kernel"], None),
        (["R", "-e", "IRkernel::main()"], None),
    ],
)
def test_only_the_interpreter_of_ipykernel_is_asked_for_it(argv: list[str], asked: tuple[str, ...] | None) -> None:
    command = import_command(argv)

    assert (None if command is None else command[:-1]) == asked
