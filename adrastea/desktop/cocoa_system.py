"""What there is once for all windows on macOS: the loop, the menu bar, the signals. Not run yet.

Main thread, but for `later`.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownArgumentType=false, reportPrivateUsage=false
# (PyObjC carries no types, and is on macOS only.)

from __future__ import annotations

import signal
from collections.abc import Callable

import webview
from PyObjCTools import AppHelper, MachSignals

from adrastea.desktop import toolkit
from adrastea.desktop.cocoa_menu import CocoaMenu
from adrastea.desktop.cocoa_window import CocoaWindow
from adrastea.desktop.frame import Owner
from adrastea.desktop.menu import Shown, TopMenu, run_script
from adrastea.desktop.placement import Placement
from adrastea.desktop.words import ENGLISH

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CocoaSystem:
    """See the module, and `System`."""

    def __init__(self, menus: tuple[TopMenu, ...]) -> None:
        self._menus = menus
        self._windows: list[CocoaWindow] = []
        self._menu: CocoaMenu | None = None
        self._spoken = ENGLISH  # by the menu
        self._owner: Owner | None = None

    def later(self, call: Callable[[], None]) -> None:
        """See `System`."""
        AppHelper.callAfter(call)

    def show(self, owner: Owner, address: str, again: Callable[[], str], at: Placement) -> CocoaWindow:
        """See `System`."""
        self._owner = owner
        window = toolkit.make(address, at)
        shown = CocoaWindow(owner, window, at, again, self._speak)
        self._windows.append(shown)
        window.events.closed += lambda: self.later(lambda: self._windows.remove(shown))
        window.events.shown += lambda: self.later(lambda: self._show_menu(shown))
        toolkit.begin(window)
        return shown

    def run(self, stop: Callable[[], None]) -> None:
        """See `System`."""
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` wants it
                MachSignals.signal(number, lambda _number: stop())
        webview.settings["SHOW_DEFAULT_MENUS"] = False
        webview.start(private_mode=False)

    def _show_menu(self, window: CocoaWindow) -> None:
        """Once: pywebview has shown its own when the first window came."""
        if self._menu is None:
            self._make_menu(window)

    def _speak(self, window: CocoaWindow) -> None:
        """The menu bar speaks as the page that was heard last."""
        if self._menu is not None and self._spoken is not window.words:
            self._make_menu(window)

    def _make_menu(self, window: CocoaWindow) -> None:
        self._spoken = window.words
        self._menu = CocoaMenu(self._menus, window.shown, window.words, self._shown, self._run_command)

    def _front(self) -> CocoaWindow | None:
        return next((window for window in self._windows if window.is_key()), None)

    def _shown(self, command: str) -> Shown | None:
        front = self._front()
        return None if front is None else front.shown.get(command)

    def _run_command(self, command: str) -> None:
        """Quit works also where no page answers."""
        front = self._front()
        if command == "app.quit" and self._owner is not None:
            self._owner.quit()
        elif front is not None:
            front.run_js(run_script(command))
