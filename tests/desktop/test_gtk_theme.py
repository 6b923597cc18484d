"""Dark or light, as the desktop wishes, in a real window on a session bus of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.fakes.session_bus import session_bus
from tests.system.display import Picture, Screen

pytestmark = pytest.mark.slow

DARK, LIGHT = 0x16181D, 0xFFFFFF
FOLLOW = """
const dark = matchMedia("(prefers-color-scheme: dark)");
say(dark.matches);
dark.addEventListener("change", () => say(dark.matches));
"""


def mostly(colour: int) -> Callable[[Picture], bool]:
    """Whether a picture is mostly of this colour."""

    def look(picture: Picture) -> bool:
        return picture.colours()[colour] > picture.width * picture.height * 0.3

    return look


@pytest.mark.parametrize(("scheme", "dark"), [(1, True), (2, False)])
def test_a_window_begins_as_the_desktop_wishes(shown: Screen, tmp_path: Path, scheme: int, *, dark: bool) -> None:
    with session_bus(tmp_path, scheme) as bus:
        pages = Pages("setTimeout(() => say(matchMedia('(prefers-color-scheme: dark)').matches), 500)")
        with showing(shown, tmp_path / "home", pages, {"DBUS_SESSION_BUS_ADDRESS": bus.address}):
            assert pages.hear() is dark


def test_page_and_window_follow_the_desktop_while_they_are_open(shown: Screen, tmp_path: Path) -> None:
    with session_bus(tmp_path, 2) as bus:
        pages = Pages(FOLLOW)
        with showing(shown, tmp_path / "home", pages, {"DBUS_SESSION_BUS_ADDRESS": bus.address}):
            assert pages.hear() is False
            bus.say("scheme", 1)
            assert pages.hear() is True
            shown.until_picture(mostly(DARK))
            bus.say("scheme", 2)
            assert pages.hear() is False
            shown.until_picture(mostly(LIGHT))


def test_a_desktop_that_gives_up_its_wish_leaves_gtk_its_own(shown: Screen, tmp_path: Path) -> None:
    with session_bus(tmp_path, 2) as bus:
        pages = Pages(FOLLOW)
        with showing(shown, tmp_path / "home", pages, {"DBUS_SESSION_BUS_ADDRESS": bus.address}):
            assert pages.hear() is False
            bus.say("scheme", 1)
            assert pages.hear() is True
            bus.say("scheme", 0)

            assert pages.hear() is False


def test_without_a_portal_gtks_theme_counts(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(FOLLOW)
    environ = {"GTK_THEME": "Adwaita:dark", "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    with showing(shown, tmp_path / "home", pages, environ):
        assert pages.hear() is True
        shown.until_picture(mostly(DARK))
