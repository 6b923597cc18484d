"""One window on Windows: its place, its menu bar, its dialogs, and the question before it closes. Not run yet.

pywebview makes the form and its web view, on a thread that is the window's; what the page may ask comes through the
door of `edge_page.py`. The window's thread only.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false, reportAttributeAccessIssue=false
# (.NET carries no types here, and is on Windows only.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import webview
from System import Action
from System.Windows import Forms
from webview.platforms.winforms import BrowserView, OpenFolderDialog

from adrastea.desktop.bridge import Bridge
from adrastea.desktop.closing import Answer, Closing, Question
from adrastea.desktop.edge_page import EdgePage
from adrastea.desktop.edge_pdf import EdgePdf
from adrastea.desktop.frame import Owner
from adrastea.desktop.menu import Separator, Shown, TopMenu, open_script, plain_key, run_script
from adrastea.desktop.pdf import PdfFile
from adrastea.desktop.placement import Placement
from adrastea.desktop.words import ENGLISH

_folder_dialog: Any = OpenFolderDialog.show
_ALWAYS = frozenset({"app.quit", "file.close-window"})  # also where the page says nothing: it loads, or hangs


class EdgeWindow:
    """See the module; a `Frame`, the `Dialogs` of its page, and `Asking`."""

    def __init__(
        self,
        owner: Owner,
        window: webview.Window,
        at: Placement,
        again: Callable[[], str],
        menus: tuple[TopMenu, ...],
    ) -> None:
        self.placement = at
        self.words = ENGLISH
        self._owner = owner
        self._again = again
        self._menus = menus
        self._webview = window
        self._form: Any = None
        self._page: EdgePage | None = None
        self._scripts: list[str] = []
        self._items: dict[str, Any] = {}
        self._tops: dict[str, Any] = {}
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
        if self._form is not None:
            if self._form.WindowState == Forms.FormWindowState.Minimized:
                self._form.WindowState = Forms.FormWindowState.Normal
            self._form.Activate()

    def ask_to_close(self) -> None:
        """See `Frame`."""
        self._form.BeginInvoke(Action(self._form.Close))

    def close(self) -> None:
        """See `Frame`."""
        self._closing.at_once()

    # What the page may ask: `Dialogs`

    def choose_files(self) -> Sequence[str]:
        """See `Dialogs`."""
        dialog = Forms.OpenFileDialog()
        dialog.Multiselect = True
        dialog.Filter = f"{self.words.notebooks} (*.ipynb)|*.ipynb|{self.words.all_files} (*.*)|*.*"
        chosen = dialog.ShowDialog(self._form) == Forms.DialogResult.OK
        return tuple(str(name) for name in dialog.FileNames) if chosen else ()

    def choose_folder(self) -> str | None:
        """See `Dialogs`."""
        return next(iter(_folder_dialog(self._form) or ()), None)

    def choose_target(self, name: str) -> str | None:
        """See `Dialogs`."""
        dialog = Forms.SaveFileDialog()
        dialog.FileName = name
        return str(dialog.FileName) if dialog.ShowDialog(self._form) == Forms.DialogResult.OK else None

    def set_title(self, title: str) -> None:
        """See `Dialogs`."""
        self._form.Text = title

    def full_screen(self) -> None:
        """See `Dialogs`."""
        self._form.toggle_fullscreen()

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
        """See `Dialogs`. Keys are shown and left to the page."""
        known = {entry.command: entry for entry in entries}
        for command, menu in self._tops.items():
            if command in known:
                menu.Text = f"&{known[command].title}"
        for command, item in self._items.items():
            entry = known.get(command)
            item.Enabled = command in _ALWAYS or (entry is not None and entry.enabled)
            if entry is not None:
                item.Text = entry.title.replace("&", "&&")
                item.ShortcutKeyDisplayString = plain_key(entry.key) if entry.key else ""

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
        timer = Forms.Timer()
        timer.Interval = int(seconds * 1000)

        def on_tick(_sender: object, _event: object) -> None:
            timer.Stop()
            call()

        timer.Tick += on_tick
        timer.Start()

        def call_off() -> None:
            timer.Stop()

        return call_off

    def wants_to_close(self, question: Question) -> Answer:
        """See `Asking`. The buttons are those of Windows, in its language."""
        buttons, icon = Forms.MessageBoxButtons.OKCancel, Forms.MessageBoxIcon.Question
        default = Forms.MessageBoxDefaultButton.Button2
        answer = Forms.MessageBox.Show(self._form, question.lost, question.asked, buttons, icon, default)
        return "close" if answer == Forms.DialogResult.OK else "cancel"

    def really_close(self) -> None:
        """See `Asking`."""
        self._form.BeginInvoke(Action(self._form.Close))

    # How it is made, and how it goes

    def _made(self) -> None:
        """There is a form of pywebview's now, whose web view is not ready."""
        self._form = form = BrowserView.instances[self._webview.uid]
        own = str(self._webview.original_url)
        pdf = PdfFile(EdgePdf(lambda: form.browser.webview), self.choose_target)
        self._page = EdgePage(
            form.browser, own, self._again, Bridge(self, pdf=pdf), lambda path: self._owner.open_file(self, path)
        )
        self._show_bar()
        scripts, self._scripts = self._scripts, []
        for script in scripts:
            self._page.run_js(script)

    def _show_bar(self) -> None:
        bar = Forms.MenuStrip()
        for top in self._menus:
            self._tops[top.command] = menu = Forms.ToolStripMenuItem(f"&{top.title}")
            for entry in top.entries:
                if isinstance(entry, Separator):
                    menu.DropDownItems.Add(Forms.ToolStripSeparator())
                else:
                    self._items[entry.command] = item = Forms.ToolStripMenuItem(entry.title.replace("&", "&&"))
                    item.Enabled = entry.command in _ALWAYS
                    item.Click += self._choice(entry.command)
                    menu.DropDownItems.Add(item)
            bar.Items.Add(menu)
        self._form.MainMenuStrip = bar
        self._form.Controls.Add(bar)

    def _choice(self, command: str) -> Callable[[object, object], None]:
        def choose(_sender: object, _event: object) -> None:
            if command == "app.quit":
                self._owner.quit()
            elif command == "file.close-window":
                self.ask_to_close()
            else:
                self.run_js(run_script(command))

        return choose

    def _may_close(self) -> bool | None:
        """What pywebview asks: whether the window may be closed. False means no."""
        if not self._closing.may_close():
            return False
        self.placement = self._seen()
        self._owner.closed(self)
        return None

    def _seen(self) -> Placement:
        form = self._form
        if form.WindowState != Forms.FormWindowState.Normal:
            at, size = form.RestoreBounds.Location, form.RestoreBounds.Size
            maximized = form.WindowState == Forms.FormWindowState.Maximized
            return replace(self._scaled(at, size), maximized=bool(maximized))
        return self._scaled(form.Location, form.Size)

    def _scaled(self, at: Any, size: Any) -> Placement:
        """In logical pixels, as pywebview takes them."""
        scale = float(getattr(self._form, "_scale", 1.0))
        return Placement(int(size.Width / scale), int(size.Height / scale), int(at.X / scale), int(at.Y / scale))
