"""One window on macOS: its place, its dialogs, and the question before it closes. Not run yet.

pywebview makes the window and its web view; what the page may ask comes through the door of `cocoa_page.py`. Main
thread.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (PyObjC carries no types, and is on macOS only.)

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import AppKit
import Foundation
import webview
from PyObjCTools import AppHelper
from webview.platforms.cocoa import BrowserView

from adrastea.desktop.bridge import Bridge
from adrastea.desktop.closing import Answer, Closing, Question
from adrastea.desktop.cocoa_page import CocoaPage
from adrastea.desktop.cocoa_pdf import CocoaPdf
from adrastea.desktop.frame import Owner
from adrastea.desktop.menu import Shown, open_script
from adrastea.desktop.pdf import PdfFile
from adrastea.desktop.placement import Placement
from adrastea.desktop.words import ENGLISH

_FULL_SCREEN = 1 << 14  # NSWindowStyleMaskFullScreen


class CocoaWindow:
    """See the module; a `Frame`, the `Dialogs` of its page, and `Asking`. `told` hears of new entries of the menu."""

    def __init__(
        self,
        owner: Owner,
        window: webview.Window,
        at: Placement,
        again: Callable[[], str],
        told: Callable[[CocoaWindow], None],
    ) -> None:
        self.placement = at
        self.words = ENGLISH
        self.shown: dict[str, Shown] = {}
        """What the page says about the menu's entries, by their commands."""
        self._owner = owner
        self._again = again
        self._told = told
        self._webview = window
        self._view: Any = None
        self._page: CocoaPage | None = None
        self._scripts: list[str] = []
        self._closing = Closing(self, owner, self)
        window.events.before_show += self._made
        window.events.closing += self._may_close

    # The window: `Frame`

    def run_js(self, script: str) -> None:
        """See `Frame`."""
        if self._page is None:
            self._scripts.append(script)
        else:
            self._page.run_js(script)

    def greet(self, script: str) -> None:
        """See `Frame`."""
        if self._page is None:
            self._scripts.append(script)
        else:
            self._page.greet(script)

    def front(self) -> None:
        """See `Frame`."""
        if self._view is not None:
            self._view.window.deminiaturize_(None)
            self._view.window.makeKeyAndOrderFront_(None)
            AppKit.NSApp.activateIgnoringOtherApps_(True)  # noqa: FBT003 -- as Cocoa has it

    def ask_to_close(self) -> None:
        """See `Frame`."""
        AppHelper.callAfter(self._try_to_close)

    def close(self) -> None:
        """See `Frame`."""
        self._closing.at_once()

    def is_key(self) -> bool:
        """Whether it has the keyboard."""
        return self._view is not None and bool(self._view.window.isKeyWindow())

    # What the page may ask: `Dialogs`

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        panel = AppKit.NSOpenPanel.openPanel()
        panel.setAllowsMultipleSelection_(True)
        if panel.runModal() != AppKit.NSModalResponseOK:
            return ()
        return tuple(str(url.path()) for url in panel.URLs())

    def choose_folder(self) -> str | None:
        """See `Dialogs`."""
        panel = AppKit.NSOpenPanel.openPanel()
        panel.setCanChooseFiles_(False)
        panel.setCanChooseDirectories_(True)
        panel.setCanCreateDirectories_(True)
        return str(panel.URL().path()) if panel.runModal() == AppKit.NSModalResponseOK else None

    def choose_target(self, name: str) -> str | None:
        """See `Dialogs`."""
        panel = AppKit.NSSavePanel.savePanel()
        panel.setNameFieldStringValue_(name)
        return str(panel.URL().path()) if panel.runModal() == AppKit.NSModalResponseOK else None

    def set_title(self, title: str) -> None:
        """See `Dialogs`."""
        self._view.window.setTitle_(title)

    def full_screen(self) -> None:
        """See `Dialogs`."""
        self._view.window.toggleFullScreen_(None)

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
        """See `Dialogs`. The menu bar asks for them when it is opened; only another language makes another one."""
        self.shown = {entry.command: entry for entry in entries}
        self._told(self)

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

    # The question before it closes: `Asking`

    def ask_page(self, heard: Callable[[bool], None]) -> None:
        """See `Asking`."""
        if self._page is None:
            heard(False)  # noqa: FBT003 -- nothing is shown yet
        else:
            self._page.ask_unsaved(heard)

    def wait(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """See `Asking`."""
        repeats = False
        make = Foundation.NSTimer.scheduledTimerWithTimeInterval_repeats_block_
        timer = make(seconds, repeats, lambda _timer: call())

        def call_off() -> None:
            timer.invalidate()

        return call_off

    def wants_to_close(self, question: Question) -> Answer:
        """See `Asking`."""
        alert = AppKit.NSAlert.alloc().init()
        alert.setMessageText_(question.asked)
        alert.setInformativeText_(question.lost)
        alert.addButtonWithTitle_(question.cancel)  # the first is the default
        alert.addButtonWithTitle_(question.close)
        if question.keep:
            alert.addButtonWithTitle_(question.keep)
        answer = alert.runModal()
        if answer == AppKit.NSAlertThirdButtonReturn:
            return "keep"
        return "close" if answer == AppKit.NSAlertSecondButtonReturn else "cancel"

    def really_close(self) -> None:
        """See `Asking`."""
        AppHelper.callAfter(self._try_to_close)

    # How it is made, and how it goes

    def _made(self) -> None:
        """There is a window of pywebview's now, which has loaded nothing."""
        self._view = view = BrowserView.instances[self._webview.uid]
        own = str(self._webview.original_url)
        pdf = PdfFile(CocoaPdf(lambda: view.webview), self.choose_target)
        self._page = CocoaPage(
            view.webview, own, self._again, Bridge(self, pdf=pdf), lambda path: self._owner.open_file(self, path)
        )
        view.window.setCollectionBehavior_(AppKit.NSWindowCollectionBehaviorFullScreenPrimary)
        view.window.setContentView_(view.webview)
        view.window.makeFirstResponder_(view.webview)
        scripts, self._scripts = self._scripts, []
        for script in scripts:
            self._page.run_js(script)

    def _may_close(self) -> bool | None:
        """What pywebview asks: whether the window may be closed. False means no."""
        if not self._closing.may_close():
            return False
        self.placement = self._seen()
        self._owner.closed(self)
        return None

    def _try_to_close(self) -> None:
        if self._webview.uid in BrowserView.instances:
            self._view.window.performClose_(None)

    def _seen(self) -> Placement:
        window = self._view.window
        if window.styleMask() & _FULL_SCREEN or window.isZoomed():
            return replace(self.placement, maximized=bool(window.isZoomed()))
        frame, screen = window.frame(), window.screen().frame()
        y = screen.size.height - frame.size.height - frame.origin.y  # Cocoa counts from below
        return Placement(int(frame.size.width), int(frame.size.height), int(frame.origin.x), int(y))
