"""Where a step to another address leads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adrastea.desktop.navigation import Browse, OpenFile, Refuse, Stay, crashed, destination, is_for_browsers
from adrastea.desktop.words import GERMAN

OWN = "http://127.0.0.1:4711/?token=T"


def test_what_stands_in_the_place_of_a_page_that_crashes_says_in_which_language_it_is() -> None:
    assert crashed(GERMAN).startswith("<html lang=de>")


@pytest.mark.parametrize("clicked", [True, False])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:4711/files/a.png",
        "about:srcdoc",
        "about:blank",
        "blob:http://x/1",
        "data:text/html,x",
        "webkit-pdfjs-viewer://pdfjs/web/viewer.html?file=",
    ],
)
def test_our_own_page_and_its_frames_stay(url: str, clicked: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    assert destination(url, OWN, clicked=clicked) == Stay()


def test_a_link_to_elsewhere_is_the_browser_s() -> None:
    assert destination("https://jupyter.org/x", OWN, clicked=True) == Browse("https://jupyter.org/x")
    assert destination("http://127.0.0.1:4712/", OWN, clicked=True) == Browse("http://127.0.0.1:4712/")
    assert destination("mailto:a@b.example", OWN, clicked=False) == Browse("mailto:a@b.example")


def test_what_a_frame_in_an_output_loads_by_itself_is_its_own() -> None:
    assert destination("https://www.example.org/embed", OWN, clicked=False) == Stay()


def test_a_file_that_is_dropped_is_opened_and_a_link_to_a_file_is_not() -> None:
    assert destination("file:///data/%C3%A4%20b.ipynb", OWN, clicked=False) == OpenFile(Path("/data/ä b.ipynb"))
    assert destination("file:///data/%ff", OWN, clicked=False) == OpenFile(Path(os.fsdecode(b"/data/\xff")))
    assert destination("file:///etc/passwd", OWN, clicked=True) == Refuse()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ssh://host", "http://[", "", "ftp://x/y"])
def test_everything_else_leads_nowhere(url: str) -> None:
    assert destination(url, OWN, clicked=True) == Refuse()


def test_the_browser_is_given_addresses_of_the_web_and_of_mail_and_no_others() -> None:
    assert [
        is_for_browsers(url) for url in ("https://a.b", "mailto:a@b.c", "file:///etc", "javascript:1", "http://[")
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]
