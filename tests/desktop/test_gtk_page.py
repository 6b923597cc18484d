"""The page in the window: its door to the program, where it may go, what it may save, and its crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


def test_the_page_calls_the_window_under_a_csp_without_eval(shown: Screen, tmp_path: Path) -> None:
    script = """
    const api = window.pywebview.api;
    api.set_title("from the page").then((answer) => say(["title", answer]));
    api.open_external("javascript:1").then((answer) => say(["external", answer]));
    """
    pages = Pages(script)
    with showing(shown, tmp_path, pages):
        heard = [pages.hear(), pages.hear()]

        assert sorted(map(str, heard)) == ["['external', False]", "['title', None]"]
        shown.until_shown("from the page")


def test_no_frame_has_that_door_not_even_by_a_guess(shown: Screen, tmp_path: Path) -> None:
    frame = """<script src=/frame.js></script>"""
    attempt = """
    const door = window.webkit?.messageHandlers?.adrastea;
    for (const call of ['["x", 1, "set_title", ["evil"]]', '[null, 1, "quit", []]', 'nonsense', '{}'])
      door?.postMessage(call);
    parent.postMessage(typeof window.pywebview, "*");
    """
    script = """
    addEventListener("message", async (event) => {
      await window.pywebview.api.set_title("good");
      say(event.data);
    });
    """
    pages = Pages(script, "<iframe src=/frame.html></iframe>", {"/frame.html": frame, "/frame.js": attempt})
    with showing(shown, tmp_path, pages) as running:
        assert pages.hear() == "undefined"
        shown.until_shown("good")
        assert "evil" not in [window.title for window in shown.windows()]
        assert running.popen.poll() is None


def test_a_link_goes_to_the_browser_and_the_page_stays(shown: Screen, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/browsed\n', encoding="utf-8")
    browser.chmod(0o700)
    pages = Pages("say('loaded')", "<a href=http://elsewhere.invalid/x><img src=x width=300 height=200></a>")
    with showing(shown, tmp_path / "home", pages, {"BROWSER": str(browser)}):
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.until_picture(lambda picture: len(picture.colours()) > 10)
        shown.click(window.x + 100, window.y + 110)

        shown.until(lambda: True if (tmp_path / "browsed").exists() else None)
        assert (tmp_path / "browsed").read_text(encoding="utf-8").strip() == "http://elsewhere.invalid/x"
        assert pages.loads == 1


def test_the_folder_of_the_log_is_shown_by_the_system(shown: Screen, tmp_path: Path) -> None:
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/shown\n', encoding="utf-8")
    opener.chmod(0o700)
    pages = Pages("window.pywebview.api.open_log_folder().then(() => say('asked'))")
    with showing(shown, tmp_path / "home", pages, {"BROWSER": str(opener)}):
        pages.hear()

        shown.until(lambda: True if (tmp_path / "shown").exists() else None)
        address = (tmp_path / "shown").read_text(encoding="utf-8").strip()
        assert address.startswith("file:///")
        assert address.endswith("/logs")


def test_a_right_click_on_text_shows_a_menu(shown: Screen, tmp_path: Path) -> None:
    """Copy and paste by mouse: pywebview would show none."""
    pages = Pages("say('loaded')", "<textarea cols=60 rows=20>text</textarea>")
    with showing(shown, tmp_path, pages):
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.until_picture(lambda picture: len(picture.colours()) > 10)

        shown.open_menu(window, 100, 110, button=3)


def test_a_page_that_crashes_is_loaded_again_and_one_that_does_so_at_once_is_not(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("say('loaded')")
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        running.kill("WebKitWebProcess")
        assert pages.hear() == "loaded"
        running.kill("WebKitWebProcess")
        shown.until_picture(lambda picture: len(picture.colours()) > 10)

        assert pages.heard_all()
        assert running.errors().count("The page has crashed") == 2


def test_a_script_reads_the_clipboard_only_after_the_user_has_pressed_something(shown: Screen, tmp_path: Path) -> None:
    script = """
    const field = document.querySelector("textarea");
    field.focus();
    const paste = () => [document.execCommand("paste"), field.value];
    addEventListener("keydown", async (event) => {
      if (event.key !== "j") return;
      event.preventDefault();
      await navigator.clipboard.writeText("copied");
      say(await navigator.clipboard.readText());
    });
    say(paste());
    """
    pages = Pages(script, "<textarea cols=60 rows=20></textarea>")
    with showing(shown, tmp_path, pages):
        window = shown.until_shown("Adrastea")
        assert pages.hear() == [False, ""]
        shown.until_picture(lambda picture: len(picture.colours()) > 10)
        shown.focus(window)
        shown.press("Control_L", "j")

        assert pages.hear() == "copied"
