"""What a browser loads of the interface, found by following what its files import."""

from __future__ import annotations

from pathlib import Path

import pytest

from build import page_size


@pytest.fixture
def built(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    assets.mkdir()
    files = {
        "index-1.js": 'import"./shared-1.js";const later=()=>import("./lazy-1.js")',
        "index-1.css": "a{}",
        "shared-1.js": 'import{x}from"./index-1.js"',
        "NotebookDocument-1.js": 'import{x as y}from"./shared-1.js";import("./editor-1.js")',
        "lazy-1.js": "l" * 1000,
        "editor-1.js": "e" * 1000,
    }
    for name, text in files.items():
        (assets / name).write_text(text, encoding="utf-8")
        (assets / f"{name}.gz").write_bytes(bytes(500))
    (assets / "shared-1.js.br").write_bytes(bytes(7))
    (tmp_path / "index.html").write_text(
        '<link href="./assets/index-1.css"><script type="module" src="./assets/index-1.js"></script>', encoding="utf-8"
    )
    return tmp_path


def test_what_is_imported_before_a_notebook_is_shown_counts_once_as_it_travels(built: Path) -> None:
    plain = [built / "assets" / name for name in ("index-1.js", "index-1.css", "NotebookDocument-1.js")]

    assert page_size.first_load(built) == 7 + sum(path.stat().st_size for path in plain)


def test_everything_is_what_may_ever_be_loaded(built: Path) -> None:
    assert page_size.everything(built) == page_size.first_load(built) + 2000
