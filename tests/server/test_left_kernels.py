"""Kernels that were left: listed with what they hold, taken over, ended."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adrastea.kernels import process_identity
from adrastea.kernels.adoption import Left, Records
from adrastea.kernels.adoption_record import Joined, Record, Run
from adrastea.kernels.channels import transport
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.starting import NewProcess
from adrastea.server.application import Application
from adrastea.server.left_kernels import left_json
from tests.fakes import kernelspecs
from tests.fakes.client import Client
from tests.fakes.processes import gone
from tests.server.running import running

# Who has started a kernel that goes on does not wait for its end.
pytestmark = pytest.mark.filterwarnings("ignore:.*Popen.__del__:pytest.PytestUnraisableExceptionWarning")

GONE = (2**30, "1")
AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
RECORD = Record(
    "k1",
    "python3",
    "Python 3",
    "python",
    "signal",
    "/home/me/secret/data",
    "/home/me/secret/data",
    AT,
    "machine",
    "host",
    GONE,
    (0, ""),
    "/run/c.json",
    "/run/c.log",
    (Joined("s1", "a/n.ipynb", "notebook", "n.ipynb", "o", Run("m", "c", AT)),),
)


async def abandon(folder: Path, path: str) -> int:
    """Have a program that has ended leave a kernel; the number of its process."""
    specs, root = kernelspecs.install(folder), folder / "root"
    root.mkdir()
    records = Records(folder / "state" / "kernels", root, GONE)
    before = Kernels(specs, NewProcess(folder / "run", parent=1), transport(), records=records)
    kernel = await before.start("fake", root)
    await kernel.ready()
    kernel.kept.join(Joined("s1", path, "notebook", path, "o"))
    await before.close(keep=lambda _: True)
    return kernel.kept.record.process[0]


@pytest.mark.slow
def test_one_that_was_left_is_listed_and_can_be_taken_over(tmp_path: Path) -> None:
    asyncio.run(abandon(tmp_path, "n.ipynb"))
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    (tmp_path / "state").rename(elsewhere / "state")

    with running(tmp_path, kernels=tmp_path / "kernels") as server:
        (elsewhere / "state").rename(tmp_path / "state")  # it comes when nobody is adopted any more by itself
        (found,) = server.api("GET", "api/adrastea/kernels").list()
        assert isinstance(found, dict)
        assert (found["reach"], found["notebooks"]) == (
            "reachable",
            [{"name": "n.ipynb", "path": "n.ipynb", "runs": False}],
        )
        assert isinstance(found["memory"], int)
        assert found["memory"] > 1_000_000

        taken = server.api("POST", f"api/adrastea/kernels/{found['name']}")

        assert (taken.status, taken.object()["id"]) == (201, found["id"])
        (session,) = server.api("GET", "api/sessions").list()
        assert isinstance(session, dict)
        assert (session["id"], session["path"]) == ("s1", "n.ipynb")
        assert server.api("GET", "api/adrastea/kernels").list() == []
        assert server.api("POST", f"api/adrastea/kernels/{found['name']}").status == 404


@pytest.mark.slow
def test_one_of_another_folder_is_left_alone_and_can_be_ended(tmp_path: Path) -> None:
    pid = asyncio.run(abandon(tmp_path, "n.ipynb"))
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "state").rename(inner / "state")
    with running(inner, kernels=tmp_path / "kernels") as server:
        assert server.api("GET", "api/kernels").list() == []
        (found,) = server.api("GET", "api/adrastea/kernels").list()
        assert isinstance(found, dict)

        assert server.api("DELETE", f"api/adrastea/kernels/{found['name']}").status == 204

        assert server.api("GET", "api/adrastea/kernels").list() == []
    asyncio.run(gone(pid))


def test_one_of_a_later_version_cannot_be_ended_here(tmp_path: Path) -> None:
    (tmp_path / "state" / "kernels").mkdir(parents=True)
    (tmp_path / "state" / "kernels" / "x.json").write_bytes(b'{"kernel": 99}')
    with running(tmp_path) as server:
        assert server.api("GET", "api/adrastea/kernels").list() == [{"name": "x", "reach": "later"}]

        refused = server.api("DELETE", "api/adrastea/kernels/x")

        assert (refused.status, "newer version" in refused.message()) == (409, True)
        assert server.api("POST", "api/adrastea/kernels/x").status == 409


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/x"), ("DELETE", "/x")])
def test_nobody_sees_or_ends_one_without_the_token(tmp_path: Path, method: str, path: str) -> None:
    with running(tmp_path) as server:
        assert server.ask(method, f"api/adrastea/kernels{path}").status == 403


def test_no_folder_of_the_machine_is_named_in_full() -> None:
    said = left_json(Left("x", "elsewhere", RECORD), Path("/srv"))

    assert said["folder"] == "data"
    assert said["notebooks"] == [{"name": "n.ipynb", "path": None, "runs": True}]
    assert "secret" not in str(said)


def test_a_notebook_below_our_folder_has_its_path_there() -> None:
    said = left_json(Left("x", "unreachable", replace(RECORD, process=(0, ""))), Path("/home/me/secret"))

    assert said["notebooks"] == [{"name": "n.ipynb", "path": "data/a/n.ipynb", "runs": True}]
    assert said["memory"] == 0


@pytest.mark.slow
def test_what_works_at_the_end_goes_on_when_that_is_wanted_and_what_is_idle_ends(tmp_path: Path) -> None:
    async def two(server: Application) -> tuple[int, int]:
        kernels, client = server.services.kernels, Client()
        idle, busy = await kernels.start("fake", tmp_path), await kernels.start("fake", tmp_path)
        await idle.ready()
        busy.attach(client)
        await client.busy(client.run(busy, "wait"))
        server.keep_working()
        return idle.kept.record.process[0], busy.kept.record.process[0]

    kernelspecs.install(tmp_path)
    with running(tmp_path, kernels=tmp_path / "kernels") as server:
        idle, busy = server.thread.call(two)

    assert process_identity.begun(idle) == ""
    assert process_identity.begun(busy) != ""
    os.kill(busy, signal.SIGKILL)
