"""What the window needs on Linux beyond what pywebview gives: its place, signals, dialogs, a question before it closes.

It holds the GTK window that pywebview has made. Main thread; nothing here waits for the page.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types, pywebview's are partial.)
# ruff: noqa: ANN401 -- the same, and GTK takes its arguments by position

from __future__ import annotations

import contextlib
import logging
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import webview
from gi.repository import Gdk, GLib, Gtk
from webview.platforms.gtk import BrowserView

from adrastea.desktop.bridge import Bridge
from adrastea.desktop.gtk_page import GtkPage
from adrastea.desktop.placement import Placement, Screen
from adrastea.errors import AppError

log = logging.getLogger(__name__)

_ANSWER_MILLISECONDS = 2000  # a page that hangs may not keep its window open
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_ASK_UNSAVED = "Boolean(window.adrastea && window.adrastea.hasUnsaved())"
_QUESTION = "Close Adrastea?"
_UNSAVED = "Some files have changes that are not saved: they would be lost."
_SHOWN_NAMES = 5


class GtkWindow:
    """See the module. Made by the handler of pywebview's `before_show`; the `Dialogs` of the page.

    `running` says which notebooks' kernels work; `dropped` is called with a file that was dropped on the window.
    """

    def __init__(
        self,
        window: webview.Window,
        at: Placement,
        icon: Path,
        running: Callable[[], Sequence[str]],
        dropped: Callable[[Path], None],
    ) -> None:
        self.placement = at
        """Where the window was when it was closed."""
        self._running = running
        self._view: Any = BrowserView.instances[window.uid]
        self._window: Any = self._view.window
        self._may_close = False
        self._asked: int | None = None
        GLib.set_prgname("adrastea")
        GLib.set_application_name("Adrastea")
        with contextlib.suppress(GLib.Error):  # no loader for this kind of picture: then without
            self._window.set_icon_from_file(str(icon))
        window.events.closing += self._closing
        self.page = GtkPage(window, self._view, Bridge(self), self.save_as, dropped)
        self._listen_to_signals()
        self._place(at)

    def leave_signals(self) -> None:
        """The loop has ended, or is to end: from now on a signal ends the program at once."""
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)

    # What the page may ask: `Dialogs`

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        dialog = self._dialog("Open", Gtk.FileChooserAction.OPEN)
        dialog.set_select_multiple(True)
        for name, pattern in (("Notebooks", "*.ipynb"), ("All files", "*")):
            kind = Gtk.FileFilter()
            kind.set_name(name)
            kind.add_pattern(pattern)
            dialog.add_filter(kind)
        return _run(dialog)

    def choose_folder(self) -> str | None:
        """See `Dialogs`."""
        return next(iter(_run(self._dialog("Open folder", Gtk.FileChooserAction.SELECT_FOLDER))), None)

    def choose_target(self, name: str) -> str | None:
        """See `Dialogs`. The page asks before it replaces a file, as it has to where the system does not."""
        dialog = self._dialog("Save as", Gtk.FileChooserAction.SAVE)
        dialog.set_current_name(name)
        return next(iter(_run(dialog)), None)

    def save_as(self, name: str) -> str | None:
        """Ask where to save a download, and whether a file may be replaced."""
        dialog = self._dialog("Save as", Gtk.FileChooserAction.SAVE)
        dialog.set_do_overwrite_confirmation(True)
        dialog.set_current_name(name)
        downloads = GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD)
        if downloads is not None:
            dialog.set_current_folder(downloads)
        return next(iter(_run(dialog)), None)

    def set_title(self, title: str) -> None:
        """See `Dialogs`."""
        self._window.set_title(title)

    def full_screen(self) -> None:
        """See `Dialogs`."""
        self._view.toggle_fullscreen()

    def quit(self) -> None:
        """See `Dialogs`."""
        GLib.idle_add(self._ask_to_close)

    # The window

    def show(self) -> None:
        """Bring it to the front. Any thread."""
        self._view.restore()

    def _place(self, at: Placement) -> None:
        if at.x is not None and at.y is not None:
            self._window.move(at.x, at.y)
        if at.maximized:
            self._window.maximize()

    def _remember(self) -> None:
        maximized = bool(self._window.is_maximized())
        if maximized or self._view.is_fullscreen:  # then its size is the screen's: the one before is remembered
            self.placement = replace(self.placement, maximized=maximized)
            return
        width, height = self._window.get_size()
        x, y = self._window.get_position()
        self.placement = Placement(int(width), int(height), int(x), int(y))

    def _dialog(self, title: str, action: object) -> Any:
        dialog = Gtk.FileChooserNative.new(title, self._window, action, None, None)
        dialog.set_current_folder(str(Path.home()))
        return dialog

    def _listen_to_signals(self) -> None:
        """GTK's loop is C: Python's own handlers would not run before the next event."""
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` wants it
                GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, self._on_signal)

    def _on_signal(self) -> bool:
        self.leave_signals()
        self._close()
        return False

    # The question before it closes

    def _closing(self) -> bool | None:
        """What pywebview asks: whether the window may be closed. False means no."""
        if self._may_close:
            self._remember()
            return None
        if self._asked is None:
            self._asked = GLib.timeout_add(_ANSWER_MILLISECONDS, self._close)
            self.page.evaluate(_ASK_UNSAVED, self._heard)
        return False

    def _heard(self, unsaved: bool) -> None:  # noqa: FBT001 -- the page's answer
        if self._may_close or self._asked is None:
            return
        GLib.source_remove(self._asked)
        losses = [*([_UNSAVED] if unsaved else ()), *self._stopped()]
        if not losses or self._user_wants_to("\n".join(losses)):
            self._close()
        self._asked = None

    def _stopped(self) -> list[str]:
        """What is still running, as a sentence (K3)."""
        try:
            names = [PurePosixPath(path).name for path in self._running()]
        except AppError as error:
            log.info("The server was not asked what runs: %s", error)
            return []
        shown = ", ".join(names[:_SHOWN_NAMES]) + (" …" if len(names) > _SHOWN_NAMES else "")
        return [f"Still running: {shown}. It would be stopped."] if names else []

    def _user_wants_to(self, losses: str) -> bool:
        dialog = Gtk.MessageDialog(
            transient_for=self._window,
            modal=True,
            title="Adrastea",
            message_type=Gtk.MessageType.QUESTION,
            text=_QUESTION,
            secondary_text=losses,
        )
        dialog.add_button("Cancel", Gtk.ResponseType.CANCEL)
        dialog.add_button("Close", Gtk.ResponseType.OK)
        dialog.set_default_response(Gtk.ResponseType.CANCEL)
        answer = dialog.run()
        dialog.destroy()
        return bool(answer == Gtk.ResponseType.OK)

    def _close(self) -> bool:
        """Close the window without a question. Returns False, for GLib."""
        if not self._may_close:
            self._may_close = True
            for window in Gtk.Window.list_toplevels():
                if isinstance(window, Gtk.Dialog):  # their loops would keep ours from ending
                    window.response(Gtk.ResponseType.CANCEL)
            GLib.idle_add(self._ask_to_close)
        return False

    def _ask_to_close(self) -> bool:
        self._view.close_window()  # says True when it was refused, which would mean to GLib: again
        return False


def _run(dialog: Any) -> tuple[str, ...]:
    chosen = tuple(dialog.get_filenames()) if dialog.run() == Gtk.ResponseType.ACCEPT else ()
    dialog.destroy()
    return chosen


def screens() -> list[Screen]:
    """The screens that there are now."""
    display = Gdk.Display.get_default()
    frames = [display.get_monitor(number).get_geometry() for number in range(display.get_n_monitors())]
    return [Screen(frame.x, frame.y, frame.width, frame.height) for frame in frames]
