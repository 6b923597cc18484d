"""What the page can show about a problem."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest

from adrastea.server.application import Application
from tests.server.running import TOKEN, Running, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(tmp_path_factory.mktemp("report")) as served:
        yield served


def write(server: Running, entry: str) -> None:
    def note(application: Application) -> None:
        application.services.logbook.write(entry)

    server.thread.call(note)


def test_versions_and_the_end_of_the_log_are_shown(server: Running) -> None:
    write(server, f"{Path.home()}/a.ipynb could not be saved")

    answer = server.api("GET", "api/adrastea/report").json()

    assert isinstance(answer, dict)
    versions = cast("list[list[str]]", answer["versions"])
    assert [name for name, _ in versions] == ["Adrastea", "System", "Python inside", "Tornado", "pyzmq"]
    assert versions[2][1] == sys.version.split()[0]
    assert str(answer["log"]).endswith("~/a.ipynb could not be saved")


def test_no_secret_is_in_it(server: Running) -> None:
    assert TOKEN.encode() not in server.api("GET", "api/adrastea/report").body


@pytest.mark.parametrize(("method", "path"), [("GET", "api/adrastea/report"), ("POST", "api/adrastea/crash")])
def test_nobody_gets_it_without_the_token(server: Running, method: str, path: str) -> None:
    assert server.ask(method, path).status == 403


def test_without_a_crash_there_is_none(server: Running) -> None:
    assert server.api("POST", "api/adrastea/crash").json() == {"crashed": False}
