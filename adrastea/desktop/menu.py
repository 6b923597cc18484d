"""The menu bar as data: titles and command ids from the same `menu.json` that the page uses.

It runs nothing by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: what the user reads, and the id of the command that it runs in the page."""

    title: str
    command: str


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between entries."""


Entry: TypeAlias = Item | Separator


@dataclass(frozen=True, slots=True)
class TopMenu:
    """One menu of the bar."""

    title: str
    entries: tuple[Entry, ...]


def load(path: Path) -> tuple[TopMenu, ...]:
    """The menus in `path`; none where the file is missing or makes no sense.

    A window without a menu is still a window.
    """
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(raw, list):
        return ()
    return tuple(TopMenu(str(menu["title"]), _entries(menu.get("items"))) for menu in raw if _is_menu(menu))


def _is_menu(raw: object) -> bool:
    return isinstance(raw, dict) and "title" in raw


def _entries(raw: object) -> tuple[Entry, ...]:
    items = raw if isinstance(raw, list) else []
    return tuple(
        Item(str(item["title"]), str(item["command"])) if isinstance(item, dict) else Separator()
        for item in items
        if item == "separator" or (isinstance(item, dict) and {"title", "command"} <= item.keys())
    )
