"""Homebrew's and winget's recipes, read as those programs read them."""

import subprocess
from pathlib import Path

import pytest
import yaml

from build.console import SetupFailed
from build.product import load
from build.recipes import homebrew, sums, winget

PRODUCT = load()
FILES = [
    f"adrastea-{PRODUCT.version}-{rest}"
    for rest in (
        "linux-x86_64.tar.xz",
        "linux-aarch64.tar.xz",
        "macos-arm64.dmg",
        "macos-x86_64.dmg",
        "windows-x64.msi",
    )
]


@pytest.fixture
def released(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_text(name)
    return tmp_path


def test_every_recipe_names_the_sum_of_the_file_that_it_fetches(released: Path) -> None:
    given = sums(PRODUCT, released)
    formula = homebrew(PRODUCT, given)["homebrew/Formula/adrastea.rb"]

    (before, after) = formula.split("on_arm do")
    assert f'{FILES[0]}"\n    sha256 "{given["sha256_linux_x86_64"]}"' in before
    assert f'{FILES[1]}"\n    sha256 "{given["sha256_linux_aarch64"]}"' in after


def test_a_release_that_lacks_a_file_has_no_recipes(released: Path) -> None:
    (released / FILES[2]).unlink()

    with pytest.raises(SetupFailed, match=FILES[2]):
        sums(PRODUCT, released)


def test_the_cask_installs_the_application_and_its_command(released: Path) -> None:
    cask = homebrew(PRODUCT, sums(PRODUCT, released))["homebrew/Casks/adrastea.rb"]

    assert 'app "Adrastea.app"' in cask
    assert 'binary "#{appdir}/Adrastea.app/Contents/MacOS/adrastea"' in cask


@pytest.mark.slow
def test_ruby_reads_formula_and_cask(released: Path, tmp_path: Path) -> None:
    for name, text in homebrew(PRODUCT, sums(PRODUCT, released)).items():
        file = tmp_path / name.replace("/", "-")
        file.write_text(text)
        assert subprocess.check_output(["ruby", "-wc", file], text=True) == "Syntax OK\n"


def test_the_manifests_are_the_three_that_winget_wants(released: Path) -> None:
    manifests = {path: yaml.safe_load(text) for path, text in winget(PRODUCT, sums(PRODUCT, released)).items()}

    folder = f"winget/{PRODUCT.version}/Adrastea.Adrastea"
    assert {path: manifest["ManifestType"] for path, manifest in manifests.items()} == {
        f"{folder}.yaml": "version",
        f"{folder}.installer.yaml": "installer",
        f"{folder}.locale.en-US.yaml": "defaultLocale",
    }
    assert {(it["PackageIdentifier"], it["PackageVersion"], it["ManifestVersion"]) for it in manifests.values()} == {
        ("Adrastea.Adrastea", PRODUCT.version, "1.6.0")
    }


def test_winget_installs_for_the_user_or_for_the_machine_from_one_file(released: Path) -> None:
    given = sums(PRODUCT, released)
    path = f"winget/{PRODUCT.version}/Adrastea.Adrastea.installer.yaml"
    installers = yaml.safe_load(winget(PRODUCT, given)[path])["Installers"]

    assert [installer["Scope"] for installer in installers] == ["user", "machine"]
    assert {installer["InstallerSha256"] for installer in installers} == {given["sha256_windows_x64_msi"].upper()}
    assert {installer["InstallerUrl"].rpartition("/")[2] for installer in installers} == {FILES[4]}


def test_what_winget_shows_is_there_and_within_its_lengths(released: Path) -> None:
    path = f"winget/{PRODUCT.version}/Adrastea.Adrastea.locale.en-US.yaml"
    shown = yaml.safe_load(winget(PRODUCT, sums(PRODUCT, released))[path])

    assert {"Publisher", "PackageName", "License", "ShortDescription"} <= set(shown)
    assert 3 <= len(shown["ShortDescription"]) <= 256
    assert len(shown["Tags"]) <= 16
