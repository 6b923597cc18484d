"""The archive for every Linux: installed for one user in a home of its own, replaced, and taken away again."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from build.archives import xz
from build.product import load
from build.tarball import archive, name

PRODUCT = load()
APP = b"#!/bin/sh\necho the program\n"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tar")
    with tarfile.open(fileobj=io.BytesIO(archive(PRODUCT, APP))) as files:
        files.extractall(folder)
    return folder / f"adrastea-{PRODUCT.version}"


def install(script: Path, home: Path, *arguments: str) -> str:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [script, *arguments], env=environment, cwd=home.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_two_archives_are_equal_byte_for_byte() -> None:
    assert archive(PRODUCT, APP) == archive(PRODUCT, APP)


def test_the_name_says_for_which_machine_it_is() -> None:
    assert name(PRODUCT, b"\x7fELF" + bytes(14) + b"\x3e\0") == f"adrastea-{PRODUCT.version}-linux-x86_64"


@pytest.mark.slow
def test_it_installs_for_one_user_and_the_program_runs(unpacked: Path, tmp_path: Path) -> None:
    said = install(unpacked / "install.sh", tmp_path)

    program = tmp_path / ".local" / "bin" / "adrastea"
    assert f"is installed: {program}" in said
    assert "is not on your PATH" in said
    assert subprocess.check_output([program], text=True) == "the program\n"


@pytest.mark.slow
def test_the_menu_s_entry_names_the_whole_path_even_if_that_is_odd(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "a & b$c|d"
    install(unpacked / "install.sh", tmp_path, "--prefix", str(prefix))

    entry = (prefix / "share" / "applications" / "adrastea.desktop").read_text()
    assert f'Exec="{tmp_path}/a & b\\\\$c|d/bin/adrastea" %F\n' in entry
    assert f"TryExec={prefix}/bin/adrastea\n" in entry


@pytest.mark.slow
def test_it_is_taken_away_with_all_that_it_brought(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".local" / "bin").mkdir(parents=True)
    (home / ".local" / "bin" / "mine").touch()
    install(unpacked / "install.sh", home)

    said = install(home / ".local" / "share" / "adrastea" / "install.sh", home, "--uninstall")

    left = {path for path in files(home) if "adrastea" in path.lower()}
    assert "Adrastea is gone" in said
    assert not left
    assert (home / ".local" / "bin" / "mine").exists()


@pytest.mark.slow
def test_a_newer_version_replaces_the_older_and_its_files(unpacked: Path, tmp_path: Path) -> None:
    install(unpacked / "install.sh", tmp_path)
    share = tmp_path / ".local" / "share"
    (share / "applications" / "old.desktop").touch()
    with (share / "adrastea" / "installed-files").open("a") as listing:
        listing.write("share/applications/old.desktop\n")

    install(unpacked / "install.sh", tmp_path)

    assert not (share / "applications" / "old.desktop").exists()
    assert (share / "applications" / "adrastea.desktop").exists()


@pytest.mark.slow
def test_where_nothing_is_installed_nothing_can_be_taken_away(unpacked: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [unpacked / "install.sh", "--uninstall", "--prefix", tmp_path], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "Nothing of Adrastea is installed" in done.stderr


@pytest.mark.slow
def test_the_script_is_plain_sh(unpacked: Path) -> None:
    done = subprocess.run(["shellcheck", unpacked / "install.sh"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_archive_is_xz() -> None:
    assert archive(PRODUCT, APP)[:6] == xz(b"")[:6]
