"""What all handlers share: credentials, errors, headers. Tried on addresses that have them."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from adrastea import errors
from adrastea.errors import AppError, InvalidNotebook, KernelFailed
from adrastea.server.handler import error_body, status_of
from adrastea.settings import Settings
from tests.server.running import TOKEN, Running, running, xsrf

EVERY_ADDRESS = [
    ("GET", "api"),
    ("GET", "api/status"),
    ("GET", "api/me"),
    ("GET", "api/kernelspecs"),
    ("GET", "api/kernelspecs/python3"),
    ("GET", "kernelspecs/python3/logo-64x64.png"),
    ("GET", "api/kernels"),
    ("POST", "api/kernels"),
    ("GET", "api/kernels/x"),
    ("DELETE", "api/kernels/x"),
    ("POST", "api/kernels/x/interrupt"),
    ("POST", "api/kernels/x/restart"),
    ("GET", "api/kernels/x/channels"),
    ("GET", "api/sessions"),
    ("POST", "api/sessions"),
    ("GET", "api/sessions/x"),
    ("PATCH", "api/sessions/x"),
    ("DELETE", "api/sessions/x"),
    ("GET", "api/contents"),
    ("GET", "api/contents/a.txt"),
    ("PUT", "api/contents/a.txt"),
    ("POST", "api/contents"),
    ("PATCH", "api/contents/a.txt"),
    ("DELETE", "api/contents/a.txt"),
    ("GET", "api/documents/socket?path=a.ipynb"),
    ("GET", "files/a.txt"),
    ("GET", ""),
    ("GET", "assets/app-1.js"),
    ("GET", "sandbox.html"),
    ("GET", "no/such/address"),
    ("POST", "no/such/address"),
]


@pytest.mark.parametrize(("method", "path"), EVERY_ADDRESS)
def test_nothing_is_answered_without_credentials(standing: Running, method: str, path: str) -> None:
    (standing.root / "a.txt").write_text("mine")

    reply = standing.ask(method, path)

    assert (reply.status, reply.object()["kind"]) == (403, "Unauthorized")


@pytest.mark.parametrize(("method", "path"), EVERY_ADDRESS)
def test_nothing_is_answered_under_a_foreign_name(standing: Running, method: str, path: str) -> None:
    assert standing.api(method, path, headers={"Host": "evil.example"}).status == 403


@pytest.mark.parametrize("path", ["api/documents/socket?path=a.ipynb", "api/kernels/x/channels"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "token wrong"},
        {"Authorization": f"token {TOKEN}", "Origin": "http://evil.example"},
        {"Authorization": f"token {TOKEN}", "Host": "evil.example"},
    ],
)
def test_no_websocket_opens_without_credentials_or_from_a_foreign_page(
    standing: Running, path: str, headers: dict[str, str]
) -> None:
    async def connect() -> int:
        request = HTTPRequest(f"ws://127.0.0.1:{standing.port}/{path}", headers=headers)
        try:
            await websocket_connect(request)
        except HTTPClientError as error:
            return error.code
        return 101

    assert asyncio.run(connect()) == 403


def test_no_message_on_a_websocket_waits_for_the_one_before_it_to_be_acknowledged(served: Running) -> None:
    (served.root / "a.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')

    async def connect() -> bool:
        url = f"ws://127.0.0.1:{served.port}/api/documents/socket?path=a.ipynb"
        socket = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))
        await socket.read_message()
        stream = socket.protocol.stream if socket.protocol else None
        assert stream is not None
        assert stream.socket is not None
        waits = not option_of_other_end(stream.socket, TCP_NODELAY)
        socket.close()
        while await socket.read_message() is not None:
            pass  # until the other end has closed it too
        return waits

    assert not asyncio.run(connect())


def option_of_other_end(mine: socket.socket, option: int) -> int:
    """An option of the server's end of a connection; the server runs in this process."""
    for entry in Path("/dev/fd").iterdir():
        with suppress(OSError), socket.socket(fileno=os.dup(int(entry.name))) as found:
            if found.getpeername() == mine.getsockname():
                return found.getsockopt(IPPROTO_TCP, option)
    raise LookupError(mine)


def test_a_cookie_writes_for_our_own_page_only(standing: Running) -> None:
    cookie = xsrf(standing.log_in())

    ours = standing.ask("PUT", "api/contents/d", {"type": "directory"}, cookie | {"Origin": standing.origin})
    foreign = standing.ask("DELETE", "api/contents/d", headers=cookie | {"Origin": "http://127.0.0.1:1"})
    unnamed = standing.ask("DELETE", "api/contents/d", headers={"Cookie": cookie["Cookie"]})

    assert (ours.status, foreign.status, unnamed.status) == (201, 403, 403)


def test_a_page_that_lacks_its_xsrf_token_gets_one_with_the_refusal(standing: Running) -> None:
    login = standing.log_in().partition(";")[0]
    ours = {"Origin": standing.origin}

    refused = standing.ask("PUT", "api/contents/e", {"type": "directory"}, ours | {"Cookie": login})
    cookie = xsrf(f"{login}; {refused.cookie()}")
    again = standing.ask("PUT", "api/contents/e", {"type": "directory"}, ours | cookie)

    assert (refused.status, refused.object()["kind"], again.status) == (403, "XsrfMissing", 201)


