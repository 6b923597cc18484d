"""How long it takes from the start to a window, and to a notebook in it, beside a bare WebKitGTK window.

Run it with `python -m bench.window [PROGRAM …]` from the root of the repository, for example on `dist/adrastea`;
without a program it takes `app.py`, and then the one files in `dist/`. Each is started several times, in turn, on a
screen of its own (Xvfb); the first time is not counted. A notebook is there when its first output, a square of one
colour, is on the screen; the bare window is a Python script that shows the same square. Linux only. In milliseconds:
the median, the least and the most; behind them the ratio of the medians to those of the bare window.
"""

from __future__ import annotations

import json
import os
import platform
import select
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.start_up import found
from tests.system import painted
from tests.system.display import Screen, screen

RUNS = 7
LIMIT_SECONDS = 60.0
LOOK_SECONDS = 0.01
BARE = """
import gi, sys
gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2
window = Gtk.Window(title="bare"); window.set_default_size(1280, 860)
view = WebKit2.WebView(); window.add(view)
view.load_html('<img src="data:image/png;base64,' + sys.argv[1] + '">', None)
window.show_all(); Gtk.main()
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One start, in milliseconds."""

    window: float
    notebook: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Xvfb, ",
        end="",
    )
    print(f"{RUNS} starts of each after one that is not counted")
    programs = {name: (str(Path(name).absolute()),) for name in arguments} or found()
    square = b64encode(painted.square(painted.RED)).decode()
    commands = {"a bare window": ("/usr/bin/python3", "-c", BARE, square), **programs}
    runs: dict[str, list[Figures]] = {name: [] for name in commands}
    with screen() as shown, tempfile.TemporaryDirectory() as folder:
        homes = {name: Path(folder) / str(number) for number, name in enumerate(commands)}
        for number in range(RUNS + 1):
            for name, command in commands.items():
                figures = measure(shown, homes[name], command, square, bare=name not in programs)
                if number:
                    runs[name].append(figures)
    bare = runs["a bare window"]
    for name, of_it in runs.items():
        print(f"\n{name}")
        show("start to the window", [run.window for run in of_it], [run.window for run in bare])
        show("start to the notebook", [run.notebook for run in of_it], [run.notebook for run in bare])
    return 0


def show(what: str, figures: list[float], bare: list[float]) -> None:
    """One line."""
    median = statistics.median(figures)
    ratio = median / statistics.median(bare)
    least, most = min(figures), max(figures)
    print(f"{what:24} {median:7.0f} ms (least {least:.0f}, most {most:.0f}), {ratio:.2f} times as long as bare")


def measure(shown: Screen, home: Path, command: Sequence[str], square: str, *, bare: bool) -> Figures:
    """Start, look at the screen, end."""
    home.mkdir(exist_ok=True)
    notebook = home / "n.ipynb"
    notebook.write_text(json.dumps(with_square(square)), encoding="utf-8")
    argv = [*command] if bare else [*command, str(notebook)]
    begun = time.perf_counter()
    with subprocess.Popen(argv, env=environment(home, shown.name), stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: bool(shown.windows()))
            window = time.perf_counter()
            until(lambda: is_shown(shown))
            there = time.perf_counter()
        finally:
            process.terminate()
            process.wait(LIMIT_SECONDS)
    until(lambda: not shown.windows())
    return Figures((window - begun) * 1e3, (there - begun) * 1e3)


def environment(home: Path, display: str) -> Mapping[str, str]:
    """Folders of its own, kept from one start to the next."""
    folders = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    return {**os.environ, **{name: str(home / name) for name in folders}, "PATH": path, "DISPLAY": display}


def until(look: object) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while callable(look) and not look():
        if time.monotonic() > deadline:
            message = "the screen does not show it"
            raise TimeoutError(message)
        select.select([], [], [], LOOK_SECONDS)


def is_shown(shown: Screen) -> bool:
    """Whether a line of the square is on the screen."""
    pixel = painted.RED.to_bytes(3, "little")
    line = (pixel + b"\xff") * 20, (pixel + b"\0") * 20
    return any(one in row for row in shown.picture().rows[:: painted.SQUARE // 4] for one in line)


def with_square(square: str) -> dict[str, object]:
    """A notebook whose first cell has the square as its output."""
    output = {"output_type": "display_data", "data": {"image/png": square}, "metadata": {}}
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": "1",
        "execution_count": 1,
        "outputs": [output],
    }
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
