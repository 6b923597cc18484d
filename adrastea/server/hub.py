"""A server that belongs to a user of JupyterHub: the hub says who comes in (OAuth), and hears that the server is used.

    browser   no cookie → the hub's login → back to `oauth_callback` with a code → the code becomes a token of the
              user's → the hub is asked who has that token → a cookie of ours stands for it
    program   shows a token of the hub's in `Authorization` → the hub is asked who has it

What the hub has said counts for a minute. Whoever lacks the scope to use this server stays out. It is asked before a
request goes to its handler (`HubDelegate`), so that handlers need not wait. Server thread only.

Source of truth: https://jupyterhub.readthedocs.io/en/stable/reference/api.html (HubOAuth); RFC 6749 §4.1.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine

from adrastea.errors import Unavailable
from adrastea.hub_place import HubPlace, allows

log = logging.getLogger(__name__)

_KNOWN_SECONDS: Final = 60.0
_UNKNOWN_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 10.0
_ACTIVITY_SECONDS: Final = 300.0
_TOKENS: Final = 512  # about 200 bytes each
_SESSIONS: Final = 512
_STATES: Final = 256  # logins that were begun
_FORBIDDEN: Final = frozenset({401, 403, 404})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the hub has said of a token."""

    comes_in: bool
    until: float


