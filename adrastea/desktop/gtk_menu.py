"""The menu bar of one window on Linux, with the keys of its entries.

It shows the keys and leaves them to the page: that one table decides what a key does where the focus is, and it does it
once. Main thread.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gi.repository import Gio, GLib, Gtk

from adrastea.desktop.menu import Item, Separator, TopMenu

_GROUP = "page"


class GtkMenu:
    """See the module. `run` is called with the id of the command that was chosen."""

    def __init__(self, menus: tuple[TopMenu, ...], run: Callable[[str], None]) -> None:
        self._run = run
        self._actions = Gio.SimpleActionGroup()
        for item in (entry for top in menus for entry in top.entries if isinstance(entry, Item)):
            action = Gio.SimpleAction.new(item.command, None)
            action.connect("activate", self._on_activate)
            self._actions.add_action(action)
        self.bar: Any = Gtk.MenuBar.new_from_model(_model(menus))
        self.bar.insert_action_group(_GROUP, self._actions)

    def _on_activate(self, action: Any, _parameter: object) -> None:
        GLib.idle_add(self._once, action.get_name())  # when the menu has gone and the page has the focus again

    def _once(self, command: str) -> bool:
        self._run(command)
        return False


def _model(menus: tuple[TopMenu, ...]) -> Any:
    bar = Gio.Menu.new()
    for top in menus:
        bar.append_submenu(f"_{top.title}", _submenu(top))
    return bar


def _submenu(top: TopMenu) -> Any:
    submenu, section = Gio.Menu.new(), Gio.Menu.new()
    for entry in top.entries:
        if isinstance(entry, Separator):
            submenu.append_section(None, section)
            section = Gio.Menu.new()
        else:
            section.append_item(_entry(entry))
    submenu.append_section(None, section)
    return submenu


def _entry(item: Item) -> Any:
    return Gio.MenuItem.new(item.title.replace("_", "__"), f"{_GROUP}.{item.command}")
