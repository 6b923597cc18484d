"""The menu bar of a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


DOOR = "window.adrastea = { open: (path) => say(['open', path]), run: (command) => say(['run', command]) };"


def test_the_menu_runs_the_page_s_commands(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR + "say('loaded')")
    with showing(shown, tmp_path, pages):
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.focus(window)
        shown.open_menu(window.x + 20, window.y + 12)
        shown.press("Down")
        shown.press("Return")

        assert pages.hear() == ["run", "app.quit"]
