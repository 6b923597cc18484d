"""A Python that the user names becomes a kernel: what it says of itself, its name, its kernelspec."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.errors import BadRequest, KernelFailed, NotFound, StorageFailed
from adrastea.kernels.kernelspec import KernelSpecs
from adrastea.kernels.python_kernel import (
    PythonFound,
    ask,
    executable_of,
    install,
    install_command,
    whole_path,
)
from adrastea.kernels.pythons import pythons

FOUND = PythonFound(Path("/srv/study/.venv/bin/python"), "3.12", Path("/srv/study/.venv"), True, True)  # noqa: FBT003


def program(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "python3"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_python_says_what_it_is() -> None:
    found = ask(Path(sys.executable), os.environ)

    assert found.version == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert (found.prefix, found.has_kernel) == (Path(sys.prefix), True)


def test_what_does_not_run_or_answers_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KernelFailed, match="does not answer as a Python does"):
        ask(program(tmp_path, "echo hello"), os.environ)
    with pytest.raises(KernelFailed, match="cannot be executed"):
        ask(tmp_path, os.environ)


def test_an_environment_is_named_by_its_folder_and_one_in_a_project_by_the_project() -> None:
    assert FOUND.display_name == "Python 3.12 (study)"
    assert FOUND.spec_name == "python3.12-study"
    assert replace(FOUND, prefix=Path("/envs/Été 1")).spec_name == "python3.12-t-1"
    assert replace(FOUND, prefix=Path("/usr"), is_environment=False).display_name == "Python 3.12 (/usr)"


def test_a_folder_stands_for_the_python_in_it_by_the_name_that_is_listed(tmp_path: Path) -> None:
    (tmp_path / "env" / "bin").mkdir(parents=True)
    (tmp_path / "env" / "bin" / "python").touch()
    (tmp_path / "env" / "bin" / "python3").touch()
    (listed,) = pythons({"VIRTUAL_ENV": str(tmp_path / "env"), "PATH": ""}, tmp_path / "home", tmp_path / "here")

    assert executable_of(str(tmp_path / "env"), tmp_path) == listed.executable
    assert executable_of("~/env/bin/python", tmp_path) == tmp_path / "env" / "bin" / "python"


def test_a_path_without_a_python_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no Python in"):
        executable_of(str(tmp_path), tmp_path)
    with pytest.raises(NotFound, match="no file"):
        executable_of(str(tmp_path / "gone"), tmp_path)
    with pytest.raises(BadRequest, match="whole path"):
        whole_path("bin/python", tmp_path)


def test_it_gets_a_kernelspec_that_starts_it(tmp_path: Path) -> None:
    spec = install(FOUND, KernelSpecs([tmp_path]))

    assert (spec.name, spec.display_name, spec.language) == ("python3.12-study", "Python 3.12 (study)", "python")
    written = json.loads((tmp_path / spec.name / "kernel.json").read_text())
    assert written["argv"] == [str(FOUND.executable), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert [path.name for path in (tmp_path / spec.name).iterdir()] == ["kernel.json"]


def test_the_same_python_is_one_kernel_and_another_of_its_name_a_second(tmp_path: Path) -> None:
    specs = KernelSpecs([tmp_path])
    first = install(FOUND, specs)

    assert install(FOUND, specs).name == first.name
    assert install(replace(FOUND, executable=Path("/other/study/.venv/bin/python")), specs).name == "python3.12-study-2"


def test_without_ipykernel_there_is_no_kernel(tmp_path: Path) -> None:
    with pytest.raises(KernelFailed, match="no ipykernel"):
        install(replace(FOUND, has_kernel=False), KernelSpecs([tmp_path]))


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed, match="could not be written"):
        install(FOUND, KernelSpecs([tmp_path / "file"]))


def test_the_command_can_be_pasted() -> None:
    assert install_command(Path("/a/python3.12")) == "/a/python3.12 -m pip install ipykernel"
    assert install_command(Path("/a b's/python")) == """'/a b'"'"'s/python' -m pip install ipykernel"""
