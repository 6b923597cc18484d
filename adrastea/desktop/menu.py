"""The menu bar as data: which commands stand where, from the same `menu.json` that the page uses, and how they look.

Titles, keys and what can be chosen come from the page's registry of commands, whenever they change; until the page has
loaded the titles of the file are shown. A key is written as there: `Mod+Shift+P`. Pure, but for reading the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, cast

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


@dataclass(frozen=True, slots=True)
class Shown:
    """How an entry looks now, as the page says; `key` is empty for none."""

    command: str
    title: str
    key: str
    enabled: bool


Entry: TypeAlias = Item | Separator

_GTK_MODIFIERS: Final = {"Mod": "Primary", "Ctrl": "Control", "Alt": "Alt", "Shift": "Shift"}
_GTK_KEYS: Final = {
    "Enter": "Return",
    "Backspace": "BackSpace",
    "Space": "space",
    "PageUp": "Page_Up",
    "PageDown": "Page_Down",
    ",": "comma",
    "=": "equal",
    "-": "minus",
    "+": "plus",
    "[": "bracketleft",
    "]": "bracketright",
    "/": "slash",
    "`": "grave",
    ".": "period",
    ";": "semicolon",
}
_COCOA_MODIFIERS: Final = {"Mod": 1 << 20, "Ctrl": 1 << 18, "Alt": 1 << 19, "Shift": 1 << 17}
_COCOA_KEYS: Final = {
    "Enter": "\r",
    "Backspace": "\b",
    "Space": " ",
    "Up": "\uf700",
    "Down": "\uf701",
    "PageUp": "\uf72c",
    "PageDown": "\uf72d",
    **{f"F{number}": chr(0xF703 + number) for number in range(1, 13)},
}


@dataclass(frozen=True, slots=True)
class TopMenu:
    """One menu of the bar."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def command(self) -> str:
        """By which the page names it, to say what it is called in the user's language. It runs nothing."""
        return f"menu.{self.title}"


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


def parse_shown(text: str) -> tuple[Shown, ...]:
    """What the page says about the entries; what makes no sense is left out."""
    try:
        raw: object = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    entries = map(_fields, cast("list[object]", raw) if isinstance(raw, list) else [])
    return tuple(
        Shown(str(entry["command"]), str(entry["title"]), str(entry["key"]), entry["enabled"] is True)
        for entry in entries
        if entry.keys() >= {"command", "title", "key", "enabled"}
    )


def gtk_key(key: str) -> str:
    """The key as GTK writes it: `<Primary><Shift>p`; empty for none."""
    *modifiers, last = _parts(key)
    name = _GTK_KEYS.get(last, last.lower() if len(last) == 1 else last)
    return "".join(f"<{_GTK_MODIFIERS[modifier]}>" for modifier in modifiers) + name


def plain_key(key: str) -> str:
    """The key as a user of Windows reads it: `Ctrl+Shift+P`."""
    return "+".join("Ctrl" if part == "Mod" else part for part in _parts(key))


def cocoa_key(key: str) -> tuple[str, int]:
    """The key as Cocoa wants it: a character, and the mask of `NSEventModifierFlag…`."""
    *modifiers, last = _parts(key)
    character = _COCOA_KEYS.get(last, last.lower() if len(last) == 1 else "")
    return character, sum(_COCOA_MODIFIERS[modifier] for modifier in modifiers)


def _parts(key: str) -> list[str]:
    return [*key[:-1].rstrip("+").split("+"), "+"] if key.endswith("++") else key.split("+")


def open_script(path: str) -> str:
    """What shows the file at a path of the workspace in the page, as JavaScript."""
    return f"window.adrastea?.open({json.dumps(path)})"


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
