"""Closing the last window while a cell runs: the user is asked, and each of the three answers does what it says."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.system.display import Screen, ShownWindow, screen
from tests.system.document import Cell, write
from tests.system.program import program

pytestmark = pytest.mark.slow

WORK = """
import pathlib, time
print("begun", flush=True)
pathlib.Path("begun").touch()
while not pathlib.Path("go").exists():
    time.sleep(0.02)
print("done")
"""


@pytest.fixture(scope="module")
def shown() -> Generator[Screen]:
    with screen() as opened:
        yield opened


def ask_to_close(shown: Screen, window: ShownWindow) -> ShownWindow:
    """As a window manager does; the question that comes, which has the keyboard."""
    shown.close_window(window)
    question = shown.until(lambda: next((other for other in shown.windows() if other.title == "Adrastea"), None))
    shown.focus(question)
    return question


def answer(shown: Screen, place: int) -> None:
    """By the keyboard: 0 is Cancel, which has the focus, 1 Stop and Close, 2 Keep Running."""
    for _ in range(place):
        shown.press("Right")
    shown.press("Return")


def test_a_busy_kernel_is_kept_running_or_stopped_as_the_user_says(shown: Screen, tmp_path: Path) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", WORK))
    environ = {"DISPLAY": shown.name}
    with program(tmp_path, str(file), environ=environ) as running:
        window = shown.until_shown("n.ipynb")
        shown.focus(window)
        shown.press_until(lambda: (tmp_path / "begun").exists() or None, "Shift_L", "Return")

        question = ask_to_close(shown, window)
        answer(shown, 0)
        shown.until(lambda: question.id not in {other.id for other in shown.windows()} or None)
        assert running.popen.poll() is None

        ask_to_close(shown, window)
        answer(shown, 2)
        assert (running.wait(), running.errors()) == (0, "")
        assert running.processes() != []

        with program(tmp_path, str(file), environ=environ) as again:
            window = shown.until_shown("n.ipynb")
            (tmp_path / "go").touch()
            shown.until(lambda: "done\\n" in file.read_text(encoding="utf-8") or None)
            (tmp_path / "begun").unlink()
            (tmp_path / "go").unlink()
            shown.focus(window)
            shown.press_until(lambda: (tmp_path / "begun").exists() or None, "Shift_L", "Return")
            ask_to_close(shown, window)
            answer(shown, 1)

            assert (again.wait(), again.errors()) == (0, "")
            again.until_nothing_is_left()
        running.until_nothing_is_left()
