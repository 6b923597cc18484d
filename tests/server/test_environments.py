"""`/api/adrastea/pythons` and `/api/adrastea/environments`: from no kernel to one, over HTTP."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Json, Running, running

ENVIRONMENT = f"""#!{sys.executable}
import os, sys
if sys.argv[1:3] == ["-m", "venv"]:
    os.makedirs(sys.argv[3] + "/bin")
    os.symlink(__file__, sys.argv[3] + "/bin/python")
    print("made")
elif sys.argv[1:3] == ["-m", "pip"]:
    sys.exit(os.environ.get("PIP_SAYS"))
else:
    os.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])
"""


@pytest.fixture(name="server")
def server_with_a_folder_for_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))  # neither uv nor any other Python
    (tmp_path / "kernels").mkdir()
    (tmp_path / "server").mkdir()
    with running(tmp_path / "server", kernels=tmp_path / "kernels") as server:
        yield server


@pytest.fixture(name="python")
def python_that_makes_environments(tmp_path: Path) -> Path:
    path = tmp_path / "bin" / "python3"
    path.parent.mkdir()
    path.write_text(ENVIRONMENT)
    path.chmod(0o755)
    return path


def names(server: Running) -> list[str]:
    specs = server.api("GET", "api/kernelspecs").object()["kernelspecs"]
    assert isinstance(specs, dict)
    return sorted(specs)


def test_the_pythons_are_listed_with_the_place_of_a_new_environment(server: Running, python: Path) -> None:
    told = server.api("GET", "api/adrastea/pythons?folder=").object()

    assert {"executable": str(python)} in told["pythons"]  # type: ignore[operator]
    assert told["environment"] == str(server.root / ".venv")


def test_a_python_with_ipykernel_becomes_a_kernel(server: Running) -> None:
    reply = server.api("POST", "api/adrastea/pythons", {"python": sys.executable})

    assert reply.status == 200
    assert names(server) == [reply.object()["name"]]


def test_one_without_is_told_how_to_have_it(server: Running, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    told = {"version": "3.9", "prefix": "/x", "is_environment": True, "has_kernel": False}
    bare.write_text(f"#!/bin/sh\necho '{json.dumps(told)}'\n")
    bare.chmod(0o755)

    reply = server.api("POST", "api/adrastea/pythons", {"python": str(bare)}).object()

    assert (reply["name"], reply["command"]) == ("", f"{bare} -m pip install ipykernel")
    assert names(server) == []


def test_what_is_no_python_is_refused(server: Running) -> None:
    assert server.api("POST", "api/adrastea/pythons", {"python": "/gone/python"}).status == 404
    assert server.api("POST", "api/adrastea/pythons", {"python": "python"}).status == 400


def test_an_environment_is_made_line_by_line_and_is_a_kernel_then(server: Running, python: Path) -> None:
    folder = server.root / ".venv"
    reply = server.api("POST", "api/adrastea/environments", {"folder": str(folder), "python": str(python)})

    *lines, last = [json.loads(line) for line in reply.body.splitlines()]
    assert [line["line"] for line in lines] == [
        f"Creating {folder}",
        "made",
        f"Installing ipykernel into {folder / 'bin' / 'python'}",
    ]
    assert names(server) == [last["name"]]


def test_without_a_network_it_says_what_is_missing(
    server: Running, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_SAYS", "ERROR: No matching distribution found for ipykernel")
    folder = server.root / ".venv"
    reply = server.api("POST", "api/adrastea/environments", {"folder": str(folder), "python": str(python)})

    assert "package index was not reached" in json.loads(reply.body.splitlines()[-1])["error"]
    assert names(server) == []


@pytest.mark.parametrize("body", [{}, {"folder": "", "python": None}, {"python": ""}])
def test_without_a_folder_and_a_python_nothing_is_installed_anywhere(server: Running, body: Json) -> None:
    reply = server.api("POST", "api/adrastea/environments", body)

    assert (reply.status, reply.message()[:13]) == (400, "Name a folder")


def test_a_folder_with_something_in_it_is_refused(server: Running) -> None:
    (server.root / "full").mkdir()
    (server.root / "full" / "a.txt").touch()

    reply = server.api("POST", "api/adrastea/environments", {"folder": str(server.root / "full")})

    assert reply.status == 409
