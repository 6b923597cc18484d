"""Printing on Linux: the system's dialog, as the page asks for it by `print()`.

WebKit would show the same dialog; what is added is that it belongs to the window, that a file is offered under the
notebook's name, and that the printer and the paper of the last time are there again. Main thread.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from typing import Any, Final

from gi.repository import Gtk

from adrastea.desktop.file_names import printed_name

_BASENAME: Final = "output-basename"  # GTK_PRINT_SETTINGS_OUTPUT_BASENAME
_URI: Final = "output-uri"


class GtkPrint:
    """Prints one web view in one window."""

    def __init__(self, page: Any, window: Any) -> None:
        self._window = window
        self._settings: Any = Gtk.PrintSettings.new()
        self._paper: Any = None
        page.connect("print", self._print)

    def _print(self, page: Any, operation: Any) -> bool:
        self._settings.unset(_URI)  # of another notebook
        self._settings.set(_BASENAME, printed_name(page.get_title() or ""))
        operation.set_print_settings(self._settings)
        if self._paper is not None:
            operation.set_page_setup(self._paper)
        operation.run_dialog(self._window)
        self._settings = operation.get_print_settings() or self._settings
        self._paper = operation.get_page_setup() or self._paper
        return True
