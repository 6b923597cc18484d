"""What is installed on Linux, looked at by the programs that will read it."""

import configparser
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from build.archives import PROGRAM
from build.linux_tree import tree
from build.product import load

TREE = {file.path: file for file in tree(load(), b"the program")}
APPLICATIONS = "share/applications/adrastea.desktop"
METAINFO = "share/metainfo/org.adrastea.Adrastea.metainfo.xml"
MIME = "share/mime/packages/adrastea.xml"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    for path, file in TREE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(file.data)
    return tmp_path


def test_the_program_can_be_run_and_nothing_else_can() -> None:
    assert [path for path, file in TREE.items() if file.mode == PROGRAM] == ["bin/adrastea"]


def test_the_desktop_entry_opens_files_with_the_program_and_claims_notebooks() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(TREE[APPLICATIONS].data.decode())

    assert entry["Desktop Entry"]["Exec"] == "adrastea %F"
    assert entry["Desktop Entry"]["MimeType"] == "application/x-ipynb+json;"


def test_every_icon_that_is_named_is_there() -> None:
    named = ET.fromstring(TREE[MIME].data).findtext
    icon = ET.fromstring(TREE[MIME].data).find(".//{*}icon")

    assert named(".//{*}comment") == "Jupyter notebook"
    assert icon is not None
    assert f"share/icons/hicolor/scalable/mimetypes/{icon.get('name')}.svg" in TREE
    assert "share/icons/hicolor/48x48/apps/adrastea.png" in TREE


def test_the_licences_of_what_others_made_are_there() -> None:
    assert len(TREE["share/doc/adrastea/third-party-licenses.txt.gz"].data) > 10_000
    assert b"Redistribution and use" in TREE["share/doc/adrastea/copyright"].data


@pytest.mark.slow
def test_the_desktop_entry_is_valid(unpacked: Path) -> None:
    done = subprocess.run(
        ["desktop-file-validate", unpacked / APPLICATIONS], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_the_metainfo_is_valid(unpacked: Path) -> None:
    command: list[str | Path] = ["appstreamcli", "validate", "--no-net", "--pedantic", unpacked / METAINFO]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_mime_database_takes_the_type(unpacked: Path) -> None:
    subprocess.run(["update-mime-database", unpacked / "share" / "mime"], check=True)

    assert "application/x-ipynb+json:*.ipynb" in (unpacked / "share" / "mime" / "globs").read_text()
