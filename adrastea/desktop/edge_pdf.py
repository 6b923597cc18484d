"""Printing into a PDF on Windows, without a dialog: WebView2's own call. Not run yet. The window's thread only.

Source of truth: https://learn.microsoft.com/dotnet/api/microsoft.web.webview2.core.corewebview2.printtopdfasync
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (.NET carries no types here, and is on Windows only.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from System import Action, Boolean
from System.Threading.Tasks import Task, TaskScheduler

from adrastea.desktop.pdf import Heard


class EdgePdf:
    """A `Printer`. `view` gives pywebview's WebView2."""

    def __init__(self, view: Callable[[], Any]) -> None:
        self._view = view

    def print_to(self, file: Path, done: Heard) -> None:
        """See `Printer`. Its margins are those of the page's style sheet."""

        def ended(task: Any) -> None:
            if task.IsFaulted:
                done(str(task.Exception.GetBaseException().Message).rstrip("."))
            else:
                done("")  # whether it is whole is seen

        self._view().CoreWebView2.PrintToPdfAsync(str(file), None).ContinueWith(
            Action[Task[Boolean]](ended), TaskScheduler.FromCurrentSynchronizationContext()
        )
