"""The program that freezes: what it says when it is not understood. What it makes is tested by `make test-app`."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import freeze, lean


@pytest.mark.parametrize("arguments", [[], ["other"], ["nuitka", "pyinstaller"]])
def test_it_says_which_freezers_there_are(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert freeze.main(arguments) == 2
    assert "nuitka|pyinstaller" in capsys.readouterr().out


def arguments_on(platform: str) -> list[str]:
    return freeze.nuitka_arguments(lean.load(platform=platform), [Path("index.html.gz")], platform)


def test_on_linux_nuitka_makes_a_folder_for_our_launcher() -> None:
    arguments = arguments_on("linux")

    assert "--mode=standalone" in arguments
    assert "--include-module=webview.platforms.gtk" in arguments
    assert "--noinclude-dlls=libcrypto.so*" in arguments
    assert not [argument for argument in arguments if argument.startswith("--onefile")]


@pytest.mark.parametrize(
    ("platform", "name", "view"), [("darwin", "adrastea", "cocoa"), ("win32", "adrastea.exe", "edgechromium")]
)
def test_elsewhere_it_makes_the_one_file_which_unpacks_itself_once(platform: str, name: str, view: str) -> None:
    arguments = arguments_on(platform)

    assert "--mode=onefile" in arguments
    assert f"--output-filename={name}" in arguments
    assert f"--include-module=webview.platforms.{view}" in arguments
    assert any(argument.startswith("--onefile-tempdir-spec={CACHE_DIR}/Adrastea/") for argument in arguments)
    assert "--include-package=gi" not in arguments


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_interface_and_the_data_go_in_on_every_system(platform: str) -> None:
    included = [argument for argument in arguments_on(platform) if argument.startswith("--include-data-files=")]

    assert any(argument.endswith("index.html.gz") for argument in included)
    assert any(argument.endswith("zygote_main.py") for argument in included)
