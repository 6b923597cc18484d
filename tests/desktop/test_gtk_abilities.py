"""What the page can have the system do, in a real window: zoom, and how it looks on a dense screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow

RED = "#d4002a"


def test_the_web_view_zooms_itself(shown: Screen, tmp_path: Path) -> None:
    script = """
    const before = innerWidth;
    addEventListener("resize", () => say(Math.round(100 * before / innerWidth)), { once: true });
    window.pywebview.api.zoom(2).then(say);
    """
    pages = Pages(script)
    with showing(shown, tmp_path, pages):
        heard = [pages.hear(), pages.hear()]

        assert sorted(map(str, heard)) == ["200", "True"]


def test_on_a_dense_screen_a_pixel_of_the_page_is_four_of_the_screen(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("say(devicePixelRatio)", f"<svg width=100 height=50><rect width=100 height=50 fill={RED} /></svg>")

    with showing(shown, tmp_path, pages, {"GDK_SCALE": "2"}):
        assert pages.hear() == 2
        shown.until_picture(lambda picture: picture.colours()[int(RED[1:], 16)] == 4 * 100 * 50)
