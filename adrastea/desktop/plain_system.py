"""The windows of macOS and Windows: pywebview as it is. Not run yet (docs/platforms.md)."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (pywebview's types are partial.)

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import webview
from webview.menu import Menu, MenuAction, MenuSeparator

from adrastea.desktop import menu
from adrastea.desktop.bridge import Bridge
from adrastea.desktop.frame import Owner
from adrastea.desktop.placement import Placement

_TITLE = "Adrastea"


class PlainSystem:
    """See the module, and `System`."""

    def __init__(self, storage: Path, menus: tuple[menu.TopMenu, ...]) -> None:
        self._storage = storage
        self._menus = menus
        self._shown: PlainWindow | None = None

    def later(self, call: Callable[[], None]) -> None:
        """See `System`."""
        call()

    def show(self, owner: Owner, address: str, again: Callable[[], str], at: Placement) -> PlainWindow:
        """See `System`."""
        self._shown = PlainWindow(owner, address, at)
        return self._shown

    def run(self, stop: Callable[[], None]) -> None:
        """See `System`."""
        webview.settings["ALLOW_DOWNLOADS"] = True
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = True
        self._storage.mkdir(mode=0o700, parents=True, exist_ok=True)
        webview.start(private_mode=False, storage_path=str(self._storage), menu=self._menu_bar())

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
        return lambda: self._shown.run_js(menu.run_script(command)) if self._shown is not None else None


class PlainWindow:
    """A `Frame`, and the `Dialogs` of its page."""

    def __init__(self, owner: Owner, address: str, at: Placement) -> None:
        self.placement = at
        self._owner = owner
        window = webview.create_window(
            _TITLE,
            address,
            js_api=Bridge(self),
            width=at.width,
            height=at.height,
            x=at.x,
            y=at.y,
            min_size=(480, 320),
            text_select=True,
            zoomable=True,
        )
        if window is None:
            raise RuntimeError("pywebview has made no window")
        self._window = window
        window.events.resized += self._resized
        window.events.moved += self._moved
        window.events.closed += self._closed

    def run_js(self, script: str) -> None:
        """See `Frame`."""
        self._window.run_js(script)

    def greet(self, script: str) -> None:
        """See `Frame`."""
        self._window.run_js(script)

    def front(self) -> None:
        """See `Frame`."""
        self._window.restore()

    def ask_to_close(self) -> None:
        """See `Frame`."""
        self._window.destroy()

    def close(self) -> None:
        """See `Frame`."""
        self._window.destroy()

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
        self._window.set_title(title)

    def full_screen(self) -> None:
        """See `Dialogs`."""
        self._window.toggle_fullscreen()

    def open_window(self, folder: str | None) -> None:
        """See `Dialogs`."""
        self._owner.open_window(None if folder is None else Path(folder))

    def close_window(self) -> None:
        """See `Dialogs`."""
        self.ask_to_close()

    def show_log_folder(self) -> None:
        """See `Dialogs`."""
        self._owner.show_log_folder()

    def show_menu(self, entries: Sequence[menu.Shown]) -> None:
        """See `Dialogs`."""

    def quit(self) -> None:
        """See `Dialogs`."""
        self._owner.quit()

    def updates(self, wish: str, value: str) -> object:
        """See `Dialogs`."""
        return self._owner.updates(wish, value)

    def _dialog(
        self,
        kind: webview.FileDialog,
        *,
        allow_multiple: bool = False,
        save_filename: str = "",
        file_types: Sequence[str] = (),
    ) -> Sequence[str]:
        chosen = self._window.create_file_dialog(
            kind,
            directory=str(Path.home()),
            allow_multiple=allow_multiple,
            save_filename=save_filename,
            file_types=tuple(file_types),
        )
        return (chosen,) if isinstance(chosen, str) else tuple(chosen or ())

    def _closed(self) -> None:
        self._owner.closed(self)

    def _resized(self, width: float, height: float) -> None:
        self.placement = replace(self.placement, width=int(width), height=int(height))

    def _moved(self, x: float, y: float) -> None:
        self.placement = replace(self.placement, x=int(x), y=int(y))
