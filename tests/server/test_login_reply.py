"""What a browser gets that is to log in, or has."""

from __future__ import annotations

from tests.server.running import Running


def attributes(cookie: str) -> set[str]:
    return {part.strip() for part in cookie.split(";")[1:]}


def test_scripts_may_read_what_they_have_to_show_and_not_the_login(standing: Running) -> None:
    path = standing.thread.url.removeprefix(f"{standing.origin}/")

    login, xsrf = (str(cookie) for cookie in standing.ask("GET", path).headers.get_all("Set-Cookie", []))

    assert login.startswith(f"adrastea-{standing.port}=")
    assert attributes(login) == {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert xsrf.startswith("_xsrf=")
    assert attributes(xsrf) == {"Path=/", "SameSite=Strict"}


def test_behind_tls_both_go_over_tls_only(standing: Running) -> None:
    path = standing.thread.url.removeprefix(f"{standing.origin}/")

    reply = standing.ask("GET", path, headers={"X-Forwarded-Proto": "https"})

    assert all("Secure" in attributes(str(cookie)) for cookie in reply.headers.get_all("Set-Cookie", []))


def test_the_page_keeps_the_token_that_it_has_as_long_as_it_is_ours(standing: Running) -> None:
    cookie = standing.log_in()
    login, _, xsrf = cookie.partition("; ")

    kept = standing.ask("GET", "", headers={"Cookie": cookie}).cookie()
    mended = standing.ask("GET", "", headers={"Cookie": f"{login}; _xsrf=of-another-server"}).cookie()

    assert kept == xsrf
    assert mended.startswith("_xsrf=")
    assert mended not in {xsrf, "_xsrf=of-another-server"}
