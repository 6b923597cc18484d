"""Who may come in: tokens, one-time tokens, cookies, Host and Origin."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from adrastea.errors import Forbidden, TooManyAttempts, Unauthorized, XsrfMissing
from adrastea.server.attempts import Attempts
from adrastea.server.auth import COOKIE_SECONDS, Access, Auth
from adrastea.server.origins import Guests

HOST = "127.0.0.1:8888"
ORIGIN = "http://127.0.0.1:8888"
NOW = 1_700_000_000.0


LAB = "https://lab.example"


class Free(Attempts):
    """Whoever fails here need not wait."""

    def failed(self, address: str) -> None:
        """Nothing is counted."""


def auth(
    token: str = "secret", now: float = NOW, guests: Guests | None = None, attempts: Attempts | None = None
) -> Auth:
    return Auth(Access(token, guests=guests or Guests()), "127.0.0.1", 8888, lambda: now, attempts or Free())


def request(method: str = "GET", uri: str = "/api", **headers: str) -> HTTPServerRequest:
    named = HTTPHeaders({"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}})
    return HTTPServerRequest(headers=named, start_line=RequestStartLine(method, uri, "HTTP/1.1"))


def with_cookie(gate: Auth, method: str = "GET", **headers: str) -> HTTPServerRequest:
    return request(method, Cookie=f"{gate.cookie_name}={gate.new_cookie()}", **headers)


def with_xsrf(gate: Auth, method: str, **headers: str) -> HTTPServerRequest:
    """What our own page sends: the login, and what only it can read."""
    known = gate.xsrf(request())
    cookie = f"{gate.cookie_name}={gate.new_cookie()}; _xsrf={known}"
    return request(method, **{"Cookie": cookie, "X_XSRFToken": known, **headers})


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
    assert auth("secret").redeem(text, request()) == (text == "secret")


def test_a_server_without_a_token_makes_one_that_nobody_else_has() -> None:
    gate, other = auth(""), auth("")

    assert not gate.redeem("", request())
    assert not other.redeem(gate.one_time_token(), request())


def test_a_one_time_token_works_once() -> None:
    gate = auth()
    token = gate.one_time_token()

    assert gate.redeem(token, request())
    assert not gate.redeem(token, request())


def test_a_one_time_token_opens_pages_only() -> None:
    gate = auth()

    with pytest.raises(Unauthorized):
        gate.admit(request(Authorization=f"token {gate.one_time_token()}"))


def test_one_time_tokens_that_nobody_uses_do_not_pile_up() -> None:
    gate = auth()
    tokens = [gate.one_time_token() for _ in range(257)]

    assert not gate.redeem(tokens[0], request())
    assert gate.redeem(tokens[1], request())


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
    assert Auth(Access("t"), "127.0.0.1", 1).cookie_name != Auth(Access("t"), "127.0.0.1", 2).cookie_name


def test_a_cookie_whose_owner_has_logged_out_lets_nobody_in() -> None:
    gate = auth()
    shown = with_cookie(gate)
    other = with_cookie(gate)

    gate.end_cookie(shown)

    with pytest.raises(Unauthorized):
        gate.admit(shown)
    assert gate.admit(other) == "cookie"


def test_a_cookie_whose_owner_has_logged_out_lets_nobody_in_after_a_restart(tmp_path: Path) -> None:
    def started() -> Auth:
        access = Access("secret", ended=tmp_path / "ended-logins")
        return Auth(access, "127.0.0.1", 8888, lambda: NOW, Free())

    gate = started()
    shown, other = with_cookie(gate), with_cookie(gate)

    async def log_out() -> None:
        gate.end_cookie(shown)
        await gate.keep_ended()

    asyncio.run(log_out())

    assert [started().knows(request) for request in (shown, other)] == [False, True]


def test_a_cookie_that_lets_nobody_in_is_not_remembered_when_it_is_logged_out(tmp_path: Path) -> None:
    gate = Auth(Access("secret", ended=tmp_path / "ended-logins"), "127.0.0.1", 8888)

    async def log_out() -> None:
        gate.end_cookie(request(Cookie=f"{gate.cookie_name}=1.2.3"))
        await gate.keep_ended()

    asyncio.run(log_out())

    assert (tmp_path / "ended-logins").read_text() == ""


def test_a_cookie_goes_over_tls_only_when_it_came_over_tls() -> None:
    plain, proxied = request(), request(X_Forwarded_Proto="https")

    assert "Secure" not in auth().cookie_attributes(plain)
    assert "; Secure" in auth().cookie_attributes(proxied)


# Requests that a cookie came with


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_our_own_page_may_write_with_a_cookie(method: str) -> None:
    gate = auth()

    assert gate.admit(with_xsrf(gate, method, Origin=ORIGIN)) == "cookie"
    assert gate.admit(with_xsrf(gate, method, Sec_Fetch_Site="same-origin")) == "cookie"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_cookie_alone_writes_nothing_even_from_our_own_page(method: str) -> None:
    gate = auth()

    with pytest.raises(XsrfMissing):
        gate.admit(with_cookie(gate, method, Origin=ORIGIN))


@pytest.mark.parametrize("shown", ["", "guess", "a.b", "."])
def test_what_the_server_has_not_made_is_no_xsrf_token(shown: str) -> None:
    gate = auth()
    cookie = f"{gate.cookie_name}={gate.new_cookie()}; _xsrf={shown}"

    with pytest.raises(XsrfMissing):
        gate.admit(request("POST", Cookie=cookie, X_XSRFToken=shown, Origin=ORIGIN))


def test_an_xsrf_token_counts_with_its_own_cookie_only() -> None:
    gate = auth()
    one, other = gate.xsrf(request()), gate.xsrf(request())
    cookie = f"{gate.cookie_name}={gate.new_cookie()}; _xsrf={one}"

    with pytest.raises(XsrfMissing):
        gate.admit(request("POST", Cookie=cookie, X_XSRFToken=other, Origin=ORIGIN))


def test_an_xsrf_token_may_stand_in_the_address_and_a_page_keeps_the_one_that_it_has() -> None:
    gate = auth()
    known = gate.xsrf(request())
    cookie = f"{gate.cookie_name}={gate.new_cookie()}; _xsrf={known}"

    assert gate.admit(request("POST", f"/api/x?_xsrf={known}", Cookie=cookie)) == "cookie"
    assert gate.xsrf(request(Cookie=cookie)) == known
    assert auth("other").xsrf(request(Cookie=cookie)) != known


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
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
        gate.admit(with_xsrf(gate, method, **headers))


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


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_foreign_page_writes_nothing_even_with_the_token(method: str) -> None:
    with pytest.raises(Forbidden):
        auth().admit(request(method, "/api?token=secret", Origin="http://evil.example"))


# Pages that the user lets in


def test_a_guest_may_write_and_open_a_websocket_with_the_token() -> None:
    gate = auth(guests=Guests(frozenset({LAB})))
    shown = request("PUT", Authorization="token secret", Origin=LAB)

    assert gate.admit(shown) == "token"
    assert gate.admit_socket(shown) == "token"


def test_a_guest_may_do_nothing_with_a_cookie() -> None:
    gate = auth(guests=Guests(frozenset({"*"})))

    with pytest.raises(Forbidden):
        gate.admit(with_xsrf(gate, "PUT", Origin=LAB))
    with pytest.raises(Forbidden):
        gate.admit_socket(with_xsrf(gate, "GET", Origin=LAB))


# Guessing


def test_who_guesses_too_often_has_to_wait_even_with_a_token_that_could_be_guessed() -> None:
    gate = auth("secret", attempts=Attempts(lambda: 0.0))

    for guess in range(6):
        with pytest.raises(Unauthorized):
            gate.admit(request(Authorization=f"token {guess}"))

    with pytest.raises(TooManyAttempts):
        gate.admit(request(Authorization="token 7"))
    with pytest.raises(TooManyAttempts):
        gate.admit(request(Authorization="token secret"))


@pytest.mark.parametrize(("good", "address"), [("0123456789abcdef0123", "10.0.0.1"), ("secret", "127.0.0.1")])
def test_the_owner_is_never_locked_out_by_a_short_token_on_this_machine_only(good: str, address: str) -> None:
    gate = auth(good, attempts=Attempts(lambda: 0.0))
    shown = with_cookie(gate)
    right = request(Authorization=f"token {good}")
    right.remote_ip = address

    for guess in range(7):
        with pytest.raises((Unauthorized, TooManyAttempts)):
            gate.admit(request(Authorization=f"token {guess}"))

    assert gate.admit(right) == "token"
    assert gate.admit(shown) == "cookie"


def test_who_shows_nothing_has_not_guessed() -> None:
    gate = auth(attempts=Attempts(lambda: 0.0))

    for _ in range(20):
        with pytest.raises(Unauthorized):
            gate.admit(request(Cookie=f"{gate.cookie_name}=1.2.3"))

    assert gate.admit(request(Authorization="token secret")) == "token"


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


def test_a_program_that_has_logged_in_opens_a_websocket_with_its_xsrf_token() -> None:
    gate = auth()

    assert gate.admit_socket(with_xsrf(gate, "GET")) == "cookie"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "file://", ""])
def test_a_foreign_page_opens_no_websocket_even_with_the_token(origin: str) -> None:
    with pytest.raises(Forbidden):
        auth().admit_socket(request(Authorization="token secret", Origin=origin))


def test_nobody_opens_a_websocket_without_credentials() -> None:
    with pytest.raises(Unauthorized):
        auth().admit_socket(request(Origin=ORIGIN))


# Host


def test_a_foreign_host_is_refused_whatever_it_shows() -> None:
    shown = request(Authorization="token secret")
    shown.headers["Host"] = "evil.example"

    with pytest.raises(Forbidden):
        auth().admit(shown)
    with pytest.raises(Forbidden):
        auth().admit_socket(shown)
