"""What the page can have the system do on Linux. Main thread."""

# pyright: reportUnknownMemberType=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adrastea.desktop import gtk_clipboard
from adrastea.desktop.gtk_drop import GtkDrop
from adrastea.desktop.gtk_notify import GtkNotify


class GtkAbilities:
    """`Abilities` of one window, whose page is in `view`; notices are those of the program."""

    def __init__(self, notices: GtkNotify) -> None:
        self._notices = notices
        self._view: Any = None
        self._drop: GtkDrop | None = None

    def take(self, view: Any) -> None:
        """The web view has been made."""
        self._view = view
        self._drop = GtkDrop(view)

    def notify(self, title: str, text: str, follow: str, clicked: Callable[[], None]) -> bool:
        """See `Abilities`."""
        return self._notices.notify(title, text, follow, clicked)

    def copy_image(self, png: bytes) -> bool:
        """See `Abilities`."""
        return gtk_clipboard.copy_image(png)

    def pasted_image(self) -> bytes | None:
        """See `Abilities`."""
        return gtk_clipboard.pasted_image()

    def zoom(self, factor: float) -> bool:
        """See `Abilities`."""
        self._view.set_zoom_level(factor)
        return True

    def dropped(self) -> Sequence[str]:
        """See `Abilities`."""
        return () if self._drop is None else self._drop.paths
