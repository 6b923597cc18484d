"""The Debian package with the real program: installed by dpkg, launched, and removed, in a copy of the machine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from build.deb import architecture, package
from build.product import load
from tests.packages.private_root import PrivateRoot, private_root
from tests.system.display import Screen
from tests.system.painted import RED, shows, write_painted
from tests.system.program import ask, program

pytestmark = pytest.mark.app

PRODUCT = load()
NOT_OURS = (
    "/var/lib/dpkg/",
    "/var/log/",
    "/var/cache/",
    "/etc/ld.so.cache",
    "/usr/share/applications/mimeinfo.cache",
    "/usr/share/icons/hicolor/icon-theme.cache",
    "/usr/share/mime/",
)
"""The databases that dpkg's triggers write anew for every package."""


@pytest.fixture(scope="module")
def deb(app: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("deb") / f"adrastea_{PRODUCT.version}_{architecture(app)}.deb"
    file.write_bytes(package(PRODUCT, app))
    return file


@pytest.fixture(scope="module")
def installed(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateRoot]:
    with private_root(tmp_path_factory.mktemp("root")) as root:
        root.run("dpkg", "--install", str(deb))
        yield root


def test_the_installed_program_says_its_version(installed: PrivateRoot) -> None:
    assert installed.run("adrastea", "--version").startswith(f"Adrastea {PRODUCT.version} (")


def test_the_installed_program_serves(installed: PrivateRoot, tmp_path: Path) -> None:
    command = installed.command("adrastea")
    with program(tmp_path / "home", "serve", str(tmp_path), command=command) as running:
        url = running.url()

        assert ask(url, "/api/status").status == 200
        assert ask(url).status in {200, 302}
        running.end()


def test_notebooks_belong_to_it(installed: PrivateRoot) -> None:
    asked = "from gi.repository import Gio; print(Gio.content_type_guess('a.ipynb', b'{}')[0])"

    assert installed.run("/usr/bin/python3", "-c", asked) == "application/x-ipynb+json"
    assert installed.run("xdg-mime", "query", "default", "application/x-ipynb+json") == "adrastea.desktop"


def test_the_manual_page_is_found(installed: PrivateRoot) -> None:
    assert installed.run("man", "--where", "adrastea") == "/usr/share/man/man1/adrastea.1.gz"


def test_the_installed_program_opens_a_notebook_in_a_window(
    installed: PrivateRoot, shown: Screen, tmp_path: Path
) -> None:
    file = write_painted(tmp_path)
    command = installed.command("adrastea")
    with program(tmp_path / "home", str(file), environ={"DISPLAY": shown.name}, command=command) as running:
        window = shown.until_shown("painted.ipynb")
        shown.until_picture(lambda picture: shows(picture, RED)).save(tmp_path / "window.png")

        assert shown.class_of(window)[1] == "adrastea"  # StartupWMClass of the desktop entry
        shown.close_window(window)
        assert running.wait() == 0


def test_lintian_has_nothing_to_say(deb: Path) -> None:
    command: list[str | Path] = ["lintian", "--no-tag-display-limit", "--allow-root", deb]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_what_is_removed_leaves_nothing_behind(deb: Path, tmp_path: Path) -> None:
    with private_root(tmp_path) as root:
        root.run("dpkg", "--install", str(deb))
        assert "/usr/bin/adrastea" in root.changes()

        root.run("dpkg", "--purge", "adrastea")

        left = {path for path in root.changes() if not path.startswith(NOT_OURS)}
        assert not left
        assert "adrastea" not in root.run("cat", "/usr/share/applications/mimeinfo.cache")
        assert "adrastea" not in root.run("dpkg-query", "--list")
