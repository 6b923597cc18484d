"""The menu bar, read from the page's own data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adrastea.desktop.menu import (
    Item,
    Separator,
    Shown,
    TopMenu,
    cocoa_key,
    gtk_key,
    load,
    parse_shown,
    plain_key,
)

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


def test_what_the_page_says_about_entries_is_read_and_nonsense_left_out() -> None:
    said = [{"command": "a", "title": "A", "key": "Mod+A", "enabled": True}, {"command": "b"}, 3]

    assert parse_shown(json.dumps(said)) == (Shown("a", "A", "Mod+A", enabled=True),)
    assert parse_shown("[" * 100_000) == parse_shown("{}") == parse_shown("3") == ()


@pytest.mark.parametrize(
    ("key", "gtk", "plain", "cocoa"),
    [
        ("Mod+Shift+P", "<Primary><Shift>p", "Ctrl+Shift+P", ("p", 1 << 20 | 1 << 17)),
        ("Shift+Enter", "<Shift>Return", "Shift+Enter", ("\r", 1 << 17)),
        ("Mod+-", "<Primary>minus", "Ctrl+-", ("-", 1 << 20)),
        ("Mod++", "<Primary>plus", "Ctrl++", ("+", 1 << 20)),
        ("Mod+Alt+P", "<Primary><Alt>p", "Ctrl+Alt+P", ("p", 1 << 20 | 1 << 19)),
        ("F11", "F11", "F11", ("\uf70e", 0)),
    ],
)
def test_a_key_is_written_as_each_system_writes_it(key: str, gtk: str, plain: str, cocoa: tuple[str, int]) -> None:
    assert (gtk_key(key), plain_key(key), cocoa_key(key)) == (gtk, plain, cocoa)
