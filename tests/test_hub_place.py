"""What JupyterHub says in the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import StartFailed
from adrastea.hub_place import HubPlace, allows, place_in_hub

ENVIRON = {
    "JUPYTERHUB_API_TOKEN": "secret",
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_BASE_URL": "/hubs/",
    "JUPYTERHUB_CLIENT_ID": "jupyterhub-user-ada",
    "JUPYTERHUB_SERVICE_PREFIX": "/hubs/user/ada/",
    "JUPYTERHUB_SERVICE_URL": "http://0.0.0.0:51234/hubs/user/ada/",
    "JUPYTERHUB_USER": "ada",
    "JUPYTERHUB_OAUTH_ACCESS_SCOPES": '["access:servers!server=ada/", "access:servers!user=ada"]',
    "JUPYTERHUB_ACTIVITY_URL": "http://127.0.0.1:8081/hub/api/users/ada/activity",
    "JUPYTERHUB_ROOT_DIR": "/data",
}


def place(**changes: str) -> HubPlace:
    found = place_in_hub({**ENVIRON, **changes})
    assert found is not None
    return found


def test_the_hub_chooses_address_path_and_folder() -> None:
    assert place().settings() == {
        "hub": place(),
        "base_url": "/hubs/user/ada/",
        "ip": "0.0.0.0",
        "port": 51234,
        "root": Path("/data"),
    }


def test_browsers_find_the_hub_and_come_back() -> None:
    assert place().hub_url == "/hubs/hub/"
    assert place(JUPYTERHUB_HOST="https://hub.example").hub_url == "https://hub.example/hubs/hub/"
    assert place(JUPYTERHUB_PUBLIC_HUB_URL="https://h.example/hub/").hub_url == "https://h.example/hub/"
    assert place().callback == "/hubs/user/ada/oauth_callback"
    assert place(JUPYTERHUB_OAUTH_CALLBACK_URL="/hubs/user/ada/back").callback == "/hubs/user/ada/back"


@pytest.mark.parametrize("missing", ["API_TOKEN", "API_URL", "CLIENT_ID", "SERVICE_PREFIX"])
def test_without_the_variables_of_a_hub_there_is_none(missing: str) -> None:
    assert place_in_hub({}) is None
    assert place_in_hub({**ENVIRON, f"JUPYTERHUB_{missing}": ""}) is None


def test_the_token_of_the_server_is_not_shown() -> None:
    assert "secret" not in repr(place())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JUPYTERHUB_SSL_CERTFILE", "/cert.pem"),
        ("JUPYTERHUB_SERVICE_URL", "http://127.0.0.1:many/"),
        ("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "{}"),
        ("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "[1]"),
        ("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "access"),
    ],
)
def test_what_cannot_be_done_or_makes_no_sense_is_a_sentence(name: str, value: str) -> None:
    with pytest.raises(StartFailed, match=r"JUPYTERHUB|JupyterHub"):
        place(**{name: value})


# Scopes

NEEDED = frozenset({"access:servers!server=ada/", "access:servers!user=ada"})


@pytest.mark.parametrize(
    "held", ["access:servers!server=ada/", "access:servers!user=ada", "access:servers"], ids=lambda scope: scope
)
def test_who_holds_a_scope_that_covers_the_server_may_come_in(held: str) -> None:
    assert allows(NEEDED, frozenset({"read:users", held}))


@pytest.mark.parametrize(
    "held",
    [
        "",
        "access:servers!server=ada/lab",
        "access:servers!server=bob/",
        "access:servers!user=adam",
        "access:services",
        "access:servers!",
        "read:servers!user=ada",
        "access:servers!group=ada",
    ],
)
def test_who_holds_another_scope_stays_out(held: str) -> None:
    assert allows(NEEDED, frozenset({held})) == (held == "access:servers!")


def test_the_server_of_a_user_is_covered_by_the_user() -> None:
    assert allows(frozenset({"access:servers!server=ada/lab"}), frozenset({"access:servers!user=ada"}))
    assert not allows(frozenset({"access:servers!server=adam/lab"}), frozenset({"access:servers!user=ada"}))


@given(st.frozensets(st.text()))
def test_where_no_scope_lets_anybody_in_nobody_comes_in(held: frozenset[str]) -> None:
    assert not allows(frozenset(), held)
