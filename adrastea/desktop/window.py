"""The native window: pywebview showing the server's address.

Main thread; pywebview calls the handlers of menus, dialogs and the page on threads of its own. WebKitGTK is what has
been run (`gtk_window.py` holds what it needs beyond pywebview); the other systems' web views get the same calls.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# (GTK's bindings carry no types, pywebview's are partial.)

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import webview
from webview.menu import Menu, MenuAction, MenuSeparator

from adrastea.desktop import menu, placement
from adrastea.desktop.bridge import Bridge
from adrastea.errors import Unavailable

if TYPE_CHECKING:
    from adrastea.desktop.gtk_window import GtkWindow

log = logging.getLogger(__name__)

_TITLE = "Adrastea"
_LOADED_SECONDS = 20.0
_IS_LINUX = sys.platform.startswith("linux")


class Window:
    """One window. `run` on the main thread; everything else may be called from any."""

    def __init__(
        self,
        address: Callable[[Sequence[Path]], str],
        running: Callable[[], Sequence[str]],
        root: Path,
        state_dir: Path,
        ui: Path,
    ) -> None:
        self._address = address
        self._running = running
        self._root = root
        self._state_dir = state_dir
        self._icon = ui / "icon.svg"
        self._menus = menu.load(ui / "menu.json")
        self._placement = placement.load(state_dir)
        self._window: webview.Window | None = None
        self._gtk: GtkWindow | None = None

    def run(self, paths: Sequence[Path]) -> int:
        """Open the window on `paths` and run the toolkit's loop until it is closed. Returns the exit code."""
        webview.settings["ALLOW_DOWNLOADS"] = not _IS_LINUX  # there `gtk_window.py` asks where to
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = True
        if _IS_LINUX:
            from adrastea.desktop.gtk_window import screens

            _choose_renderer()
            self._placement = placement.on_screen(self._placement, screens())
        self._window = window = self._create(self._address(paths))
        if window is None:
            return 1
        window.events.before_show += self._before_show
        if not _IS_LINUX:
            window.events.resized += self._resized
            window.events.moved += self._moved
        storage = self._state_dir / "webview"
        storage.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            webview.start(
                private_mode=False,
                storage_path=str(storage),
                menu=self._menu_bar(),
                gui="gtk" if _IS_LINUX else None,  # never Qt: it is not looked for, and not tested
            )
        finally:
            self._window = None
            self._leave()
        return 0

    def open(self, paths: Sequence[Path]) -> str:
        """Show `paths` in the window and bring it to the front. Returns what to say to whoever asked for it.

        Raises:
            Unavailable: the window has been closed.
        """
        window = self._window
        if window is None or not window.events.loaded.wait(_LOADED_SECONDS):
            raise Unavailable("The window is not open.")
        for path in paths:
            if path.is_relative_to(self._root):
                self._run_js(f"window.adrastea?.open({json.dumps(path.relative_to(self._root).as_posix())})")
        if self._gtk is not None:
            self._gtk.show()
        else:
            window.restore()
        return "Adrastea is running already; its window shows it."

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        kinds = ("Notebooks (*.ipynb)", "All files (*.*)" if sys.platform == "win32" else "All files (*)")
        return self._dialog(webview.FileDialog.OPEN, allow_multiple=True, file_types=kinds)

    def choose_folder(self) -> str | None:
        """See `Dialogs`."""
        return next(iter(self._dialog(webview.FileDialog.FOLDER)), None)

    def choose_target(self, name: str) -> str | None:
        """See `Dialogs`."""
        return next(iter(self._dialog(webview.FileDialog.SAVE, save_filename=name)), None)

    def set_title(self, title: str) -> None:
        """See `Dialogs`."""
        if self._window is not None:
            self._window.set_title(title)

    def full_screen(self) -> None:
        """See `Dialogs`."""
        if self._window is not None:
            self._window.toggle_fullscreen()

    def quit(self) -> None:
        """See `Dialogs`."""
        if self._window is not None:
            self._window.destroy()

    def _create(self, address: str) -> webview.Window | None:
        at = self._placement
        return webview.create_window(
            _TITLE,
            address,
            js_api=None if _IS_LINUX else Bridge(self),
            width=at.width,
            height=at.height,
            x=None if _IS_LINUX else at.x,
            y=None if _IS_LINUX else at.y,
            min_size=(480, 320),
            text_select=True,
            zoomable=True,
            background_color="#16181d" if _prefers_dark() else "#ffffff",
        )

    def _before_show(self, window: webview.Window) -> None:
        if _IS_LINUX:
            from adrastea.desktop.gtk_window import GtkWindow

            self._gtk = GtkWindow(window, self._placement, self._icon, self._running, self._dropped)

    def _leave(self) -> None:
        """The window has been closed."""
        if self._gtk is not None:
            self._placement = self._gtk.placement
            self._gtk.leave_signals()
        placement.save(self._state_dir, self._placement)

    def _dropped(self, path: Path) -> None:
        """A file was dropped on the window. Main thread, which may not wait for the page."""
        if path.is_relative_to(self._root):
            self._run_js(f"window.adrastea?.open({json.dumps(path.relative_to(self._root).as_posix())})")

    def _dialog(
        self,
        kind: webview.FileDialog,
        *,
        allow_multiple: bool = False,
        save_filename: str = "",
        file_types: Sequence[str] = (),
    ) -> Sequence[str]:
        if self._window is None:
            return ()
        chosen = self._window.create_file_dialog(
            kind,
            directory=str(Path.home()),
            allow_multiple=allow_multiple,
            save_filename=save_filename,
            file_types=tuple(file_types),
        )
        return (chosen,) if isinstance(chosen, str) else tuple(chosen or ())

    def _menu_bar(self) -> list[Menu]:
        return [
            Menu(
                top.title,
                [
                    MenuAction(entry.title, self._command(entry.command))
                    if isinstance(entry, menu.Item)
                    else MenuSeparator()
                    for entry in top.entries
                ],
            )
            for top in self._menus
        ]

    def _command(self, command: str) -> Callable[[], None]:
        return lambda: self._run_js(f"window.adrastea?.run({json.dumps(command)})")

    def _run_js(self, script: str) -> None:
        """Run a script in the page, without waiting for it where that can be had."""
        if self._gtk is not None:
            self._gtk.page.run_js(script)
        elif self._window is not None:
            self._window.run_js(script)

    def _resized(self, width: float, height: float) -> None:
        self._placement = replace(self._placement, width=int(width), height=int(height))

    def _moved(self, x: float, y: float) -> None:
        self._placement = replace(self._placement, x=int(x), y=int(y))


def _prefers_dark() -> bool:
    """What the window shows before the page does; GTK tells the theme by its name."""
    return os.environ.get("GTK_THEME", "").endswith(":dark")


def _choose_renderer() -> None:
    """Without a GPU WebKit's new renderer costs a quarter more memory and brings nothing, on some machines no picture.

    Read by WebKit's processes when they start. Whoever has set the variable is right.
    """
    if not any(Path("/dev/dri").glob("renderD*")):
        os.environ.setdefault("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
