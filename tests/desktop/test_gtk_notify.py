"""Notices of the desktop, on a session bus of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.fakes.session_bus import session_bus
from tests.system.display import Screen

pytestmark = pytest.mark.slow

NOTIFY = """
window.adrastea = { open: (path) => say(["open", path]) };
window.pywebview.api.notify("a.ipynb", "Failed with <Odd & Error> after 12 s", "work/a.ipynb").then(say);
"""


def test_the_button_of_a_notice_is_in_the_language_of_the_page(shown: Screen, tmp_path: Path) -> None:
    with session_bus(tmp_path) as bus:
        pages = Pages(f"document.documentElement.lang = 'de'; addEventListener('load', () => {{ {NOTIFY} }});")
        with showing(shown, tmp_path / "home", pages, {"DBUS_SESSION_BUS_ADDRESS": bus.address}):
            assert pages.hear() is True
            actions = bus.hear()[7]

            assert actions == ["default", "Öffnen"]


def test_a_notice_is_shown_and_who_follows_it_sees_the_notebook(shown: Screen, tmp_path: Path) -> None:
    with session_bus(tmp_path) as bus:
        pages = Pages(NOTIFY)
        with showing(shown, tmp_path / "home", pages, {"DBUS_SESSION_BUS_ADDRESS": bus.address}):
            assert pages.hear() is True
            heard, number, program, replaces, icon, title, text, actions, hints, milliseconds = bus.hear()
            bus.say("click", number)

            assert pages.hear() == ["open", "work/a.ipynb"]
            assert (heard, program, replaces, title, milliseconds) == ("notice", "Adrastea", 0, "a.ipynb", -1)
            assert text == "Failed with &lt;Odd &amp; Error&gt; after 12 s"
            assert (Path(icon).name, actions, hints) == ("icon.svg", ["default", "Open"], {"desktop-entry": "adrastea"})


def test_without_a_bus_there_is_no_notice_and_nothing_else_suffers(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(NOTIFY)
    environ = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    with showing(shown, tmp_path / "home", pages, environ) as running:
        assert pages.hear() is False
        assert "Traceback" not in running.errors()
