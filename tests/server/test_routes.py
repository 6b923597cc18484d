"""The route table: every address has a handler of ours, comes once, and is closed to strangers in every way.

The walk takes the addresses from the table, so that a new one is walked without being named here.
"""

from __future__ import annotations

import http.client
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adrastea.server.handler import Handler, SocketHandler
from adrastea.server.origins import SAFE_METHODS
from adrastea.server.routes import routes
from adrastea.settings import Settings
from tests.server.running import TOKEN, Running, running

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "upgrade")
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
# What is open to everybody, each with the reason; GET and HEAD only, where nothing else is said.
OPEN = {
    "login": "it is where secrets are shown; POST too",
    "logout": "it ends what is not there",
    "favicon.ico": "the icon of the login page",
}
GUESS = "0123456789abcdef0123456789abcdef"


def test_every_handler_checks_credentials_by_being_one_of_ours(served: Running) -> None:
    table = served.thread.call(lambda application: routes(application.services))

    assert all(issubclass(handler.load(), (Handler, SocketHandler)) for _, handler, _ in table)


def test_every_pattern_compiles_and_comes_once(served: Running) -> None:
    patterns = [pattern for pattern, _, _ in served.thread.call(lambda application: routes(application.services))]

    assert len(set(patterns)) == len(patterns)
    assert all(re.compile(pattern) for pattern in patterns)


def test_contents_and_kernels_are_not_taken_for_assets(served: Running) -> None:
    assert served.api("GET", "api/contents/").object()["type"] == "directory"
    assert served.api("GET", "api/contents").object()["type"] == "directory"
    assert served.api("GET", "api/kernels").list() == []


# Strangers


