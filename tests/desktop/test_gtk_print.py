"""Printing in a real window: the system's dialog, and what is printed into a file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


def test_print_shows_the_systems_dialog_and_cancel_prints_nothing(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("setTimeout(() => { print(); say('asked'); }, 100)", "<p>text</p>")
    with showing(shown, tmp_path, pages) as running:
        dialog = shown.until_shown("Print")
        shown.focus(dialog)
        shown.press("Escape")

        assert pages.hear() == "asked"
        assert list(tmp_path.rglob("*.pdf")) == []
        assert "Traceback" not in running.errors()


def test_what_is_printed_into_a_file_bears_the_notebooks_name(shown: Screen, tmp_path: Path) -> None:
    script = """
    document.title = "trees.ipynb - work";
    addEventListener("afterprint", () => say("printed"));
    setTimeout(() => print(), 100);
    """
    pages = Pages(script, "<p>text to print</p>")
    with showing(shown, tmp_path, pages):
        dialog = shown.until_shown("Print")
        shown.focus(dialog)
        shown.click(dialog.x + 83, dialog.y + 86)  # the only printer there is: a file
        shown.click(dialog.x + dialog.width - 55, dialog.y + dialog.height - 30)

        assert pages.hear() == "printed"
        (file,) = tmp_path.rglob("trees.pdf")
        assert "text to print" in subprocess.check_output(["pdftotext", file, "-"], text=True, timeout=60)
