"""The window itself: signals, its place, and the question before it closes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


def unsaved(answer: str) -> str:
    """A page that answers so when it is asked whether work would be lost."""
    return f"window.adrastea = {{ hasUnsaved: () => {answer} }}; say('loaded');"


def test_a_window_with_nothing_unsaved_closes_at_once(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(unsaved("false"))
    with showing(shown, tmp_path, pages) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.close_window(window)

        assert running.line() == "closed"
        assert (running.wait(), running.errors()) == (0, "")


def test_a_window_with_unsaved_files_asks_and_stays_when_told_so(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(unsaved("true"))
    with showing(shown, tmp_path, pages) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.close_window(window)
        question = shown.until(lambda: next((w for w in shown.windows() if w.id != window.id), None))
        shown.focus(question)
        shown.press("Escape")
        shown.until(lambda: True if len(shown.windows()) == 1 else None)
        still_open = running.popen.poll() is None

        shown.close_window(window)
        again = shown.until(lambda: next((w for w in shown.windows() if w.id != window.id), None))
        shown.focus(again)
        shown.press("Tab")  # from Cancel, which is the default
        shown.press("Return")

        assert still_open
        assert running.line() == "closed"


@pytest.mark.parametrize(("steps", "said"), [(1, ["closed"]), (2, ["kept", "closed"])])
def test_a_window_whose_notebooks_are_running_asks_too(
    shown: Screen, tmp_path: Path, steps: int, said: list[str]
) -> None:
    """K3: quitting asks about the kernels that are busy."""
    pages = Pages(unsaved("false"))
    with showing(shown, tmp_path, pages, running=["data/a.ipynb", "b.ipynb"]) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.close_window(window)
        question = shown.until(lambda: next((w for w in shown.windows() if w.id != window.id), None))
        shown.focus(question)
        for _ in range(steps):
            shown.press("Tab")  # from Cancel to the others
        shown.press("Return")

        assert [running.line() for _ in said] == said


def test_a_page_that_hangs_does_not_keep_its_window_open(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(unsaved("{ for (;;); }"))
    with showing(shown, tmp_path, pages) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.close_window(window)

        assert running.line() == "closed"


def test_full_screen_is_not_taken_for_the_size_of_the_window(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.toggle_full_screen().then(() => window.pywebview.api.quit())")
    with showing(shown, tmp_path, pages) as running:
        assert running.line() == "closed"

    assert json.loads((tmp_path / "state" / "windows.json").read_text(encoding="utf-8"))[0]["width"] == 1280


def test_a_place_that_no_screen_shows_is_not_taken(shown: Screen, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    far = {"width": 5000, "height": 700, "x": 9000, "y": 9000}
    (tmp_path / "state" / "window.json").write_text(json.dumps(far), encoding="utf-8")
    with showing(shown, tmp_path, Pages("")):
        window = shown.until_shown("Adrastea")

        assert (window.width, window.height) == (1400, 700)
        assert 0 <= window.x < 1400
        assert 0 <= window.y < 1000
