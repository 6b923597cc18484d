"""A session bus of its own, and on it the desktop's services that the window speaks to: notices, and dark or light.

They are a program of their own, speak the real protocols, print what they are asked as lines of JSON, and obey lines of
JSON: `["scheme", 1]` changes the desktop's colours, `["click", 7]` follows the notice 7.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# ruff: noqa: ANN401 -- GTK's bindings carry no types

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_NOTICES = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/>
<arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal></interface></node>"""
_SETTINGS = """<node><interface name="org.freedesktop.portal.Settings">
<method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal></interface></node>"""
_CONFIGURATION = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


@dataclass(frozen=True)
class SessionBus:
    """The running bus, with its services."""

    address: str
    services: subprocess.Popen[str]

    def say(self, *what: object) -> None:
        """Have the services do something."""
        assert self.services.stdin is not None
        self.services.stdin.write(json.dumps(what) + "\n")
        self.services.stdin.flush()

    def hear(self) -> list[Any]:
        """What they are asked next; waits for it."""
        assert self.services.stdout is not None
        line = self.services.stdout.readline()
        assert line, "the services have ended"
        heard: list[Any] = json.loads(line)
        return heard


@contextmanager
def session_bus(folder: Path, scheme: int = 0) -> Generator[SessionBus]:
    """A bus whose desktop wishes for a colour scheme: 0 none, 1 dark, 2 light."""
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION, encoding="ascii")
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        try:
            assert daemon.stdout is not None
            address = daemon.stdout.readline().strip()
            serve = [sys.executable, "-m", "tests.fakes.session_bus", address, str(scheme)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
            with subprocess.Popen(serve, **pipes) as services:  # type: ignore[call-overload]  # mypy does not spread it
                try:
                    bus = SessionBus(address, services)
                    assert bus.hear() == ["ready"]
                    yield bus
                finally:
                    services.terminate()
        finally:
            daemon.terminate()


def _serve(address: str, scheme: int) -> None:
    """The services. The main thread is GLib's loop."""
    from gi.repository import Gio, GLib  # noqa: PLC0415 -- only in the process of the services

    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    wish = [scheme]
    shown = [0]

    def tell(*what: object) -> None:
        print(json.dumps(what), flush=True)

    def notify(*asked: Any) -> None:
        values, answer = asked[5], asked[6]
        shown[0] += 1
        answer.return_value(GLib.Variant("(u)", (shown[0],)))
        tell("notice", shown[0], *values.unpack())

    def read(*asked: Any) -> None:
        values, answer = asked[5], asked[6]
        if values.unpack() == ("org.freedesktop.appearance", "color-scheme"):
            answer.return_value(GLib.Variant("(v)", (GLib.Variant("v", GLib.Variant("u", wish[0])),)))
        else:
            answer.return_dbus_error("org.freedesktop.portal.Error.NotFound", "not here")

    def emit(path: str, interface: str, signal: str, values: Any) -> None:
        bus.emit_signal(None, path, interface, signal, values)

    def obey(source: Any, _condition: object) -> bool:
        line = source.readline()
        if not line:
            loop.quit()
            return False
        what, value = json.loads(line)
        if what == "scheme":
            wish[0] = value
            changed = GLib.Variant("(ssv)", ("org.freedesktop.appearance", "color-scheme", GLib.Variant("u", value)))
            emit("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings", "SettingChanged", changed)
        else:
            followed = GLib.Variant("(us)", (value, "default"))
            emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", followed)
        return True

    for xml, path, call, name in (
        (_NOTICES, "/org/freedesktop/Notifications", notify, "org.freedesktop.Notifications"),
        (_SETTINGS, "/org/freedesktop/portal/desktop", read, "org.freedesktop.portal.Desktop"),
    ):
        bus.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], call, None, None)
        request = GLib.Variant("(su)", (name, 4))
        bus.call_sync(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "RequestName",
            request,
            None,
            Gio.DBusCallFlags.NONE,
            -1,
            None,
        )
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, obey)
    tell("ready")
    loop.run()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
