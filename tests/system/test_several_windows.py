"""The program with its windows: titles, what each folder remembers, and what happens to them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.system.display import Picture, Screen, screen
from tests.system.document import Cell, running_cell, write
from tests.system.painted import RED, shows, write_before_red
from tests.system.program import Program, ask, program

pytestmark = pytest.mark.slow

GREEN = 0x00A86B
ASLEEP_SECONDS = 3.0
SAID = "Adrastea is running already; its window shows it."
PAINT = """
from IPython.display import HTML, display
display(HTML("<div style='width:200px;height:200px;background:#00a86b'></div>"))
print("painted")
"""
BREAK_OUT = """
from IPython.display import HTML, display
display(HTML('''<div id=box style="width:200px;height:200px"></div><script>
const tries = [
  () => window.webkit.messageHandlers.adrastea,
  () => window.pywebview.api,
  () => parent.pywebview.api,
  () => top.pywebview.api,
  () => parent.webkit.messageHandlers.adrastea,
];
const reached = tries.filter((attempt) => { try { return attempt() !== undefined; } catch { return false; } });
for (const attempt of tries)
  try { attempt().postMessage('["x", 1, "quit", []]'); } catch {}
for (const attempt of tries)
  try { attempt().set_title("evil"); attempt().quit(); } catch {}
document.getElementById("box").style.background = reached.length <= 1 ? "#00a86b" : "#d4002a";
</script>'''))
print("tried")
"""
"""WebKit shows the handler to every frame; what it takes is worth nothing without the secret."""


@pytest.fixture(scope="module")
def shown() -> Generator[Screen]:
    with screen() as opened:
        yield opened


def with_token(home: Path) -> None:
    """Let the tests into the program's server, beside the window."""
    (home / "config" / "adrastea").mkdir(parents=True)
    (home / "config" / "adrastea" / "settings.toml").write_text('token = "T"', encoding="utf-8")


def address(home: Path) -> str:
    """Where that server answers."""
    port = (home / "state" / "adrastea" / "port").read_text(encoding="ascii")
    return f"http://127.0.0.1:{port}/?token=T"


def path_of(file: Path) -> str:
    """How the server names a file: from the root of the system."""
    return file.resolve().as_posix().lstrip("/")


def folder(home: Path, name: str) -> Path:
    made = home / "files" / name
    made.mkdir(parents=True)
    return made


def shows_green(picture: Picture) -> bool:
    return picture.colours()[GREEN] > 30_000


def hand_over(home: Path, shown: Screen, path: Path) -> None:
    with program(home, str(path), environ={"DISPLAY": shown.name}) as later:
        assert later.line() == SAID
        assert later.wait() == 0


def until_titles(shown: Screen, *titles: str) -> None:
    shown.until(lambda: True if sorted(w.title for w in shown.windows()) == sorted(titles) else None)


def test_windows_are_told_apart_by_their_titles(tmp_path: Path, shown: Screen) -> None:
    one = write(folder(tmp_path, "x/data"), "n.ipynb", Cell("a", "1"))
    two = write(folder(tmp_path, "y/data"), "n.ipynb", Cell("a", "1"))
    with program(tmp_path, str(one), environ={"DISPLAY": shown.name}) as running:
        until_titles(shown, "n.ipynb - data")
        hand_over(tmp_path, shown, two)
        until_titles(shown, "n.ipynb - x/data", "n.ipynb - y/data")

        shown.close_window(shown.until_shown("n.ipynb - x/data"))
        until_titles(shown, "n.ipynb - data")
        assert running.popen.poll() is None


def test_each_folder_has_its_tabs_again(tmp_path: Path, shown: Screen) -> None:
    one, two = folder(tmp_path, "one"), folder(tmp_path, "two")
    write(one, "a.ipynb", Cell("a", "1"))
    write(two, "b.ipynb", Cell("a", "1"))
    environ = {"DISPLAY": shown.name}
    with program(tmp_path, str(one / "a.ipynb"), environ=environ) as running:
        until_titles(shown, "a.ipynb - one")
        hand_over(tmp_path, shown, two / "b.ipynb")
        until_titles(shown, "a.ipynb - one", "b.ipynb - two")
        shown.close_window(shown.until_shown("b.ipynb - two"))
        until_titles(shown, "a.ipynb - one")
        hand_over(tmp_path, shown, two)
        until_titles(shown, "a.ipynb - one", "b.ipynb - two")
        for title in ("b.ipynb", "a.ipynb"):
            shown.close_window(shown.until_shown(title))
        running.wait()
    with program(tmp_path, str(one), environ=environ):
        until_titles(shown, "a.ipynb - one")


def test_a_page_that_crashes_comes_back_with_its_outputs(tmp_path: Path, shown: Screen) -> None:
    with_token(tmp_path)
    file = write(folder(tmp_path, "work"), "n.ipynb", Cell("a", PAINT))
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        shown.until_shown("n.ipynb - work")
        asyncio.run(running_cell(address(tmp_path), path_of(file), "a", "?painted\n"))
        shown.until_picture(shows_green)

        running.kill("WebKitWebProcess")
        shown.until_picture(lambda picture: not shows_green(picture))
        shown.until_picture(shows_green)
        until_titles(shown, "n.ipynb - work")
        assert "The page has crashed" in (running.errors() + logged(tmp_path))


def test_an_output_does_not_reach_the_window(tmp_path: Path, shown: Screen) -> None:
    with_token(tmp_path)
    file = write_before_red(folder(tmp_path, "work"), Cell("a", BREAK_OUT))
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        shown.until_shown("n.ipynb - work")
        shown.until_picture(lambda picture: shows(picture, RED))  # scripts of saved outputs would not run
        asyncio.run(running_cell(address(tmp_path), path_of(file), "a", "?tried\n"))
        shown.until_picture(shows_green)

        until_titles(shown, "n.ipynb - work")
        assert running.popen.poll() is None


def test_after_a_sleep_the_page_goes_on(tmp_path: Path, shown: Screen) -> None:
    with_token(tmp_path)
    file = write(folder(tmp_path, "work"), "n.ipynb", Cell("a", PAINT))
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        shown.until_shown("n.ipynb - work")
        fall_asleep(running, address(tmp_path))
        running.signal(signal.SIGCONT)

        asyncio.run(running_cell(address(tmp_path), path_of(file), "a", "?painted\n"))
        shown.until_picture(shows_green)
        assert running.errors() == ""


def fall_asleep(running: Program, url: str) -> None:
    """Stop all of its processes, until somebody has lost patience with the server."""
    running.signal(signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        ask(url, "/api", limit_seconds=ASLEEP_SECONDS)


def logged(home: Path) -> str:
    """What stands in the program's log."""
    return "".join(file.read_text(encoding="utf-8") for file in (home / "state").rglob("*.log"))
