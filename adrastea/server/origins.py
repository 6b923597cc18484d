"""Names and origins: which Host headers are ours, which pages are ours, which others the user lets in. Pure.

The Host header is checked because a foreign name that leads here is DNS rebinding; the Origin header because a browser
sends requests to any server on behalf of any page. A proxy that speaks TLS to the browser says so in
`X-Forwarded-Proto`; a page cannot, for a browser would ask first (CORS).

Source of truth: RFC 6454 (origins), RFC 9110 §7.2 (Host), https://fetch.spec.whatwg.org (CORS, Sec-Fetch-Site).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_FORWARDED: Final = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)


@dataclass(frozen=True, slots=True)
class OwnHosts:
    """The names that the server answers to, besides the loopback ones."""

    names: frozenset[str]
    any_ip: bool = False
    """Whether any IP address will do: the server listens on all of them, and an address cannot be rebound."""
    any_name: bool = False
    """Whether every name will do: somebody in front of the server knows them (JupyterHub)."""


@dataclass(frozen=True, slots=True)
class Guests:
    """The origins of other pages that may ask this server for something, with its token."""

    origins: frozenset[str] = frozenset()
    """As browsers write them, `https://lab.example:8000`; `*` is every page."""
    pattern: str = ""
    """A regular expression that a whole origin has to fit; empty: none."""

    def invite(self, origin: str) -> bool:
        """Whether a page of this origin was let in by the user."""
        if not origin or origin == "null":
            return False
        named = "*" in self.origins or origin in self.origins
        return named or (bool(self.pattern) and re.fullmatch(self.pattern, origin) is not None)


def own_hosts(ip: str, more: Iterable[str] = (), hostname: str | None = None) -> OwnHosts:
    """The names of a server that listens on `ip`; `more` are those the user gives, `hostname` is this machine's own."""
    ip = ip.strip("[]").lower()
    given = frozenset(name.lower() for name in more)
    if ip not in {"", "*", "0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened on
        return OwnHosts(given | {ip})
    machine = (socket.gethostname() if hostname is None else hostname).lower()
    return OwnHosts(given | {machine, f"{machine}.local", machine.partition(".")[0]}, any_ip=True)


def is_own_host(name: str, own: OwnHosts) -> bool:
    """Whether a request for `name` (as `host_name` gives it) was meant for this server."""
    if name == "localhost" or name.endswith(".localhost") or name in own.names or own.any_name:
        return bool(name)
    import ipaddress

    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or own.any_ip


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in lower case; empty if it makes no sense."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 -- raises when it is not a port
    except ValueError:
        return ""
    if parts.netloc != host or "@" in host:
        return ""
    return (parts.hostname or "").removesuffix(".")


def is_same_origin(origin: str, scheme: str, host: str) -> bool:
    """Whether an Origin header names the server that was asked for by `scheme` and `host`."""
    try:
        theirs = urlsplit(origin)
        ours = urlsplit(f"{scheme}://{host}")
        same_port = (theirs.port or _DEFAULT_PORTS.get(theirs.scheme)) == (ours.port or _DEFAULT_PORTS.get(scheme))
    except ValueError:
        return False
    return bool(ours.hostname) and (theirs.scheme, theirs.hostname) == (scheme, ours.hostname) and same_port


def scheme_of(request: HTTPServerRequest) -> str:
    """How the browser reached us: as we are spoken to, or as a proxy in front of us was."""
    forwarded = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
    return forwarded if forwarded in _DEFAULT_PORTS else request.protocol


def is_on_this_machine(request: HTTPServerRequest) -> bool:
    """Whether who asks is on this machine. Behind a proxy everybody seems to be; it says so in a header."""
    return request.remote_ip in _LOOPBACK and not _FORWARDED & {name.lower() for name in request.headers}


def comes_from_here(request: HTTPServerRequest) -> bool:
    """Whether a request names no other origin than this server's."""
    origin = request.headers.get("Origin")
    return origin is None or is_same_origin(origin, scheme_of(request), request.headers.get("Host", ""))


def is_from_our_page(request: HTTPServerRequest) -> bool:
    """For requests with a cookie. SameSite is not enough: it takes other ports of this machine for the same.

    A program that is no browser says nothing of itself: it is told by what else it shows.
    """
    if request.headers.get("Origin") is not None:
        return comes_from_here(request)
    site = request.headers.get("Sec-Fetch-Site")
    if request.method not in SAFE_METHODS:
        return site in {None, "same-origin"}
    return site in {None, "same-origin", "none"} or request.headers.get("Sec-Fetch-Mode") == "navigate"
