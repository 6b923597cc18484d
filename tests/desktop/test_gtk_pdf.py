"""A PDF straight from a real window: what is in it, and what is said where there can be none."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import cast

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow

SCRIPT = """
const { choose_pdf, print_pdf, cancel_pdf } = window.pywebview.api;
const printed = (chosen) => chosen ? print_pdf() : "nothing was chosen";
const given_up = (chosen) => Promise.all([print_pdf(), print_pdf(), cancel_pdf()]);
choose_pdf("trees.pdf").then(printed).then(say)
  .then(() => choose_pdf("woods.pdf")).then(given_up).then(say)
  .then(() => choose_pdf("trees.pdf")).then(printed).then(say);
"""
LINES = [f"line number {number}" for number in range(200)]


def save_as(shown: Screen, path: Path) -> None:
    dialog = shown.until_shown("Save as")
    shown.focus(dialog)
    shown.press("Control_L", "a")
    shown.write(str(path))
    shown.press("Return")


def test_the_page_is_printed_into_the_file_that_the_user_chose(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(SCRIPT, "".join(f"<p>{line}</p>" for line in LINES))
    with showing(shown, tmp_path / "home", pages) as running:
        save_as(shown, tmp_path / "trees")  # the ending comes by itself
        assert pages.hear() == ""
        text = subprocess.check_output(["pdftotext", tmp_path / "trees.pdf", "-"], text=True, timeout=60)
        assert [line for line in text.splitlines() if line.startswith("line")] == LINES
        assert text.count("\f") > 3

        save_as(shown, tmp_path / "woods.pdf")
        written, second, _ = cast("list[str]", pages.hear())
        assert written == ""
        assert second.startswith("Another PDF")
        assert not (tmp_path / "woods.pdf").exists()

        dialog = shown.until_shown("Save as")
        shown.focus(dialog)
        shown.press("Escape")
        assert pages.hear() == "nothing was chosen"
        assert "Traceback" not in running.errors()
