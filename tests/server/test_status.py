"""`/api`, `/api/status`, `/api/me`, `/api/shutdown`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from adrastea import __version__
from tests.server.running import Running, running, xsrf

LIMIT_SECONDS = 10.0


def test_the_version_is_ours(standing: Running) -> None:
    assert standing.api("GET", "api").object() == {"version": __version__}


def test_the_status_has_jupyters_fields(standing: Running) -> None:
    status = standing.api("GET", "api/status").object()

    assert set(status) == {"connections", "kernels", "last_activity", "started"}
    assert (status["connections"], status["kernels"]) == (0, 0)
    assert datetime.fromisoformat(str(status["started"])) <= datetime.fromisoformat(str(status["last_activity"]))


def test_there_is_one_user(standing: Running) -> None:
    me = standing.api("GET", "api/me").object()

    assert set(me) == {"identity", "permissions"}
    assert isinstance(me["identity"], dict)
    assert set(me["identity"]) == {"username", "name", "display_name", "initials", "avatar_url", "color"}


# The end


@dataclass(frozen=True, slots=True)
class Ending:
    """A server, and whether it was asked to end, as `serve` hears it."""

    server: Running
    asked: threading.Event


@pytest.fixture(name="ending")
def server_that_can_be_ended(tmp_path: Path) -> Iterator[Ending]:
    asked = threading.Event()
    with running(tmp_path, on_end=asked.set) as server:
        yield Ending(server, asked)


def test_who_has_the_token_ends_the_server(ending: Ending) -> None:
    reply = ending.server.api("POST", "api/shutdown")

    assert (reply.status, reply.body) == (200, b"")
    assert ending.asked.wait(LIMIT_SECONDS)


def test_a_page_that_shows_its_xsrf_token_ends_the_server(ending: Ending) -> None:
    headers = {**xsrf(ending.server.log_in()), "Origin": ending.server.origin}

    assert ending.server.ask("POST", "api/shutdown", headers=headers).status == 200
    assert ending.asked.wait(LIMIT_SECONDS)


def test_nobody_else_ends_it(ending: Ending) -> None:
    cookie = ending.server.log_in()
    statuses = [
        ending.server.ask("POST", "api/shutdown").status,
        ending.server.ask("POST", "api/shutdown", headers={"Cookie": cookie}).status,
        ending.server.ask("POST", "api/shutdown", headers=xsrf(cookie) | {"Origin": "http://evil.example"}).status,
        ending.server.api("GET", "api/shutdown").status,
    ]

    assert statuses == [403, 403, 403, 405]
    assert not ending.asked.is_set()


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"\xff", b'{"a":' * 100_000])
def test_a_body_that_makes_no_sense_ends_nothing(ending: Ending, body: bytes) -> None:
    assert ending.server.api("POST", "api/shutdown", body).status == 400
    assert not ending.asked.is_set()


def test_the_server_of_a_window_is_ended_by_its_window(standing: Running) -> None:
    reply = standing.api("POST", "api/shutdown")

    assert reply.status == 409
    assert "window" in reply.message()
    assert standing.api("GET", "api").status == 200
