"""What this program is and how it runs: version, form, Python, operating system.

For `--version`, for `adrastea doctor` and for the page that helps to report a problem. Reads two small files at most.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea import __version__

_OS_RELEASE: Final = (Path("/etc/os-release"), Path("/usr/lib/os-release"))
_PACKAGED: Final = ("/usr/", "/opt/", "/Applications/", "/nix/", "/snap/", "/app/", "C:\\Program Files")


@dataclass(frozen=True, slots=True)
class About:
    """What to say first about a program that misbehaves."""

    version: str
    form: str
    """How it runs, as a part of a sentence: from source, as one file, from an installed package."""
    python: str
    """The Python inside it, which is not the one that runs the user's notebooks."""
    system: str
    """The operating system and the processor."""


def about() -> About:
    """This run of the program."""
    return About(__version__, form(is_frozen(), sys.executable, __file__), python_version(), system())


def one_line() -> str:
    """What `--version` prints; does not read the disk."""
    return f"Adrastea {__version__} ({form(is_frozen(), sys.executable, __file__)}, Python {python_version()})"


def is_frozen() -> bool:
    """Whether it was made into one file with a Python of its own."""
    return bool(getattr(sys, "frozen", False))


def form(frozen: bool, executable: str, module: str) -> str:  # noqa: FBT001 -- a fact about the run, not a switch
    """How a program runs whose executable and whose package lie there."""
    if frozen:
        return "installed, one file" if executable.startswith(_PACKAGED) else "one file"
    return "installed as a Python package" if "site-packages" in Path(module).parts else "from source"


def python_version() -> str:
    """Without the name of the compiler."""
    return sys.version.partition(" ")[0]


def system() -> str:
    """The operating system, its version and the processor, as far as it tells."""
    if sys.platform == "win32":
        windows = sys.getwindowsversion()
        return f"Windows {windows.major}.{windows.minor}.{windows.build}"
    uname = os.uname()
    if sys.platform == "darwin":
        return f"macOS, Darwin {uname.release}, {uname.machine}"
    return f"{_distribution()}, {uname.sysname} {uname.release}, {uname.machine}"


def without_home(text: str, home: str) -> str:
    """`text` with `~` for the user's home folder, which holds a name."""
    return re.sub(rf"{re.escape(home)}(?![\w.-])", "~", text) if len(home) > 1 else text


def _distribution() -> str:
    for path in _OS_RELEASE:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        return pretty_name(text) or "Linux"
    return "Linux"


def pretty_name(text: str) -> str:
    """The name in the text of an `os-release` file; empty where there is none."""
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name == "PRETTY_NAME":
            return value.strip().strip("'\"")
    return ""