def test_who_guesses_too_often_is_told_how_long_to_wait(served: Running) -> None:
    statuses = [served.ask("GET", "api", headers={"Authorization": f"token {guess}"}).status for guess in range(7)]

    refused = served.ask("GET", "api", headers={"Authorization": "token 8"})

    assert statuses == [403] * 6 + [429]
    assert refused.headers["Retry-After"] == "1"
    assert refused.message() == "Too many wrong attempts. Try again in 1 second."


# Pages of other origins

LAB = "https://lab.example"


def test_a_page_that_the_user_lets_in_can_ask_with_the_token(tmp_path: Path) -> None:
    with running(tmp_path, Settings(allow_origin=(LAB,))) as server:
        asking = {"Origin": LAB, "Access-Control-Request-Method": "PUT"}

        question = server.ask("OPTIONS", "api/contents/d", headers=asking)
        answer = server.api("PUT", "api/contents/d", {"type": "directory"}, {"Origin": LAB})
        refusal = server.ask("GET", "api", headers={"Origin": LAB})
        other = server.ask("OPTIONS", "api/contents/d", headers=asking | {"Origin": "https://evil.example"})
        foreign = server.ask("OPTIONS", "api/contents/d", headers=asking | {"Host": "evil.example"})

    assert [reply.status for reply in (question, answer, refusal, other, foreign)] == [204, 201, 403, 403, 403]
    assert [reply.headers["Access-Control-Allow-Origin"] for reply in (question, answer, refusal)] == [LAB] * 3
    assert "Authorization" in str(question.headers["Access-Control-Allow-Headers"])
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in other.headers


def test_no_other_page_is_told_anything(standing: Running) -> None:
    reply = standing.api("GET", "api", headers={"Origin": LAB})

    assert "Access-Control-Allow-Origin" not in reply.headers


def test_an_error_looks_as_jupyters_do_and_names_its_kind(standing: Running) -> None:
    reply = standing.api("GET", "api/contents/missing.txt")

    assert reply.status == 404
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.object()["reason"] is None
    assert reply.object()["kind"] == "NotFound"


def test_a_method_that_an_address_does_not_have_is_refused(standing: Running) -> None:
    reply = standing.api("PUT", "api")

    assert (reply.status, reply.message()) == (405, "Method Not Allowed")


@pytest.mark.parametrize("path", ["api/documents/socket?path=a.ipynb", "files/a.txt", "api/status"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "ZEBRA"])
def test_no_address_has_a_method_by_accident(standing: Running, method: str, path: str) -> None:
    assert standing.api(method, path, b"{}").status == 405


def test_an_address_that_does_not_exist_is_not_found(standing: Running) -> None:
    assert standing.api("GET", "api/nothing").status == 404
    assert standing.api("POST", "nothing/at/all").status == 404


@pytest.mark.parametrize("path", ["api/contents/%ff", "api/contents/%ed%a0%80", "files/%c3", "api/sessions/%80"])
def test_an_address_that_is_not_utf_8_is_a_bad_request(standing: Running, path: str) -> None:
    assert standing.api("GET", path).status == 400


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 50_000, b'"x"', b"3"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "api/kernels"),
        ("POST", "api/sessions"),
        ("POST", "api/contents"),
        ("PUT", "api/contents/a.txt"),
        ("PATCH", "api/contents/a.txt"),
    ],
)
def test_a_body_that_is_no_json_object_is_a_bad_request(standing: Running, method: str, path: str, body: bytes) -> None:
    (standing.root / "a.txt").write_text("mine")

    assert standing.api(method, path, body).status == 400
    assert (standing.root / "a.txt").read_text() == "mine"


def test_a_broken_form_is_a_bad_request(standing: Running) -> None:
    broken = {"Content-Type": "multipart/form-data; boundary=x"}

    assert standing.ask("POST", "login", b"--x\r\nbroken", broken).status == 400


def test_every_reply_forbids_sniffing_and_other_pages(standing: Running) -> None:
    replies = [standing.api("GET", "api"), standing.api("GET", "nothing"), standing.ask("GET", "api")]

    for reply in replies:
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert reply.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in str(reply.headers["Content-Security-Policy"])
        assert "Server" not in reply.headers


def test_every_error_has_a_status() -> None:
    statuses = {kind.__name__: status_of(kind("x")) for kind in subclasses(AppError)}

    assert statuses == {
        "BadRequest": 400,
        "ChangedOnDisk": 409,
        "Conflict": 409,
        "ConversionFailed": 422,
        "Forbidden": 403,
        "InvalidNotebook": 400,
        "KernelFailed": 422,
        "NotFound": 404,
        "PackageMissing": 404,
        "ProtocolError": 400,
        "StartFailed": 500,
        "StorageFailed": 507,
        "TooManyAttempts": 429,
        "Unauthorized": 403,
        "Unavailable": 503,
        "XsrfMissing": 403,
    }


def subclasses(kind: type[AppError]) -> set[type[AppError]]:
    ours = {sub for sub in kind.__subclasses__() if sub.__module__ == errors.__name__}
    return ours.union(*(subclasses(sub) for sub in ours))


def test_an_error_carries_what_its_reader_needs() -> None:
    assert error_body(InvalidNotebook("not JSON", line=7))["line"] == 7
    assert (
        error_body(KernelFailed("did not start", log="No module named ipykernel"))["log"] == "No module named ipykernel"
    )
