"""The system's dialogs in a real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing, words_of_dialogs
from tests.system.display import Screen

pytestmark = pytest.mark.slow

DOWNLOAD = """
    const link = document.createElement("a");
    link.href = "/file.bin";
    link.download = "data.txt";
    document.body.append(link);
    link.click();
"""


def test_a_dialog_that_is_cancelled_answers_with_nothing(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.open_file_dialog().then(say)")
    with showing(shown, tmp_path, pages):
        dialog = shown.until_shown("Open")
        shown.focus(dialog)
        shown.press("Escape")

        assert pages.hear() == []


IN_GERMAN = """
document.documentElement.lang = "de";
addEventListener("load", () => {{ window.pywebview.api.{call}.then(say); }});
"""


@pytest.mark.parametrize(
    ("call", "title", "words"),
    [
        ("open_file_dialog()", "ffnen", {"Öffnen", "Abbrechen"}),
        ("open_folder_dialog()", "Ordner", {"Ordner öffnen", "Öffnen", "Abbrechen"}),
        ("save_file_dialog('a.ipynb')", "Speichern unter", {"Speichern unter", "Speichern", "Abbrechen"}),
    ],
)
def test_the_dialogs_of_a_german_page_are_in_german(
    shown: Screen, tmp_path: Path, call: str, title: str, words: set[str]
) -> None:
    pages = Pages(IN_GERMAN.format(call=call))
    with showing(shown, tmp_path, pages) as running:
        dialog = shown.until_shown(title)  # X gives names in Latin-1
        read = words_of_dialogs(running)
        shown.focus(dialog)
        shown.press("Escape")
        pages.hear()

        assert words <= set(read)
        assert not {"Open", "Save", "Cancel"} & set(read)


def test_a_german_page_asks_in_german_before_its_window_closes(shown: Screen, tmp_path: Path) -> None:
    pages = Pages('document.documentElement.lang = "de"; addEventListener("load", () => say("loaded"));')
    with showing(shown, tmp_path, pages, running=["data/a.ipynb"]) as running:
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.close_window(window)
        question = shown.until(lambda: next((w for w in shown.windows() if w.id != window.id), None))
        read = words_of_dialogs(running)
        shown.focus(question)
        shown.press("Escape")

        assert read == [
            "Adrastea",
            "Adrastea schließen?",
            "Läuft noch: a.ipynb. Es wird gestoppt, oder es läuft weiter für den nächsten Start von Adrastea.",
            "Abbrechen",
            "Stoppen und schließen",
            "Weiterlaufen lassen",
        ]


def test_a_download_asks_where_to_also_where_there_is_no_folder_for_downloads(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOWNLOAD, more={"/file.bin": "the data"})
    with showing(shown, tmp_path, pages) as running:
        dialog = shown.until_shown("Save as")
        shown.focus(dialog)
        shown.press("Return")

        saved = shown.until(lambda: found[0] if (found := list(tmp_path.rglob("data.txt"))) else None)
        shown.until(lambda: True if saved.read_text(encoding="utf-8") == "the data" else None)
        assert "Traceback" not in running.errors()


def test_a_download_that_is_cancelled_writes_nothing(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOWNLOAD, more={"/file.bin": "the data"})
    with showing(shown, tmp_path, pages) as running:
        dialog = shown.until_shown("Save as")
        shown.focus(dialog)
        shown.press("Escape")
        shown.until(lambda: True if all(window.title != "Save as" for window in shown.windows()) else None)

        assert list(tmp_path.rglob("data.txt*")) == []
        assert "Traceback" not in running.errors()


def test_a_dialog_begins_where_the_last_one_ended(shown: Screen, tmp_path: Path) -> None:
    script = """
    const { save_file_dialog } = window.pywebview.api;
    save_file_dialog("first.txt").then(say).then(() => save_file_dialog("second.txt")).then(say);
    """
    there = tmp_path / "there"
    there.mkdir()
    pages = Pages(script)
    with showing(shown, tmp_path / "home", pages):
        first = shown.until_shown("Save as")
        shown.focus(first)
        shown.press("Control_L", "a")
        shown.write(f"{there}/first.txt")
        shown.press("Return")
        assert pages.hear() == f"{there}/first.txt"
        second = shown.until(lambda: next((w for w in shown.windows() if w.title == "Save as" and w != first), None))
        shown.focus(second)
        shown.press("Return")

        assert pages.hear() == f"{there}/second.txt"
