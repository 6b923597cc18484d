"""What any session runs is among the past runs of its notebook, and of no other."""

from __future__ import annotations

from pathlib import Path

from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.running import running
from tests.server.test_document_socket import write
from tests.server.test_past_runs import run_cells, runs


def test_what_two_sessions_run_is_kept_each_with_its_notebook(tmp_path: Path) -> None:
    kernelspecs.install(tmp_path)
    with running(tmp_path, Settings(autosave_seconds=0.01, default_kernel="fake"), tmp_path / "kernels") as server:
        for path in ("one.ipynb", "two.ipynb"):
            write(server, path, f"print {path}")
        run_cells(server, "one.ipynb", "a")
        run_cells(server, "two.ipynb", "a", "a")

        assert [len(runs(server, path, "a")) for path in ("one.ipynb", "two.ipynb")] == [1, 2]
