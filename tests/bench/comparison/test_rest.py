"""Requests and answers of the REST interface, as bytes."""

import pytest

from bench.comparison.rest import Address, Refused, parsed, request


def test_a_request_shows_the_token_and_says_how_long_it_is() -> None:
    head, _, body = request(Address(8888, "secret"), "POST", "api/kernels", {"name": "null"}).partition(b"\r\n\r\n")

    assert head.split(b"\r\n") == [
        b"POST /api/kernels HTTP/1.0",
        b"Host: 127.0.0.1:8888",
        b"Authorization: token secret",
        b"Content-Type: application/json",
        b"Content-Length: 16",
    ]
    assert body == b'{"name": "null"}'


def test_a_request_without_a_body_says_so() -> None:
    assert request(Address(8888, "secret"), "GET", "api").endswith(b"Content-Length: 0\r\n\r\n")


def test_an_answer_is_parsed_and_an_empty_one_is_none() -> None:
    assert parsed(b'HTTP/1.0 201 Created\r\nA: b\r\n\r\n{"id": "x"}') == {"id": "x"}
    assert parsed(b"HTTP/1.0 204 No Content\r\n\r\n") is None


def test_a_refusal_says_what_the_server_said() -> None:
    with pytest.raises(Refused, match="403 Forbidden nobody"):
        parsed(b"HTTP/1.0 403 Forbidden\r\nA: b\r\n\r\nnobody comes in")


def test_no_answer_at_all_is_a_refusal() -> None:
    with pytest.raises(Refused):
        parsed(b"")
