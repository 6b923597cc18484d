"""Why no window can be opened on this machine, found out before the toolkit is started.

Without a display GTK ends the process, and with one that is silent it waits for ever. One function per system. Linux
has been run; macOS and Windows have their web view with the system. `adrastea doctor` asks the same questions one by
one.
"""

# pyright: reportUnknownMemberType=false
# (GTK's bindings carry no types.)

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import sys

from adrastea.desktop import display

log = logging.getLogger(__name__)

INSTALL = "apt install gir1.2-webkit2-4.1 python3-gi"
"""What brings everything on Debian and its relatives."""

_WEBKIT = ("libwebkit2gtk-4.1.so.0", "libwebkit2gtk-4.0.so.37")
_GTK = "libgtk-3.so.0"
_TYPELIBS = (("Gtk", ("3.0",)), ("WebKit2", ("4.1", "4.0")))


def obstacle() -> str | None:
    """One sentence that says what is missing, or None when a window can be opened. Main thread."""
    if not sys.platform.startswith("linux"):
        return None
    if not display.is_there(os.environ):
        return "There is no display."
    library = web_view_library()
    if library is None:
        return f"WebKitGTK is not installed (Debian: {INSTALL})."
    if display.reply(os.environ) != "answers" or not _display_opens():
        return "The display does not answer."
    log.info("WebKitGTK %s", web_view_version(library))
    return _toolkit_obstacle()


def web_view_library() -> str | None:
    """The file of the web view's library that is installed, None when none is."""
    return next((name for name in _WEBKIT if _loads(name)), None)


def web_view_version(library: str) -> str:
    """The version of a library that `web_view_library` has found."""
    loaded = ctypes.CDLL(library)
    parts = (getattr(loaded, f"webkit_get_{part}_version")() for part in ("major", "minor", "micro"))
    return ".".join(map(str, parts))


def bindings() -> str | None:
    """The version of PyGObject, None when it cannot be imported."""
    try:
        return str(importlib.import_module("gi").__version__)
    except Exception as error:
        log.info("PyGObject: %s", error)
        return None


def missing_typelibs() -> list[str]:
    """The typelibs without which there is no window. Needs PyGObject, no display."""
    return [f"{name}-{versions[0]}" for name, versions in _TYPELIBS if not any(_has(name, one) for one in versions)]


def _has(name: str, version: str) -> bool:
    try:
        importlib.import_module("gi").require_version(name, version)
    except ValueError:
        return False
    return True


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _display_opens() -> bool:
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
        return f"PyGObject is not installed, or not for this Python (Debian: {INSTALL})."
    except Exception as error:
        log.info("The window's toolkit: %s", error)
        return f"WebKitGTK's typelibs are not installed (Debian: {INSTALL})."
    return None
