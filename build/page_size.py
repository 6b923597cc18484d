"""What a browser has to load of the built interface, before the first notebook is on the screen and all in all.

In bytes as they travel (Brotli), read from the files themselves: from `index.html` along their static imports.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_NAMED: Final = re.compile(r'assets/([\w.-]+\.(?:js|css))"')
_IMPORTED: Final = re.compile(r'(?:\bfrom|\bimport)\s*"\./([\w.-]+\.js)"')
_NOTEBOOK: Final = "NotebookDocument-*"


def first_load(folder: Path) -> int:
    """Of the scripts and styles with which a notebook is shown; the editor, which comes behind them, apart.

    Raises:
        OSError: the interface has not been built.
    """
    assets = folder / "assets"
    named = _NAMED.findall((folder / "index.html").read_text(encoding="utf-8"))
    notebook = [path.name for path in assets.glob(_NOTEBOOK) if path.suffix in {".js", ".css"}]
    waiting, seen = [*named, *notebook], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name.endswith(".js"):
            waiting += _IMPORTED.findall((assets / name).read_text(encoding="utf-8"))
    return sum(_travels(assets / name) for name in seen)


def everything(folder: Path) -> int:
    """Of all scripts and styles, those that are loaded when they are needed included."""
    return sum(_travels(path) for path in (folder / "assets").iterdir() if path.suffix in {".js", ".css"})


def _travels(file: Path) -> int:
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.exists() else file).stat().st_size
