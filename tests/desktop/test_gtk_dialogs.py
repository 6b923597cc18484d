"""The system's dialogs in a real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
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
