"""Who may come in: the token, one-time tokens, the cookie that stands for them, and the Host and Origin checks (W1).

    token      `Authorization: token X`, `Authorization: Bearer X` or `?token=X`: from whoever knows the secret
    one-time   `?token=Y` in the address of a page: works once, and leaves a cookie
    cookie     `<issued>.<nonce>.<mac>`, keyed by the token, so that it ends with it; sent by a browser by itself, so
               it counts only for requests that our own page makes (Origin, Sec-Fetch-Site)

The Host header is checked on every request: a foreign name that leads here is DNS rebinding. Nothing here logs a token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest, parse_cookie

from adrastea.errors import Forbidden, Unauthorized

COOKIE_SECONDS: Final = 30 * 24 * 3600
_ONE_TIME_LIMIT: Final = 256  # unused one-time tokens that are remembered; older ones end
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}

By = Literal["token", "cookie"]


class Auth:
    """The credentials of one run of the server. Server thread only."""

    def __init__(
        self, token: str, ip: str, port: int, base_url: str = "/", clock: Callable[[], float] = time.time
    ) -> None:
        self._token = token or secrets.token_hex(24)
        self._hosts = own_hosts(ip)
        self._clock = clock
        self._one_time: OrderedDict[str, None] = OrderedDict()
        self.cookie_name: Final = f"adrastea-{port}"
        self.cookie_path: Final = base_url

    @property
    def token(self) -> str:
        """The secret, for whoever may know it: the user, on the terminal that started the server."""
        return self._token

    def one_time_token(self) -> str:
        """A new token for the address of a page; it works once."""
        token = secrets.token_urlsafe(24)
        self._one_time[_digest(token)] = None
        while len(self._one_time) > _ONE_TIME_LIMIT:
            self._one_time.popitem(last=False)
        return token

    def redeem(self, token: str) -> bool:
        """Whether `token` opens a page: the secret itself, or a one-time token, which is void from now on."""
        digest = _digest(token)  # compared as digests, so that how long it takes tells nothing about the token
        if digest in self._one_time:
            del self._one_time[digest]
            return True
        return self._is_token(token)

    def new_cookie(self) -> str:
        """The value of a cookie for a browser that has shown a token."""
        body = f"{int(self._clock())}.{secrets.token_hex(12)}"
        return f"{body}.{self._mac(body)}"

    def check_host(self, request: HTTPServerRequest) -> None:
        """Raises Forbidden when the request was meant for another server's name."""
        name = host_name(request.headers.get("Host", ""))
        if not is_own_host(name, self._hosts):
            raise Forbidden("This address does not belong to the server. Use the one that it printed when it started.")

    def admit(self, request: HTTPServerRequest) -> By:
        """How an HTTP request shows that it may come in.

        Raises:
            Unauthorized: it shows no credentials, or wrong ones.
            Forbidden: its Host is not ours, or a cookie came with a request that our own page did not make.
        """
        self.check_host(request)
        by = self._shown(request)
        if by == "cookie" and not _is_from_our_page(request):
            raise Forbidden("This request comes from another page.")
        return by

    def admit_socket(self, request: HTTPServerRequest) -> By:
        """The same for a WebSocket, which browsers open to any server: a foreign Origin is refused, even with a token.

        Raises:
            Unauthorized: it shows no credentials, or wrong ones.
            Forbidden: its Host or Origin is not ours, or a cookie came without an Origin.
        """
        self.check_host(request)
        by = self._shown(request)
        origin = request.headers.get("Origin")
        if origin is None and by == "token":
            return by
        if origin is None or not is_same_origin(origin, request.protocol, request.headers.get("Host", "")):
            raise Forbidden("This WebSocket comes from another page.")
        return by

    def _shown(self, request: HTTPServerRequest) -> By:
        if any(self._is_token(token) for token in shown_tokens(request)):
            return "token"
        cookie = parse_cookie(request.headers.get("Cookie", "")).get(self.cookie_name)
        if cookie is not None and self._is_cookie(cookie):
            return "cookie"
        raise Unauthorized("This needs the token that the server printed when it started.")

    def _is_token(self, token: str) -> bool:
        return hmac.compare_digest(_digest(token), _digest(self._token))

    def _is_cookie(self, value: str) -> bool:
        body, _, mac = value.rpartition(".")
        if not hmac.compare_digest(_digest(mac), _digest(self._mac(body))):
            return False
        return int(body.partition(".")[0]) + COOKIE_SECONDS > self._clock()  # a number: we have written it

    def _mac(self, body: str) -> str:
        key = b"adrastea cookie\0" + _bytes(self._token)
        return hmac.new(key, _bytes(body), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class OwnHosts:
    """The names that the server answers to, besides the loopback ones."""

    names: frozenset[str]
    any_ip: bool
    """Whether any IP address will do: the server listens on all of them, and an address cannot be rebound."""


def own_hosts(ip: str, hostname: str | None = None) -> OwnHosts:
    """The names of a server that listens on `ip`; `hostname` is this machine's own."""
    ip = ip.strip("[]").lower()
    if ip not in {"", "*", "0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened on
        return OwnHosts(frozenset({ip}), any_ip=False)
    machine = (socket.gethostname() if hostname is None else hostname).lower()
    return OwnHosts(frozenset({machine, f"{machine}.local", machine.partition(".")[0]}), any_ip=True)


def is_own_host(name: str, own: OwnHosts) -> bool:
    """Whether a request for `name` (as `host_name` gives it) was meant for this server."""
    if name == "localhost" or name.endswith(".localhost") or name in own.names:
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


def shown_tokens(request: HTTPServerRequest) -> tuple[str, ...]:
    """The tokens in the header and in the address of a request."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    in_header = (token.strip(),) if scheme.lower() in {"token", "bearer"} else ()
    in_query = tuple(value.decode("utf-8", "replace") for value in request.query_arguments.get("token", []))
    return (*in_header, *in_query)


def _is_from_our_page(request: HTTPServerRequest) -> bool:
    """For requests with a cookie. SameSite=Strict is not enough: it takes other ports of this machine for the same."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return is_same_origin(origin, request.protocol, request.headers.get("Host", ""))
    site = request.headers.get("Sec-Fetch-Site")
    if request.method not in _SAFE_METHODS:
        return site == "same-origin"
    return site in {None, "same-origin", "none"} or request.headers.get("Sec-Fetch-Mode") == "navigate"


def _digest(text: str) -> str:
    return hashlib.sha256(_bytes(text)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
