"""Notices of the desktop on Linux: `org.freedesktop.Notifications` on the session bus.

A notice that is followed comes back as a signal with its number. Where nobody shows notices there are none. Main
thread.

Source of truth: https://specifications.freedesktop.org/notification-spec/latest/
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from gi.repository import Gio, GLib

log = logging.getLogger(__name__)

_NAME: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_OPEN: Final = "default"  # the action of a click on the notice itself
_PATIENCE_MILLISECONDS = 5000
_USUAL_TIME: Final = -1


class GtkNotify:
    """See the module. One for all windows; `icon` is a file."""

    def __init__(self, icon: str) -> None:
        self._icon = icon
        self._followed: dict[int, Callable[[], None]] = {}
        self._bus: Any = None

    def notify(self, title: str, text: str, follow: str, clicked: Callable[[], None]) -> bool:
        """Show a notice, some time; `clicked` is called when the user follows it, by `follow` or a click on the notice.

        False: there is no session bus.
        """
        bus = self._connect()
        if bus is None:
            return False
        values = GLib.Variant(
            "(susssasa{sv}i)",
            (
                "Adrastea",
                0,
                self._icon,
                title,
                GLib.markup_escape_text(text, -1),  # the text of a notice may be marked up
                [_OPEN, follow],
                {"desktop-entry": GLib.Variant("s", "adrastea")},
                _USUAL_TIME,
            ),
        )

        def shown(_bus: object, task: Any) -> None:
            try:
                (number,) = bus.call_finish(task).unpack()
            except GLib.Error as error:
                log.info("Nobody shows notices: %s", error.message)
                return
            self._followed[number] = clicked

        flags, answer = Gio.DBusCallFlags.NONE, GLib.VariantType("(u)")
        bus.call(_NAME, _PATH, _NAME, "Notify", values, answer, flags, _PATIENCE_MILLISECONDS, None, shown)
        return True

    def _connect(self) -> Any:
        if self._bus is None:
            try:
                self._bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
            except GLib.Error as error:
                log.info("No session bus: %s", error.message)
                return None
            self._bus.signal_subscribe(_NAME, _NAME, None, _PATH, None, Gio.DBusSignalFlags.NONE, self._heard)
        return self._bus

    def _heard(self, _bus: Any, _sender: str, _path: str, _interface: str, name: str, values: Any) -> None:
        number = values.unpack()[0]
        if name == "ActionInvoked":
            clicked = self._followed.get(number)
            if clicked is not None:
                clicked()
        elif name == "NotificationClosed":
            self._followed.pop(number, None)
