"""What the system asks the program to open."""

from __future__ import annotations

from pathlib import Path

from adrastea.desktop.open_files import listen, paths


def test_files_are_named_by_paths_or_by_addresses() -> None:
    assert paths(["/data/ä b.ipynb", "file:///data/%C3%A4%20b.ipynb", "file://localhost/c.py"]) == (
        Path("/data/ä b.ipynb"),
        Path("/data/ä b.ipynb"),
        Path("/c.py"),
    )


def test_what_is_no_file_is_left_out() -> None:
    assert paths(["https://example.org/a.ipynb", "", "relative.ipynb"]) == ()


def test_only_macos_asks_by_events(tmp_path: Path) -> None:
    heard: list[object] = []
    listen(heard.append)

    assert heard == []
