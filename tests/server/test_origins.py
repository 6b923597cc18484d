"""Which names are ours, which pages are ours, and which others the user lets in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from adrastea.server.origins import Guests, comes_from_here, host_name, is_own_host, is_same_origin, own_hosts

HOST = "127.0.0.1:8888"
ORIGIN = "http://127.0.0.1:8888"

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


def request(**headers: str) -> HTTPServerRequest:
    named = HTTPHeaders({name.replace("_", "-"): value for name, value in headers.items()})
    return HTTPServerRequest(headers=named, start_line=RequestStartLine("GET", "/", "HTTP/1.1"))


def test_behind_a_proxy_that_speaks_tls_our_own_page_has_an_encrypted_origin() -> None:
    shown = request(Host="nb.example", Origin="https://nb.example", X_Forwarded_Proto="https")

    assert comes_from_here(shown)
    assert not comes_from_here(request(Host="nb.example", Origin="https://nb.example"))


def test_the_name_of_a_proxy_is_ours_when_the_user_says_so() -> None:
    own = own_hosts("127.0.0.1", ["NB.example"])

    assert is_own_host("nb.example", own)
    assert not is_own_host("evil.nb.example", own)


# Guests


@pytest.mark.parametrize("origin", ["https://lab.example", "https://a.lab.example"])
def test_a_page_is_let_in_by_name_or_by_pattern(origin: str) -> None:
    assert Guests(frozenset({"https://lab.example"}), r"https://[a-z]+\.lab\.example").invite(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://lab.example",
        "https://lab.example.evil.example",
        "https://evil.example?https://lab.example",
        "https://lab.example:1",
        "https://labXexample.evil",
    ],
)
def test_a_pattern_has_to_fit_from_the_beginning_to_the_end(origin: str) -> None:
    assert not Guests(pattern=r"https://lab\.example").invite(origin)
    assert not Guests(frozenset({"https://lab.example"})).invite(origin)


def test_nobody_is_let_in_unless_the_user_says_so() -> None:
    assert not Guests().invite("https://lab.example")
    assert Guests(frozenset({"*"})).invite("https://lab.example")
    assert not Guests(frozenset({"*"})).invite("null")
