"""Several windows, on a real screen: which one shows what, and how they close."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen, ShownWindow
from tests.system.program import Program

pytestmark = pytest.mark.slow

SAID = "Adrastea is running already; its window shows it."
DOOR = """
const asked = new URLSearchParams(location.search);
const folder = asked.get("folder").split("/").pop();
let unsaved = false;
window.adrastea = {
  open: (path) => say([folder, "open", path.split("/").pop()]),
  hasUnsaved: () => unsaved,
};
const api = window.pywebview.api;
addEventListener("storage", (event) => {
  if (event.key !== folder) return;
  const [name, ...values] = JSON.parse(event.newValue);
  if (name === "unsaved") say([folder, "unsaved", unsaved = true]);
  else api[name](...values);
});
const tell = (other, ...call) => localStorage.setItem(other, JSON.stringify(call));
const ready = api.set_title("window of " + (folder || "nothing"))
  .then(() => say([folder, "loaded", ...asked.getAll("path").map((path) => path.split("/").pop())]));
"""
"""A page that says what it is asked; it can be told what to call by another one, over the storage that they share."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("a", "a/inner", "b"):
        (tmp_path / "files" / folder).mkdir(parents=True)
    return tmp_path / "files"


def hand_over(running: Program, *paths: Path) -> None:
    running.write("\t".join(map(str, paths)) + "\n")
    assert running.line() == SAID


def open_folders(running: Program, pages: Pages, *folders: Path) -> None:
    """One window after the other."""
    for folder in folders:
        hand_over(running, folder)
        assert pages.hear() == [folder.name, "loaded"]


def until_left(shown: Screen, *names: str) -> None:
    """Wait until there are windows of these folders, and no others."""
    wanted = sorted(f"window of {name}" for name in names)
    shown.until(lambda: True if sorted(window.title for window in shown.windows()) == wanted else None)


def question(shown: Screen) -> ShownWindow:
    return shown.until(lambda: next((w for w in shown.windows() if w.title == "Adrastea"), None))


def test_each_folder_has_one_window_and_a_file_is_shown_in_the_nearest(
    shown: Screen, tmp_path: Path, home: Path
) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        assert pages.hear() == ["", "loaded"]
        open_folders(running, pages, home / "a", home / "b")

        hand_over(running, home / "a" / "inner" / "n.ipynb")
        assert pages.hear() == ["a", "open", "n.ipynb"]
        hand_over(running, home / "a" / "inner")
        assert pages.hear() == ["inner", "loaded"]
        hand_over(running, home / "a" / "inner" / "n.ipynb", home / "b" / "m.ipynb")
        assert sorted([pages.hear(), pages.hear()], key=str) == [["b", "open", "m.ipynb"], ["inner", "open", "n.ipynb"]]
        hand_over(running, home / "a")
        hand_over(running)
        until_left(shown, "nothing", "a", "b", "inner")
        assert pages.heard_all()


def test_a_file_without_a_window_around_it_opens_one_of_its_folder_once(
    shown: Screen, tmp_path: Path, home: Path
) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        hand_over(running, home / "a" / "n.ipynb", home / "a" / "m.ipynb")

        assert pages.hear() == ["a", "loaded", "n.ipynb", "m.ipynb"]
        hand_over(running, home / "a" / "k.ipynb")
        assert pages.hear() == ["a", "open", "k.ipynb"]


