"""The folders in which Jupyter looks for kernelspecs and for configuration, in its order; no disk is touched.

    JUPYTER_PATH · the user's data folder · the environment (sys.prefix) · the system's folders
                   └──── swapped inside a virtual or conda environment ────┘

The same folders as `jupyter --paths`. Behind them come the active environment and the PATH's Python, which matter when
we run in neither; a frozen program has no Python of its own and takes the PATH's place from the start.

Configuration lies in other folders, in the same order, with JUPYTER_CONFIG_PATH at the front.

Source of truth: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_OFF: Final = frozenset({"no", "n", "false", "off", "0", "0.0"})
_DATA: Final = Path("share", "jupyter")
_CONFIG: Final = Path("etc", "jupyter")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python whose kernels come first: the one that we run in; for a frozen program the one that the user has."""

    executable: str
    """What a bare `python` in a kernelspec means."""
    prefix: Path
    """Its `sys.prefix`."""
    is_environment: bool = False
    """It is a virtual environment that belongs to this user."""
    owns_prefix: bool = False
    """This user owns `prefix`."""
    user_base: Path | None = None
    """Where `pip install --user` installs; None when this Python does not look there."""


def kernel_folders(
    environ: Mapping[str, str], home: Path, platform: str, python: Interpreter, on_path: str | None
) -> tuple[Path, ...]:
    """Where folders with a `kernel.json` may lie, first come first served. `on_path` is the `python3` of the PATH."""
    found = [*jupyter_data_dirs(environ, home, platform, python)]
    others = [Path(environ[name]) for name in ("VIRTUAL_ENV", "CONDA_PREFIX") if environ.get(name)]
    others += [prefix_of(Path(on_path), platform)] if on_path else []
    found += [prefix / _DATA for prefix in others if prefix / _DATA not in found]
    ipython = Path(environ["IPYTHONDIR"]) if environ.get("IPYTHONDIR") else home / ".ipython"
    return tuple(dict.fromkeys(folder / "kernels" for folder in (*found, ipython)))


def jupyter_data_dirs(environ: Mapping[str, str], home: Path, platform: str, python: Interpreter) -> tuple[Path, ...]:
    """The `data` folders of `jupyter --paths`. `platform` is a `sys.platform`, `home` has its symlinks resolved."""
    listed = environ.get("JUPYTER_PATH", "").split(";" if platform == "win32" else ":")
    user = [user_data_dir(environ, home, platform)]
    if python.user_base is not None and python.user_base / _DATA not in user:
        user.append(python.user_base / _DATA)
    system = _system_dirs(environ, platform, python)
    environment = [] if python.prefix / _DATA in system and platform != "win32" else [python.prefix / _DATA]
    chosen = [*environment, *user] if _prefers_environment(environ, python) else [*user, *environment]
    first = [*(Path(path) for path in listed if path), *chosen]
    return (*first, *(path for path in system if path not in first))


def jupyter_config_dir(environ: Mapping[str, str], home: Path, platform: str) -> Path:
    """The folder of the user's configuration, which is the only one that is written to."""
    if environ.get("JUPYTER_CONFIG_DIR"):
        return Path(environ["JUPYTER_CONFIG_DIR"])
    if not _is_on(environ, "JUPYTER_PLATFORM_DIRS"):
        return home / ".jupyter"
    if platform == "darwin":
        return home / "Library/Application Support/jupyter"
    base = environ.get("LOCALAPPDATA" if platform == "win32" else "XDG_CONFIG_HOME")
    return (Path(base) if base else home / ".config") / "jupyter"


def jupyter_config_dirs(environ: Mapping[str, str], home: Path, platform: str, python: Interpreter) -> tuple[Path, ...]:
    """The `config` folders of `jupyter --paths`; what the first ones say counts for more."""
    listed = environ.get("JUPYTER_CONFIG_PATH", "").split(";" if platform == "win32" else ":")
    user = [jupyter_config_dir(environ, home, platform)]
    if python.user_base is not None and python.user_base / _CONFIG not in user:
        user.append(python.user_base / _CONFIG)
    system = _system_config_dirs(environ, platform, python)
    environment = [] if python.prefix / _CONFIG in system and platform != "win32" else [python.prefix / _CONFIG]
    chosen = [*environment, *user] if _prefers_environment(environ, python) else [*user, *environment]
    return tuple(dict.fromkeys([*(Path(path) for path in listed if path), *chosen, *system]))


