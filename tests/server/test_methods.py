"""Which methods an address answers to: by its Allow header, and by what it does."""

from __future__ import annotations

import pytest

from adrastea.server.methods import allowed
from adrastea.server.routes import routes
from tests.server.running import Running


def test_every_handler_names_its_methods(standing: Running) -> None:
    table = standing.thread.call(lambda application: routes(application.services))

    assert all(allowed(handler.load()) for _, handler, _ in table)
    assert {allowed(handler.load()) for pattern, handler, _ in table if pattern.endswith("channels")} == {"GET"}


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("api", "GET, HEAD, OPTIONS"),
        ("api/contents/a.txt", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
        ("api/kernels/x/interrupt", "OPTIONS, POST"),
        ("login", "GET, HEAD, OPTIONS, POST"),
    ],
)
def test_options_say_what_can_be_done(standing: Running, path: str, methods: str) -> None:
    reply = standing.api("OPTIONS", path)

    assert (reply.status, reply.headers["Allow"], reply.body) == (204, methods, b"")
    assert "Access-Control-Allow-Origin" not in reply.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "TRACE", "CONNECT", "BREW", "get"])
def test_a_method_that_an_address_does_not_have_is_refused_with_those_that_it_has(
    standing: Running, method: str
) -> None:
    reply = standing.api(method, "api/status")

    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert reply.message() == "Method Not Allowed"


@pytest.mark.parametrize("path", ["api", "api/contents/a.txt", "api/contents/none", "files/a.txt", "", "no/such"])
def test_head_says_what_get_says_without_the_body(standing: Running, path: str) -> None:
    (standing.root / "a.txt").write_text("mine")

    head, whole = standing.api("HEAD", path), standing.api("GET", path)

    assert (head.status, head.headers["Content-Length"]) == (whole.status, whole.headers["Content-Length"])
    assert head.body == b""


def test_nothing_changes_by_asking_for_the_head_of_what_has_only_post(standing: Running) -> None:
    reply = standing.api("HEAD", "api/kernels/x/interrupt")

    assert (reply.status, reply.headers["Allow"]) == (405, "OPTIONS, POST")


def test_an_address_of_websockets_says_so_to_others(standing: Running) -> None:
    reply = standing.api("GET", "api/documents/socket?path=a.ipynb")

    assert (reply.status, reply.message()) == (400, "This address is for WebSockets.")
