"""What the one file asks of a system, when it has unpacked itself: no more than the packages say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from build.deb import glibc
from build.frozen import contents, is_elf
from build.launch_check import check
from build.product import load
from tests.system.program import ONE_FILE

pytestmark = pytest.mark.app

LINUX = load().linux
NEEDED = re.compile(r"NEEDED +(\S+)")
VERSION = re.compile(r"GLIBC_2\.(\d+)")


@pytest.fixture(scope="module")
def unpacked(app: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every library and program in it."""
    folder = tmp_path_factory.mktemp("unpacked")
    found = [ONE_FILE]
    for file in filter(is_elf, contents(ONE_FILE)):
        found.append(folder / file.path)
        found[-1].parent.mkdir(parents=True, exist_ok=True)
        found[-1].write_bytes(file.data)
    assert len(found) > 10
    return found


def headers(file: Path) -> str:
    return subprocess.check_output(["objdump", "--private-headers", file], text=True)


def test_it_launches_serves_and_ends() -> None:
    check([str(ONE_FILE)])


def test_every_library_that_it_loads_is_in_it_or_in_a_package_that_ours_depends_on(unpacked: list[Path]) -> None:
    own = {file.name for file in unpacked}
    loaded = {name for file in unpacked for name in NEEDED.findall(headers(file))} - own
    depends = {name for line in (*LINUX.depends, "libc6") for name in line.split(" | ")}

    owners = {name: owner(name) for name in sorted(loaded)}

    assert "libc.so.6" in loaded
    assert not {name: found for name, found in owners.items() if not found & depends}


def owner(library: str) -> set[str]:
    """The packages of this machine that hold a library of this name."""
    found = subprocess.run(["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, check=False)
    return {line.partition(":")[0] for line in found.stdout.splitlines()}


def test_it_asks_for_no_newer_glibc_than_the_package_does(app: bytes, unpacked: list[Path]) -> None:
    asked = [int(minor) for file in unpacked for minor in VERSION.findall(headers(file))]

    assert max(asked) <= int(glibc(app, LINUX.oldest_glibc).partition(".")[2])
