"""Why no window can be opened on this machine, found out before the toolkit is started.

Without a display GTK ends the process.

One function per system. Linux has been run; macOS and Windows have their web view with the system.
"""

# pyright: reportUnknownMemberType=false
# (GTK's bindings carry no types.)

from __future__ import annotations

import ctypes
import os
import sys

_WEBKIT = ("libwebkit2gtk-4.1.so.0", "libwebkit2gtk-4.0.so.37")
_GTK = "libgtk-3.so.0"


def obstacle() -> str | None:
    """One sentence that says what is missing, or None when a window can be opened. Main thread."""
    if not sys.platform.startswith("linux"):
        return None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display."
    if not any(_loads(name) for name in _WEBKIT):
        return "WebKitGTK is not installed (Debian: apt install gir1.2-webkit2-4.1)."
    if not _display_answers():
        return "The display does not answer."
    return _typelib_obstacle()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _display_answers() -> bool:
    try:
        gtk = ctypes.CDLL(_GTK)
    except OSError:
        return False
    return bool(gtk.gtk_init_check(None, None))


def _typelib_obstacle() -> str | None:
    try:
        import gi
    except ImportError:
        return "PyGObject is not installed (Debian: apt install python3-gi)."
    for version in ("4.1", "4.0"):
        try:
            gi.require_version("WebKit2", version)
        except ValueError:
            continue
        return None
    return "WebKitGTK's typelib is not installed (Debian: apt install gir1.2-webkit2-4.1)."
