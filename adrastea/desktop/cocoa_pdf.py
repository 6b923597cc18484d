"""Printing into a PDF on macOS, without a panel: the web view's print operation, which saves. Not run yet.

`createPDF` would draw one page as long as the notebook, and not for paper. Main thread.

Source of truth: https://developer.apple.com/documentation/webkit/wkwebview/printoperation(with:)
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUntypedBaseClass=false, reportAttributeAccessIssue=false
# (PyObjC carries no types, and is on macOS only.)
# ruff: noqa: ANN401, N802 -- the same; methods are named as Cocoa calls them

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import AppKit
import Foundation
import objc

from adrastea.desktop.pdf import Heard

_MARGIN: Final = 15 / 25.4 * 72  # points: 15 millimetres, as paper.css has it
_SHOWN: Final = False  # neither the panel that asks, nor the one that tells how far it is: the page does


class CocoaPdf:
    """A `Printer`. `view` gives pywebview's `WKWebView`."""

    def __init__(self, view: Callable[[], Any]) -> None:
        self._view = view
        self._ends: set[Any] = set()  # Cocoa holds on to no delegate

    def print_to(self, file: Path, done: Heard) -> None:
        """See `Printer`."""
        view = self._view()
        operation = view.printOperationWithPrintInfo_(_into(file))
        operation.setShowsPrintPanel_(_SHOWN)
        operation.setShowsProgressPanel_(_SHOWN)
        operation.view().setFrame_(view.bounds())  # without a size it prints empty pages

        def ended() -> None:
            self._ends.discard(end)
            done("")  # whether it is whole is seen

        end = _End.alloc().initWithCall_(ended)
        self._ends.add(end)
        operation.runOperationModalForWindow_delegate_didRunSelector_contextInfo_(
            view.window(), end, "printOperationDidRun:success:contextInfo:", None
        )  # `runOperation` would wait for the web process on the thread that hears it


def _into(file: Path) -> Any:
    info = AppKit.NSPrintInfo.alloc().initWithDictionary_(
        {
            AppKit.NSPrintJobDisposition: AppKit.NSPrintSaveJob,
            AppKit.NSPrintJobSavingURL: Foundation.NSURL.fileURLWithPath_(str(file)),
        }
    )
    for side in ("Top", "Bottom", "Left", "Right"):
        getattr(info, f"set{side}Margin_")(_MARGIN)
    return info


class _End(AppKit.NSObject):
    """Hears how it went."""

    def initWithCall_(self, call: Callable[[], None]) -> Any:
        own = objc.super(_End, self).init()
        own._call = call  # noqa: SLF001 -- Cocoa makes objects so
        return own

    @objc.typedSelector(b"v@:@Z^v")  # type: ignore[untyped-decorator]  # PyObjC carries no types
    def printOperationDidRun_success_contextInfo_(self, _operation: Any, _succeeded: Any, _context: Any) -> None:
        self._call()
