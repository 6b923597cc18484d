"""Every run of a cell is kept, listed, shown, and goes where its notebook goes."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.page import Page, opened
from tests.server.running import Json, Running, running
from tests.server.test_document_socket import start_kernel, write


@pytest.fixture
def with_kernel(tmp_path: Path) -> Iterator[Running]:
    """A server with the fake kernel."""
    kernelspecs.install(tmp_path)
    with running(tmp_path, Settings(autosave_seconds=0.01, default_kernel="fake"), tmp_path / "kernels") as server:
        yield server


def runs(server: Running, path: str, cell: str) -> list[dict[str, Json]]:
    found = server.api("GET", f"api/adrastea/runs/{quote(path)}/cells/{cell}").list()
    return [run for run in found if isinstance(run, dict)]


def run_cells(server: Running, path: str, *cells: str) -> None:
    """Open the notebook, run these cells, one after the other, and leave."""

    async def main() -> None:
        async with opened(server, path) as page:
            await start_kernel(server, path)
            if '"idle"' not in json.dumps(page.said[0]["kernel"]):
                await page.hear_kernel("idle")
            for cell in cells:
                await _run(page, cell)

    asyncio.run(main())


async def _run(page: Page, cell: str) -> None:
    await page.run(cell)
    await page.hear_finished(cell)


def test_every_run_is_listed_and_shown_with_its_source_and_outputs(with_kernel: Running) -> None:
    write(with_kernel, "a b/n.ipynb", "print hello", "error ValueError no")
    run_cells(with_kernel, "a b/n.ipynb", "a", "a", "b")

    second, first = runs(with_kernel, "a b/n.ipynb", "a")
    failed = runs(with_kernel, "a b/n.ipynb", "b")[0]
    shown = with_kernel.api("GET", f"api/adrastea/runs/{quote('a b/n.ipynb')}/runs/{first['id']}").object()

    assert (first["status"], second["status"], failed["status"]) == ("ok", "ok", "error")
    assert (first["execution_count"], second["execution_count"]) == (1, 2)
    assert isinstance(first["seconds"], float)
    assert str(first["started"]) < str(second["started"])
    assert shown == {
        **first,
        "source": "print hello",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "hello\n"}],
    }


@pytest.mark.skipif(sys.platform == "win32", reason="there it is not known")
def test_the_memory_of_the_kernel_is_known(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "print hello")
    run_cells(with_kernel, "n.ipynb", "a")

    memory = runs(with_kernel, "n.ipynb", "a")[0]["memory"]

    assert isinstance(memory, int)
    assert memory > 1_000_000


def test_what_is_not_there_is_not_found(served: Running) -> None:
    write(served, "n.ipynb", "")

    assert runs(served, "n.ipynb", "a") == []
    assert served.api("GET", "api/adrastea/runs/n.ipynb/runs/1").status == 404
    assert served.api("GET", "api/adrastea/runs/other.ipynb/cells/a").status == 404


def test_they_go_where_the_notebook_goes_and_survive_the_program(tmp_path: Path) -> None:
    kernelspecs.install(tmp_path)
    settings = Settings(autosave_seconds=0.01, default_kernel="fake")
    with running(tmp_path, settings, tmp_path / "kernels") as server:
        write(server, "n.ipynb", "print hello")
        run_cells(server, "n.ipynb", "a")
        assert server.api("PATCH", "api/contents/n.ipynb", {"path": "new.ipynb"}).status == 200
        run_cells(server, "new.ipynb", "a")

    with running(tmp_path, settings, tmp_path / "kernels") as server:
        assert len(runs(server, "new.ipynb", "a")) == 2
        server.api("DELETE", "api/contents/new.ipynb")
        write(server, "new.ipynb", "another one")
        assert runs(server, "new.ipynb", "a") == []
