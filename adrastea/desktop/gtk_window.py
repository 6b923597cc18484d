"""One window on Linux: its place, its dialogs, and the question before it closes.

pywebview makes the GTK window; what is in it is ours: the menu bar and the page. Main thread; nothing here waits for
the page.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types, pywebview's are partial.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import webview
from gi.repository import Gdk, GLib, Gtk
from webview.platforms.gtk import BrowserView

from adrastea.desktop.bridge import Bridge
from adrastea.desktop.closing import ASK_UNSAVED, Answer, Closing, Question
from adrastea.desktop.frame import Owner
from adrastea.desktop.gtk_abilities import GtkAbilities
from adrastea.desktop.gtk_dialogs import GtkDialogs
from adrastea.desktop.gtk_menu import GtkMenu
from adrastea.desktop.gtk_page import PageMaker
from adrastea.desktop.gtk_pdf import GtkPdf
from adrastea.desktop.gtk_print import GtkPrint
from adrastea.desktop.gtk_theme import GtkTheme
from adrastea.desktop.menu import Shown, TopMenu, open_script, run_script
from adrastea.desktop.pdf import PdfFile
from adrastea.desktop.placement import Placement, apart
from adrastea.desktop.words import ENGLISH

_BUTTONS = {8: "go.back", 9: "go.forward"}
_EDITING = {"edit.cut": "Cut", "edit.copy": "Copy", "edit.paste": "Paste"}


@dataclass(frozen=True, slots=True)
class Look:
    """What all windows have in common."""

    icon: Path
    menus: tuple[TopMenu, ...]
    theme: GtkTheme


class GtkWindow:
    """See the module; a `Frame`, and what the page may ask of it: `Dialogs`; and `Asking`."""

    def __init__(
        self,
        owner: Owner,
        window: webview.Window,
        at: Placement,
        page: PageMaker,
        look: Look,
        abilities: GtkAbilities,
    ) -> None:
        self.placement = at
        self.words = ENGLISH
        self._owner = owner
        self._uid = window.uid
        self._look = look
        self._closing = Closing(self, owner, self)
        self._view: Any = None
        self._window: Any = None
        self._dialogs = GtkDialogs(None)
        self._colours = Gtk.CssProvider()
        pdf = PdfFile(GtkPdf(lambda: self._page.view), self._save_as)
        self._page = page(Bridge(self, abilities, pdf), self._save_as, lambda path: owner.open_file(self, path))
        abilities.take(self._page.view)
        self._menu = GtkMenu(look.menus, self._run_command)
        window.events.before_show += self._made
        window.events.closing += self._may_close

    # The window: `Frame`

    def run_js(self, script: str) -> None:
        """See `Frame`."""
        self._page.run_js(script)

    def greet(self, script: str) -> None:
        """See `Frame`."""
        self._page.greet(script)

    def front(self) -> None:
        """See `Frame`."""
        if self._window is not None:
            self._window.deiconify()
            self._window.present()

    def ask_to_close(self) -> None:
        """See `Frame`."""
        GLib.idle_add(self._try_to_close)

    def close(self) -> None:
        """See `Frame`."""
        self._closing.at_once()

    # What the page may ask: `Dialogs`

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        return self._dialogs.choose_files(self.words)

    def choose_folder(self) -> str | None:
        """See `Dialogs`."""
        return self._dialogs.choose_folder(self.words)

    def choose_target(self, name: str) -> str | None:
        """See `Dialogs`."""
        return self._dialogs.choose_target(self.words, name)

    def set_title(self, title: str) -> None:
        """See `Dialogs`."""
        self._window.set_title(title)

    def full_screen(self) -> None:
        """See `Dialogs`."""
        if self._is(Gdk.WindowState.FULLSCREEN):
            self._window.unfullscreen()
        else:
            self._window.fullscreen()

    def open_window(self, folder: str | None) -> None:
        """See `Dialogs`."""
        self._owner.open_window(None if folder is None else Path(folder))

    def close_window(self) -> None:
        """See `Dialogs`."""
        self.ask_to_close()

    def show_log_folder(self) -> None:
        """See `Dialogs`."""
        self._owner.show_log_folder()

    def show_menu(self, entries: Sequence[Shown]) -> None:
        """See `Dialogs`."""
        self._menu.show(entries)

    def show_file(self, path: str) -> None:
        """See `Dialogs`."""
        self.run_js(open_script(path))
        self.front()

    def quit(self) -> None:
        """See `Dialogs`."""
        self._owner.quit()

    def updates(self, wish: str, value: str) -> object:
        """See `Dialogs`."""
        return self._owner.updates(wish, value)

    # How it is made

    def _made(self) -> None:
        """There is a window of pywebview's now, with a page that is thrown away before it has loaded anything."""
        self._view = view = BrowserView.instances[self._uid]
        self._window = view.window
        self._dialogs = GtkDialogs(self._window)
        with contextlib.suppress(GLib.Error):  # no loader for this kind of picture: then without
            self._window.set_icon_from_file(str(self._look.icon))
        theirs = self._window.get_child()
        self._window.remove(theirs)
        theirs.destroy()
        view.webview, view.manager = self._page.view, None
        self._window.get_style_context().add_provider(self._colours, Gtk.STYLE_PROVIDER_PRIORITY_USER)
        self._look.theme.follow(self._recolour)
        self._print = GtkPrint(self._page.view, self._window)
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        box.pack_start(self._menu.bar, expand=False, fill=False, padding=0)
        box.pack_start(self._page.view, expand=True, fill=True, padding=0)
        self._window.add(box)
        self._page.view.grab_focus()
        self._page.view.connect("button-press-event", self._on_button)
        self._window.connect("configure-event", self._on_configure)
        self._place()

    def _recolour(self, colour: str) -> None:
        """What is seen of the window where the page is not."""
        self._colours.load_from_data(f"window {{ background-color: {colour}; }}".encode())
        rgba = Gdk.RGBA()
        rgba.parse(colour)
        self._page.view.set_background_color(rgba)

    def _place(self) -> None:
        if _has_positions():
            at = self.placement if self.placement.x is not None else self._seen()
            others = {_position(view.window) for view in BrowserView.instances.values() if view is not self._view}
            self.placement = at = apart(at, others)
            self._window.move(at.x, at.y)
        if self.placement.maximized:
            self._window.maximize()

    def _on_button(self, _view: object, event: Any) -> bool:
        """Back and forward: WebKit tells the page of these buttons without saying which they are."""
        command = _BUTTONS.get(int(event.button))
        if command is not None:
            self._run_command(command)
        return command is not None

    def _on_configure(self, _window: object, _event: object) -> bool:
        """Remember the place, but not that of a window which fills the screen: then it is the one before."""
        if not self._is(Gdk.WindowState.MAXIMIZED | Gdk.WindowState.FULLSCREEN):
            self.placement = self._seen()
        return False

    def _seen(self) -> Placement:
        width, height = self._window.get_size()
        x, y = _position(self._window) if _has_positions() else (None, None)
        return Placement(int(width), int(height), x, y)

    def _is(self, state: object) -> bool:
        surface = self._window.get_window()
        return surface is not None and bool(surface.get_state() & state)

    def _run_command(self, command: str) -> None:
        """What the window can do without the page it does without: that may hang, and may not read the clipboard."""
        if command in _EDITING:
            self._page.view.execute_editing_command(_EDITING[command])
        elif command == "app.quit":
            self._owner.quit()
        elif command == "file.close-window":
            self.ask_to_close()
        else:
            self.run_js(run_script(command))

    def _save_as(self, name: str) -> str | None:
        return self._dialogs.save_as(self.words, name)

    # The question before it closes: `Asking`

    def ask_page(self, heard: Callable[[bool], None]) -> None:
        """See `Asking`."""
        self._page.evaluate(ASK_UNSAVED, heard)

    def wait(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """See `Asking`."""
        waiting: list[int] = []

        def ring() -> bool:
            waiting.clear()
            call()
            return False

        waiting.append(GLib.timeout_add(int(seconds * 1000), ring))

        def call_off() -> None:
            while waiting:
                GLib.source_remove(waiting.pop())

        return call_off

    def wants_to_close(self, question: Question) -> Answer:
        """See `Asking`."""
        return self._dialogs.wants_to_close(question)

    def really_close(self) -> None:
        """See `Asking`."""
        self._dialogs.cancel()
        GLib.idle_add(self._try_to_close)

    def _may_close(self) -> bool | None:
        """What pywebview asks: whether the window may be closed. False means no."""
        if not self._closing.may_close():
            return False
        self.placement = replace(self.placement, maximized=self._is(Gdk.WindowState.MAXIMIZED))
        self._page.left()
        self._look.theme.leave(self._recolour)
        self._owner.closed(self)
        return None

    def _try_to_close(self) -> bool:
        if self._view is not None and self._uid in BrowserView.instances:
            self._view.close_window()  # says True when it was refused, which would mean to GLib: again
        return False


def _position(window: Any) -> tuple[int, int]:
    x, y = window.get_position()
    return int(x), int(y)


def _has_positions() -> bool:
    """Wayland tells no window where it is, and lets none choose."""
    return "Wayland" not in type(Gdk.Display.get_default()).__name__
