"""The page of an error: for browsers, and for nobody else."""

from __future__ import annotations

import pytest

from adrastea.server.error_page import error_page
from tests.server.running import Running

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_what_is_said_is_text_and_no_markup() -> None:
    page = error_page('/"nb/', 404, "<script>alert(1)</script> does not exist.")

    assert "<script>" not in page
    assert 'href="/&quot;nb/"' in page


def test_half_of_a_surrogate_pair_can_be_shown() -> None:
    assert error_page("/", 404, "\ud800 does not exist.").encode()


@pytest.mark.parametrize("path", ["no/such", "files/none.txt", "assets/none.js"])
def test_a_browser_gets_a_page(standing: Running, path: str) -> None:
    reply = standing.api("GET", path, headers=BROWSER)

    assert reply.status == 404
    assert reply.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert b"<h1>404</h1>" in reply.body
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["api/contents/none", "api/no/such"])
def test_the_interface_for_programs_speaks_json_to_browsers_too(standing: Running, path: str) -> None:
    reply = standing.api("GET", path, headers=BROWSER)

    assert (reply.status, set(reply.object())) == (404, {"message", "reason", "kind"})


@pytest.mark.parametrize("path", ["no/such", "files/none.txt"])
def test_a_program_gets_json(standing: Running, path: str) -> None:
    assert standing.api("GET", path).object()["reason"] is None
