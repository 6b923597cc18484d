"""The system's dialogs on Linux: which file, which folder, where to save, and a question. Main thread.

They run a loop of their own, until the user has answered or the window is being closed.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same, and GTK takes its arguments by position

from __future__ import annotations

from pathlib import Path
from typing import Any

from gi.repository import GLib, Gtk

from adrastea.desktop.closing import Answer, Question
from adrastea.desktop.words import Words


class GtkDialogs:
    """The dialogs of one window."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self._folder = str(Path.home())  # where the user has been last
        self._has_chosen = False

    def choose_files(self, words: Words) -> tuple[str, ...]:
        """Paths of files to open."""
        dialog = self._chooser(words.open, Gtk.FileChooserAction.OPEN, words.open, words.cancel)
        dialog.set_select_multiple(True)
        for name, pattern in ((words.notebooks, "*.ipynb"), (words.all_files, "*")):
            kind = Gtk.FileFilter()
            kind.set_name(name)
            kind.add_pattern(pattern)
            dialog.add_filter(kind)
        return self._chosen(dialog)

    def choose_folder(self, words: Words) -> str | None:
        """A folder to open."""
        action = Gtk.FileChooserAction.SELECT_FOLDER
        return next(iter(self._chosen(self._chooser(words.open_folder, action, words.open, words.cancel))), None)

    def choose_target(self, words: Words, name: str) -> str | None:
        """Where to save. The page asks before it replaces a file, as it has to where the system does not."""
        dialog = self._chooser(words.save_as, Gtk.FileChooserAction.SAVE, words.save, words.cancel)
        dialog.set_current_name(name)
        return next(iter(self._chosen(dialog)), None)

    def save_as(self, words: Words, name: str) -> str | None:
        """Ask where to save a download, and whether a file may be replaced."""
        dialog = self._chooser(words.save_as, Gtk.FileChooserAction.SAVE, words.save, words.cancel)
        dialog.set_do_overwrite_confirmation(True)
        dialog.set_current_name(name)
        downloads = GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD)
        if downloads is not None and not self._has_chosen:
            dialog.set_current_folder(downloads)
        return next(iter(self._chosen(dialog)), None)

    def wants_to_close(self, question: Question) -> Answer:
        """Whether the user wants to close and lose that, or closes and keeps some of it."""
        dialog = Gtk.MessageDialog(
            transient_for=self._window,
            modal=True,
            title="Adrastea",
            message_type=Gtk.MessageType.QUESTION,
            text=question.asked,
            secondary_text=question.lost,
        )
        dialog.add_button(question.cancel, Gtk.ResponseType.CANCEL)
        dialog.add_button(question.close, Gtk.ResponseType.OK)
        if question.keep:
            dialog.add_button(question.keep, Gtk.ResponseType.APPLY)
        dialog.set_default_response(Gtk.ResponseType.CANCEL)
        answer = dialog.run()
        dialog.destroy()
        if answer == Gtk.ResponseType.APPLY:
            return "keep"
        return "close" if answer == Gtk.ResponseType.OK else "cancel"

    def cancel(self) -> None:
        """Answer those that are open with Cancel: their loops would keep the program's from ending."""
        for window in Gtk.Window.list_toplevels():
            if isinstance(window, Gtk.Dialog) and window.get_transient_for() == self._window:
                window.response(Gtk.ResponseType.CANCEL)

    def _chooser(self, title: str, action: object, accept: str, cancel: str) -> Any:
        dialog = Gtk.FileChooserNative.new(title, self._window, action, f"_{accept}", f"_{cancel}")
        dialog.set_current_folder(self._folder)
        return dialog

    def _chosen(self, dialog: Any) -> tuple[str, ...]:
        chosen = tuple(dialog.get_filenames()) if dialog.run() == Gtk.ResponseType.ACCEPT else ()
        if chosen:
            self._folder = str(Path(chosen[0]).parent)
            self._has_chosen = True
        dialog.destroy()
        return chosen
