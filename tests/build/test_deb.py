"""The Debian package, taken apart by dpkg."""

import gzip
import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from build.console import SetupFailed
from build.deb import architecture, changelog, glibc, package, read_app
from build.product import load

PRODUCT = load()
APP = b"#!/bin/sh\n"
ELF = b"\x7fELF" + bytes(14)


@pytest.fixture(scope="module")
def deb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("deb") / "adrastea.deb"
    file.write_bytes(package(PRODUCT, APP))
    return file


def field(deb: Path, name: str) -> str:
    return subprocess.check_output(["dpkg-deb", "--field", deb, name], text=True).strip()


def test_two_builds_are_equal_byte_for_byte() -> None:
    assert package(PRODUCT, APP) == package(PRODUCT, APP)


def test_dpkg_reads_what_the_package_says_of_itself(deb: Path) -> None:
    assert field(deb, "Package") == "adrastea"
    assert field(deb, "Version") == PRODUCT.version
    assert "libwebkit2gtk-4.1-0" in field(deb, "Depends")
    assert field(deb, "Description").startswith("small, fast application for Jupyter notebooks\n ")


def test_dpkg_unpacks_the_program_where_it_belongs(deb: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "--extract", deb, tmp_path], check=True)

    program = tmp_path / "usr" / "bin" / "adrastea"
    assert program.read_bytes() == APP
    assert program.stat().st_mode & 0o777 == 0o755


def test_every_file_has_its_sum(deb: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "--raw-extract", deb, tmp_path], check=True)

    checked = subprocess.run(["md5sum", "--quiet", "--check", "DEBIAN/md5sums"], cwd=tmp_path, check=False)

    assert checked.returncode == 0
    assert {file.name for file in (tmp_path / "DEBIAN").iterdir()} == {"control", "md5sums"}


@pytest.mark.parametrize(("machine", "name"), [(0x3E, "amd64"), (0xB7, "arm64")])
def test_the_architecture_is_read_from_the_program(machine: int, name: str) -> None:
    assert architecture(ELF + machine.to_bytes(2, "little")) == name


def test_a_processor_without_a_name_is_refused() -> None:
    with pytest.raises(SetupFailed, match="0x16"):
        architecture(ELF + b"\x16\0")


def test_the_glibc_that_the_program_asks_for_is_asked_for() -> None:
    assert glibc(b"\0GLIBC_2.9\0GLIBC_2.36\0GLIBC_2.17\0", "2.34") == "2.36"


def test_what_lies_compressed_in_the_program_counts_as_the_oldest_that_we_build_on() -> None:
    assert glibc(b"\0GLIBC_2.17\0", "2.34") == "2.34"


def test_without_a_program_the_sentence_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="make app"):
        read_app(tmp_path / "adrastea")


def test_the_changelog_is_that_of_the_project_in_debian_s_form() -> None:
    text = changelog(PRODUCT, "# Log\n\n## Unreleased\n\n### Added\n\n- One\n  more.\n- Two.\n\n## 0.0.1\n\n- Old.\n")

    head, one, two, foot = (line for line in text.splitlines() if line)
    assert head == f"adrastea ({PRODUCT.version}) stable; urgency=medium"
    assert (one, two) == ("  * One more.", "  * Two.")
    assert foot.startswith(f" -- {PRODUCT.maintainer}  ")


def test_the_package_carries_that_changelog(deb: Path) -> None:
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        data = process.stdout.read()

    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        file = archive.extractfile("./usr/share/doc/adrastea/changelog.gz")
        assert file is not None
        assert gzip.decompress(file.read()).startswith(b"adrastea (")
