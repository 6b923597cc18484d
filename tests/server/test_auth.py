"""Who may come in: tokens, one-time tokens, cookies, Host and Origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from adrastea.errors import Forbidden, Unauthorized
from adrastea.server.auth import COOKIE_SECONDS, Auth, host_name, is_own_host, is_same_origin, own_hosts

HOST = "127.0.0.1:8888"
ORIGIN = "http://127.0.0.1:8888"
NOW = 1_700_000_000.0


def auth(token: str = "secret", now: float = NOW) -> Auth:
    return Auth(token, "127.0.0.1", 8888, clock=lambda: now)


def request(method: str = "GET", uri: str = "/api", **headers: str) -> HTTPServerRequest:
    named = HTTPHeaders({"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}})
    return HTTPServerRequest(headers=named, start_line=RequestStartLine(method, uri, "HTTP/1.1"))


def with_cookie(gate: Auth, method: str = "GET", **headers: str) -> HTTPServerRequest:
    return request(method, Cookie=f"{gate.cookie_name}={gate.new_cookie()}", **headers)


# Tokens


@pytest.mark.parametrize(
    "shown",
    [
        request(Authorization="token secret"),
        request(Authorization="Bearer secret"),
        request(Authorization="bearer  secret "),
        request(uri="/api?token=secret"),
    ],
)
def test_the_token_is_taken_in_the_header_and_in_the_address(shown: HTTPServerRequest) -> None:
    assert auth().admit(shown) == "token"


@pytest.mark.parametrize(
    "shown",
    [
        request(),
        request(Authorization="token wrong"),
        request(Authorization="token"),
        request(Authorization="secret"),
        request(Authorization="Basic secret"),
        request(uri="/api?token="),
        request(uri="/api?token=%ff%fe"),
        request(uri="/api?Token=secret"),
        request(Cookie="adrastea-8888=secret"),
        request(Cookie="adrastea-8888=a.b.c"),
        request(Cookie="adrastea-8888=..."),
    ],
)
def test_whoever_does_not_show_the_token_is_refused(shown: HTTPServerRequest) -> None:
    with pytest.raises(Unauthorized):
        auth().admit(shown)


@given(st.text())
def test_no_other_text_is_the_token(text: str) -> None:
    assert auth("secret").redeem(text) == (text == "secret")


def test_a_server_without_a_token_makes_one_that_nobody_else_has() -> None:
    gate, other = auth(""), auth("")

    assert not gate.redeem("")
    assert not other.redeem(gate.one_time_token())


def test_a_one_time_token_works_once() -> None:
    gate = auth()
    token = gate.one_time_token()

    assert gate.redeem(token)
    assert not gate.redeem(token)


def test_a_one_time_token_opens_pages_only() -> None:
    gate = auth()

    with pytest.raises(Unauthorized):
        gate.admit(request(Authorization=f"token {gate.one_time_token()}"))


def test_one_time_tokens_that_nobody_uses_do_not_pile_up() -> None:
    gate = auth()
    tokens = [gate.one_time_token() for _ in range(257)]

    assert not gate.redeem(tokens[0])
    assert gate.redeem(tokens[1])


# Cookies


def test_a_cookie_stands_for_the_token() -> None:
    gate = auth()

    assert gate.admit(with_cookie(gate)) == "cookie"


def test_a_cookie_ends_with_the_token_that_it_was_made_for() -> None:
    with pytest.raises(Unauthorized):
        auth("new").admit(with_cookie(auth("old")))


def test_a_cookie_ends_after_thirty_days() -> None:
    cookie = with_cookie(auth(now=NOW))

    assert auth(now=NOW + COOKIE_SECONDS - 1).admit(cookie) == "cookie"
    with pytest.raises(Unauthorized):
        auth(now=NOW + COOKIE_SECONDS + 1).admit(cookie)


def test_the_date_in_a_cookie_cannot_be_changed() -> None:
    gate = auth()
    _, nonce, mac = gate.new_cookie().split(".")

    with pytest.raises(Unauthorized):
        gate.admit(request(Cookie=f"{gate.cookie_name}={int(NOW) + 9}.{nonce}.{mac}"))


def test_servers_on_two_ports_have_two_cookies() -> None:
    assert Auth("t", "127.0.0.1", 1, "/").cookie_name != Auth("t", "127.0.0.1", 2, "/").cookie_name


# Requests that a cookie came with


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_our_own_page_may_write_with_a_cookie(method: str) -> None:
    gate = auth()

    assert gate.admit(with_cookie(gate, method, Origin=ORIGIN)) == "cookie"
    assert gate.admit(with_cookie(gate, method, Sec_Fetch_Site="same-origin")) == "cookie"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8888.evil.example"},
        {"Origin": "https://127.0.0.1:8888"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_no_other_page_may_write_with_a_cookie(method: str, headers: dict[str, str]) -> None:
    gate = auth()

    with pytest.raises(Forbidden):
        gate.admit(with_cookie(gate, method, **headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "cors"},
    ],
)
def test_no_other_page_may_read_with_a_cookie(headers: dict[str, str]) -> None:
    gate = auth()

    with pytest.raises(Forbidden):
        gate.admit(with_cookie(gate, **headers))


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}],
)
def test_a_link_or_a_bookmark_may_lead_here(headers: dict[str, str]) -> None:
    gate = auth()

    assert gate.admit(with_cookie(gate, **headers)) == "cookie"


def test_a_program_that_shows_the_token_needs_no_origin() -> None:
    assert auth().admit(request("DELETE", Authorization="token secret")) == "token"


# WebSockets


def test_our_own_page_may_open_a_websocket() -> None:
    gate = auth()

    assert gate.admit_socket(with_cookie(gate, Origin=ORIGIN)) == "cookie"


def test_a_program_may_open_a_websocket_with_the_token() -> None:
    assert auth().admit_socket(request(Authorization="token secret")) == "token"


def test_a_cookie_alone_opens_no_websocket() -> None:
    gate = auth()

    with pytest.raises(Forbidden):
        gate.admit_socket(with_cookie(gate))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "file://", ""])
def test_a_foreign_page_opens_no_websocket_even_with_the_token(origin: str) -> None:
    with pytest.raises(Forbidden):
        auth().admit_socket(request(Authorization="token secret", Origin=origin))


def test_nobody_opens_a_websocket_without_credentials() -> None:
    with pytest.raises(Unauthorized):
        auth().admit_socket(request(Origin=ORIGIN))


# Host


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8888", "127.9.9.9", "localhost:8888", "LOCALHOST", "a.localhost", "[::1]:80"]
)
def test_loopback_names_are_ours(host: str) -> None:
    assert is_own_host(host_name(host), own_hosts("127.0.0.1"))


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5:8888",
        "127.0.0.1@evil.example",
        "127.0.0.1:8888/evil",
        "127.0.0.1:port",
        "[::1",
        "0.0.0.0",
        "2130706433",
    ],
)
def test_other_names_are_not_ours(host: str) -> None:
    assert not is_own_host(host_name(host), own_hosts("127.0.0.1"))


def test_a_server_answers_to_the_address_that_it_was_told_to_listen_on() -> None:
    assert is_own_host(host_name("192.168.1.5:8888"), own_hosts("192.168.1.5"))
    assert is_own_host(host_name("[fe80::1]:8888"), own_hosts("fe80::1"))


def test_a_server_on_all_addresses_answers_to_all_of_them_but_not_to_foreign_names() -> None:
    own = own_hosts("0.0.0.0", hostname="lab7.example")

    assert is_own_host("192.168.1.5", own)
    assert is_own_host("lab7.example", own)
    assert is_own_host("lab7", own)
    assert not is_own_host("evil.example", own)


def test_a_foreign_host_is_refused_whatever_it_shows() -> None:
    shown = request(Authorization="token secret")
    shown.headers["Host"] = "evil.example"

    with pytest.raises(Forbidden):
        auth().admit(shown)
    with pytest.raises(Forbidden):
        auth().admit_socket(shown)


@given(st.text(max_size=30))
def test_no_host_header_brings_the_check_down(host: str) -> None:
    assert is_own_host(host_name(host), own_hosts("127.0.0.1")) in {True, False}


# Origin


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:80", "localhost"),
        ("http://localhost", "localhost:80"),
        ("http://LocalHost:8888", "localhost:8888"),
        ("http://[::1]:8888", "[::1]:8888"),
    ],
)
def test_the_same_origin_can_be_written_in_two_ways(origin: str, host: str) -> None:
    assert is_same_origin(origin, "http", host)


@given(st.text(max_size=30))
def test_no_origin_header_brings_the_check_down(origin: str) -> None:
    assert is_same_origin(origin, "http", HOST) == (origin == ORIGIN)
