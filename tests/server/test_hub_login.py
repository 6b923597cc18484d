"""Logging in and out at a hub, as a browser sees it; the hub itself is asked in tests/clients/test_jupyterhub.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adrastea.settings import Settings
from tests.server.running import TOKEN, Running, running
from tests.server.test_hub import place

BROWSER = {"Accept": "text/html"}
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server whose hub does not answer."""
    chosen = replace(Settings(), base_url="/user/ada/", hub=replace(place(NOWHERE), activity_url=""))
    with running(tmp_path_factory.mktemp("hubs"), chosen) as server:
        yield server


def test_a_browser_without_credentials_is_sent_to_the_hub(hubs: Running) -> None:
    reply = hubs.ask("GET", "files/x?token=abc", headers=BROWSER)
    target = urlsplit(str(reply.headers["Location"]))
    (cookie,) = reply.headers.get_all("Set-Cookie", [])

    assert (reply.status, target.path) == (302, "/hub/api/oauth2/authorize")
    assert parse_qs(target.query)["state"] == [str(cookie).partition(";")[0].partition("=")[2]]
    assert {"HttpOnly", "SameSite=Lax", "Path=/user/ada/"} <= {part.strip() for part in str(cookie).split(";")}


def test_a_program_without_credentials_is_refused(hubs: Running) -> None:
    assert hubs.ask("GET", "api/status").status == 403
    assert hubs.ask("GET", "oauth_callback").status == 400


def test_the_servers_own_token_and_the_form_let_nobody_in(hubs: Running) -> None:
    assert hubs.api("GET", "api/status").status == 403
    assert hubs.ask("POST", "login", f"token={TOKEN}").status in {403, 405}
    assert hubs.ask("GET", "login?next=/user/ada/files/x").headers["Location"].startswith("/hub/api/oauth2/authorize?")


def test_a_code_counts_in_the_browser_that_asked_only(hubs: Running) -> None:
    begun = hubs.ask("GET", "", headers=BROWSER)
    (state,) = parse_qs(urlsplit(str(begun.headers["Location"])).query)["state"]

    elsewhere = hubs.ask("GET", f"oauth_callback?code=x&state={state}", headers=BROWSER)
    here = hubs.ask("GET", f"oauth_callback?code=x&state={state}", headers=BROWSER | {"Cookie": begun.cookie()})

    assert (elsewhere.status, here.status) == (400, 503)
    assert b"JupyterHub does not answer. Try again later." in here.body  # a page: it is a browser that asks


def test_logging_out_leads_to_the_hubs_own(hubs: Running) -> None:
    reply = hubs.ask("GET", "logout", headers=BROWSER)

    assert (reply.status, reply.headers["Location"]) == (302, "/hub/logout")


def test_neither_the_address_nor_the_note_holds_a_token(hubs: Running) -> None:
    shown = hubs.thread.call(lambda server: (server.url, server.note))

    assert shown == (f"http://127.0.0.1:{hubs.port}/user/ada/", "JupyterHub says who comes in.")


def test_every_name_is_the_servers_for_the_hub_knows_them(hubs: Running, tmp_path: Path) -> None:
    assert hubs.ask("GET", "", headers=BROWSER | {"Host": "hub.example"}).status == 302
