"""Bounds of the HTTP server: how many connections, how long a request may take to come, strict line ends."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from adrastea.server.limits import Limits
from tests.server.running import TOKEN, Running, running

QUICK = Limits(connections=3, head_seconds=0.05, body_seconds=0.05, body_bytes_per_second=2**40)
HEAD = f"Host: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\n"


@pytest.fixture(scope="module", name="quick")
def server_with_little_patience(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("quick"), limits=QUICK) as server:
        yield server


@pytest.fixture(scope="module", name="narrow")
def server_with_three_connections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("narrow"), limits=Limits(connections=3)) as server:
        yield server


def connect(server: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def rest(connection: socket.socket) -> bytes:
    """Everything until the server closes the connection."""
    heard = b""
    while piece := connection.recv(65536):
        heard += piece
    return heard


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "GET /api HT",
        f"GET /api HTTP/1.1\r\n{HEAD}X-Slow: ",
        f"POST /api/sessions HTTP/1.1\r\n{HEAD}Content-Length: 10\r\n\r\n{{",
        f"POST /api/sessions HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        f"PUT /api/contents/a.txt HTTP/1.1\r\n{HEAD}Content-Length: 1000000\r\n\r\n{{",
        "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nto",
    ],
)
def test_a_request_that_does_not_come_to_its_end_is_not_waited_for(quick: Running, sent: str) -> None:
    with connect(quick) as connection:
        connection.sendall(sent.encode())

        assert rest(connection) == b""


def test_an_idle_connection_is_closed(quick: Running) -> None:
    with connect(quick) as connection:
        connection.sendall(f"GET /api HTTP/1.1\r\n{HEAD}\r\n".encode())

        assert rest(connection).startswith(b"HTTP/1.1 200 ")


def test_strangers_that_keep_connections_open_close_each_other(narrow: Running) -> None:
    first, *others = [connect(narrow) for _ in range(4)]

    assert rest(first) == b""
    others[-1].sendall(f"GET /api HTTP/1.1\r\n{HEAD}\r\n".encode())
    assert others[-1].recv(100).startswith(b"HTTP/1.1 200 ")
    for connection in (first, *others):
        connection.close()


def test_a_connection_that_has_shown_the_token_outlives_strangers(narrow: Running) -> None:
    with connect(narrow) as mine:
        mine.sendall(f"GET /api HTTP/1.1\r\n{HEAD}\r\n".encode())
        assert mine.recv(2000).startswith(b"HTTP/1.1 200 ")
        strangers = [connect(narrow) for _ in range(20)]

        assert [rest(stranger) for stranger in strangers[:17]] == [b""] * 17
        mine.sendall(f"GET /api HTTP/1.1\r\n{HEAD}\r\n".encode())
        assert mine.recv(2000).startswith(b"HTTP/1.1 200 ")
    for stranger in strangers:
        stranger.close()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /api HTTP/1.1\nHost: 127.0.0.1\n\n",
        b"GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /api HTTP/1.1\nHost: 127.0.0.1\r\n\r\n",
    ],
)
def test_a_line_of_the_head_that_ends_without_cr_is_refused(narrow: Running, request_bytes: bytes) -> None:
    with connect(narrow) as connection:
        connection.sendall(request_bytes)

        assert rest(connection).startswith(b"HTTP/1.1 400 ")


def test_empty_lines_before_a_request_do_no_harm(narrow: Running) -> None:
    with connect(narrow) as connection:
        connection.sendall(f"\r\n\r\nGET /api HTTP/1.1\r\n{HEAD}\r\n".encode())

        assert connection.recv(100).startswith(b"HTTP/1.1 ")
