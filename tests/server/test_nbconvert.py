"""`/api/nbconvert` and `/nbconvert/…`: notebooks in other formats, over HTTP, with an nbconvert of the tests' own."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import nbconvert, processes
from tests.fakes.nbconvert import Begun
from tests.server.running import TOKEN, Json, Running, running

NOTEBOOK: Json = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(name="folder", scope="module")
def folder_of_nbconvert(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("nbconvert")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(nbconvert.install(folder)))
        patch.setenv("FAKE_NBCONVERT", str(folder))
        patch.setenv("PATH", f"{nbconvert.command(folder)}{os.pathsep}{os.environ['PATH']}")
        yield folder


@pytest.fixture(name="server", scope="module")
def server_with_nbconvert(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("server")) as made:
        (made.root / "a b").mkdir()
        (made.root / "a b" / "ä.ipynb").write_text(json.dumps(NOTEBOOK))
        (made.root / "broken.ipynb").write_text("{broken")
        (made.root / "a.txt").write_text("text")
        yield made


def test_the_formats_are_listed(server: Running) -> None:
    assert server.api("GET", "api/nbconvert").object()["html"] == {"output_mimetype": "text/html"}


def test_a_notebook_is_shown_in_an_origin_of_its_own(server: Running) -> None:
    reply = server.api("GET", "nbconvert/html/a%20b/%C3%A4.ipynb")

    told = json.loads(reply.body.removeprefix(b"<p>"))
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert str(reply.headers["Content-Security-Policy"]).startswith("sandbox allow-scripts;")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Disposition"] is None
    assert reply.headers["Last-Modified"].endswith("GMT")
    assert (told["name"], told["path"], told["sanitized"]) == ("ä", str(server.root / "a b"), False)


def test_it_is_saved_under_its_own_name_where_that_is_asked_for(server: Running) -> None:
    reply = server.api("GET", "nbconvert/html/a%20b/%C3%A4.ipynb?download=true&sanitize_html=true")

    assert reply.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A4.html"
    assert json.loads(reply.body.removeprefix(b"<p>"))["sanitized"] is True


def test_more_than_one_file_is_always_saved(server: Running) -> None:
    reply = server.api("GET", "nbconvert/zipped/a%20b/%C3%A4.ipynb")

    assert reply.headers["Content-Type"] == "application/zip"
    assert reply.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A4.zip"


def test_a_notebook_that_is_sent_along_is_converted(server: Running) -> None:
    reply = server.api("POST", "nbconvert/html", {"name": "x/other.ipynb", "content": NOTEBOOK})

    told = json.loads(reply.body.removeprefix(b"<p>"))
    assert (reply.status, told["name"]) == (200, "other")
    assert "path" not in told


def test_a_large_notebook_can_be_sent_along(server: Running) -> None:
    cell: Json = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "x" * 1_100_000}
    content: Json = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

    assert server.api("POST", "nbconvert/html", {"content": content}).status == 200


def test_what_is_no_notebook_is_shown_as_it_is(server: Running) -> None:
    reply = server.api("GET", "nbconvert/html/a.txt")

    assert (reply.status, reply.headers["Location"]) == (302, "/files/a.txt")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "nbconvert/gone/a%20b/%C3%A4.ipynb", None, 404),
        ("GET", "nbconvert/html/gone.ipynb", None, 404),
        ("GET", "nbconvert/html/..%2Fx.ipynb", None, 403),
        ("GET", "nbconvert/html/broken.ipynb", None, 400),
        ("GET", "nbconvert/html/a%20b", None, 400),
        ("GET", "nbconvert/html/a%20b/%C3%A4.ipynb?download=zebra", None, 400),
        ("GET", "nbconvert/fails/a%20b/%C3%A4.ipynb", None, 422),
        ("GET", "nbconvert/dies/a%20b/%C3%A4.ipynb", None, 422),
        ("GET", "nbconvert/html", None, 405),
        ("POST", "nbconvert/html", {}, 400),
        ("POST", "nbconvert/html", {"content": {"cells": 1}}, 400),
        ("POST", "nbconvert/gone", {"content": NOTEBOOK}, 404),
        ("POST", "nbconvert/os.path", {"content": NOTEBOOK}, 404),
    ],
)
def test_what_cannot_be_done_is_told(server: Running, method: str, path: str, body: Json, status: int) -> None:
    reply = server.api(method, path, body)

    assert reply.status == status
    assert reply.message()
    assert str(server.root.parent) not in reply.message()
    assert "Traceback" not in reply.message()


def test_without_nbconvert_it_is_said_how_to_get_it(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    replies = [server.api("GET", "api/nbconvert"), server.api("POST", "nbconvert/html", {"content": NOTEBOOK})]

    assert [reply.status for reply in replies] == [404, 404]
    assert {"pip install nbconvert" in reply.message() for reply in replies} == {True}


@pytest.fixture(name="slow")
def slow_conversions(folder: Path) -> Iterator[Begun]:
    begun = Begun(folder)
    yield begun
    begun.close()
    (folder / "pids").unlink()


def ask_slowly(server: Running, path: str) -> socket.socket:
    """A connection with a request for something slow."""
    connection = socket.create_connection(("127.0.0.1", server.port))
    head = f"GET /nbconvert/slow/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


async def gone(pids: list[int]) -> None:
    assert len(pids) == 2
    for pid in pids:
        await processes.gone(pid)


def test_a_client_that_goes_ends_its_conversion(server: Running, slow: Begun) -> None:
    async def run() -> None:
        connection = ask_slowly(server, "a%20b/%C3%A4.ipynb")
        pids = await slow.pids()
        connection.close()
        await gone(pids)

    asyncio.run(run())


def test_the_end_of_the_server_ends_its_conversions(tmp_path: Path, folder: Path, slow: Begun) -> None:
    with running(tmp_path) as server:
        (server.root / "n.ipynb").write_text(json.dumps(NOTEBOOK))
        with ask_slowly(server, "n.ipynb"):
            pids = asyncio.run(slow.pids())
            server.thread.stop()

    asyncio.run(gone(pids))
