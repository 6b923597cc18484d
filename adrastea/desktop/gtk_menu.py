"""The menu bar of one window on Linux: the keys of its entries, and which can be chosen, as the page's registry has it.

It shows the keys and leaves them to the page: that one table decides what a key does where the focus is, and it does it
once. Main thread.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gi.repository import Gio, GLib, Gtk

from adrastea.desktop.menu import Separator, Shown, TopMenu, gtk_key

_GROUP = "page"
_ALWAYS = frozenset({"app.quit", "file.close-window"})  # also where the page says nothing: it loads, or hangs


class GtkMenu:
    """See the module. `run` is called with the id of the command that was chosen."""

    def __init__(self, menus: tuple[TopMenu, ...], run: Callable[[str], None]) -> None:
        self._run = run
        self._actions = Gio.SimpleActionGroup()
        self._places: dict[str, tuple[Any, int]] = {}
        self._shown: dict[str, Shown] = {}
        self.bar: Any = Gtk.MenuBar.new_from_model(self._model(menus))
        self.bar.insert_action_group(_GROUP, self._actions)

    def show(self, entries: Sequence[Shown]) -> None:
        """See `Dialogs.show_menu`."""
        known = {entry.command: entry for entry in entries if entry.command in self._places}
        for command in self._places:
            entry = known.get(command)
            self._actions.lookup_action(command).set_enabled(entry is not None and entry.enabled)
        for command, entry in known.items():
            before = self._shown.get(command)
            if before is None or (before.title, before.key) != (entry.title, entry.key):
                section, at = self._places[command]
                section.remove(at)
                section.insert_item(at, _entry(command, entry.title, entry.key))
            self._shown[command] = entry

    def _on_activate(self, action: Any, _parameter: object) -> None:
        GLib.idle_add(self._once, action.get_name())  # when the menu has gone and the page has the focus again

    def _once(self, command: str) -> bool:
        self._run(command)
        return False

    def _model(self, menus: tuple[TopMenu, ...]) -> Any:
        bar = Gio.Menu.new()
        for top in menus:
            bar.append_submenu(f"_{top.title}", self._submenu(top))
        return bar

    def _submenu(self, top: TopMenu) -> Any:
        submenu, section = Gio.Menu.new(), Gio.Menu.new()
        for entry in top.entries:
            if isinstance(entry, Separator):
                submenu.append_section(None, section)
                section = Gio.Menu.new()
            else:
                self._places[entry.command] = (section, section.get_n_items())
                section.append_item(_entry(entry.command, entry.title, ""))
                self._add_action(entry.command)
        submenu.append_section(None, section)
        return submenu

    def _add_action(self, command: str) -> None:
        action = Gio.SimpleAction.new(command, None)
        action.connect("activate", self._on_activate)
        action.set_enabled(command in _ALWAYS)
        self._actions.add_action(action)


def _entry(command: str, title: str, key: str) -> Any:
    item = Gio.MenuItem.new(title.replace("_", "__"), f"{_GROUP}.{command}")
    if key:
        item.set_attribute_value("accel", GLib.Variant.new_string(gtk_key(key)))
    return item
