"""What stands in for the window."""

from __future__ import annotations

import os
import signal
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from adrastea.desktop.browser import Browser
from tests.fakes.display import NUMBER, display, x11


@pytest.fixture(autouse=True)
def _handlers_of_pytest() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in the default browser."""
    urls: list[str] = []
    monkeypatch.setattr(webbrowser, "open", urls.append)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return urls


class Addresses:
    """Each works once."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, paths: Sequence[Path]) -> str:
        self.made += 1
        return f"http://x/{self.made}"


def test_without_a_display_the_address_is_said_and_no_browser_is_looked_for(opened: list[str]) -> None:
    assert Browser(Addresses(), "Why.").open([]) == "Open this address, it works once: http://x/1"
    assert opened == []


def test_with_a_display_the_browser_gets_an_address_of_its_own(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", f":{NUMBER}")
    with display(x11(), b"\1"):
        browser = Browser(Addresses(), "Why.")

    assert browser.open([]).endswith("http://x/2")
    assert opened == ["http://x/1"]


def test_a_display_where_nobody_answers_is_none(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4714")

    Browser(Addresses(), "Why.").open([])

    assert opened == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_says_why_there_is_no_window_and_a_signal_ends_it(
    number: signal.Signals, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def address(paths: Sequence[Path]) -> str:
        os.kill(os.getpid(), number)
        return "http://x/"

    code = Browser(address, "There is no display.").run([])

    shown = capsys.readouterr().out.splitlines()
    assert code == 0
    assert (
        shown[0]
        == "There is no display. Adrastea uses the browser instead; 'adrastea doctor' says more. Ctrl-C ends it."
    )
    assert shown[1] == "Open this address, it works once: http://x/"
    assert signal.getsignal(number) is signal.SIG_DFL
