"""The login page: what it says, and that it leads nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.errors import TooManyAttempts
from adrastea.server.login_page import login_page, safe_next, without_token
from adrastea.server.login_words import GERMAN, Asked


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/é",
    ],
)
def test_a_login_leads_nowhere_else(target: str) -> None:
    assert safe_next(target, "/") == "/"


def test_a_login_leads_to_what_was_asked_for() -> None:
    assert safe_next("/?path=a%20b.ipynb", "/") == "/?path=a%20b.ipynb"
    assert safe_next("/nb/files/x", "/nb/") == "/nb/files/x"


def test_a_login_stays_below_the_base_url() -> None:
    assert safe_next("/other", "/nb/") == "/nb/"


@given(st.text(alphabet="/\\.:@?#ehttp \t\n%2f", max_size=12))
def test_no_target_leads_to_another_host(target: str) -> None:
    assert urlsplit(urljoin("http://here/x", safe_next(target, "/"))).netloc == "here"


def test_the_token_leaves_the_address() -> None:
    assert without_token("/?token=abc") == "/"
    assert without_token("/?path=a&token=abc&path=b") == "/?path=a&path=b"
    assert without_token("/files/x") == "/files/x"


def test_what_stands_on_the_page_is_escaped() -> None:
    page = login_page("/", '/?path="><script>', message="<b>no</b>")

    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page


def test_the_page_does_not_repeat_the_token() -> None:
    assert "abc" not in login_page("/", "/?token=abc&path=x")


def test_the_page_says_what_it_asks_for_and_where_that_is_found() -> None:
    assert ">Token</label>" in login_page("/", "/")
    assert ">Password</label>" in login_page("/", "/", Asked.PASSWORD)
    assert ">Password or token</label>" in login_page("/", "/", Asked.EITHER)
    assert "adrastea password" in login_page("/", "/", Asked.PASSWORD)


def test_what_went_wrong_is_said_aloud_and_belongs_to_the_field() -> None:
    page = login_page("/", "/", message="This token is not right.")

    assert '<p role="alert" id="wrong">This token is not right.</p>' in page
    assert 'aria-describedby="wrong hint" aria-invalid="true"' in page
    assert 'role="alert"' not in login_page("/", "/")


def test_it_speaks_german_and_marks_what_it_cannot_translate() -> None:
    page = login_page("/", "/", message="This token is not right.", words=GERMAN)

    assert '<html lang="de">' in page
    assert '<p role="alert" id="wrong">Dieses Token ist nicht richtig.</p>' in page
    assert 'lang="en">Something else' in login_page("/", "/", message="Something else.", words=GERMAN)


@pytest.mark.parametrize(("seconds", "german"), [(1, "in 1 Sekunde noch"), (30, "in 30 Sekunden noch")])
def test_how_long_to_wait_is_said_in_german_too(seconds: int, german: str) -> None:
    page = login_page("/", "/", message=str(TooManyAttempts(seconds)), words=GERMAN)

    assert f'<p role="alert" id="wrong">Zu viele falsche Versuche. Versuchen Sie es {german} einmal.</p>' in page


def test_its_colours_are_those_of_the_interface() -> None:
    design = Path(__file__).parents[2] / "ui/src/design"
    tokens = "".join((design / name).read_text(encoding="utf-8") for name in ("tokens.css", "contrast.css"))
    variables = re.findall(r"(--[\w-]+: [^;]+);", login_page("/", "/"))

    assert len(variables) > 10
    assert [variable for variable in variables if f"{variable};" not in tokens] == []