@dataclass(frozen=True, slots=True)
class Walk:
    """A server, the addresses in its table, and what it has answered."""

    server: Running
    paths: tuple[str, ...]

    def statuses(self, headers: dict[str, str], query: str = "") -> dict[tuple[str, str], int]:
        """The answers to every method at every address but the open ones."""
        paths = [path for path in self.paths if path not in OPEN]
        return {(method, path): self._status(method, f"{path}{query}", headers) for path in paths for method in METHODS}

    def _status(self, method: str, path: str, headers: dict[str, str]) -> int:
        more = UPGRADE if method == "upgrade" else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request("GET" if more else method, self.server.base_url + path, b"", {**headers, **more})
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The walk, below a base URL; strangers guess often in it, so nobody has to wait on this machine."""
    with running(tmp_path_factory.mktemp("walk"), Settings(base_url="/nb/")) as server:
        table = server.thread.call(lambda application: routes(application.services))
        patterns = [pattern.removeprefix(re.escape("/nb/")) for pattern, _, _ in table if pattern.startswith("/nb/")]
        paths = {path for pattern in patterns for path in written_out(pattern)}
        yield Walk(server, (*sorted(paths), "nothing/here", "api/nothing"))


def written_out(pattern: str) -> tuple[str, ...]:
    """Addresses that a pattern of the table stands for."""
    if "assets" in pattern:
        return ("assets/app-1.js", "sandbox.html", "index.html", "favicon.ico")
    plain = re.sub(r"\(\|/\.\*\)", "/n.txt", pattern.replace("/?", ""))
    plain = re.sub(r"\((?:\?P<\w+>)?[^()]*\)", "x", plain.replace(r"(.*)", "n.txt"))
    return (plain.replace("\\", ""),)


def refused(statuses: dict[tuple[str, str], int]) -> set[int]:
    """The statuses; those that are neither a refusal nor too many guesses are named with their address."""
    let_in = {address: status for address, status in statuses.items() if status not in {403, 405, 429}}
    assert not let_in
    assert len(statuses) > 100
    return set(statuses.values())


def test_every_address_in_the_table_is_walked(walk: Walk) -> None:
    table = walk.server.thread.call(lambda application: routes(application.services))
    addresses = [f"/nb/{path}" for path in walk.paths]

    missed = [pattern for pattern, _, _ in table if not any(re.fullmatch(pattern, address) for address in addresses)]

    assert missed == ["(?:/|/nb)"]  # leads to the page, and says nothing


@pytest.mark.slow
def test_nothing_answers_without_credentials(walk: Walk) -> None:
    assert refused(walk.statuses({})) <= {403, 405}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["token", "Bearer", "Basic"])
def test_nothing_answers_to_a_wrong_token(walk: Walk, scheme: str) -> None:
    refused(walk.statuses({"Authorization": f"{scheme} {GUESS}"}))


@pytest.mark.slow
def test_nothing_answers_to_a_wrong_token_in_the_address(walk: Walk) -> None:
    refused(walk.statuses({}, f"?token={GUESS}"))


@pytest.mark.slow
def test_nothing_answers_to_a_cookie_that_we_have_not_made(walk: Walk) -> None:
    assert refused(walk.statuses({"Cookie": f"adrastea-{walk.server.port}=1.2.{GUESS}; _xsrf={GUESS}"})) <= {403, 405}


@pytest.mark.slow
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1"])
def test_nothing_answers_under_a_foreign_name_even_with_the_token(walk: Walk, host: str) -> None:
    assert refused(walk.statuses({"Host": host, "Authorization": f"token {TOKEN}"})) <= {403, 405}


@pytest.mark.slow
def test_nothing_changes_for_a_foreign_page_even_with_the_token(walk: Walk) -> None:
    statuses = walk.statuses({"Origin": "http://evil.example", "Authorization": f"token {TOKEN}"})

    sockets = {path for path in walk.paths if path.endswith(("/channels", "/socket", "/websocket/x", "/subscribe"))}
    changing = {
        (method, path): status
        for (method, path), status in statuses.items()
        if (method not in SAFE_METHODS and method != "upgrade") or (method == "upgrade" and path in sockets)
    }
    assert len(sockets) > 1
    assert set(changing.values()) <= {403, 405}


@pytest.mark.slow
def test_nothing_at_all_answers_to_a_foreign_page_with_a_cookie(walk: Walk) -> None:
    cookie = walk.server.log_in()

    assert refused(walk.statuses({"Origin": "http://evil.example", "Cookie": cookie})) <= {403, 405}


@pytest.mark.slow
def test_nothing_changes_with_a_cookie_but_without_its_xsrf_token(walk: Walk) -> None:
    statuses = walk.statuses({"Cookie": walk.server.log_in(), "Origin": walk.server.origin})

    refused({address: status for address, status in statuses.items() if address[0] not in {*SAFE_METHODS, "upgrade"}})


@pytest.mark.slow
def test_what_is_open_shows_nothing_and_changes_nothing(walk: Walk) -> None:
    for path in OPEN:
        statuses = {method: walk.server.ask(method, path).status for method in ("PUT", "PATCH", "DELETE")}
        assert set(statuses.values()) <= {403, 405}, path
        assert walk.server.ask("GET", path, headers={"Host": "evil.example"}).status == 403


@pytest.mark.slow
def test_no_secret_gets_into_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = "0a1b2c3d4e5f60718293a4b5"
    with caplog.at_level(logging.DEBUG), running(tmp_path, token=secret) as server:
        cookie = server.log_in()
        login, xsrf = (part.partition("=")[2] for part in cookie.split("; "))
        shown = {"Authorization": f"token {secret}", "Cookie": cookie, "X-XSRFToken": xsrf}
        table = server.thread.call(lambda application: routes(application.services))
        one = Walk(server, tuple({path for pattern, _, _ in table for path in written_out(pattern.removeprefix("/"))}))
        one.statuses(shown, f"?token={secret}&_xsrf={xsrf}")
        one.statuses({}, f"?token={secret[:-1]}")
        server.ask("POST", "login", f"password={secret}", {"Content-Type": "application/x-www-form-urlencoded"})

    assert len(caplog.records) > 100
    assert [word for word in (secret, secret[:-1], login, xsrf) if word in caplog.text] == []
