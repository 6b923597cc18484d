"""The system's dialogs in a real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


def test_a_dialog_that_is_cancelled_answers_with_nothing(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.open_file_dialog().then(say)")
    with showing(shown, tmp_path, pages):
        dialog = shown.until_shown("Open")
        shown.focus(dialog)
        shown.press("Escape")

        assert pages.hear() == []


def test_a_download_asks_where_to_also_where_there_is_no_folder_for_downloads(shown: Screen, tmp_path: Path) -> None:
    script = """
    const link = document.createElement("a");
    link.href = "/file.bin";
    link.download = "data.txt";
    document.body.append(link);
    link.click();
    """
    pages = Pages(script, more={"/file.bin": "the data"})
    with showing(shown, tmp_path, pages) as running:
        dialog = shown.until_shown("Save as")
        shown.focus(dialog)
        shown.press("Return")

        saved = shown.until(lambda: found[0] if (found := list(tmp_path.rglob("data.txt"))) else None)
        shown.until(lambda: True if saved.read_text(encoding="utf-8") == "the data" else None)
        assert "Traceback" not in running.errors()
