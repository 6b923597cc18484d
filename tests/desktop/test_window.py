"""The window as the rest of the program sees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen
from tests.system.program import ROOT

pytestmark = pytest.mark.slow

DOOR = "window.adrastea = { open: (path) => say(['open', path]), run: (command) => say(['run', command]) };"


def test_a_later_start_reaches_the_page_and_waits_until_it_has_loaded(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR)
    with showing(shown, tmp_path, pages) as running:
        shown.until_shown("Adrastea")
        running.write("/data/ä 'b\".ipynb\n")

        assert running.line() == "Adrastea is running already; its window shows it."
        assert pages.hear() == ["open", "data/ä 'b\".ipynb"]


def test_the_menu_runs_the_page_s_commands(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(DOOR + "say('loaded')")
    with showing(shown, tmp_path, pages):
        window = shown.until_shown("Adrastea")
        pages.hear()
        shown.focus(window)
        shown.open_menu(window.x + 20, window.y + 12)
        shown.press("Down")
        shown.press("Return")

        assert pages.hear() == ["run", "app.quit"]


@pytest.mark.parametrize(
    ("given", "expected"), [({}, "1"), ({"WEBKIT_DISABLE_DMABUF_RENDERER": "0"}, "0")], ids=["ours", "the-user-s"]
)
def test_without_a_gpu_the_renderer_for_gpus_is_not_used_unless_the_user_says_so(
    given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os\nfrom pathlib import Path\nPath.glob = lambda *_: iter(())\n"
    program += "from adrastea.desktop.window import _choose_renderer\n_choose_renderer()\n"
    program += "print(os.environ['WEBKIT_DISABLE_DMABUF_RENDERER'])"
    monkeypatch.delenv("WEBKIT_DISABLE_DMABUF_RENDERER", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout.strip() == expected
