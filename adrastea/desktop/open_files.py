"""Files that the system asks the program to open other than by its command line: a double click in the Finder.

macOS sends an event, before the loop runs when the program was started for it, and later when it runs already. Linux
and Windows start the program again, with the paths on its command line (`single_instance.py`). Main thread.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# (PyObjC carries no types, and is on macOS only.)

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

_IS_MACOS = sys.platform == "darwin"
_SUCCESS = 0  # NSApplicationDelegateReplySuccess


def listen(open_paths: Callable[[Sequence[Path]], None]) -> None:
    """From now on, call `open_paths` for what the system asks for. Before the first window is made, once."""
    if not _IS_MACOS:
        return
    import objc
    from webview.platforms.cocoa import BrowserView

    def application_openFiles_(_self: object, application: object, names: Iterable[object]) -> None:  # noqa: N802
        open_paths(paths(map(str, names)))
        application.replyToOpenOrPrint_(_SUCCESS)  # type: ignore[attr-defined] # an NSApplication

    objc.classAddMethods(BrowserView.AppDelegate, [application_openFiles_])  # Cocoa asks once what a delegate can do


def paths(names: Iterable[str]) -> tuple[Path, ...]:
    """The files: named by paths, or by `file:` addresses; what is neither is left out."""
    found: list[Path] = []
    for name in names:
        parts = urlsplit(name)
        if parts.scheme == "file":
            found.append(Path(unquote(parts.path, errors="surrogateescape")))
        elif name.startswith("/"):
            found.append(Path(name))
    return tuple(found)