class JupyterHub:
    """The hub, as far as this server needs it."""

    def __init__(self, place: HubPlace, clock: Callable[[], float] = time.monotonic) -> None:
        self.place: Final = place
        self._clock = clock
        self._client = AsyncHTTPClient(force_instance=True)
        self._said: OrderedDict[str, _Said] = OrderedDict()
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._states: OrderedDict[str, str] = OrderedDict()
        self._used = datetime.now(UTC)
        self._telling: asyncio.Task[None] | None = None

    # What `Auth` asks

    def knows(self, token: str) -> bool:
        """Whether the hub has said that a user who may come in has this token."""
        said = self._said.get(_digest(token))
        known = said is not None and said.comes_in and said.until > self._clock()
        if known:
            self._used = datetime.now(UTC)
        return known

    def knows_cookie(self, cookie: str) -> bool:
        """Whether such a user has this cookie."""
        token = self._sessions.get(_digest(cookie))
        return token is not None and self.knows(token)

    async def learn(self, tokens: tuple[str, ...], cookie: str | None) -> None:
        """Ask the hub about what a request shows, unless it has just been asked."""
        session = None if cookie is None else self._sessions.get(_digest(cookie))
        for token in filter(None, (*tokens[:2], session)):
            said = self._said.get(_digest(token))
            if said is None or said.until <= self._clock():
                await self._ask(token)

    # Logging in and out

    def begin(self, next_url: str) -> tuple[str, str]:
        """A new login: its state, for a cookie, and where the browser has to go."""
        state = secrets.token_urlsafe(24)
        _remember(self._states, _digest(state), next_url, _STATES)
        query = {
            "client_id": self.place.client_id,
            "redirect_uri": self.place.callback,
            "response_type": "code",
            "state": state,
        }
        return state, f"{self.place.hub_url}api/oauth2/authorize?{urlencode(query)}"

    def next_url(self, state: str) -> str | None:
        """Where a login that was begun with this state is to lead; once. None for a state that is not ours."""
        return self._states.pop(_digest(state), None)

    async def new_session(self, code: str) -> str | None:
        """A cookie for the user to whom the hub gave this code; None for one who may not come in.

        Raises:
            Unavailable: the hub does not answer.
        """
        form = {
            "client_id": self.place.client_id,
            "client_secret": self.place.api_token,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.place.callback,
        }
        answer = await self._fetch("POST", f"{self.place.api_url}/oauth2/token", urlencode(form))
        token = answer.get("access_token") if answer is not None else None
        if not isinstance(token, str):
            return None
        await self._ask(token)
        if not self.knows(token):
            return None
        cookie = secrets.token_urlsafe(32)
        _remember(self._sessions, _digest(cookie), token, _SESSIONS)
        return cookie

    def end_session(self, cookie: str) -> None:
        """This cookie lets nobody in any more."""
        self._sessions.pop(_digest(cookie), None)

    @property
    def logout_url(self) -> str:
        """Where the hub ends its own login."""
        return f"{self.place.hub_url}logout"

    # Activity

    def start_telling(self, last_activity: Callable[[], datetime]) -> None:
        """Tell the hub every few minutes when the server was last used; `last_activity` is that of its kernels."""
        if self.place.activity_url:
            self._telling = asyncio.get_running_loop().create_task(self._tell(last_activity))

    async def close(self) -> None:
        """Say no more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        self._client.close()

    async def _tell(self, last_activity: Callable[[], datetime]) -> None:
        told = datetime.min.replace(tzinfo=UTC)
        while True:
            last = max(self._used, last_activity())
            if last > told and await self._is_told(last):
                told = last
            await asyncio.sleep(_ACTIVITY_SECONDS)

    async def _is_told(self, last: datetime) -> bool:
        at = {"last_activity": last.isoformat()}
        body = json.dumps({**at, "servers": {self.place.server_name: at}})
        try:
            return await self._fetch("POST", self.place.activity_url, body, self.place.api_token) is not None
        except Unavailable as error:
            log.warning("%s", error)
            return False

    async def _ask(self, token: str) -> None:
        try:
            user = await self._fetch("GET", f"{self.place.api_url}/user", None, token)
        except Unavailable as error:
            log.warning("%s", error)
            user = None
        comes_in = user is not None and self._may_come_in(user)
        seconds = _KNOWN_SECONDS if comes_in else _UNKNOWN_SECONDS
        _remember(self._said, _digest(token), _Said(comes_in, self._clock() + seconds), _TOKENS)

    def _may_come_in(self, user: dict[str, Any]) -> bool:
        scopes: object = user.get("scopes")
        held = cast("list[object]", scopes) if isinstance(scopes, list) else []
        return allows(self.place.scopes, frozenset(scope for scope in held if isinstance(scope, str)))

    async def _fetch(self, method: str, url: str, body: str | None, token: str = "") -> dict[str, Any] | None:
        """The object that the hub answers with; None when it refuses.

        Raises:
            Unavailable: it does not answer, or not as a hub does.
        """
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"token {token}"
        request = HTTPRequest(
            url,
            method,
            headers,
            body,
            follow_redirects=False,
            connect_timeout=_ANSWER_SECONDS,
            request_timeout=_ANSWER_SECONDS,
        )
        try:
            answer = await self._client.fetch(request)
            found: object = json.loads(answer.body or b"{}")
        except HTTPClientError as error:
            if error.code in _FORBIDDEN or (error.code == 400 and method == "POST"):  # noqa: PLR2004 -- a wrong code
                return None
            raise Unavailable(f"JupyterHub answered with {error.code}. Try again later.") from None
        except (OSError, ValueError):
            raise Unavailable("JupyterHub does not answer. Try again later.") from None
        return cast("dict[str, Any]", found) if isinstance(found, dict) else None


class HubDelegate(HTTPMessageDelegate):
    """A request whose handler is chosen when the hub has said what it knows of it; its body waits."""

    def __init__(self, choose: Callable[[], HTTPMessageDelegate], learn: Callable[[], Awaitable[None]]) -> None:
        self._choose = choose
        self._learn = learn
        self._handler: HTTPMessageDelegate | None = None

    async def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> None:
        """Tornado's."""
        await self._learn()
        self._handler = self._choose()
        waits = self._handler.headers_received(start_line, headers)
        if waits is not None:
            await waits

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Tornado's."""
        return None if self._handler is None else self._handler.data_received(chunk)

    def finish(self) -> None:
        """Tornado's: the request has come to its end."""
        if self._handler is not None:
            self._handler.finish()

    def on_connection_close(self) -> None:
        """Tornado's: the client has gone."""
        if self._handler is not None:
            self._handler.on_connection_close()


def _remember(table: OrderedDict[str, T], key: str, value: T, limit: int) -> None:
    table.pop(key, None)
    table[key] = value
    while len(table) > limit:
        table.popitem(last=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
