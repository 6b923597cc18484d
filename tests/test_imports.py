"""The import contracts of docs/architecture.md §6, as they stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--cache-dir", str(cache)]
    environment = {"PYTHONPATH": str(folder), "PATH": "", "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
def test_every_module_imports_only_what_its_floor_may() -> None:
    done = lint(ROOT, ROOT / ".cache" / "import-linter")

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("documents/wrong.py", "import adrastea.kernels", "A module imports only from the layers below it"),
        ("errors.py", "import adrastea.settings", "A module imports only from the layers below it"),
        ("attic.py", "", "A module imports only from the layers below it"),
        ("protocol/wrong.py", "import socket", "The protocol core does no I/O"),
        ("kernels/wrong.py", "import zmq", "Only kernels/channels_pyzmq.py knows zmq"),
        ("sessions/wrong.py", "import tornado.web", "Only server knows tornado"),
        ("server/wrong.py", "import webview", "Only desktop knows webview and GTK"),
    ],
)
def test_an_import_that_is_not_allowed_breaks_its_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for package in ("documents", "kernels", "protocol", "sessions", "server", "desktop", "workspace"):
        (tmp_path / "adrastea" / package).mkdir(parents=True)
        (tmp_path / "adrastea" / package / "__init__.py").touch()
    for name in ("__init__.py", "cli.py", "errors.py", "settings.py"):
        (tmp_path / "adrastea" / name).touch()

    before = lint(tmp_path, tmp_path / "cache")
    (tmp_path / "adrastea" / module).write_text(line, encoding="utf-8")
    after = lint(tmp_path, tmp_path / "cache")

    assert before.returncode == 0, before.stdout + before.stderr
    assert after.returncode == 1
    assert f"{contract} BROKEN" in after.stdout
