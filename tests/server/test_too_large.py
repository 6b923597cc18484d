"""Bodies that are larger than their address takes."""

from __future__ import annotations

import socket

from adrastea.server.too_large import LIMIT_BYTES
from tests.server.running import TOKEN, Running


def test_a_body_over_the_limit_is_refused_with_its_status(served: Running) -> None:
    reply = served.api("POST", "api/sessions", b" " * (LIMIT_BYTES + 1))

    assert (reply.status, reply.message()) == (413, "Request Entity Too Large")


def test_a_body_at_the_limit_is_read(served: Running) -> None:
    assert served.api("POST", "api/sessions", b" " * LIMIT_BYTES).status == 400


def test_a_file_may_be_larger(served: Running) -> None:
    content = "x" * (3 * LIMIT_BYTES)

    reply = served.api("PUT", "api/contents/big.txt", {"type": "file", "format": "text", "content": content})

    assert reply.status == 201
    assert (served.root / "big.txt").stat().st_size == len(content)


def test_whoever_shows_no_credentials_may_not_send_much_even_there(served: Running) -> None:
    reply = served.ask("PUT", "api/contents/big.txt", b" " * (LIMIT_BYTES + 1))

    assert (reply.status, reply.object()["kind"]) == (403, "Unauthorized")


def test_a_body_that_is_announced_as_gigantic_is_answered_before_it_is_sent(served: Running) -> None:
    headers = f"Host: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\nContent-Length: {2**40}"
    head = f"PUT /api/contents/x HTTP/1.1\r\n{headers}\r\n\r\n"

    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(100)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_length_that_is_no_number_does_no_harm(served: Running) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(b"PUT /api/contents/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: many\r\n\r\n")
        answer = connection.recv(100)

    assert answer.startswith(b"HTTP/1.1 4")
    assert served.api("GET", "api").status == 200
