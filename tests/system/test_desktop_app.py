"""The program with and without a window, from the outside: what a user sees on the screen and on the terminal."""

from __future__ import annotations

import asyncio
import select
import signal
import time
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.system.display import Screen, screen
from tests.system.document import Cell, edited, on_disk, running_cell, write
from tests.system.painted import GREEN, PAINT, RED, shows, write_painted
from tests.system.program import LIMIT_SECONDS, Program, ask, program

pytestmark = pytest.mark.slow

QUICK_SECONDS = 3.0


@pytest.fixture(scope="module")
def shown() -> Generator[Screen]:
    with screen() as opened:
        yield opened


def with_token(home: Path) -> None:
    """Let the tests into the program's server, beside the window."""
    (home / "config" / "adrastea").mkdir(parents=True)
    (home / "config" / "adrastea" / "settings.toml").write_text(
        'token = "T"\nautosave_seconds = 3600', encoding="utf-8"
    )


def address(home: Path) -> str:
    """Where that server answers."""
    port = (home / "state" / "adrastea" / "port").read_text(encoding="ascii")
    return f"http://127.0.0.1:{port}/?token=T"


def path_of(file: Path) -> str:
    """How the server names a file: from the root of the system."""
    return file.as_posix().lstrip("/")


# Without a window


def test_without_a_display_it_says_so_and_goes_on_serving_at_an_address_that_works_once(tmp_path: Path) -> None:
    with program(tmp_path, "n.ipynb") as running:
        assert (
            running.line()
            == "There is no display. Adrastea uses the browser instead; 'adrastea doctor' says more. Ctrl-C ends it."
        )
        line = running.line()
        url = line.rpartition(" ")[2]
        first, second = ask(url), ask(url, headers={"Accept": "text/html"})

        assert line.startswith("Open this address, it works once: http://127.0.0.1:")
        assert parse_qs(urlsplit(url).query)["path"] == [path_of(tmp_path / "n.ipynb")]
        assert first.status == 302
        assert first.cookie.startswith("adrastea-")
        assert second.status == 403
        assert b"works once" in second.body
        assert running.end() < QUICK_SECONDS
        assert (running.popen.returncode, running.errors()) == (0, "")


def test_without_webkit_it_uses_the_browser(tmp_path: Path, shown: Screen) -> None:
    """A library of that name that is none: the system's own is not found behind it."""
    hidden = tmp_path / "lib"
    hidden.mkdir()
    for name in ("libwebkit2gtk-4.1.so.0", "libwebkit2gtk-4.0.so.37"):
        (hidden / name).write_bytes(b"")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/browsed\n', encoding="utf-8")
    browser.chmod(0o700)
    environ = {"DISPLAY": shown.name, "LD_LIBRARY_PATH": str(hidden), "BROWSER": str(browser)}
    with program(tmp_path / "home", environ=environ) as running:
        assert "WebKitGTK is not installed (Debian: apt install gir1.2-webkit2-4.1" in running.line()
        printed = running.url()
        shown.until(lambda: True if (tmp_path / "browsed").exists() else None)
        browsed = (tmp_path / "browsed").read_text(encoding="utf-8").strip()

        assert ask(browsed).status == 302
        assert ask(printed).status == 302
        running.end()
        assert running.popen.returncode == 0


@pytest.mark.source  # the one file has its own
def test_without_pygobject_it_uses_the_browser(tmp_path: Path, shown: Screen) -> None:
    (tmp_path / "hidden" / "gi").mkdir(parents=True)
    (tmp_path / "hidden" / "gi" / "__init__.py").write_text("raise ImportError('hidden')", encoding="utf-8")
    environ = {"DISPLAY": shown.name, "PYTHONPATH": str(tmp_path / "hidden"), "BROWSER": "true"}
    with program(tmp_path / "home", environ=environ) as running:
        assert "PyGObject is not installed, or not for this Python" in running.line()
        assert ask(running.url()).status == 302
        assert running.errors() == ""


def test_a_display_that_does_not_answer_does_not_end_it(tmp_path: Path) -> None:
    with program(tmp_path, environ={"DISPLAY": ":4711", "BROWSER": "true"}) as running:
        assert "The display does not answer." in running.line()
        assert ask(running.url()).status == 302


def test_a_second_start_hands_over_and_says_where_to_look(tmp_path: Path) -> None:
    with program(tmp_path) as first:
        first.url()
        with program(tmp_path, "other.ipynb") as second:
            url = second.url()

            assert second.wait() == 0
            assert "other.ipynb" in url
            assert ask(url).status == 302
        first.end()
        assert first.printed == ""


