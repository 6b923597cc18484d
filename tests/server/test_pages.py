"""The page, its assets, the login: what a browser sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.settings import Settings
from tests.server.running import PAGE, TOKEN, Reply, Running, running

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def policy(reply: Reply) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in str(reply.headers["Content-Security-Policy"]).split(";"))
    return {name: value for name, _, value in parts}


# Coming in


def test_without_credentials_the_page_is_a_login_form(standing: Running) -> None:
    reply = standing.ask("GET", "", headers=BROWSER)

    assert reply.status == 403
    assert b'name="password"' in reply.body
    assert PAGE not in reply.body


def test_the_printed_address_lets_a_browser_in_and_leaves_no_token_behind(standing: Running) -> None:
    path = standing.thread.url.removeprefix(standing.origin + "/")

    reply = standing.ask("GET", path + "&path=a%20b.ipynb", headers=BROWSER)
    cookie = str(reply.headers["Set-Cookie"])
    page = standing.ask("GET", "", headers=BROWSER | {"Cookie": reply.cookie()})

    assert (reply.status, reply.headers["Location"]) == (302, "/?path=a+b.ipynb")
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert (page.status, page.body) == (200, PAGE)


def test_the_printed_address_works_once(standing: Running) -> None:
    path = standing.thread.url.removeprefix(standing.origin + "/")
    standing.ask("GET", path, headers=BROWSER)

    again = standing.ask("GET", path, headers=BROWSER)

    assert again.status == 403
    assert b"was used before" in again.body
    assert f"adrastea-{standing.port}" not in again.cookie()


def test_a_used_address_that_is_loaded_again_leads_to_the_page(standing: Running) -> None:
    path = standing.thread.url.removeprefix(standing.origin + "/")
    cookie = str(standing.ask("GET", path).headers["Set-Cookie"]).partition(";")[0]

    again = standing.ask("GET", path, headers=BROWSER | {"Cookie": cookie})

    assert (again.status, again.headers["Location"]) == (302, "/")


def test_a_browser_with_its_cookie_need_not_wait_for_a_used_address(served: Running) -> None:
    cookie = served.log_in()
    for _ in range(6):
        served.ask("GET", "?token=guess")

    assert served.ask("GET", "?token=guess").status == 429
    assert served.ask("GET", "?token=guess", headers=BROWSER | {"Cookie": cookie}).status == 302


def test_asking_for_the_headers_does_not_use_the_address_up(standing: Running) -> None:
    path = standing.thread.url.removeprefix(standing.origin + "/")
    standing.ask("HEAD", path)

    assert standing.ask("GET", path).status == 302


def test_the_secret_token_in_the_address_lets_a_browser_in_every_time(standing: Running) -> None:
    statuses = [standing.ask("GET", f"?token={TOKEN}", headers=BROWSER).status for _ in range(2)]

    assert statuses == [302, 302]


def test_a_wrong_token_in_the_address_brings_the_form_with_a_sentence(standing: Running) -> None:
    reply = standing.ask("GET", "?token=guess", headers=BROWSER)

    assert reply.status == 403
    assert b"This token is not right" in reply.body
    assert b"guess" not in reply.body


@pytest.mark.parametrize("path", ["", "login", "favicon.ico"])
def test_no_page_is_shown_under_a_foreign_name(standing: Running, path: str) -> None:
    assert standing.ask("GET", path, headers=BROWSER | {"Host": "evil.example"}).status == 403


# What is shown


def test_the_page_runs_no_scripts_but_ours_and_stands_in_no_frame(standing: Running) -> None:
    directives = policy(standing.api("GET", ""))

    assert directives["script-src"] == "'self'"
    assert directives["object-src"] == "'none'"
    assert directives["base-uri"] == "'self'"
    assert directives["frame-ancestors"] == "'self'"  # WebKit asks it of PDF in outputs, too
    assert f"ws://127.0.0.1:{standing.port}" in directives["connect-src"]


def test_the_page_is_never_stored(standing: Running) -> None:
    assert standing.api("GET", "").headers["Cache-Control"] == "no-store"


def test_the_sandbox_has_an_origin_of_its_own_and_stands_in_our_frames_only(standing: Running) -> None:
    directives = policy(standing.api("GET", "sandbox.html"))

    assert directives["sandbox"] == "allow-scripts allow-downloads allow-forms"
    assert directives["frame-ancestors"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert "'unsafe-inline'" in directives["script-src"]


def test_the_sandbox_gets_nothing_from_plain_servers_and_nothing_from_ours(standing: Running) -> None:
    directives = policy(standing.api("GET", "sandbox.html"))
    sources = {source for name, value in directives.items() if name.endswith("-src") for source in value.split()}

    assert sources == {"'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "https:"}
    assert (directives["form-action"], directives["base-uri"]) == ("'none'", "'none'")


def test_the_login_page_runs_no_script(standing: Running) -> None:
    directives = policy(standing.ask("GET", "login"))

    assert directives["default-src"] == "'none'"
    assert "script-src" not in directives


def test_assets_need_credentials_and_icons_do_not(standing: Running) -> None:
    assert standing.ask("GET", "assets/app-1.js").status == 403
    assert standing.ask("GET", "sandbox.html").status == 403
    assert standing.ask("GET", "favicon.ico").body == b"icon"


def test_an_asset_that_the_browser_has_is_not_sent_again(standing: Running) -> None:
    first = standing.api("GET", "sandbox.html")

    again = standing.api("GET", "sandbox.html", headers={"If-None-Match": str(first.headers["ETag"])})

    assert (again.status, again.body) == (304, b"")


def test_an_asset_can_be_asked_for_by_its_headers(standing: Running) -> None:
    reply = standing.api("HEAD", "assets/app-1.js")

    assert (reply.status, reply.headers["Content-Length"], reply.body) == (200, "5", b"")


@pytest.mark.parametrize("path", ["assets/..%2findex.html", "assets/%2e%2e/x.js", "assets/nothing.js", "nothing.css"])
def test_nothing_but_the_bundle_is_served(standing: Running, path: str) -> None:
    assert standing.api("GET", path).status == 404


def test_the_addresses_above_the_page_lead_to_it(tmp_path: Path) -> None:
    with running(tmp_path, replace(Settings(), base_url="/nb/")) as server:
        above = replace(server, base_url="")

        assert above.ask("GET", "/?path=a").headers["Location"] == "/nb/?path=a"
        assert above.ask("GET", "/nb").headers["Location"] == "/nb/"
        assert above.ask("GET", "/other").status == 403
        assert above.ask("GET", "/nb/nothing").status == 403


def test_the_cookie_is_sent_below_the_base_url_only(tmp_path: Path) -> None:
    with running(tmp_path, replace(Settings(), base_url="/nb/")) as server:
        path = server.thread.url.removeprefix(f"{server.origin}/nb/")

        assert "Path=/nb/" in str(server.ask("GET", path).headers["Set-Cookie"])


# Addresses of JupyterLab and Notebook


@pytest.fixture(name="places", scope="module")
def server_with_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("places"), Settings(base_url="/nb/")) as server:
        folder = server.root / "a & b"
        folder.mkdir()
        (folder / "ä?#.ipynb").write_text("{}")
        (server.root / "n.py").write_text("")
        yield server


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("lab", "/nb/"),
        ("lab/", "/nb/"),
        ("lab/tree", "/nb/"),
        ("tree/", "/nb/"),
        ("tree?x=1", "/nb/"),
        ("lab/tree/n.py", "/nb/?path=n.py"),
        ("edit/n.py", "/nb/?path=n.py"),
        ("notebooks/a%20%26%20b/%C3%A4%3F%23.ipynb", "/nb/?path=a%20%26%20b/%C3%A4%3F%23.ipynb"),
        ("lab/tree/a%20&%20b/", "/nb/?folder=a%20%26%20b"),
        ("tree/a%20%26%20b", "/nb/?folder=a%20%26%20b"),
        ("tree//n.py", "/nb/?path=n.py"),
    ],
)
def test_their_addresses_lead_to_the_page_with_that_file_or_folder(places: Running, asked: str, location: str) -> None:
    reply = places.api("GET", asked)

    assert (reply.status, reply.headers["Location"]) == (302, location)


@pytest.mark.parametrize("asked", ["lab/tree/gone.ipynb", "tree/gone", "notebooks/gone", "edit/n.py/x", "lab/x"])
def test_what_is_not_there_is_told(places: Running, asked: str) -> None:
    reply = places.api("GET", asked, headers=BROWSER)

    assert reply.status == 404
    assert b"<html" in reply.body


@pytest.mark.parametrize("asked", ["tree/..%2F..", "lab/tree/%2e%2e/x", "tree/../x", "notebooks/.hidden"])
def test_they_lead_to_nothing_outside_of_the_folder(places: Running, asked: str) -> None:
    assert places.api("GET", asked).status == 403


@pytest.mark.parametrize("asked", ["tree//evil.example", "tree/%2F%2Fevil.example", "lab/tree///evil.example/x"])
def test_they_lead_to_no_other_server(places: Running, asked: str) -> None:
    assert places.api("GET", asked).status == 404


def test_an_address_with_a_token_comes_in_and_opens_the_file(places: Running) -> None:
    first = places.ask("GET", f"lab/tree/a%20%26%20b/%C3%A4%3F%23.ipynb?token={TOKEN}", headers=BROWSER)
    second = places.ask("GET", str(first.headers["Location"]).removeprefix("/nb/"), headers={"Cookie": first.cookie()})

    assert (first.status, first.headers["Location"]) == (302, "/nb/lab/tree/a%20%26%20b/%C3%A4%3F%23.ipynb")
    assert (second.status, second.headers["Location"]) == (302, "/nb/?path=a%20%26%20b/%C3%A4%3F%23.ipynb")


def test_who_is_not_logged_in_gets_the_form_and_then_the_file(places: Running) -> None:
    reply = places.ask("GET", "lab/tree/n.py", headers=BROWSER)

    assert reply.status == 403
    assert b'name="next" value="/nb/lab/tree/n.py"' in reply.body