def test_what_is_handed_over_while_the_page_still_loads_is_not_lost(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        for paths in ([home / "a"], [home / "a" / "ä 'b\".ipynb"], [home / "a" / "c.ipynb"]):
            running.write("\t".join(map(str, paths)) + "\n")

        assert sorted([pages.hear() for _ in range(3)], key=str) == [
            ["a", "loaded"],
            ["a", "open", "c.ipynb"],
            ["a", "open", "ä 'b\".ipynb"],
        ]


def test_windows_do_not_cover_each_other(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b")

        assert len({(window.x, window.y) for window in shown.windows()}) == 3


def test_closing_one_of_several_asks_about_what_that_one_would_lose_and_closes_only_that(
    shown: Screen, tmp_path: Path, home: Path
) -> None:
    pages = Pages(DOOR + "if (folder === 'b') ready.then(() => tell('a', 'unsaved'));")
    with showing(shown, tmp_path, pages, running=["busy.ipynb"]) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b")
        assert pages.hear() == ["a", "unsaved", True]

        shown.close_window(shown.until_shown("window of b"))
        until_left(shown, "a", "nothing")
        shown.close_window(shown.until_shown("window of a"))
        shown.focus(question(shown))
        shown.press("Tab")  # from Cancel, which is the default
        shown.press("Return")
        until_left(shown, "nothing")
        assert running.popen.poll() is None

        shown.close_window(shown.until_shown("window of nothing"))  # the last: now the notebook that runs counts
        shown.focus(question(shown))
        shown.press("Tab")
        shown.press("Return")
        assert running.line() == "closed"
        assert (running.wait(), running.errors()) == (0, "")


def test_quit_closes_all_windows_up_to_the_one_that_shall_stay(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR + "if (folder === 'inner') ready.then(() => tell('b', 'unsaved'));")
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b", home / "a" / "inner")
        assert pages.hear() == ["b", "unsaved", True]

        running.write("quit\n")
        shown.focus(question(shown))
        shown.press("Escape")
        until_left(shown, "b", "inner")
        assert running.popen.poll() is None

        running.write("quit\n")
        shown.focus(question(shown))
        shown.press("Tab")
        shown.press("Return")
        assert running.line() == "closed"


def test_quit_asks_about_what_runs_before_any_window_closes(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages, running=["busy.ipynb"]) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b")

        running.write("quit\n")
        shown.focus(question(shown))
        shown.press("Escape")
        until_left(shown, "nothing", "a", "b")
        assert running.popen.poll() is None

        running.write("quit\n")
        shown.focus(question(shown))
        shown.press("Tab")
        shown.press("Return")
        assert running.line() == "closed"
        assert (running.wait(), running.errors()) == (0, "")


def test_a_window_closes_itself_and_opens_others(shown: Screen, tmp_path: Path, home: Path) -> None:
    call = f"api.open_window({json.dumps(str(home / 'b'))}).then(() => api.close_window())"
    pages = Pages(DOOR + f"if (folder === 'a') {call}; if (folder === 'b') api.open_window(null);")
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a")

        assert sorted(str(pages.hear()) for _ in range(2)) == ["['', 'loaded']", "['b', 'loaded']"]
        until_left(shown, "nothing", "b", "nothing")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_all_windows_without_a_question(
    shown: Screen, tmp_path: Path, home: Path, number: signal.Signals
) -> None:
    pages = Pages(DOOR + "unsaved = true;")
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b")
        running.popen.send_signal(number)

        assert running.line() == "closed"
        assert (running.wait(), running.errors()) == (0, "")
        running.until_nothing_is_left()


def test_each_folder_s_window_is_where_it_was(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a")
        window = shown.until_shown("window of a")
        shown.resize(window, 150, 120, 900, 700)
        shown.until(lambda: next((w for w in shown.windows() if (w.x, w.width) == (150, 900)), None))
        shown.close_window(window)
        until_left(shown, "nothing")

        open_folders(running, pages, home / "a")
        again = shown.until_shown("window of a")
        assert (again.x, again.y, again.width, again.height) == (150, 120, 900, 700)


def test_all_windows_share_one_process_for_network_and_storage(shown: Screen, tmp_path: Path, home: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        pages.hear()
        open_folders(running, pages, home / "a", home / "b")

        processes = running.processes()
        assert sum("WebKitNetworkProcess" in command for command in processes) == 1
        assert sum("WebKitWebProcess" in command for command in processes) == 3


def test_the_desktop_finds_the_program_s_entry_by_the_window_s_class(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages):
        assert pages.hear() == ["", "loaded"]

        assert shown.class_of(shown.until_shown("window of nothing"))[1] == "adrastea"
