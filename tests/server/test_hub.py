"""The hub as the server asks it: a small one over HTTP; the real one is in tests/clients/test_jupyterhub.py."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from adrastea.errors import Unavailable
from adrastea.hub_place import HubPlace
from adrastea.server.handler import finish
from adrastea.server.hub import JupyterHub

ACCESS = "access:servers!server=ada/"


@dataclass
class SmallHub:
    """Users by token, tokens by code, and what it was asked."""

    users: dict[str, list[str]] = field(default_factory=lambda: {"adas": [ACCESS], "bobs": []})
    codes: dict[str, str] = field(default_factory=lambda: {"good": "adas", "bobs-code": "bobs"})
    asked: list[str] = field(default_factory=list[str])
    told: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    status: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Answering(RequestHandler):
    def initialize(self, hub: SmallHub) -> None:
        self.hub = hub

    def prepare(self) -> None:
        self.hub.asked.append(self.request.path)
        if self.hub.status:
            self.set_status(self.hub.status)
            finish(self, "no hub")


class User(Answering):
    def get(self) -> None:
        token = self.request.headers["Authorization"].removeprefix("token ")
        if token not in self.hub.users:
            self.set_status(403)
        finish(self, json.dumps({"name": token, "scopes": self.hub.users.get(token, [])}))


class Token(Answering):
    def post(self) -> None:
        token = self.hub.codes.get(self.get_body_argument("code"))
        if token is None or self.get_body_argument("client_secret") != "secret":
            self.set_status(400)
        finish(self, json.dumps({"access_token": token} if token else {"error": "invalid_grant"}))


class Activity(Answering):
    def post(self) -> None:
        self.hub.told.append(json.loads(self.request.body))
        self.hub.heard.set()
        self.set_status(200)


Scenario = Callable[[JupyterHub, SmallHub], Awaitable[None]]


def play(scenario: Scenario, clock: Callable[[], float] = lambda: 0.0) -> None:
    async def run() -> None:
        small = SmallHub()
        rows = [("/hub/api/user", User), ("/hub/api/oauth2/token", Token), ("/activity", Activity)]
        server = HTTPServer(Application([(path, handler, {"hub": small}) for path, handler in rows]))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
        hub = JupyterHub(place(address), clock)
        try:
            async with asyncio.timeout(30):
                await scenario(hub, small)
        finally:
            await hub.close()
            server.stop()
            await server.close_all_connections()

    asyncio.run(run())


def place(address: str) -> HubPlace:
    return HubPlace(
        api_url=f"{address}/hub/api",
        api_token="secret",
        client_id="client",
        hub_url="/hub/",
        base_url="/user/ada/",
        callback="/user/ada/oauth_callback",
        user="ada",
        server_name="",
        scopes=frozenset({ACCESS}),
        activity_url=f"{address}/activity",
        ip="127.0.0.1",
        port=0,
        root=None,
    )


def test_a_token_is_good_when_the_hub_says_so_and_its_user_may_come_in() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        assert not hub.knows("adas")
        await hub.learn(("adas", "bobs"), None)
        await hub.learn(("nobodys",), None)

        assert [hub.knows(token) for token in ("adas", "bobs", "nobodys")] == [True, False, False]

    play(scenario)


def test_what_the_hub_said_counts_for_a_minute() -> None:
    now = [0.0]

    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        await hub.learn(("adas",), None)
        await hub.learn(("adas",), None)
        now[0] = 59.0
        assert hub.knows("adas")
        small.users.clear()
        now[0] = 61.0
        assert not hub.knows("adas")
        await hub.learn(("adas",), None)

        assert not hub.knows("adas")
        assert small.asked == ["/hub/api/user"] * 2

    play(scenario, lambda: now[0])


def test_a_hub_that_does_not_answer_lets_nobody_in() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        small.status = 500
        await hub.learn(("adas",), None)

        assert not hub.knows("adas")
        with pytest.raises(Unavailable, match="answered with 500"):
            await hub.new_session("good")

    play(scenario)


def test_an_answer_that_is_none_lets_nobody_in() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        small.status = 200
        await hub.learn(("adas",), None)

        assert not hub.knows("adas")

    play(scenario)


def test_a_code_becomes_a_cookie_for_who_may_come_in() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        cookie = await hub.new_session("good")

        assert cookie is not None
        assert hub.knows_cookie(cookie)
        assert [await hub.new_session(code) for code in ("bobs-code", "made-up", "")] == [None] * 3
        hub.end_session(cookie)
        assert not hub.knows_cookie(cookie)

    play(scenario)


def test_a_cookie_whose_time_has_come_is_asked_about_again() -> None:
    now = [0.0]

    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        cookie = await hub.new_session("good")
        assert cookie is not None
        now[0] = 61.0
        assert not hub.knows_cookie(cookie)

        await hub.learn((), cookie)

        assert hub.knows_cookie(cookie)

    play(scenario, lambda: now[0])


def test_a_login_has_a_state_that_counts_once() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        state, url = hub.begin("/user/ada/files/x")

        assert url.startswith("/hub/api/oauth2/authorize?client_id=client&redirect_uri=%2Fuser%2Fada%2Foauth_callback")
        assert f"state={state}" in url
        assert [hub.next_url(item) for item in ("made-up", state, state)] == [None, "/user/ada/files/x", None]

    play(scenario)


def test_logins_that_nobody_ends_do_not_pile_up() -> None:
    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        states = [hub.begin("/")[0] for _ in range(257)]

        assert hub.next_url(states[0]) is None
        assert hub.next_url(states[1]) == "/"

    play(scenario)


def test_the_hub_is_told_when_the_server_was_used() -> None:
    last = datetime(2100, 1, 2, tzinfo=UTC)

    async def scenario(hub: JupyterHub, small: SmallHub) -> None:
        hub.start_telling(lambda: last)
        await small.heard.wait()

        at = {"last_activity": "2100-01-02T00:00:00+00:00"}
        assert small.told == [{**at, "servers": {"": at}}]

    play(scenario)
