"""The address of the page that shows what the user wants to see."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from adrastea.desktop.closing import Work
from adrastea.desktop.desktop import Desktop, address
from adrastea.desktop.folders import Target

URL = "http://127.0.0.1:4711/?token=T"


def test_files_are_named_from_the_root_and_the_panel_shows_their_folder(tmp_path: Path) -> None:
    asked = address(URL, Path("/"), Target(tmp_path, (tmp_path / "ä b&c.ipynb", tmp_path / "d.py")))

    here = tmp_path.as_posix()[1:]
    assert parse_qsl(urlsplit(asked).query) == [
        ("token", "T"),
        ("folder", here),
        ("path", f"{here}/ä b&c.ipynb"),
        ("path", f"{here}/d.py"),
    ]


def test_a_folder_is_shown_in_the_panel(tmp_path: Path) -> None:
    asked = address(URL, Path("/"), Target(tmp_path))

    assert parse_qs(urlsplit(asked).query) == {"token": ["T"], "folder": [tmp_path.as_posix()[1:]]}


def test_without_paths_the_panel_shows_the_user_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert parse_qs(urlsplit(address(URL, Path("/"), Target())).query)["folder"] == [tmp_path.as_posix()[1:]]


@pytest.mark.parametrize("name", ["x" * 5000, os.fsdecode(b"\xff")], ids=["too-long", "no-text"])
def test_a_name_that_cannot_be_looked_at_is_left_to_the_page(tmp_path: Path, name: str) -> None:
    assert "path=" in address(URL, Path("/"), Target(tmp_path, (tmp_path / name,)))


def test_each_address_has_a_token_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    tokens = iter("ABC")
    desktop = Desktop(lambda: f"http://x/?token={next(tokens)}", Work(list), Path("/"), tmp_path, tmp_path, "")

    assert [desktop.open([tmp_path]).partition("token=")[2][0] for _ in range(2)] == ["A", "B"]
