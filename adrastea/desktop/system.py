"""Which toolkit shows the windows on this system."""

from __future__ import annotations

import sys
from pathlib import Path

from adrastea.desktop import menu
from adrastea.desktop.frame import System

_IS_LINUX = sys.platform.startswith("linux")
_IS_WINDOWS = sys.platform == "win32"


def system(storage: Path, ui: Path) -> System:
    """The toolkit. `storage` is where pages keep what they remember, `ui` has the menu and the icon. Main thread."""
    menus = menu.load(ui / "menu.json")
    if _IS_LINUX:
        from adrastea.desktop.gtk_system import GtkSystem

        return GtkSystem(storage, ui / "icon.svg", menus)
    if _IS_WINDOWS:
        from adrastea.desktop.edge_system import EdgeSystem

        return EdgeSystem(storage, menus)
    from adrastea.desktop.cocoa_system import CocoaSystem

    return CocoaSystem(menus)
