"""The scenarios of the page's benchmark in WebKitGTK, in short: each comes to its end, and nothing goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adrastea.desktop.menu import run_script
from bench import webkit
from bench.comparison import notebooks
from tests.system.display import screen

pytestmark = pytest.mark.slow

PRINTED = 20_000
CELLS = 150


def short() -> str:
    """The large notebook's images and long outputs, the flood, and cells that are run until the last has printed."""
    large = json.loads(notebooks.large())
    cells = json.loads(notebooks.run_all())["cells"]
    first = {**cells[0], "source": f"value_1 = 1\nfor line in range({PRINTED}):\n    print('line', line)"}
    shown = [{**cell, "id": f"shown-{number}"} for number, cell in enumerate(large["cells"][1:20])]
    return json.dumps({**large, "cells": [first, *cells[1:CELLS], *shown, cells[-1]]})


def test_opening_scrolling_running_and_a_flood_go_without_an_error(tmp_path: Path) -> None:
    with screen() as shown, webkit.window_with(shown, tmp_path, short()) as window:
        window.seen("value_1 = 1")
        assert webkit.scrolled(window, 1000)["blank %"] < 100
        window.idle()
        window.ask(run_script("notebook.run-all"))
        window.ended("the end of it")
        window.ask("scroller().scrollTop = 0")
        window.seen(f"{PRINTED:,} lines")  # which of them the box shows depends on when it came into view

        assert window.wrong() == []


def test_what_goes_wrong_in_the_page_is_heard(tmp_path: Path) -> None:
    with screen() as shown, webkit.window_with(shown, tmp_path, notebooks.small()) as window:
        window.seen("value_1 = 1")
        window.ask("console.error('said'); Promise.reject(new Error('left'));")
        window.ask("setTimeout(() => { throw new Error('thrown'); }); return until(() => benchWrong.length === 3)")
        heard = " ".join(window.wrong())

        assert [word for word in ("said", "left", "thrown") if word not in heard] == []
        with pytest.raises(RuntimeError, match="asked"):
            window.ask("throw new Error('asked')")
