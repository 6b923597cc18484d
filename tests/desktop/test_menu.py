"""The menu bar, read from the page's own data."""

from __future__ import annotations

import json
from pathlib import Path

from adrastea.desktop.menu import Item, Separator, TopMenu, load

MENU = Path(__file__).parents[2] / "ui" / "public" / "menu.json"


def test_titles_commands_and_separators_are_read(tmp_path: Path) -> None:
    raw = [{"title": "File", "items": [{"title": "New", "command": "file.new"}, "separator", {"title": "no command"}]}]
    (tmp_path / "menu.json").write_text(json.dumps(raw), encoding="utf-8")

    assert load(tmp_path / "menu.json") == (TopMenu("File", (Item("New", "file.new"), Separator())),)


def test_a_missing_or_broken_file_gives_a_window_without_a_menu(tmp_path: Path) -> None:
    (tmp_path / "menu.json").write_text("{", encoding="utf-8")

    assert load(tmp_path / "menu.json") == ()
    assert load(tmp_path / "missing.json") == ()


def test_what_is_no_menu_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "menu.json").write_text(json.dumps([1, {"items": []}, {"title": "A", "items": 3}]), encoding="utf-8")

    assert load(tmp_path / "menu.json") == (TopMenu("A", ()),)


def test_the_menu_of_the_page_has_files_and_a_kernel() -> None:
    menus = {menu.title: menu for menu in load(MENU)}

    assert {"File", "Edit", "Run", "Kernel"} <= menus.keys()
    assert Item("Interrupt", "kernel.interrupt") in menus["Kernel"].entries
