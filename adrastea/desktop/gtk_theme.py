"""Dark or light on Linux, as the desktop wishes, also when it changes its mind while the program runs.

GTK itself knows its theme's name and nothing of the desktop's own switch, which is asked of the portal. Where there is
no portal, or it has no wish, GTK's theme counts. The page follows GTK by itself. Main thread.

Source of truth: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any, Final

from gi.repository import Gio, GLib, Gtk

from adrastea.desktop.toolkit import DARK, LIGHT

log = logging.getLogger(__name__)

_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
_APPEARANCE, _SCHEME = "org.freedesktop.appearance", "color-scheme"
_WANTS_DARK, _WANTS_LIGHT = 1, 2
_PATIENCE_MILLISECONDS = 5000


class GtkTheme:
    """See the module. One for all windows."""

    def __init__(self) -> None:
        self._followers: list[Callable[[str], None]] = []
        self._settings: Any = Gtk.Settings.get_default()
        self._own = bool(self._settings.get_property("gtk-application-prefer-dark-theme"))
        self._portal: Any = None  # kept, else its signals would not come
        for name in ("gtk-application-prefer-dark-theme", "gtk-theme-name"):
            self._settings.connect(f"notify::{name}", self._changed)
        Gio.DBusProxy.new_for_bus(
            Gio.BusType.SESSION, Gio.DBusProxyFlags.DO_NOT_LOAD_PROPERTIES, None, *_PORTAL, None, self._found
        )

    @property
    def background(self) -> str:
        """The colour of a window without a page."""
        name = str(self._settings.get_property("gtk-theme-name") or "")
        wished = self._settings.get_property("gtk-application-prefer-dark-theme")
        dark = wished or name.endswith("-dark") or os.environ.get("GTK_THEME", "").endswith(":dark")
        return DARK if dark else LIGHT

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call `changed` with the background's colour, now and whenever it becomes another one."""
        self._followers.append(changed)
        changed(self.background)

    def leave(self, changed: Callable[[str], None]) -> None:
        """Call it no more."""
        self._followers.remove(changed)

    def _changed(self, _settings: object, _name: object) -> None:
        self._tell()

    def _tell(self) -> None:
        for changed in tuple(self._followers):
            changed(self.background)

    def _found(self, _source: object, task: Any) -> None:
        try:
            self._portal = portal = Gio.DBusProxy.new_for_bus_finish(task)
        except GLib.Error as error:
            log.info("No session bus: %s", error.message)
            return
        portal.connect("g-signal", self._heard)
        asked = GLib.Variant("(ss)", (_APPEARANCE, _SCHEME))
        portal.call("Read", asked, Gio.DBusCallFlags.NONE, _PATIENCE_MILLISECONDS, None, self._read)

    def _read(self, portal: Any, task: Any) -> None:
        try:
            (value,) = portal.call_finish(task).unpack()
        except GLib.Error as error:
            log.info("The desktop has no wish for dark or light: %s", error.message)
            return
        self._follow(value)

    def _heard(self, _portal: object, _sender: str | None, name: str, values: Any) -> None:
        if name != "SettingChanged":
            return
        space, key, value = values.unpack()
        if (space, key) == (_APPEARANCE, _SCHEME):
            self._follow(value)

    def _follow(self, value: object) -> None:
        wish = {_WANTS_DARK: True, _WANTS_LIGHT: False}.get(value if isinstance(value, int) else 0, self._own)
        self._settings.set_property("gtk-application-prefer-dark-theme", wish)
