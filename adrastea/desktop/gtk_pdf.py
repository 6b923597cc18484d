"""Printing into a PDF on Linux, without a dialog: WebKit's print operation, with GTK's printer that writes files.

Main thread.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from gi.repository import GLib, Gtk, WebKit2

from adrastea.desktop.pdf import Heard

_MARGIN: Final = 15.0  # millimetres, as paper.css has it: WebKitGTK does not read that of `@page`


class GtkPdf:
    """A `Printer`. `view` gives the web view, which is made later."""

    def __init__(self, view: Callable[[], Any]) -> None:
        self._view = view
        self._operations: set[Any] = set()  # one that nobody holds is ended

    def print_to(self, file: Path, done: Heard) -> None:
        """See `Printer`."""
        view = self._view()
        operation = WebKit2.PrintOperation.new(view)
        operation.set_print_settings(_into(file))
        operation.set_page_setup(_paper())
        said: list[str] = []

        def failed(_operation: object, error: Any) -> None:
            said.append(str(error.message).rstrip("."))

        def finished(*_: object) -> None:
            if operation in self._operations:
                self._operations.remove(operation)
                view.disconnect(crash)
                done("".join(said))

        operation.connect("failed", failed)
        operation.connect("finished", finished)  # also after one that has failed
        crash = view.connect("web-process-terminated", finished)  # then the operation says nothing any more
        self._operations.add(operation)
        operation.print_()


def _into(file: Path) -> Any:
    settings = Gtk.PrintSettings.new()
    settings.set_printer(GLib.dgettext("gtk30", "Print to File"))  # its name, in the language of the desktop
    settings.set("output-file-format", "pdf")
    settings.set("output-uri", file.as_uri())
    return settings


def _paper() -> Any:
    """The paper of the user's country."""
    setup = Gtk.PageSetup.new()
    for side in ("top", "bottom", "left", "right"):
        getattr(setup, f"set_{side}_margin")(_MARGIN, Gtk.Unit.MM)
    return setup
