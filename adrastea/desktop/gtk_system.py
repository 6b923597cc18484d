"""What there is once for all windows on Linux: the loop, the signals, and the web context.

pywebview makes a web context for each window, each with a process of its own for network and storage, so that two
windows would write the same files and not hear of each other. Here all windows share one. Main thread, but for `later`.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types, pywebview's are partial.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import webview
from gi.repository import Gdk, GLib, Gtk, WebKit2

from adrastea.desktop import placement, toolkit
from adrastea.desktop.frame import Owner
from adrastea.desktop.gtk_abilities import GtkAbilities
from adrastea.desktop.gtk_notify import GtkNotify
from adrastea.desktop.gtk_page import GtkPage
from adrastea.desktop.gtk_theme import GtkTheme
from adrastea.desktop.gtk_window import GtkWindow, Look
from adrastea.desktop.menu import TopMenu
from adrastea.desktop.placement import Placement, Screen

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class GtkSystem:
    """See the module, and `System`. `storage` is where pages keep what they remember."""

    def __init__(self, storage: Path, icon: Path, menus: tuple[TopMenu, ...]) -> None:
        _choose_renderer()
        GLib.set_prgname("adrastea")
        Gdk.set_program_class("adrastea")  # by which the desktop finds adrastea.desktop, the entry that is installed
        GLib.set_application_name(toolkit.TITLE)
        self._context = _context(storage)
        self._look = Look(icon, menus, GtkTheme())
        self._notices = GtkNotify(str(icon))
        _keep_keys_apart()

    def later(self, call: Callable[[], None]) -> None:
        """See `System`."""
        GLib.idle_add(_once, call)

    def show(self, owner: Owner, address: str, again: Callable[[], str], at: Placement) -> GtkWindow:
        """See `System`."""
        at = placement.on_screen(at, screens())
        plain = Placement(at.width, at.height)  # where it stands is `GtkWindow`'s
        window = toolkit.make(address, plain, self._look.theme.background)
        page = partial(GtkPage, address, again, self._context)
        shown = GtkWindow(owner, window, at, page, self._look, GtkAbilities(self._notices))
        toolkit.begin(window)
        return shown

    def run(self, stop: Callable[[], None]) -> None:
        """See `System`. From when the loop ends, a signal ends the program at once."""
        self._listen_to_signals(stop)
        try:
            webview.start(private_mode=True, gui="gtk")  # its own web views are never shown; and never Qt
        finally:
            _leave_signals()

    def _listen_to_signals(self, stop: Callable[[], None]) -> None:
        """GTK's loop is C: Python's own handlers would not run before the next event."""

        def on_signal() -> bool:
            _leave_signals()
            stop()
            return False

        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` wants it
                GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, on_signal)


def screens() -> list[Screen]:
    """The screens that there are now."""
    display = Gdk.Display.get_default()
    frames = [display.get_monitor(number).get_geometry() for number in range(display.get_n_monitors())]
    return [Screen(frame.x, frame.y, frame.width, frame.height) for frame in frames]


def _context(storage: Path) -> Any:
    storage.mkdir(mode=0o700, parents=True, exist_ok=True)
    manager = WebKit2.WebsiteDataManager(
        base_data_directory=str(storage),
        base_cache_directory=str(storage / "cache"),
        local_storage_directory=str(storage / "localstorage"),
        indexeddb_directory=str(storage / "indexeddb"),
    )
    context = WebKit2.WebContext.new_with_website_data_manager(manager)
    cookies = context.get_cookie_manager()
    cookies.set_persistent_storage(str(storage / "cookies"), WebKit2.CookiePersistentStorage.TEXT)
    return context


def _keep_keys_apart() -> None:
    """Where the longest title of a menu has the longest key, GTK leaves no room between them."""
    provider = Gtk.CssProvider()
    provider.load_from_data(b"menu menuitem accelerator { margin-left: 24px; }")
    Gtk.StyleContext.add_provider_for_screen(
        Gdk.Screen.get_default(), provider, Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION
    )


def _once(call: Callable[[], None]) -> bool:
    call()
    return False


def _leave_signals() -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def _choose_renderer() -> None:
    """Without a GPU WebKit's new renderer costs a quarter more memory and brings nothing, on some machines no picture.

    Read by WebKit's processes when they start. Whoever has set the variable is right.
    """
    if not any(Path("/dev/dri").glob("renderD*")):
        os.environ.setdefault("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
