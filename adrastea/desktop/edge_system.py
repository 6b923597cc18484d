"""What there is once for all windows on Windows: the loop, and the way to the windows' thread. Not run yet."""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (.NET carries no types here, and is on Windows only; pywebview's are partial.)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import webview

from adrastea.desktop import toolkit
from adrastea.desktop.edge_window import EdgeWindow
from adrastea.desktop.frame import Owner
from adrastea.desktop.menu import TopMenu
from adrastea.desktop.placement import Placement

_SHOWN_SECONDS = 20.0


class EdgeSystem:
    """See the module, and `System`. `storage` is where pages keep what they remember."""

    def __init__(self, storage: Path, menus: tuple[TopMenu, ...]) -> None:
        self._storage = storage
        self._menus = menus
        self._first: webview.Window | None = None

    def later(self, call: Callable[[], None]) -> None:
        """See `System`. All windows have one thread; the form of any of them leads there."""
        from System import Action
        from webview.platforms.winforms import BrowserView

        if self._first is not None and self._first.events.shown.wait(_SHOWN_SECONDS):
            next(iter(BrowserView.instances.values())).BeginInvoke(Action(call))

    def show(self, owner: Owner, address: str, again: Callable[[], str], at: Placement) -> EdgeWindow:
        """See `System`."""
        window = toolkit.make(address, at)
        shown = EdgeWindow(owner, window, at, again, self._menus)
        self._first = self._first or window
        toolkit.begin(window)
        return shown

    def run(self, stop: Callable[[], None]) -> None:
        """See `System`. Windows ends programs by closing their windows."""
        self._storage.mkdir(mode=0o700, parents=True, exist_ok=True)
        webview.start(private_mode=False, storage_path=str(self._storage), gui="edgechromium")
