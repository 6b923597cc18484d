"""What pywebview does the same on every system: making a window, now or when its loop begins."""

# pyright: reportUnknownMemberType=false, reportPrivateUsage=false
# (pywebview's types are partial.)

from __future__ import annotations

from typing import Any

import webview

from adrastea.desktop.placement import Placement

TITLE = "Adrastea"
LIGHT, DARK = "#ffffff", "#16181d"
"""What a window shows before its page does."""


def make(address: str, at: Placement, background: str = LIGHT) -> webview.Window:
    """A window that shows the page at `address`. Nothing is on the screen yet."""
    window = webview.create_window(
        TITLE,
        address,
        width=at.width,
        height=at.height,
        x=at.x,
        y=at.y,
        min_size=(480, 320),
        maximized=at.maximized,
        text_select=True,
        zoomable=True,
        background_color=background,
    )
    if window is None:
        raise RuntimeError("pywebview has made no window")
    return window


def begin(window: webview.Window) -> None:
    """Show it, where the loop runs; else that shows it when it begins.

    pywebview itself does that where windows are made on other threads than Python's main one, and only there.
    """
    gui: Any = webview.guilib
    if gui is not None and window.gui is None:
        window._initialize(gui)  # noqa: SLF001 -- the same as above
        gui.create_window(window)