def prefix_of(executable: Path, platform: str) -> Path:
    """The `sys.prefix` of a Python executable that lies where installations and environments put it."""
    folder = executable.parent
    if platform == "win32" and folder.name.lower() != "scripts":
        return folder
    return folder.parent


def this_interpreter(environ: Mapping[str, str], on_path: str | None) -> Interpreter:
    """The Python that we run in, or, in a frozen program, the active environment's or the PATH's."""
    if not getattr(sys, "frozen", False):
        import site

        is_mine = _is_mine(Path(sys.prefix))
        user_base = Path(site.getuserbase()) if site.ENABLE_USER_SITE else None
        is_environment = sys.prefix != sys.base_prefix and is_mine
        return Interpreter(sys.executable, Path(sys.prefix), is_environment, is_mine, user_base)
    active = environ.get("VIRTUAL_ENV") or environ.get("CONDA_PREFIX")
    prefix = prefix_of(Path(on_path), sys.platform) if on_path else Path(sys.prefix)
    return Interpreter(on_path or "python3", Path(active) if active else prefix, bool(active), bool(active))


def python_on_path(environ: Mapping[str, str]) -> str | None:
    """The `python3` (else `python`) that the PATH leads to."""
    path = environ.get("PATH", os.defpath)
    return shutil.which("python3", path=path) or shutil.which("python", path=path)


def user_data_dir(environ: Mapping[str, str], home: Path, platform: str) -> Path:
    """Where Jupyter keeps what belongs to this user."""
    if environ.get("JUPYTER_DATA_DIR"):
        return Path(environ["JUPYTER_DATA_DIR"])
    standard = _is_on(environ, "JUPYTER_PLATFORM_DIRS")
    if platform == "darwin":
        return home / "Library" / ("Application Support/jupyter" if standard else "Jupyter")
    if platform == "win32":
        base = environ.get("LOCALAPPDATA" if standard else "APPDATA")
        config = environ.get("JUPYTER_CONFIG_DIR")
        return Path(base, "jupyter") if base else (Path(config) if config else home / ".jupyter") / "data"
    base = environ.get("XDG_DATA_HOME")
    return (Path(base) if base else home / ".local" / "share") / "jupyter"


def _system_dirs(environ: Mapping[str, str], platform: str, python: Interpreter) -> list[Path]:
    if platform == "win32":
        shared = environ.get("PROGRAMDATA") if _is_on(environ, "JUPYTER_USE_PROGRAMDATA") else None
        return [Path(shared, "jupyter") if shared else python.prefix / _DATA]
    if platform == "darwin" and _is_on(environ, "JUPYTER_PLATFORM_DIRS"):
        return [Path("/Library/Application Support/jupyter")]
    return [Path("/usr/local/share/jupyter"), Path("/usr/share/jupyter")]


def _system_config_dirs(environ: Mapping[str, str], platform: str, python: Interpreter) -> list[Path]:
    if platform == "win32":
        shared = environ.get("PROGRAMDATA") if _is_on(environ, "JUPYTER_USE_PROGRAMDATA") else None
        return [Path(shared, "jupyter") if shared else python.prefix / _CONFIG]
    if not _is_on(environ, "JUPYTER_PLATFORM_DIRS"):
        return [Path("/usr/local/etc/jupyter"), Path("/etc/jupyter")]
    if platform == "darwin":
        return [Path("/Library/Application Support/jupyter")]
    return [Path(path, "jupyter") for path in (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if path]


def _prefers_environment(environ: Mapping[str, str], python: Interpreter) -> bool:
    if "JUPYTER_PREFER_ENV_PATH" in environ:
        return _is_on(environ, "JUPYTER_PREFER_ENV_PATH")
    in_conda = (
        "CONDA_PREFIX" in environ
        and str(python.prefix).startswith(environ["CONDA_PREFIX"])
        and environ.get("CONDA_DEFAULT_ENV", "base") != "base"
    )
    return python.is_environment or (in_conda and python.owns_prefix)


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return name in environ and environ[name].lower() not in _OFF


def _is_mine(path: Path) -> bool:
    try:
        return path.owner() == os.getlogin()
    except (OSError, KeyError, NotImplementedError):  # no terminal, a user without a name, Windows
        return os.access(path, os.W_OK) if os.name == "nt" else path.stat().st_uid == os.geteuid()
