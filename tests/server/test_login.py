"""Logging in and out, as a browser does it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from adrastea.password import Hash, PasswordFile
from tests.server.running import TOKEN, Reply, Running, running, xsrf

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SECRET = "correct horse"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with a password, and a token that nobody knows."""
    folder = tmp_path_factory.mktemp("locked")
    set_password(folder, SECRET)
    with running(folder, token="") as server:
        yield server


def set_password(folder: Path, password: str) -> None:
    """As `adrastea password` does, with a hash that costs little."""
    digest = hashlib.scrypt(password.encode(), salt=b"salt", n=2, r=1, p=1, dklen=32)
    path = folder / "config" / "password"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(Hash(2, 1, 1, b"salt", digest).line(), encoding="ascii")


def give(server: Running, password: str) -> Reply:
    return server.ask("POST", "login", urlencode({"password": password, "next": "/"}), FORM)


def log_in(server: Running, next_url: str = "/", token: str = TOKEN, headers: dict[str, str] | None = None) -> Reply:
    return server.ask("POST", "login", urlencode({"token": token, "next": next_url}), FORM | (headers or {}))


def test_the_form_lets_a_browser_in_and_leads_to_what_was_asked_for(standing: Running) -> None:
    reply = log_in(standing, "/?path=a.ipynb")

    assert (reply.status, reply.headers["Location"]) == (302, "/?path=a.ipynb")
    assert str(reply.headers["Set-Cookie"]).startswith(f"adrastea-{standing.port}=")


def test_a_wrong_token_in_the_form_brings_the_form_again(standing: Running) -> None:
    reply = log_in(standing, "/?path=a.ipynb", token="wrong")

    assert reply.status == 403
    assert b"This token is not right" in reply.body
    assert b"/?path=a.ipynb" in reply.body
    assert f"adrastea-{standing.port}" not in reply.cookie()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_the_form_leads_nowhere_else(standing: Running, target: str) -> None:
    assert log_in(standing, target).headers["Location"] == "/"


def test_a_foreign_page_logs_nobody_in(standing: Running) -> None:
    assert log_in(standing, headers={"Origin": "http://evil.example"}).status == 403


def test_the_form_can_be_asked_for(standing: Running) -> None:
    reply = standing.ask("GET", "login?next=/files/x")

    assert reply.status == 200
    assert b'value="/files/x"' in reply.body


def test_the_form_lets_nobody_in_with_a_used_address_or_with_nothing(standing: Running) -> None:
    once = standing.thread.url.partition("token=")[2]

    statuses = [log_in(standing, token=token).status for token in (once, once, "")]

    assert statuses == [302, 403, 403]


# The password


def test_the_password_lets_a_browser_in_and_nothing_else_does(locked: Running) -> None:
    right, wrong = give(locked, SECRET), give(locked, "correct house")

    assert (right.status, wrong.status) == (302, 403)
    assert locked.ask("GET", "api", headers={"Cookie": right.cookie()}).status == 200
    assert b"This password is not right." in wrong.body
    assert b"house" not in wrong.body


def test_the_password_is_no_token(locked: Running) -> None:
    assert locked.ask("GET", "api", headers={"Authorization": "token correct"}).status == 403
    assert locked.ask("GET", "?token=correct+horse").status == 403


def test_the_form_asks_for_the_password(locked: Running) -> None:
    assert b">Password</label>" in locked.ask("GET", "login").body


def test_a_program_logs_in_as_it_does_to_a_jupyter_server(locked: Running) -> None:
    """It gets `_xsrf`, posts the password with it, and shows both cookies and the token of the first from then on."""
    first = locked.ask("GET", "login").cookie()
    form = urlencode({"_xsrf": first.partition("=")[2], "password": SECRET})
    login = locked.ask("POST", "login?next=%2F", form, FORM | {"Cookie": first})
    cookies = xsrf(f"{login.cookie().partition(';')[0]}; {first}")

    assert locked.ask("PUT", "api/contents/made", {"type": "directory"}, cookies).status == 201


def test_a_new_password_ends_every_login_at_once(tmp_path: Path) -> None:
    set_password(tmp_path, SECRET)
    with running(tmp_path, token="") as server:
        cookie = {"Cookie": give(server, SECRET).cookie()}
        before = server.ask("GET", "api", headers=cookie).status

        set_password(tmp_path, "another secret")

        assert (before, server.ask("GET", "api", headers=cookie).status) == (200, 403)
        assert (give(server, SECRET).status, give(server, "another secret").status) == (403, 302)


def test_a_login_by_password_outlives_the_server(tmp_path: Path) -> None:
    set_password(tmp_path, SECRET)
    with running(tmp_path, token="") as server:
        cookie = give(server, SECRET).cookie()
        name = cookie.partition("=")[0]

    with running(tmp_path, token="") as again:
        shown = cookie.replace(name, f"adrastea-{again.port}")

        assert again.ask("GET", "api", headers={"Cookie": shown}).status == 200


def test_who_guesses_the_password_has_to_wait_longer_and_longer(tmp_path: Path) -> None:
    set_password(tmp_path, SECRET)
    with running(tmp_path, token="") as server:
        cookie = give(server, SECRET).cookie()
        statuses = [give(server, f"guess {number}").status for number in range(7)]

        refused = give(server, SECRET)

        assert statuses == [403] * 6 + [429]
        assert refused.status == 429
        assert refused.headers["Retry-After"] == "1"
        assert b"Too many wrong attempts. Try again in 1 second." in refused.body
        assert server.ask("GET", "api", headers={"Cookie": cookie}).status == 200


def test_a_password_file_that_others_can_read_lets_nobody_in(tmp_path: Path) -> None:
    set_password(tmp_path, SECRET)
    with running(tmp_path, token="") as server:
        cookie = give(server, SECRET).cookie()

        (tmp_path / "config" / "password").chmod(0o644)
        (tmp_path / "config" / "password").write_text("changed", encoding="ascii")

        assert give(server, SECRET).status == 403
        assert server.ask("GET", "api", headers={"Cookie": cookie}).status == 403


@pytest.mark.slow
def test_many_guesses_at_once_are_as_few_as_one_after_another(tmp_path: Path) -> None:
    PasswordFile(tmp_path / "config").write(SECRET)
    with running(tmp_path, token="") as server, ThreadPoolExecutor(12) as crowd:
        replies = crowd.map(give, [server] * 12, [f"guess {number}" for number in range(12)])

        statuses = [reply.status for reply in replies]

    assert set(statuses) == {403, 429}
    assert statuses.count(403) <= 6


# Logging out


def test_a_login_ends_in_the_browser_and_in_the_server(standing: Running) -> None:
    cookie, other = standing.log_in(), standing.log_in()

    reply = standing.ask("GET", "logout", headers={"Cookie": cookie})

    assert (reply.status, reply.headers["Location"]) == (302, "/login")
    assert [part.partition(";")[0] for part in reply.headers.get_all("Set-Cookie", [])] == [
        f"adrastea-{standing.port}=",
        "_xsrf=",
    ]
    assert standing.ask("GET", "api", headers={"Cookie": cookie}).status == 403
    assert standing.ask("GET", "api", headers={"Cookie": other}).status == 200


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_foreign_page_logs_nobody_out(standing: Running, headers: dict[str, str]) -> None:
    cookie = {"Cookie": standing.log_in()}

    assert standing.ask("GET", "logout", headers=cookie | headers | {"Sec-Fetch-Mode": "navigate"}).status == 403
    assert standing.ask("GET", "api", headers=cookie).status == 200
