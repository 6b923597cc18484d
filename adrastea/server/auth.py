"""Who may come in: token, password, one-time tokens, the cookie that stands for them; Host, Origin and XSRF (W1).

    token      `Authorization: token X`, `Authorization: Bearer X` or `?token=X`: from whoever knows the secret
    password   on the login page only; never with a request
    one-time   `?token=Y` in the address of a page: works once, and leaves a cookie
    cookie     `<issued>.<nonce>.<mac>`, keyed by token and password, so that it ends with them; sent by a browser by
               itself, so it counts only for requests that our own page makes (Origin, Sec-Fetch-Site), and what
               changes something has to show the `_xsrf` cookie as well, which other pages cannot read
    a hub      where there is one (JupyterHub), it knows its users by tokens and cookies of its own (`hub.py`)

Secrets are compared in constant time. Whoever guesses is made to wait (`attempts.py`). The right token is let in all
the same, so that its owner is never locked out; except for a short one from another machine, for that can be guessed.
Nothing here logs a secret.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/operators/security.html for how clients show theirs.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from asyncio import Semaphore, get_running_loop
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol

from tornado.httputil import HTTPServerRequest, parse_cookie

from adrastea.errors import Forbidden, StartFailed, TooManyAttempts, Unauthorized, XsrfMissing
from adrastea.password import LONGEST, Hash, PasswordFile, matches
from adrastea.server.attempts import Attempts
from adrastea.server.ended_logins import EndedLogins
from adrastea.server.login_words import Asked
from adrastea.server.origins import (
    SAFE_METHODS,
    Guests,
    OwnHosts,
    comes_from_here,
    host_name,
    is_from_our_page,
    is_on_this_machine,
    is_own_host,
    own_hosts,
    scheme_of,
)

log = logging.getLogger(__name__)

COOKIE_SECONDS: Final = 30 * 24 * 3600
XSRF: Final = "_xsrf"
_ONE_TIME_LIMIT: Final = 256  # unused one-time tokens that are remembered; older ones end
_UNGUESSABLE: Final = 20  # characters of a token that need not be protected from guessing
_WAITING_CHECKS: Final = 4  # passwords that wait to be checked, one at a time: each check is costly on purpose

By = Literal["token", "cookie"]


class Hub(Protocol):
    """Somebody in front of the server who knows the users (JupyterHub). What it says has been asked for before."""

    def knows(self, token: str) -> bool:
        """Whether a user who may come in has this token."""
        ...

    def knows_cookie(self, cookie: str) -> bool:
        """Whether such a user has this cookie."""
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """What the user has chosen about who may come in."""

    token: str = field(default="", repr=False)
    """The secret; empty makes one that nobody knows before."""
    password: PasswordFile | None = None
    base_url: str = "/"
    names: tuple[str, ...] = ()
    """Names that the server answers to, besides those that it finds by itself."""
    guests: Guests = field(default_factory=Guests)
    hub: Hub | None = None
    ended: Path | None = None
    """The file that remembers which logins have ended."""


class Auth:
    """The credentials of one run of the server. Server thread only."""

    def __init__(
        self,
        access: Access,
        ip: str,
        port: int,
        clock: Callable[[], float] = time.time,
        attempts: Attempts | None = None,
    ) -> None:
        self._access = access
        self._token = access.token or secrets.token_hex(24)
        self._hosts = OwnHosts(frozenset(), any_name=True) if access.hub else own_hosts(ip, access.names)
        self._clock = clock
        self._attempts = attempts or Attempts()
        self._one_time: OrderedDict[str, None] = OrderedDict()
        self._ended = EndedLogins(access.ended)
        self._checks = Semaphore(1)
        self._waiting = 0
        self.cookie_name: Final = f"adrastea-{port}"
        self.cookie_path: Final = access.base_url
        self.guests: Final = access.guests

    @property
    def token(self) -> str:
        """The secret, for whoever may know it: the user, on the terminal that started the server."""
        return self._token

    @property
    def asked(self) -> Asked:
        """What a login form asks for: where there is a password, only a token that the user has given."""
        if self._hash() is None:
            return Asked.TOKEN
        return Asked.EITHER if self._access.token else Asked.PASSWORD

    # Logging in and out

    def one_time_token(self) -> str:
        """A new token for the address of a page; it works once."""
        token = secrets.token_urlsafe(24)
        _remember(self._one_time, _digest(token), _ONE_TIME_LIMIT)
        return token

    def redeem(self, token: str, request: HTTPServerRequest) -> bool:
        """Whether `token` opens a page: the secret itself, or a one-time token, which is void from now on.

        Raises:
            TooManyAttempts: it does not, or can be guessed, and too many did not before.
        """
        digest = _digest(token)  # compared as digests, so that how long it takes tells nothing about the token
        if digest in self._one_time:
            del self._one_time[digest]
            return True
        return self._guessed(request, (token,))

    async def log_in(self, secret: str, request: HTTPServerRequest) -> bool:
        """Whether `secret` opens a page: a token of either kind, or the password.

        Raises:
            TooManyAttempts: too many were wrong before, or too many are being checked.
        """
        known, address = self._hash(), request.remote_ip or ""
        if known is None or self._is_token(secret) or _digest(secret) in self._one_time:
            return self.redeem(secret, request)
        self._wait(address)
        self._attempts.failed(address)  # before it is known, so that many at once gain nothing
        if not await self._is_password(secret, known):
            return False
        self._attempts.succeeded(address)
        return True

    def new_cookie(self) -> str:
        """The value of a cookie for a browser that has shown a secret."""
        body = f"{int(self._clock())}.{secrets.token_hex(12)}"
        return f"{body}.{self._mac('cookie', body)}"

    def end_cookie(self, request: HTTPServerRequest) -> None:
        """The cookie that came with this request lets nobody in any more."""
        cookie = cookies(request).get(self.cookie_name)
        if cookie is not None and self._shows_cookie(request):  # else anybody could fill the table
            self._ended.add(_digest(cookie))

    async def keep_ended(self) -> None:
        """Remember for the next start whose logins have ended."""
        await get_running_loop().run_in_executor(None, self._ended.keep, self._ended.all())

    def xsrf(self, request: HTTPServerRequest) -> str:
        """What the page that made this request is to show with its next ones: what it has, if that is of ours."""
        known = cookies(request).get(XSRF, "")
        if self._is_xsrf(known):
            return known
        nonce = secrets.token_hex(12)
        return f"{nonce}.{self._mac('xsrf', nonce)}"

    def cookie_attributes(self, request: HTTPServerRequest) -> str:
        """How a cookie of ours is to be kept by the browser that made this request."""
        site = "Lax" if self._access.hub else "Strict"  # a hub sends the browser here from its own pages
        secure = "; Secure" if scheme_of(request) == "https" else ""
        return f"Path={self.cookie_path}; SameSite={site}{secure}"

    # Coming in

    def check_host(self, request: HTTPServerRequest) -> None:
        """Raises Forbidden when the request was meant for another server's name."""
        name = host_name(request.headers.get("Host", ""))
        if not is_own_host(name, self._hosts):
            raise Forbidden("This address does not belong to the server. Use the one that it printed when it started.")

    def knows(self, request: HTTPServerRequest) -> bool:
        """Whether a request shows right credentials. Nothing is counted."""
        return any(map(self._is_token, shown_tokens(request))) or self._shows_cookie(request)

    def admit(self, request: HTTPServerRequest) -> By:
        """How an HTTP request shows that it may come in.

        Raises:
            Unauthorized: it shows no credentials, or wrong ones.
            TooManyAttempts: wrong ones, once too often.
            Forbidden: its Host is not ours, or another page would change something, or read with a cookie.
            XsrfMissing: a cookie alone would change something.
        """
        self.check_host(request)
        by = self._shown(request)
        changes = request.method not in SAFE_METHODS
        if by == "cookie" and not is_from_our_page(request):
            raise Forbidden("This request comes from another page.")
        if changes and not comes_from_here(request) and not self._is_guest(request):
            raise Forbidden("This request comes from another page. The setting allow_origin lets one in.")
        if changes and by == "cookie" and not self.shows_xsrf(request):
            raise XsrfMissing("This request lacks the XSRF token of the page. Load the page again.")
        return by

    def admit_socket(self, request: HTTPServerRequest) -> By:
        """The same for a WebSocket, which browsers open to any server: a foreign Origin is refused, even with a token.

        Raises:
            Unauthorized: it shows no credentials, or wrong ones.
            TooManyAttempts: wrong ones, once too often.
            Forbidden: its Host or Origin is not ours, or a cookie came without an Origin and without XSRF token.
        """
        self.check_host(request)
        by = self._shown(request)
        if by == "token" and self._is_guest(request):
            return by
        if not comes_from_here(request):
            raise Forbidden("This WebSocket comes from another page. The setting allow_origin lets one in.")
        if by == "cookie" and "Origin" not in request.headers and not self.shows_xsrf(request):
            raise Forbidden("This WebSocket comes from nowhere: a cookie alone opens none.")
        return by

    def shows_xsrf(self, request: HTTPServerRequest) -> bool:
        """Whether a request shows what only a page of ours can read."""
        known = cookies(request).get(XSRF, "")
        headers = (request.headers.get("X-XSRFToken"), request.headers.get("X-CSRFToken"))
        values = (*request.query_arguments.get(XSRF, ()), *request.body_arguments.get(XSRF, ()))
        shown = [*filter(None, headers), *(value.decode("utf-8", "replace") for value in values)]
        return self._is_xsrf(known) and any(hmac.compare_digest(_digest(value), _digest(known)) for value in shown)

    def _is_guest(self, request: HTTPServerRequest) -> bool:
        return self.guests.invite(request.headers.get("Origin", ""))

    def _shown(self, request: HTTPServerRequest) -> By:
        tokens = tuple(filter(None, shown_tokens(request)))
        if self._shows_cookie(request) and not any(map(self._is_token, tokens)):
            return "cookie"
        if tokens and self._guessed(request, tokens):
            return "token"
        raise Unauthorized("This needs the token or the password of the server.")

    def _guessed(self, request: HTTPServerRequest, tokens: Iterable[str]) -> bool:
        """Whether one of these is right; if it is not, or might have been guessed, the address may have to wait."""
        address = request.remote_ip or ""
        right = any([self._is_token(token) for token in tokens])  # noqa: C419 -- all of them: time tells nothing
        if right and (len(self._token) >= _UNGUESSABLE or is_on_this_machine(request)):
            return True
        self._wait(address)
        if not right:
            self._attempts.failed(address)
        return right

    def _wait(self, address: str) -> None:
        seconds = self._attempts.wait_seconds(address)
        if seconds:
            raise TooManyAttempts(seconds)

    def _is_token(self, token: str) -> bool:
        if self._access.hub is not None:
            return self._access.hub.knows(token)
        return hmac.compare_digest(_digest(token), _digest(self._token))

    async def _is_password(self, secret: str, known: Hash) -> bool:
        if self._waiting >= _WAITING_CHECKS:
            raise TooManyAttempts(1)
        self._waiting += 1
        try:
            async with self._checks:
                return await get_running_loop().run_in_executor(None, matches, secret[:LONGEST], known)
        except StartFailed as error:
            log.error("A password could not be checked: %s", error)  # noqa: TRY400 -- the sentence says it all
            return False
        finally:
            self._waiting -= 1

    def _shows_cookie(self, request: HTTPServerRequest) -> bool:
        cookie = cookies(request).get(self.cookie_name)
        if cookie is None or _digest(cookie) in self._ended:
            return False
        if self._access.hub is not None:
            return self._access.hub.knows_cookie(cookie)
        return self._is_cookie(cookie)

    def _is_cookie(self, value: str) -> bool:
        body, _, mac = value.rpartition(".")
        if not hmac.compare_digest(_digest(mac), _digest(self._mac("cookie", body))):
            return False
        return int(body.partition(".")[0]) + COOKIE_SECONDS > self._clock()  # a number: we have written it

    def _is_xsrf(self, value: str) -> bool:
        nonce, _, mac = value.partition(".")
        return bool(nonce) and hmac.compare_digest(_digest(mac), _digest(self._mac("xsrf", nonce)))

    def _mac(self, purpose: str, body: str) -> str:
        known = self._hash()
        token = self._token if known is None or self._access.token else ""  # one that nobody knows ends with the run
        key = f"adrastea {purpose}\0{token}\0{known.line() if known else ''}"
        return hmac.new(_bytes(key), _bytes(body), hashlib.sha256).hexdigest()

    def _hash(self) -> Hash | None:
        try:
            return None if self._access.password is None else self._access.password.current()
        except StartFailed as error:
            log.error("%s", error)  # noqa: TRY400 -- the sentence says it all
            return None


def shown_tokens(request: HTTPServerRequest) -> tuple[str, ...]:
    """The tokens in the header and in the address of a request."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    in_header = (token.strip(),) if scheme.lower() in {"token", "bearer"} else ()
    in_query = tuple(value.decode("utf-8", "replace") for value in request.query_arguments.get("token", []))
    return (*in_header, *in_query)


def cookies(request: HTTPServerRequest) -> dict[str, str]:
    """The cookies that came with a request."""
    return parse_cookie(request.headers.get("Cookie", ""))


def _remember(table: OrderedDict[str, None], digest: str, limit: int) -> None:
    table[digest] = None
    while len(table) > limit:
        table.popitem(last=False)


def _digest(text: str) -> str:
    return hashlib.sha256(_bytes(text)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
