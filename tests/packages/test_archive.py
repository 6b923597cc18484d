"""The archive with the real program: installed by its own script for one user, launched, and removed."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from build.product import load
from build.tarball import archive
from tests.system.program import ask, program

pytestmark = pytest.mark.app

PRODUCT = load()


@pytest.fixture
def home(app: bytes, tmp_path: Path) -> Path:
    """A user's home in which it is installed."""
    with tarfile.open(fileobj=io.BytesIO(archive(PRODUCT, app))) as files:
        files.extractall(tmp_path)
    install(tmp_path / f"adrastea-{PRODUCT.version}" / "install.sh", tmp_path / "home")
    return tmp_path / "home"


def install(script: Path, home: Path, *arguments: str) -> None:
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    subprocess.run([script, *arguments], env=environment, capture_output=True, check=True)


def test_the_installed_program_says_its_version(home: Path) -> None:
    said = subprocess.check_output([home / ".local" / "bin" / "adrastea", "--version"], text=True)

    assert said.startswith(f"Adrastea {PRODUCT.version} (")


def test_the_installed_program_serves_and_is_taken_away(home: Path, tmp_path: Path) -> None:
    command = (str(home / ".local" / "bin" / "adrastea"),)
    with program(home, "serve", str(tmp_path), command=command) as running:
        assert ask(running.url(), "/api/status").status == 200
        running.end()

    install(home / ".local" / "share" / "adrastea" / "install.sh", home, "--uninstall")

    assert not Path(command[0]).exists()
    assert not list((home / ".local").rglob("*adrastea*"))