def until_ended(started: list[Program], wanted: int) -> list[Program]:
    """Wait until so many have ended; those."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while len(ended := [running for running in started if running.popen.poll() is not None]) < wanted:
        assert time.monotonic() < deadline
        select.select([], [], [], 0.05)
    return ended


def test_of_many_starts_at_once_one_is_first_and_serves_the_others(tmp_path: Path) -> None:
    with ExitStack() as stack:
        started: list[Program] = []
        for number in range(4):
            home = tmp_path / f"home{number}"
            shared = {f"XDG_{name}": str(tmp_path / name) for name in ("RUNTIME_DIR", "STATE_HOME")}
            started.append(stack.enter_context(program(home, f"{number}.ipynb", environ=shared)))
        urls = [running.url() for running in started]

        assert [ask(url).status for url in urls] == [302] * 4
        ended = until_ended(started, 3)
        assert [running.popen.returncode for running in ended] == [0] * 3
        assert len({url.partition("/?")[0] for url in urls}) == 1


def test_who_starts_while_the_first_is_on_its_way_out_is_the_next_first(tmp_path: Path) -> None:
    with_token(tmp_path)
    code = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\nsignal.pause()"
    write(tmp_path, "n.ipynb", Cell("a", code))
    with program(tmp_path) as first:
        first.url()
        asyncio.run(running_cell(address(tmp_path), path_of(tmp_path / "n.ipynb"), "a", "deaf\n"))
        first.popen.send_signal(signal.SIGTERM)  # now it ends for more than a second

        with program(tmp_path, "next.ipynb") as second:
            assert ask(second.url()).status == 302
            assert first.wait() == 0
            assert second.popen.poll() is None


def test_the_end_saves_what_is_unsaved_and_takes_the_kernels_along(tmp_path: Path) -> None:
    with_token(tmp_path)
    file = write(tmp_path, "n.ipynb", Cell("a", "print('begun', flush=True)\nimport time\ntime.sleep(600)"))
    with program(tmp_path) as running:
        running.url()
        asyncio.run(running_cell(address(tmp_path), path_of(file), "a", "begun\n"))
        asyncio.run(edited(address(tmp_path), path_of(file), "a", "edited = 1"))

        assert running.end(signal.SIGINT) < QUICK_SECONDS
        assert running.popen.returncode == 0
        assert running.processes() == []
        assert on_disk(file, "a") == "edited = 1"


# With a window


def test_the_window_shows_the_notebook_and_what_runs_in_it(tmp_path: Path, shown: Screen) -> None:
    with_token(tmp_path)
    file = write_painted(tmp_path)
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        window = shown.until_shown("painted.ipynb")
        before = shown.until_picture(lambda picture: shows(picture, RED))
        before.save(tmp_path / "before.png")
        asyncio.run(running_cell(address(tmp_path), path_of(file), "b", "?painted\n"))
        after = shown.until_picture(lambda picture: shows(picture, GREEN))
        after.save(tmp_path / "after.png")

        assert len(after.colours()) > 50
        assert (window.width, window.height) == (1280, 860)
        assert running.end() < QUICK_SECONDS
        assert (running.popen.returncode, running.errors()) == (0, "")
        running.until_nothing_is_left()


def test_the_window_is_where_it_was_and_the_page_at_the_same_address(tmp_path: Path, shown: Screen) -> None:
    environ = {"DISPLAY": shown.name}
    ports: list[str] = []
    with program(tmp_path, environ=environ) as running:
        window = shown.until_shown("Adrastea")
        shown.resize(window, 150, 120, 900, 700)
        shown.until(lambda: next((w for w in shown.windows() if (w.x, w.width) == (150, 900)), None))
        shown.until_picture(lambda picture: len(picture.colours()) > 30)
        ports.append((tmp_path / "state" / "adrastea" / "port").read_text(encoding="ascii"))
        shown.close_window(window)
        assert (running.wait(), running.errors()) == (0, "")
    with program(tmp_path, environ=environ):
        again = shown.until_shown("Adrastea")
        ports.append((tmp_path / "state" / "adrastea" / "port").read_text(encoding="ascii"))

    assert (again.x, again.y, again.width, again.height) == (150, 120, 900, 700)
    assert ports[0] == ports[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_window_its_processes_and_its_kernels(
    tmp_path: Path, shown: Screen, number: signal.Signals
) -> None:
    with_token(tmp_path)
    file = write(tmp_path, "n.ipynb", Cell("a", "print('begun', flush=True)\nimport time\ntime.sleep(600)"))
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        shown.until_shown("n.ipynb")
        asyncio.run(running_cell(address(tmp_path), path_of(file), "a", "begun\n"))
        assert any("WebKitWebProcess" in command for command in running.processes())

        assert running.end(number) < QUICK_SECONDS
        assert (running.popen.returncode, running.errors()) == (0, "")
        running.until_nothing_is_left()


def test_a_second_start_shows_its_file_in_the_window_that_is_open(tmp_path: Path, shown: Screen) -> None:
    environ = {"DISPLAY": shown.name}
    one, two = write(tmp_path, "one.ipynb", Cell("a", "1")), write(tmp_path, "two.ipynb", Cell("a", "2"))
    with program(tmp_path, str(one), environ=environ) as running:
        first = shown.until_shown("one.ipynb")
        with program(tmp_path, str(two), environ=environ) as second:
            assert second.line() == "Adrastea is running already; its window shows it."
            assert second.wait() == 0
        both = shown.until_shown("two.ipynb")

        assert both.id == first.id
        assert running.popen.poll() is None


def test_keys_reach_the_page_and_code_runs(tmp_path: Path, shown: Screen) -> None:
    with_token(tmp_path)
    file = write(tmp_path, "n.ipynb", Cell("a", PAINT))
    with program(tmp_path, str(file), environ={"DISPLAY": shown.name}) as running:
        window = shown.until_shown("n.ipynb")
        shown.focus(window)

        shown.press_until(lambda: shows(shown.picture(), GREEN) or None, "Shift_L", "Return")

        running.end()
        assert "painted" in file.read_text(encoding="utf-8")


def test_the_menu_runs_commands_in_the_page(tmp_path: Path, shown: Screen) -> None:
    """File, the last entry: Quit."""
    with program(tmp_path, environ={"DISPLAY": shown.name}) as running:
        window = shown.until_shown("Adrastea")
        shown.until_picture(lambda picture: len(picture.colours()) > 30)
        shown.focus(window)
        shown.open_menu(window, 20, 12)
        shown.press("Up")
        shown.press("Return")

        assert (running.wait(), running.errors()) == (0, "")
        running.until_nothing_is_left()
