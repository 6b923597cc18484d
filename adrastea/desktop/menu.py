"""The menu bar as data: titles and command ids from the same `menu.json` that the page uses.

It runs nothing by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

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
    menus = cast("list[object]", raw) if isinstance(raw, list) else []
    return tuple(
        TopMenu(str(top["title"]), _entries(top.get("items"))) for top in map(_fields, menus) if "title" in top
    )


def run_script(command: str) -> str:
    """What runs a command in the page, as JavaScript."""
    return f"window.adrastea?.run({json.dumps(command)})"


def _entries(raw: object) -> tuple[Entry, ...]:
    items = cast("list[object]", raw) if isinstance(raw, list) else []
    return tuple(entry for entry in map(_entry, items) if entry is not None)


def _entry(raw: object) -> Entry | None:
    if raw == "separator":
        return Separator()
    item = _fields(raw)
    return Item(str(item["title"]), str(item["command"])) if {"title", "command"} <= item.keys() else None


def _fields(raw: object) -> dict[str, object]:
    return cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
