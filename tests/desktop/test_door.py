"""The door between the page and the window: who may call, and what a call is."""

from __future__ import annotations

import json

import pytest

from adrastea.desktop.door import WEBKIT, WEBVIEW2, Call, Door, once_loaded

SECRET = "0123abcd"
DOOR = Door("http://127.0.0.1:4711/?token=T", SECRET)


def test_a_call_with_the_secret_is_read() -> None:
    line = json.dumps([SECRET, 7, "open_window", ["/data", None]])

    assert DOOR.read(line) == Call(7, "open_window", ("/data", None))


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "{}",
        "[" * 100_000,
        json.dumps(["wrong", 1, "quit", []]),
        json.dumps([None, 1, "quit", []]),
        json.dumps(["\ud800", 1, "quit", []]),
        json.dumps([SECRET, "1", "quit", []]),
        json.dumps([SECRET, 1, "quit"]),
        json.dumps([SECRET, 1, "quit", "values"]),
        json.dumps([SECRET, 1, 2, []]),
    ],
    ids=range(10),
)
def test_anything_else_is_no_call(line: str) -> None:
    assert DOOR.read(line) is None


def test_an_answer_is_a_script_in_which_no_text_is_code() -> None:
    script = DOOR.answer(Call(7, "x", ()), ['"); quit("'])

    assert script == 'window.pywebview?.answer(7, ["\\"); quit(\\""])'


@pytest.mark.parametrize("send", [WEBKIT, WEBVIEW2])
def test_the_script_looks_at_where_it_runs_before_it_does_anything(send: str) -> None:
    script = DOOR.script(send, ["quit", "set_title"])

    looks = script.index('if (window !== window.top || location.origin !== "http://127.0.0.1:4711") return;')
    assert looks < script.index(send) < script.index(SECRET) < script.index('["quit", "set_title"]')


def test_the_script_tells_in_which_language_the_page_speaks() -> None:
    tells = 'addEventListener("DOMContentLoaded", () => call("speak")(document.documentElement.lang));'
    assert tells in DOOR.script(WEBKIT, ["quit"])


def test_a_script_that_comes_before_those_of_the_page_waits_for_them() -> None:
    assert once_loaded("open()") == (
        '(() => { const run = () => { open() }; if (document.readyState === "complete") run(); '
        'else addEventListener("load", run); })()'
    )
