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
        self._tops: dict[str, tuple[int, Any]] = {}
        self._titles = Gio.Menu.new()
        self._fill(menus)
        self.bar: Any = Gtk.MenuBar.new_from_model(self._titles)
        self.bar.insert_action_group(_GROUP, self._actions)

    def show(self, entries: Sequence[Shown]) -> None:
        """See `Dialogs.show_menu`."""
        self._name_menus(entries)
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

    def _name_menus(self, entries: Sequence[Shown]) -> None:
        for entry in entries:
            top = self._tops.get(entry.command)
            if top is not None and self._shown.get(entry.command) != entry:
                at, submenu = top
                self._titles.remove(at)
                self._titles.insert_submenu(at, _mnemonic(entry.title), submenu)
                self._shown[entry.command] = entry

    def _on_activate(self, action: Any, _parameter: object) -> None:
        GLib.idle_add(self._once, action.get_name())  # when the menu has gone and the page has the focus again

    def _once(self, command: str) -> bool:
        self._run(command)
        return False

    def _fill(self, menus: tuple[TopMenu, ...]) -> None:
        for at, top in enumerate(menus):
            submenu = self._submenu(top)
            self._tops[top.command] = (at, submenu)
            self._titles.append_submenu(_mnemonic(top.title), submenu)

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


def _mnemonic(title: str) -> str:
    return f"_{title.replace('_', '__')}"


def _entry(command: str, title: str, key: str) -> Any:
    item = Gio.MenuItem.new(title.replace("_", "__"), f"{_GROUP}.{command}")
    if key:
        item.set_attribute_value("accel", GLib.Variant.new_string(gtk_key(key)))
    return item
