"""The distribution's packages, with an apt of our own that notes what it is asked for."""

import os
from pathlib import Path

import pytest

from build import system_packages
from build.console import SetupFailed
from build.system_packages import Missing, Purpose, ensure, purpose

DPKG_QUERY = """#!/bin/sh
printf 'xvfb installed\\nxauth config-files\\n'
[ -e "$STATE/chromium" ] && printf 'chromium installed\\n'
exit 0
"""
APT_GET = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "$STATE/calls"
[ "$1" = update ] && exit "${UPDATE:-0}"
if [ -e "$STATE/broken" ]; then echo "E: no space left"; exit 100; fi
"""
WANTED = Purpose("for a test", ("xvfb", "chromium", "xauth"), {"pacman": "sudo pacman -S chromium"})


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with Debian's programs, its package lists fetched just now, and a user who is root."""
    bin_folder, lists = tmp_path / "bin", tmp_path / "lists"
    for folder in (bin_folder, lists / "partial"):
        folder.mkdir(parents=True)
    (lists / "main_Packages").touch()
    for name, text in (("dpkg-query", DPKG_QUERY), ("apt-get", APT_GET)):
        (bin_folder / name).write_text(text)
        (bin_folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    monkeypatch.setenv("STATE", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_packages, "_LISTS", lists)
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    return tmp_path


def calls(state: Path) -> list[str]:
    return (state / "calls").read_text().splitlines() if (state / "calls").exists() else []


def test_only_what_is_missing_is_installed_and_it_is_named_first(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure(WANTED)

    assert [line.split(" -o ")[0] for line in calls(state)] == ["noninteractive install --yes --no-install-recommends"]
    assert calls(state)[0].endswith(" chromium xauth")
    assert capsys.readouterr().out.startswith(
        "Installing system packages with apt-get: chromium, xauth (for a test).\n"
    )


def test_nothing_is_said_or_done_when_all_is_there(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ensure(Purpose("for a test", ("xvfb",)))

    assert calls(state) == []
    assert capsys.readouterr().out == ""


def test_the_lists_are_fetched_first_when_there_are_none(state: Path) -> None:
    (state / "lists" / "main_Packages").unlink()

    ensure(WANTED)

    assert [line.split()[1] for line in calls(state)] == ["update", "install"]


def test_an_installation_that_fails_is_tried_once_more_with_new_lists(state: Path) -> None:
    (state / "broken").touch()

    with pytest.raises(SetupFailed, match="by hand"):
        ensure(WANTED)

    assert [line.split()[1] for line in calls(state)] == ["install", "update", "install"]


def test_a_user_who_may_not_install_is_told_what_to_type(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (state / "bin" / "sudo").write_text("#!/bin/sh\nexit 1\n")
    (state / "bin" / "sudo").chmod(0o755)

    with pytest.raises(Missing, match="type: sudo apt-get install chromium xauth"):
        ensure(WANTED)

    assert calls(state) == []


def test_a_sudo_that_asks_for_no_password_is_used(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (state / "bin" / "sudo").write_text('#!/bin/sh\nshift; exec "$@"\n')
    (state / "bin" / "sudo").chmod(0o755)

    ensure(WANTED)

    assert calls(state)[0].startswith("noninteractive install")


def test_a_system_without_apt_is_told_the_command_of_its_own_package_manager(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (state / "bin" / "apt-get").unlink()
    (state / "bin" / "pacman").write_text("#!/bin/sh\n")
    (state / "bin" / "pacman").chmod(0o755)
    monkeypatch.setenv("PATH", str(state / "bin"))

    with pytest.raises(Missing, match="type: sudo pacman -S chromium"):
        ensure(WANTED)


@pytest.mark.parametrize("name", ["environment", "window", "window-from-source", "tests"])
def test_every_purpose_says_why_and_names_packages(name: str) -> None:
    assert purpose(name).why
    assert purpose(name).packages
