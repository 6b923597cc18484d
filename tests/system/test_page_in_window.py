"""The application's own page in its window: what the keyboard, the clipboard and the desktop do with it."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.test_gtk_clipboard import picture
from tests.desktop.test_gtk_drop import file_manager
from tests.fakes.session_bus import SessionBus, session_bus
from tests.system.display import Screen, ShownWindow, screen
from tests.system.document import Cell, write
from tests.system.program import ROOT, program

pytestmark = pytest.mark.slow

RED = 0xD4002A
IDLE = 0x237032  # the colour of the word
GREEN = 0x00A86B
HOSTILE = """
from IPython.display import HTML
HTML('''<div id="seen" style="width:200px;height:200px"></div><script>
const ways = [
  () => window.pywebview.api,
  () => window.top.pywebview.api,
  () => window.top.document.title,
  () => localStorage.length,
];
const reached = ways.filter((way) => { try { way(); return true; } catch { return false; } });
try {
  window.webkit.messageHandlers.adrastea.postMessage('["guessed", 1, "close_window", []]'); // it is in every frame
} catch {}
const module = URL.createObjectURL(new Blob(["export const colour = '#00a86b'"], { type: "text/javascript" }));
import(module).then(({ colour }) => { seen.style.background = reached.length === 0 ? colour : "#d4002a"; });
</script>''')
"""


@pytest.fixture(scope="module")
def shown() -> Generator[Screen]:
    with screen() as opened:
        yield opened


@contextmanager
def working(
    shown: Screen, home: Path, *cells: Cell, more: Sequence[object] = ()
) -> Generator[tuple[ShownWindow, SessionBus]]:
    """A notebook in a window that has the keyboard."""
    file = write(home, "n.ipynb", *cells)
    notebook = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**notebook, "cells": [*notebook["cells"], *more]}), encoding="utf-8")
    with (
        session_bus(home) as bus,
        program(home, "n.ipynb", environ={"DISPLAY": shown.name, "DBUS_SESSION_BUS_ADDRESS": bus.address}),
    ):
        window = shown.until_shown("n.ipynb")
        shown.focus(window)
        shown.until_picture(lambda seen: seen.colours()[IDLE] > 30)  # the kernel is ready: so is the page
        yield window, bus


def saved(shown: Screen, home: Path, wanted: str) -> dict[str, object]:
    """The first cell in the file, as soon as its text is what is wanted; the program saves by itself."""

    def look() -> dict[str, object] | None:
        cell: dict[str, object] = json.loads((home / "n.ipynb").read_text(encoding="utf-8"))["cells"][0]
        return cell if "".join(str(cell["source"])) == wanted else None

    return shown.until(look)


def edit(shown: Screen) -> None:
    """Into the first cell, its caret at the end."""
    shown.press("Return")
    shown.press("Control_L", "End")


def test_composed_text_arrives_once_and_enter_while_composing_runs_nothing(shown: Screen, tmp_path: Path) -> None:
    with working(shown, tmp_path, Cell("a", "# ")):
        edit(shown)
        shown.press("a")
        saved(shown, tmp_path, "# a")  # the editor is there
        shown.press("Control_L", "Shift_L", "u")  # GTK's own input method: a character by its number
        shown.press("e")
        shown.press("9")
        shown.press("Return")
        for key in "xy":
            shown.press(key)

        assert saved(shown, tmp_path, "# aéxy")["execution_count"] is None


def test_an_image_of_another_program_becomes_an_attachment(shown: Screen, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(picture(70, 30))
    command = ["xclip", "-display", shown.name, "-selection", "clipboard", "-target", "image/png", "-quiet", "-in"]
    with working(shown, tmp_path, Cell("a", "text ")), subprocess.Popen([*command, str(tmp_path / "red.png")]) as held:
        try:
            shown.press("m")
            edit(shown)
            shown.press("Control_L", "v")
            cell = saved(shown, tmp_path, "text ![image.png](attachment:image.png)")
            shown.press("Control_L", "Return")
            shown.until_picture(lambda seen: seen.colours()[RED] >= 70 * 30)
        finally:
            held.terminate()

        assert cell["cell_type"] == "markdown"
        assert list(json.loads(json.dumps(cell["attachments"]))["image.png"]) == ["image/png"]


def test_the_end_of_a_long_run_is_told_to_who_is_elsewhere(shown: Screen, tmp_path: Path) -> None:
    run = "import time; time.sleep(11); no_such_name"  # a second longer than what is a long run
    with working(shown, tmp_path, Cell("a", run)) as (_, bus):
        shown.press("Control_L", "Return")
        shown.leave()
        heard = bus.hear()

        assert heard[5] == "n.ipynb"
        assert heard[6].startswith("Failed with NameError after 1")


def test_printing_prints_every_cell_into_a_file_of_the_notebooks_name(shown: Screen, tmp_path: Path) -> None:
    cells = [Cell(f"c{place}", f"value = {place}  # cell number {place}") for place in range(200)]
    with working(shown, tmp_path, *cells):
        shown.press("Control_L", "Alt_L", "p")
        dialog = shown.until_shown("Print")
        shown.focus(dialog)
        shown.click(dialog.x + 83, dialog.y + 86)  # the only printer there is: a file
        shown.click(dialog.x + dialog.width - 55, dialog.y + dialog.height - 30)
        file = shown.until(lambda: next(tmp_path.rglob("n.pdf"), None))
        text = shown.until(lambda: printed(file))

        assert text.count("cell number") == len(cells)
        assert text.index("cell number 0") < text.index("cell number 199")
        assert "Kernel" not in text


def test_export_as_pdf_asks_where_to_and_writes_the_file(shown: Screen, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "plain-python.ipynb", tmp_path / "example.ipynb")
    with program(tmp_path, "example.ipynb", environ={"DISPLAY": shown.name}):
        shown.focus(shown.until_shown("example.ipynb"))
        shown.until_picture(lambda seen: seen.colours()[IDLE] > 30)
        shown.press("F1")
        shown.write("Export as PDF")
        shown.press("Return")
        dialog = shown.until_shown("Save as")
        shown.focus(dialog)
        shown.press("Control_L", "a")
        shown.write(f"{tmp_path}/example.pdf")
        shown.press("Return")
        file = shown.until(lambda: next(tmp_path.glob("example.pdf"), None))  # it appears whole
        pages = (printed(file) or "").split("\f")

        assert pages[0].startswith("Plain Python")
        assert "499999500000" in pages[1]  # what the last cell has given
        assert len(pages) == 3  # one form feed behind each page


def printed(file: Path) -> str | None:
    """The text of a PDF, once it is whole."""
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout if done.returncode == 0 and done.stdout else None


def test_control_and_the_wheel_make_the_page_larger(shown: Screen, tmp_path: Path) -> None:
    source = "text ![a](attachment:a.png)"
    data = {"a.png": {"image/png": b64encode(picture(100, 100)).decode()}}
    markdown = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": source, "attachments": data}
    with working(shown, tmp_path, Cell("a", "1"), more=[markdown]) as (window, _):
        shown.until_picture(lambda seen: seen.colours()[RED] == 100 * 100)
        shown.press("Control_L", "equal")
        shown.until_picture(lambda seen: abs(seen.colours()[RED] - 110 * 110) < 500)
        with shown.holding("Control_L"):
            shown.click(window.x + 700, window.y + 500, button=4)
        shown.until_picture(lambda seen: abs(seen.colours()[RED] - 120 * 120) < 500)


def test_a_file_that_is_dragged_onto_the_window_is_opened_where_it_lies(shown: Screen, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere" / "words.txt"
    there.parent.mkdir()
    there.write_text("words", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with working(shown, home, Cell("a", "1")) as (window, _), file_manager(shown, there):
        shown.drag((1370, 965), (window.x + 600, window.y + 40))  # the strip of tabs
        shown.until_shown("words.txt - elsewhere")

        assert sorted(file.name for file in home.iterdir() if file.suffix == ".txt") == []


def test_a_script_in_an_output_runs_and_reaches_neither_the_bridge_nor_the_page(shown: Screen, tmp_path: Path) -> None:
    with working(shown, tmp_path, Cell("a", HOSTILE)):
        shown.press("Control_L", "Return")
        seen = shown.until_picture(lambda seen: max(seen.colours()[GREEN], seen.colours()[RED]) >= 200 * 200)

        assert seen.colours()[RED] == 0


def test_the_window_speaks_german_as_soon_as_its_page_does(shown: Screen, tmp_path: Path) -> None:
    with working(shown, tmp_path, Cell("a", "1")) as (window, _):
        shown.press("Control_L", "Shift_L", "p")
        shown.write("switch the language")
        shown.press("Return")  # the page is loaded anew

        def asked() -> ShownWindow | None:
            dialog = next((other for other in shown.windows() if other.id != window.id), None)
            if dialog is None:
                shown.press("Control_L", "o")
            elif "ffnen" not in dialog.title:  # the page that is about to go was quicker
                shown.focus(dialog)
                shown.press("Escape")
                shown.focus(window)
                return None
            return dialog

        shown.focus(shown.until(asked))
        shown.press("Escape")
