"""However the program ends, the next start finds its kernels with their notebooks, and what runs in them goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import cast

import pytest

from tests.server.page import opened_at
from tests.system.crashes import place
from tests.system.document import Cell, running_cell, write
from tests.system.program import LIMIT_SECONDS, ask, program

pytestmark = pytest.mark.slow

PATH = "n.ipynb"
COUNTS = """
print('begun', flush=True)
for _ in range(2):
    with open('go') as go:
        print(go.read(), flush=True)
"""
"""Prints what it is told by a pipe, twice."""


def served(home: Path, settings: str) -> Path:
    """The folder that is served, with a notebook and a pipe."""
    (home / "config" / "adrastea").mkdir(parents=True)
    (home / "config" / "adrastea" / "settings.toml").write_text(settings)
    root = home / "root"
    root.mkdir()
    os.mkfifo(root / "go")
    write(root, PATH, Cell("a", "x = 41"), Cell("b", COUNTS), Cell("c", "print(x + 1)"))
    return root


def sessions(url: str) -> list[tuple[object, object, object]]:
    """The ids and the paths of sessions and kernels."""
    found = cast("list[dict[str, object]]", ask(url, "/api/sessions").json())
    return [(one["id"], one["path"], cast("dict[str, object]", one["kernel"])["id"]) for one in found]


def past_runs(url: str, cell: str) -> list[tuple[object, str]]:
    """How the runs of a cell ended, and what is kept of what they printed."""
    place = f"/api/adrastea/runs/{PATH}"
    found = cast("list[dict[str, object]]", ask(url, f"{place}/cells/{cell}").json())
    whole = [cast("dict[str, object]", ask(url, f"{place}/runs/{run['id']}").json()) for run in found]
    outputs = [cast("list[dict[str, str]]", run["outputs"]) for run in whole]
    return [(run["status"], "".join(one["text"] for one in shown)) for run, shown in zip(found, outputs, strict=True)]


@pytest.mark.parametrize(
    ("settings", "option", "end"),
    [
        ("", "--no-browser", signal.SIGKILL),
        ('warm_kernels = false\ntransport = "pyzmq"', "--no-browser", signal.SIGKILL),
        ("", "--keep-kernels", signal.SIGTERM),
    ],
)
def test_a_cell_runs_on_and_variables_are_intact(
    tmp_path: Path, settings: str, option: str, end: signal.Signals
) -> None:
    root = served(tmp_path, settings)

    async def look(url: str) -> str:
        async with opened_at(*place(url), PATH) as page:
            assert page.said[0]["run"] != {"running": None, "queued": [], "started_at": None}
            (root / "go").write_text("later")
            await page.hear(lambda _: "later\n" in page.text("b"))
            assert "was not running for a while" in page.text("b")
            (root / "go").write_text("end")
            await page.hear(lambda said: said["type"] == "finished" and (said["cell"], said["status"]) == ("b", "ok"))
            assert page.text("b").endswith("later\nend\n")
            await page.run("c")
            await page.hear_text("c", "42\n")
            return page.text("b")

    with program(tmp_path, "serve", str(root), option) as first:
        url = first.url()
        asyncio.run(running_cell(url, PATH, "a", ""))
        asyncio.run(running_cell(url, PATH, "b", "begun\n"))
        before = sessions(url)
        first.end(end)
        with program(tmp_path, "serve", str(root)) as second:
            url = second.url()

            assert sessions(url) == before
            shown = asyncio.run(look(url))
            assert past_runs(url, "a") == [("ok", "")]
            assert past_runs(url, "b") == [("ok", shown)]
            second.signal(signal.SIGINT, "serve")
            assert second.wait() == 0
        first.until_nothing_is_left()


def test_who_wants_an_end_twice_leaves_no_kernel_behind(tmp_path: Path) -> None:
    write(tmp_path, "n.ipynb", Cell("a", "print('begun', flush=True)\nimport time\ntime.sleep(600)"))
    with program(tmp_path, "serve", str(tmp_path)) as running:
        url = running.url()
        asyncio.run(running_cell(url, "n.ipynb", "a", "begun\n"))

        running.popen.send_signal(signal.SIGINT)
        until_it_takes_no_more(url)
        running.popen.send_signal(signal.SIGINT)

        running.wait()
        running.until_nothing_is_left()


def until_it_takes_no_more(url: str) -> None:
    """Wait until the server has begun to end."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            ask(url, "/api")
        except OSError:
            return
    pytest.fail("It goes on.")
