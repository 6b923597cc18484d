"""`/api/kernels` and `/api/sessions`, with kernels that run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from adrastea.errors import BadRequest
from adrastea.kernels.kernel import KernelId
from adrastea.server.application import Application
from adrastea.server.kernels import AskedSession, parse_session
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.running import Json, Running, running

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
KERNEL_FIELDS = {"id", "name", "last_activity", "execution_state", "connections"}


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Running]:
    """A server with the kernels `fake`, `other` and `broken`, and the notebooks `a.ipynb` and `d/b.ipynb`."""
    kernelspecs.install(tmp_path)
    kernelspecs.install(tmp_path, name="other")
    (tmp_path / "kernels" / "broken").mkdir()
    broken = {"argv": ["/no/such/program", "{connection_file}"], "display_name": "Broken", "language": "none"}
    (tmp_path / "kernels" / "broken" / "kernel.json").write_text(json.dumps(broken))
    with running(tmp_path, replace(Settings(), default_kernel="fake"), tmp_path / "kernels") as server:
        (server.root / "d").mkdir()
        (server.root / "a.ipynb").write_text(NOTEBOOK)
        (server.root / "d" / "b.ipynb").write_text(NOTEBOOK)
        yield server


def part(value: dict[str, Json], name: str) -> dict[str, Json]:
    inner = value[name]
    assert isinstance(inner, dict)
    return inner


def start_kernel(server: Running, body: Json = None) -> str:
    return str(server.api("POST", "api/kernels", body).object()["id"])


def start_session(server: Running, path: str = "a.ipynb", kernel: Json = None) -> dict[str, Json]:
    body: Json = {"path": path, "name": path, "type": "notebook", "kernel": kernel}
    return server.api("POST", "api/sessions", body).object()


def ready(server: Running, kernel_id: str) -> None:
    async def wait(application: Application) -> None:
        await application.services.kernels.get(KernelId(kernel_id)).ready()

    server.thread.call(wait, timeout_seconds=60)


# Kernels


@pytest.mark.slow
def test_a_kernel_is_started_listed_and_shut_down_with_jupyters_shapes(fake: Running) -> None:
    started = fake.api("POST", "api/kernels", {"name": "other"})
    kernel = started.object()

    assert started.status == 201
    assert started.headers["Location"] == f"/api/kernels/{kernel['id']}"
    assert set(kernel) == KERNEL_FIELDS
    assert (kernel["name"], kernel["execution_state"], kernel["connections"]) == ("other", "starting", 0)
    assert datetime.fromisoformat(str(kernel["last_activity"])).tzinfo is not None
    assert [item["id"] for item in fake.api("GET", "api/kernels").list() if isinstance(item, dict)] == [kernel["id"]]
    assert fake.api("GET", f"api/kernels/{kernel['id']}").object()["id"] == kernel["id"]

    ended = fake.api("DELETE", f"api/kernels/{kernel['id']}")

    assert (ended.status, ended.body) == (204, b"")
    assert fake.api("GET", f"api/kernels/{kernel['id']}").status == 404
    assert fake.api("DELETE", f"api/kernels/{kernel['id']}").status == 404


@pytest.mark.slow
def test_a_kernel_without_a_name_is_the_default_one(fake: Running) -> None:
    assert fake.api("POST", "api/kernels").object()["name"] == "fake"


@pytest.mark.slow
@pytest.mark.parametrize(("path", "folder"), [(None, ""), ("d", "d"), ("d/b.ipynb", "d"), ("d/new/x.ipynb", "d")])
def test_a_kernel_works_in_the_folder_that_is_asked_for(fake: Running, path: str | None, folder: str) -> None:
    kernel_id = start_kernel(fake, {"path": path})

    cwd = fake.thread.call(lambda application: application.services.kernels.get(KernelId(kernel_id)).cwd)

    assert cwd == fake.root / folder


@pytest.mark.slow
def test_a_kernel_is_interrupted_and_restarted_under_its_id(fake: Running) -> None:
    kernel_id = start_kernel(fake)
    ready(fake, kernel_id)

    interrupted = fake.api("POST", f"api/kernels/{kernel_id}/interrupt")
    restarted = fake.api("POST", f"api/kernels/{kernel_id}/restart")

    assert (interrupted.status, interrupted.body) == (204, b"")
    assert (restarted.status, restarted.object()["id"]) == (200, kernel_id)
    ready(fake, kernel_id)
    assert fake.api("GET", f"api/kernels/{kernel_id}").object()["execution_state"] == "idle"


@pytest.mark.slow
def test_a_kernel_that_does_not_run_cannot_be_interrupted(fake: Running) -> None:
    kernel_id = start_kernel(fake)

    assert fake.api("POST", f"api/kernels/{kernel_id}/interrupt").status in {204, 409}


@pytest.mark.slow
def test_the_status_counts_kernels(fake: Running) -> None:
    start_kernel(fake)
    start_kernel(fake)

    assert fake.api("GET", "api/status").object()["kernels"] == 2


def test_a_kernel_whose_program_is_missing_says_so(fake: Running) -> None:
    reply = fake.api("POST", "api/kernels", {"name": "broken"})

    assert (reply.status, reply.object()["kind"]) == (422, "KernelFailed")
    assert "/no/such/program" in reply.message()
    assert "kernelspec" in reply.message()  # which is what is to be mended
    assert fake.api("GET", "api/kernels").list() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "nope"}, 404),
        ({"name": 1}, 400),
        ({"path": 1}, 400),
        ({"path": "../outside"}, 403),
        ({"path": "d/../.."}, 403),
        ([], 400),
    ],
)
def test_a_kernel_that_makes_no_sense_is_not_started(fake: Running, body: Json, status: int) -> None:
    assert fake.api("POST", "api/kernels", body).status == status
    assert fake.api("GET", "api/kernels").list() == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("DELETE", ""), ("POST", "/interrupt"), ("POST", "/restart"), ("GET", "/channels")],
)
def test_a_kernel_that_does_not_exist_is_not_found(fake: Running, method: str, path: str) -> None:
    assert fake.api(method, f"api/kernels/none{path}").status == 404


# Sessions


@pytest.mark.slow
def test_a_session_is_started_listed_and_ended_with_jupyters_shapes(fake: Running) -> None:
    body: Json = {"path": "d/b.ipynb", "name": "b.ipynb", "type": "notebook", "kernel": {"name": "other"}}
    started = fake.api("POST", "api/sessions", body)
    session = started.object()

    assert started.status == 201
    assert started.headers["Location"] == f"/api/sessions/{session['id']}"
    assert set(session) == {"id", "path", "name", "type", "kernel", "notebook"}
    assert (session["path"], session["name"], session["type"]) == ("d/b.ipynb", "b.ipynb", "notebook")
    assert session["notebook"] == {"path": "d/b.ipynb", "name": "b.ipynb"}
    assert set(part(session, "kernel")) == KERNEL_FIELDS
    assert (part(session, "kernel")["name"], part(session, "kernel")["connections"]) == ("other", 0)
    assert [item["id"] for item in fake.api("GET", "api/sessions").list() if isinstance(item, dict)] == [session["id"]]
    assert fake.api("GET", f"api/sessions/{session['id']}").object()["id"] == session["id"]

    ended = fake.api("DELETE", f"api/sessions/{session['id']}")

    assert (ended.status, ended.body) == (204, b"")
    assert fake.api("GET", f"api/sessions/{session['id']}").status == 404
    assert fake.api("GET", "api/kernels").list() == []


@pytest.mark.slow
def test_a_path_has_one_session_however_it_is_written(fake: Running) -> None:
    first = start_session(fake, "d/b.ipynb")
    second = start_session(fake, "/d//b.ipynb")

    assert first["id"] == second["id"]
    assert len(fake.api("GET", "api/kernels").list()) == 1


@pytest.mark.slow
def test_the_older_form_of_a_session_is_understood(fake: Running) -> None:
    session = fake.api("POST", "api/sessions", {"notebook": {"path": "a.ipynb"}, "kernel": {"name": "fake"}}).object()

    assert (session["path"], session["type"]) == ("a.ipynb", "notebook")


@pytest.mark.slow
def test_a_session_gets_another_kernel(fake: Running) -> None:
    session = start_session(fake, kernel={"name": "fake"})

    changed = fake.api("PATCH", f"api/sessions/{session['id']}", {"kernel": {"name": "other"}})

    assert (changed.status, part(changed.object(), "kernel")["name"]) == (200, "other")
    assert [item["name"] for item in fake.api("GET", "api/kernels").list() if isinstance(item, dict)] == ["other"]


@pytest.mark.slow
def test_a_session_takes_a_kernel_that_runs(fake: Running) -> None:
    session = start_session(fake)
    kernel_id = start_kernel(fake, {"name": "other"})

    changed = fake.api("PATCH", f"api/sessions/{session['id']}", {"kernel": {"id": kernel_id}})

    assert part(changed.object(), "kernel")["id"] == kernel_id
    assert len(fake.api("GET", "api/kernels").list()) == 1


@pytest.mark.slow
def test_a_session_that_names_its_own_kernel_keeps_it(fake: Running) -> None:
    session = start_session(fake)
    kernel = part(session, "kernel")

    same = fake.api("PATCH", f"api/sessions/{session['id']}", {"kernel": {"id": kernel["id"], "name": "fake"}})

    assert part(same.object(), "kernel")["id"] == kernel["id"]


@pytest.mark.slow
def test_a_session_that_asks_for_a_missing_kernel_keeps_its_own(fake: Running) -> None:
    session = start_session(fake)
    address = f"api/sessions/{session['id']}"

    unknown_id = fake.api("PATCH", address, {"kernel": {"id": "none"}})
    unknown_name = fake.api("PATCH", address, {"kernel": {"name": "nope"}})

    assert (unknown_id.status, unknown_name.status) == (404, 404)
    assert part(fake.api("GET", address).object(), "kernel")["id"] == part(session, "kernel")["id"]


@pytest.mark.slow
def test_a_session_gets_another_path_name_and_type(fake: Running) -> None:
    session = start_session(fake, "console-1")

    body: Json = {"path": "console-2", "name": "Console 2", "type": "console"}
    changed = fake.api("PATCH", f"api/sessions/{session['id']}", body).object()

    assert (changed["path"], changed["name"], changed["type"]) == ("console-2", "Console 2", "console")
    assert "notebook" not in changed


@pytest.mark.slow
def test_two_sessions_do_not_get_the_same_path(fake: Running) -> None:
    session = start_session(fake, "console-1")
    start_session(fake, "console-2")

    assert fake.api("PATCH", f"api/sessions/{session['id']}", {"path": "console-2"}).status == 409


@pytest.mark.slow
def test_a_session_goes_with_its_file(fake: Running) -> None:
    session = start_session(fake, "d/b.ipynb")

    fake.api("PATCH", "api/contents/d", {"path": "e"})

    assert fake.api("GET", f"api/sessions/{session['id']}").object()["path"] == "e/b.ipynb"


@pytest.mark.slow
def test_a_kernel_that_is_shut_down_takes_its_session_with_it(fake: Running) -> None:
    session = start_session(fake)

    fake.api("DELETE", f"api/kernels/{part(session, 'kernel')['id']}")

    assert fake.api("GET", "api/sessions").list() == []


@pytest.mark.slow
def test_no_process_is_left_over_when_the_server_stops(tmp_path: Path) -> None:
    kernelspecs.install(tmp_path)
    with running(tmp_path, kernels=tmp_path / "kernels") as server:
        for number in range(3):
            start_session(server, f"console-{number}", {"name": "fake"})
        ready(server, start_kernel(server, {"name": "fake"}))
        left = list((tmp_path / "run").rglob("kernel-*.json"))

    assert left
    assert not list((tmp_path / "run").rglob("kernel-*.json"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"path": "a.ipynb"}, 400),
        ({"type": "notebook"}, 400),
        ({"path": 1, "type": "notebook"}, 400),
        ({"path": "a.ipynb", "type": 1}, 400),
        ({"path": "a.ipynb", "type": "notebook", "kernel": "fake"}, 400),
        ({"path": "a.ipynb", "type": "notebook", "kernel": {"name": []}}, 400),
        ({"path": "a.ipynb", "type": "notebook", "kernel": {"name": "nope"}}, 404),
        ({"path": "a.ipynb", "type": "notebook", "kernel": {"id": "none"}}, 404),
        ({"path": "../a.ipynb", "type": "notebook"}, 403),
        ({"path": "a\0.ipynb", "type": "notebook"}, 403),
        ({"notebook": [], "kernel": {}}, 400),
    ],
)
def test_a_session_that_makes_no_sense_is_not_started(fake: Running, body: Json, status: int) -> None:
    assert fake.api("POST", "api/sessions", body).status == status
    assert fake.api("GET", "api/sessions").list() == []
    assert fake.api("GET", "api/kernels").list() == []


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)])
def test_a_session_that_does_not_exist_is_not_found(fake: Running, method: str, body: Json) -> None:
    assert fake.api(method, "api/sessions/none", body).status == 404


def test_what_a_body_leaves_out_is_left_as_it_is() -> None:
    assert parse_session({}) == AskedSession(None, None, None, None, None)


def test_a_body_with_a_wrong_type_is_refused() -> None:
    with pytest.raises(BadRequest):
        parse_session(json.loads('{"kernel": {"id": 3}}'))
