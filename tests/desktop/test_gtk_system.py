"""What there is once for all windows: signals, the renderer."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen
from tests.system.program import ROOT

pytestmark = pytest.mark.slow


def unsaved(answer: str) -> str:
    """A page that answers so when it is asked whether work would be lost."""
    return f"window.adrastea = {{ hasUnsaved: () => {answer} }}; say('loaded');"


def test_a_signal_asks_nothing_also_while_a_dialog_is_open(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(unsaved("true") + "window.pywebview.api.open_file_dialog()")
    with showing(shown, tmp_path, pages) as running:
        shown.until_shown("Open")
        running.popen.send_signal(signal.SIGTERM)

        assert running.line() == "closed"
        assert running.wait() == 0


@pytest.mark.parametrize(
    ("given", "expected"), [({}, "1"), ({"WEBKIT_DISABLE_DMABUF_RENDERER": "0"}, "0")], ids=["ours", "the-user-s"]
)
def test_without_a_gpu_the_renderer_for_gpus_is_not_used_unless_the_user_says_so(
    given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os\nfrom pathlib import Path\nfrom adrastea.desktop.obstacle import obstacle\nobstacle()\n"
    program += "Path.glob = lambda *_: iter(())\n"
    program += "from adrastea.desktop.gtk_system import _choose_renderer\n_choose_renderer()\n"
    program += "print(os.environ['WEBKIT_DISABLE_DMABUF_RENDERER'])"
    monkeypatch.delenv("WEBKIT_DISABLE_DMABUF_RENDERER", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout.strip() == expected
