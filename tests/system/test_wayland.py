"""The program on Wayland: a compositor without a screen (Weston), which has no keyboard either."""

from __future__ import annotations

import asyncio
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.system.document import Cell, running_cell, write
from tests.system.program import LIMIT_SECONDS, program

pytestmark = pytest.mark.slow

SAID = "Adrastea is running already; its window shows it."
NO_KEYBOARD = "gdk_seat_get_keyboard: assertion 'GDK_IS_SEAT (seat)' failed"


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        select.select([], [], [], 0.1)


@pytest.fixture
def compositor(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """Its socket."""
    weston = shutil.which("weston")
    assert weston is not None, "Weston is not installed: make test installs it"
    folder = tmp_path_factory.mktemp("wayland")
    folder.chmod(0o700)
    command = [weston, "--backend=headless-backend.so", "--socket=wayland-test"]
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        until((folder / "wayland-test").exists)
        yield folder / "wayland-test"
        running.terminate()


def test_windows_open_and_close_and_what_wayland_does_not_tell_is_not_remembered(
    tmp_path: Path, compositor: Path
) -> None:
    (tmp_path / "config" / "adrastea").mkdir(parents=True)
    (tmp_path / "config" / "adrastea" / "settings.toml").write_text('token = "T"', encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    file = write(one, "n.ipynb", Cell("a", "print('ran')"))
    environ = {"WAYLAND_DISPLAY": str(compositor)}
    with program(tmp_path, str(file), environ=environ) as running:

        def pages() -> int:
            return sum("WebKitWebProcess" in command for command in running.processes())

        until(lambda: pages() == 1)
        port = (tmp_path / "state" / "adrastea" / "port").read_text(encoding="ascii")
        url = f"http://127.0.0.1:{port}/?token=T"
        asyncio.run(running_cell(url, file.resolve().as_posix().lstrip("/"), "a", "ran\n"))
        with program(tmp_path, str(two), environ=environ) as later:
            assert later.line() == SAID
        until(lambda: pages() == 2)
        running.end()

        assert running.popen.returncode == 0
        assert [line for line in running.errors().splitlines() if line.strip("\0 ") and NO_KEYBOARD not in line] == []
    places = json.loads((tmp_path / "state" / "adrastea" / "windows.json").read_text(encoding="utf-8"))
    assert sorted((Path(place["folder"]).name, place["x"], place["y"]) for place in places) == [
        ("one", None, None),
        ("two", None, None),
    ]
