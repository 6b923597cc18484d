"""The menu bar of a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen, ShownWindow

pytestmark = pytest.mark.slow


DOOR = """
window.adrastea = { run: (command) => say(["run", command]) };
addEventListener("keydown", (event) => event.ctrlKey && event.key !== "Control" && say(["key", event.key]));
const show = (...entries) => window.pywebview.api.show_menu(JSON.stringify(entries)).then(() => say("shown"));
const entry = (command, enabled) => ({ command, title: `The ${command}`, key: "Mod+E", enabled });
"""
ONE, TWO = "a.one", "a.two"


def choose(shown: Screen, window: ShownWindow, steps: int) -> None:
    """Open the menu and go down to an entry that can be chosen."""
    shown.focus(window)
    shown.open_menu(window, 20, 12)
    for _ in range(steps):
        shown.press("Down")
    shown.press("Return")


def test_what_the_page_says_cannot_be_chosen_is_passed_over_and_may_be_chosen_later(
    shown: Screen, tmp_path: Path
) -> None:
    later = """
    window.adrastea.run = (command) =>
      say(["run", command]).then(() => command === "a.two" && show(entry("a.one", true)));
    """
    named = "{ ...entry('menu.File', true), title: 'Datei' }"  # in the user's language
    pages = Pages(DOOR + later + f"show({named}, entry('a.one', false), entry('a.two', true))")
    with showing(shown, tmp_path, pages, commands=[ONE, TWO]):
        window = shown.until_shown("Adrastea")
        assert pages.hear() == "shown"
        choose(shown, window, 1)
        assert [pages.hear(), pages.hear()] == [["run", TWO], "shown"]

        choose(shown, window, 1)
        assert pages.hear() == ["run", ONE]


def test_an_entry_says_nothing_until_the_page_has_spoken_but_quit_always_works(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR + "say('loaded')")
    with showing(shown, tmp_path, pages, commands=[ONE, "app.quit"]) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        choose(shown, window, 1)

        assert running.line() == "closed"


def test_the_key_of_an_entry_reaches_the_page_once_and_does_not_choose_the_entry(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR + "show(entry('a.one', true))")
    with showing(shown, tmp_path, pages, commands=[ONE]):
        window = shown.until_shown("Adrastea")
        assert pages.hear() == "shown"
        shown.until_picture(lambda picture: len(picture.colours()) > 10)
        shown.focus(window)
        shown.press("Control_L", "e")
        assert pages.hear() == ["key", "e"]

        shown.press("Control_L", "j")
        assert pages.hear() == ["key", "j"]
        choose(shown, window, 1)
        assert pages.hear() == ["run", ONE]


def test_cut_copy_and_paste_act_on_what_has_the_focus_in_the_page(shown: Screen, tmp_path: Path) -> None:
    script = """
    const field = document.querySelector("textarea");
    field.focus();
    field.select();
    field.addEventListener("input", () => say(field.value));
    field.addEventListener("copy", () => setTimeout(() => { field.setSelectionRange(5, 5); say("copied"); }));
    show(...["edit.cut", "edit.copy", "edit.paste"].map((command) => entry(command, true)));
    """
    pages = Pages(DOOR + script, "<textarea cols=60 rows=20>some </textarea>")
    with showing(shown, tmp_path, pages, commands=["edit.cut", "edit.copy", "edit.paste"]):
        window = shown.until_shown("Adrastea")
        assert pages.hear() == "shown"
        choose(shown, window, 2)
        assert pages.hear() == "copied"

        choose(shown, window, 3)
        assert pages.hear() == "some some "
