"""What macOS is asked for, and what is made of its answers: by a library that has the structures of Apple's headers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adrastea.kernels import macos_processes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def libsystem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("macos") / "libsystem.so"
    source = ROOT / "tests" / "fakes" / "libsystem.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source], check=True)
    return library


def on_macos(libsystem: Path, expression: str) -> str:
    """What an expression has there."""
    code = f"from adrastea.kernels import macos_processes as macos; print(({expression}))"
    environ = {**os.environ, "LD_PRELOAD": str(libsystem), "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], env=environ, check=True, capture_output=True, text=True).stdout


def test_a_process_that_lives_has_begun_and_holds_memory(libsystem: Path) -> None:
    told = on_macos(libsystem, "macos.begun(4242), macos.resident_bytes(4242)")

    assert told == "('1764201600000042', 5000000000)\n"


def test_one_that_has_ended_or_is_not_there_has_not_begun(libsystem: Path) -> None:
    assert on_macos(libsystem, "[macos.begun(pid) for pid in (0, 4243, 4244)]") == "['', '', '']\n"
    assert on_macos(libsystem, "macos.resident_bytes(4244)") == "0\n"


def test_the_machine_is_known_by_its_start_and_by_its_hardware(libsystem: Path) -> None:
    assert on_macos(libsystem, "macos.machine()") == "8A2A9C1E-2C7C-4F6A-9B5D-0123456789AB\n"
    assert on_macos(libsystem, "macos.host()") == "00112233-4455-6677-8899-AABBCCDDEEFF\n"


def test_an_answer_of_another_size_says_nothing() -> None:
    assert macos_processes.begun_in(bytes(135)) == ""
    assert macos_processes.resident_bytes_in(bytes(97)) == 0
