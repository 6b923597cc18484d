"""The native window: pywebview showing the server's address.

Main thread; pywebview calls the handlers on its own threads.

WebKitGTK is what has been run; the other systems' web views get the same calls.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# (GTK's bindings carry no types, pywebview's are partial.)

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import webview
from webview.menu import Menu, MenuAction, MenuSeparator

from adrastea.desktop import menu, placement
from adrastea.desktop.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

_TITLE = "Adrastea"


class Window:
    """One window. `run` on the main thread; everything else may be called from any."""

    def __init__(self, address: Callable[[Sequence[Path]], str], root: Path, state_dir: Path, menu_file: Path) -> None:
        self._address = address
        self._root = root
        self._state_dir = state_dir
        self._menus = menu.load(menu_file)
        self._placement = placement.load(state_dir)
        self._window: webview.Window | None = None

    def run(self, paths: Sequence[Path]) -> int:
        """Open the window on `paths` and run the toolkit's loop until it is closed. Returns the exit code."""
        webview.settings["ALLOW_DOWNLOADS"] = True
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = True
        at = self._placement
        self._window = webview.create_window(
            _TITLE,
            self._address(paths),
            js_api=Bridge(self),
            width=at.width,
            height=at.height,
            x=at.x,
            y=at.y,
            min_size=(480, 320),
            text_select=True,
            zoomable=True,
            background_color="#16181d" if _prefers_dark() else "#ffffff",
        )
        if self._window is None:
            return 1
        self._window.events.resized += self._resized
        self._window.events.moved += self._moved
        self._window.events.before_show += self._end_on_signals
        webview.start(private_mode=False, storage_path=str(self._state_dir / "webview"), menu=self._menu_bar())
        placement.save(self._state_dir, self._placement)
        return 0

    def open(self, paths: Sequence[Path]) -> None:
        """Show `paths` in the window and bring it to the front. Any thread."""
        if self._window is None:
            return
        for path in paths:
            if path.is_relative_to(self._root):
                self._run_js(f"window.adrastea?.open({json.dumps(path.relative_to(self._root).as_posix())})")
        self._window.restore()

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        kinds = ("Notebooks (*.ipynb)", "All files (*.*)")
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
        if self._window is not None:
            self._window.run_js(script)

    def _resized(self, width: float, height: float) -> None:
        self._placement = replace(self._placement, width=int(width), height=int(height))

    def _moved(self, x: float, y: float) -> None:
        self._placement = replace(self._placement, x=max(0, int(x)), y=max(0, int(y)))

    def _end_on_signals(self) -> None:
        """GTK's loop is C: Python's own handlers would not run before the next event."""
        if not sys.platform.startswith("linux"):
            return
        from gi.repository import GLib

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, self._quit_once)

    def _quit_once(self) -> bool:
        self.quit()
        return False


def _prefers_dark() -> bool:
    """What the window shows before the page does; GTK tells the theme by its name."""
    return os.environ.get("GTK_THEME", "").endswith(":dark")
