"""`.venv`: which Python it is made from, what is installed in it, and the one thing it borrows from the system, `gi`.

A requirement file is installed again only when it has changed: its digest stands in `.venv/.installed/`. The
environment does not see the system's packages, except for PyGObject: it is a link to the distribution's own, for its
binary has to fit the system's libraries, and building it takes a compiler.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from build import system_packages
from build.console import CACHE, ROOT, SetupFailed, Task, answer, run, say, succeeds

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

_OLDEST = (3, 11)
_SYSTEM_PYTHON = Path("/usr/bin/python3")
_VERSION = "import sys; print(sys.version_info >= (3, 11))"
_SITE = "import sysconfig; print(sysconfig.get_path('purelib')); print(sysconfig.get_config_var('SOABI'))"
_GI = "import gi; print(gi.__path__[0])"
_WINDOW = "import gi; [gi.require_version(*lib) for lib in (('Gtk', '3.0'), ('WebKit2', '4.1'), ('Soup', '3.0'))]"
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")


def make() -> None:
    """Make `.venv` if there is none that works.

    Raises:
        SetupFailed: no Python here can make one.
    """
    if answer([PYTHON, "-c", _VERSION]) == "True" and succeeds([PYTHON, "-m", "pip", "--version"]):
        return
    python = _python()
    word = "again, for the one that is there does not work" if VENV.exists() else "here"
    say(f"Making the virtual environment .venv {word}, with {python}.")
    if succeeds([python, "-c", "import ensurepip"]):
        command = [str(python), "-m", "venv", "--clear", str(VENV)]
    else:
        command = [*_virtualenv(python), "--clear", "--python", str(python), str(VENV)]
    run(Task("venv", command, "Remove .venv and try again."))


def install(names: Sequence[str]) -> None:
    """Install `requirements/<name>.txt` for each name, where it is not installed as it stands.

    Raises:
        SetupFailed: pip failed.
    """
    stale = [name for name in names if not _is_installed(name)]
    if not stale:
        return
    files = [ROOT / "requirements" / f"{name}.txt" for name in stale]
    chosen = [package for file in files for package in _packages(file, chosen_only=True)]
    others = sum(len(_packages(file)) for file in files) - len(chosen)
    need = f", and {others} more that they need" if others else ""
    say(f"Installing Python packages into .venv with pip: {', '.join(chosen)}{need}.")
    arguments = [argument for file in files for argument in ("--requirement", str(file))]
    command = [str(PYTHON), *_PIP, "install", "--progress-bar", "off", *arguments]
    run(Task("pip", command, "Look at the network and at pip's settings (pip config list)."))
    for name in stale:
        _stamp(name).parent.mkdir(exist_ok=True)
        _stamp(name).write_text(_digest(name), encoding="utf-8")


def shows_windows() -> bool:
    """Whether GTK and WebKitGTK can be used from `.venv`."""
    return succeeds([PYTHON, "-c", _WINDOW])


def borrow_gi() -> None:
    """Make PyGObject importable: the distribution's own by a link, or one that pip builds.

    Raises:
        SetupFailed: pip could not build it.
        system_packages.Missing: what building needs may not be installed.
    """
    site, abi = (answer([PYTHON, "-c", _SITE]) or "\n").split("\n")
    system = answer([_SYSTEM_PYTHON, "-c", _GI])
    link = Path(site) / "gi"
    if system is not None and _fits(Path(system), abi):
        if (link.is_symlink() and link.readlink() != Path(system)) or not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(system)
        return
    if succeeds([PYTHON, "-c", "import gi"]):
        return
    system_packages.ensure(system_packages.purpose("window-from-source"))
    install(["window"])


def _fits(gi: Path, abi: str) -> bool:
    """Whether a PyGObject that was made for the system's Python can be loaded by ours."""
    return any(gi.glob(f"_gi.{abi}.so")) or any(gi.glob("_gi.abi3.so"))


def _python() -> Path:
    """The Python to make `.venv` from: the system's if it is new enough, for its PyGObject fits it."""
    usable = [path for path in _pythons() if answer([path, "-c", _VERSION]) == "True"]
    if not usable:
        message = f"Adrastea needs Python {_OLDEST[0]}.{_OLDEST[1]} or newer, and none was found."
        raise SetupFailed(message)
    if usable[0] == _SYSTEM_PYTHON and not succeeds([usable[0], "-c", "import ensurepip"]):
        try:
            system_packages.ensure(system_packages.purpose("environment"))
        except system_packages.Missing as missing:
            say(f"{missing} Looking for another way.")
    return next((path for path in usable if succeeds([path, "-c", "import ensurepip"])), usable[0])


def _pythons() -> Iterator[Path]:
    yield _SYSTEM_PYTHON
    yield Path(sys.base_prefix) / "bin" / "python3"
    for minor in range(14, _OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and not Path(found).is_relative_to(VENV):
            yield Path(found)
    if os.name == "nt":
        yield Path(sys.base_prefix) / "python.exe"


def _virtualenv(python: Path) -> list[str]:
    """How to start virtualenv with a Python that lacks ensurepip; pip fetches it into `.cache/` where it is missing."""
    if succeeds([python, "-m", "virtualenv", "--version"]):
        return [str(python), "-m", "virtualenv"]
    folder = CACHE / "virtualenv"
    if not succeeds([python, "-m", "pip", "--version"]):
        message = f"{python} has neither ensurepip nor pip. Type: sudo apt-get install python3-venv"
        raise SetupFailed(message)
    say("Fetching virtualenv, for this Python cannot make virtual environments by itself.")
    command = [str(python), *_PIP, "install", "--quiet", "--upgrade", "--target", str(folder), "virtualenv"]
    run(Task("virtualenv", command, "Type: sudo apt-get install python3-venv"))
    start = f"import sys; sys.path.insert(0, {str(folder)!r}); import virtualenv.__main__ as it; it.run_with_catch()"
    return [str(python), "-c", start]


def _packages(file: Path, *, chosen_only: bool = False) -> list[str]:
    """The names in a requirement file; the chosen ones stand before the line `# needed by those`."""
    text = file.read_text(encoding="utf-8")
    if chosen_only:
        text = text.partition("# needed by those")[0]
    return [line.partition("==")[0] for line in text.splitlines() if line and not line.startswith("#")]


def _is_installed(name: str) -> bool:
    stamp = _stamp(name)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def _stamp(name: str) -> Path:
    return VENV / ".installed" / name
