"""What the page can have the system do: notices, images on the clipboard, zoom, the paths of files that were dropped.

An interface, and the answer where a system can do none of it: then the page does what a page can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class Abilities(Protocol):
    """What one window can. Main thread."""

    def notify(self, title: str, text: str, follow: str, clicked: Callable[[], None]) -> bool:
        """Show a notice of the system, with a button `follow`; `clicked` is called when the user follows it.

        False: there can be none.
        """
        ...

    def copy_image(self, png: bytes) -> bool:
        """Put an image on the clipboard. False: the page has to do it."""
        ...

    def pasted_image(self) -> bytes | None:
        """The image on the clipboard, as PNG; None where there is something else."""
        ...

    def zoom(self, factor: float) -> bool:
        """Show the page so many times as large. False: the page has to do it."""
        ...

    def dropped(self) -> Sequence[str]:
        """Where the files lie that were dragged over the page last, as absolute paths; none where nobody tells."""
        ...


class NoAbilities:
    """Where nothing of it can be had. What the page cannot do either is not done."""

    def notify(self, title: str, text: str, follow: str, clicked: Callable[[], None]) -> bool:
        """See `Abilities`."""
        return False

    def copy_image(self, png: bytes) -> bool:
        """See `Abilities`."""
        return False

    def pasted_image(self) -> bytes | None:
        """See `Abilities`."""
        return None

    def zoom(self, factor: float) -> bool:
        """See `Abilities`."""
        return False

    def dropped(self) -> Sequence[str]:
        """See `Abilities`."""
        return ()
