"""What the application window needs: a display, WebKitGTK, PyGObject, typelibs; and the browser that stands in for it.

Nothing here opens a window or starts GTK, which ends the process where it finds no display.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from typing import Final

from adrastea.desktop import display, obstacle
from adrastea.doctor.finding import Finding

_AREA: Final = "window"
_INSTALL: Final = f"Until then the browser shows the notebooks. On Debian and Ubuntu: {obstacle.INSTALL}"


def examine(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[Finding]:
    """Everything about the window."""
    if not platform.startswith("linux"):
        return [Finding("web-view", _AREA, "Web view", "ok", "the system's own"), _browser(has_display=True)]
    shown = _display(environ)
    return [shown, _web_view(), *_bindings(), _browser(has_display=shown.state == "ok")]


def _display(environ: Mapping[str, str]) -> Finding:
    title = "Display"
    if not display.is_there(environ):
        mend = "Without one an address is printed, to be opened in a browser. Over SSH, 'ssh -X' brings one along."
        return Finding("display", _AREA, title, "warning", "none", mend)
    named = [f"{kind} {environ[name]}" for kind, name in _DISPLAYS if environ.get(name)]
    said = display.reply(environ)
    if said == "answers":
        return Finding("display", _AREA, title, "ok", ", ".join(named))
    what = "nobody listens there" if said == "absent" else "it does not answer"
    mend = f"Check that {' and '.join(name for _, name in _DISPLAYS if environ.get(name))} is right."
    return Finding("display", _AREA, title, "warning", f"{', '.join(named)}: {what}", mend)


_DISPLAYS: Final = (("Wayland", "WAYLAND_DISPLAY"), ("X11", "DISPLAY"))


def _web_view() -> Finding:
    library = obstacle.web_view_library()
    if library is None:
        return Finding("webkitgtk", _AREA, "WebKitGTK", "warning", "not installed", _INSTALL)
    found = f"{obstacle.web_view_version(library)}, {library}"
    return Finding("webkitgtk", _AREA, "WebKitGTK", "ok", found)


def _bindings() -> list[Finding]:
    version = obstacle.bindings()
    if version is None:
        mend = f"It must fit Python {sys.version_info.major}.{sys.version_info.minor}. {_INSTALL}"
        return [Finding("pygobject", _AREA, "PyGObject", "warning", "cannot be imported", mend)]
    found = [Finding("pygobject", _AREA, "PyGObject", "ok", version)]
    missing = obstacle.missing_typelibs()
    if missing:
        return [*found, Finding("typelibs", _AREA, "Typelibs", "warning", f"missing: {', '.join(missing)}", _INSTALL)]
    return [*found, Finding("typelibs", _AREA, "Typelibs", "ok", "Gtk, WebKit2")]


def _browser(*, has_display: bool) -> Finding:
    title = "Default browser"
    if not has_display:  # where it is silent, looking for one would wait for ever
        return Finding("browser", _AREA, title, "ok", "not looked for without a display")
    try:
        name = str(getattr(webbrowser.get(), "name", "")) or "the system's own"
    except webbrowser.Error:
        mend = "Without one the address is printed only. BROWSER can name a program that opens it."
        return Finding("browser", _AREA, title, "warning", "none found", mend)
    return Finding("browser", _AREA, title, "ok", name)
