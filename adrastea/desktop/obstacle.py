"""Why no window can be opened on this machine, found out before the toolkit is started.

Without a display GTK ends the process. One function per system. Linux has been run; macOS and Windows have their web
view with the system.
"""

# pyright: reportUnknownMemberType=false
# (GTK's bindings carry no types.)

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import sys

log = logging.getLogger(__name__)

_WEBKIT = ("libwebkit2gtk-4.1.so.0", "libwebkit2gtk-4.0.so.37")
_GTK = "libgtk-3.so.0"
_INSTALL = "(Debian: apt install gir1.2-webkit2-4.1 python3-gi)"


def obstacle() -> str | None:
    """One sentence that says what is missing, or None when a window can be opened. Main thread."""
    if not sys.platform.startswith("linux"):
        return None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display."
    if not any(_loads(name) for name in _WEBKIT):
        return f"WebKitGTK is not installed {_INSTALL}."
    if not _display_answers():
        return "The display does not answer."
    return _toolkit_obstacle()


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


def _toolkit_obstacle() -> str | None:
    """The one sure test is the import that the window makes: bindings, typelibs and what these need in turn."""
    try:
        importlib.import_module("webview.platforms.gtk")
    except ImportError as error:
        log.info("The window's toolkit: %s", error)
        return f"PyGObject is not installed, or not for this Python {_INSTALL}."
    except Exception as error:
        log.info("The window's toolkit: %s", error)
        return f"WebKitGTK's typelibs are not installed {_INSTALL}."
    return None
