"""`Settings`: everything that can be chosen, frozen, read once from one TOML file; and the folders of each system.

The file is `settings.toml` in `config_dir`; it need not exist. Objects receive the values that they need, not the
whole. Source of truth for the folders: the XDG base directory specification, Apple's file system guide, Windows known
folders.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, cast

from adrastea.errors import StartFailed

_APP = "adrastea"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run. Those in the file are the ones that are not marked *(command line)*."""

    root: Path = field(default_factory=Path.cwd)
    """The workspace folder: no request leaves it *(command line)*."""
    ip: str = "127.0.0.1"
    """The address that the server listens on."""
    port: int = 0
    """The port, 0 to 65535; 0 takes a free one."""
    token: str = ""
    """The secret that clients show; empty makes a new one for each run."""
    base_url: str = "/"
    """The path that all addresses begin with; begins and ends with `/`."""
    default_kernel: str = ""
    """The kernelspec of new notebooks; empty takes `python3` or the first there is."""
    autosave_seconds: float = 1.0
    """How long after the last change a notebook is saved by itself."""
    show_hidden: bool = False
    """Whether files and folders that begin with a dot are listed and served."""
    config_dir: Path = field(default_factory=lambda: folder("config"))
    """Where `settings.toml` lies *(command line)*."""
    state_dir: Path = field(default_factory=lambda: folder("state"))
    """What is remembered between runs: window places, logs *(command line)*."""
    runtime_dir: Path = field(default_factory=lambda: folder("runtime"))
    """Sockets and connection files, mode 0700 *(command line)*."""


_FROM_FILE: Final[Mapping[str, type | tuple[type, ...]]] = {
    "ip": str,
    "port": int,
    "token": str,
    "base_url": str,
    "default_kernel": str,
    "autosave_seconds": (int, float),
    "show_hidden": bool,
}
_MAX_PORT = 65535


def load_settings(overrides: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The defaults, then the file, then `overrides` (from the command line; None means not given).

    Raises:
        StartFailed: the file cannot be read, or a value in it makes no sense.
    """
    environ = os.environ if environ is None else environ
    defaults = Settings(
        config_dir=folder("config", environ),
        state_dir=folder("state", environ),
        runtime_dir=folder("runtime", environ),
    )
    settings = _with(defaults, _read(defaults.config_dir / "settings.toml"))
    return _checked(_with(settings, {name: value for name, value in (overrides or {}).items() if value is not None}))


def _with(settings: Settings, values: Mapping[str, object]) -> Settings:
    return replace(settings, **cast("dict[str, Any]", values))  # `_read` and the command line have checked the types


def folder(kind: str, environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """Our folder for `config`, `state` or `runtime` on this system; it may not exist yet."""
    environ = os.environ if environ is None else environ
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser()
    if platform == "win32":
        base = environ.get("APPDATA" if kind == "config" else "LOCALAPPDATA") or str(home / "AppData" / "Local")
        return Path(base) / "Adrastea" / ("" if kind == "config" else kind)
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Adrastea" / ("" if kind == "config" else kind)
    if kind == "runtime" and environ.get("XDG_RUNTIME_DIR"):
        return Path(environ["XDG_RUNTIME_DIR"]) / _APP
    variable, default = {
        "config": ("XDG_CONFIG_HOME", ".config"),
        "state": ("XDG_STATE_HOME", ".local/state"),
        "runtime": ("XDG_STATE_HOME", ".local/state"),
    }[kind]
    base_dir = Path(environ[variable]) if environ.get(variable) else home / default
    return base_dir / _APP / ("runtime" if kind == "runtime" else "")


def private_folder(path: Path) -> Path:
    """Make `path` and see to it that only this user can look into it (mode 0700).

    Raises:
        StartFailed: it cannot be made, or belongs to somebody else.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            if path.stat().st_uid != os.getuid():
                raise StartFailed(f"{path} belongs to another user. Set XDG_RUNTIME_DIR to a folder of yours.")
            path.chmod(0o700)
    except OSError as error:
        raise StartFailed(
            f"The folder {path} cannot be used: {error.strerror}. Set XDG_STATE_HOME to a folder that you may write."
        ) from None
    return path


def _read(path: Path) -> dict[str, object]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StartFailed(f"The settings file {path} cannot be read: {error}. Mend it or move it away.") from None
    for name, value in raw.items():
        kind = _FROM_FILE.get(name)
        if kind is None:
            raise StartFailed(
                f"The settings file {path} has an unknown setting {name!r}. Known: {', '.join(_FROM_FILE)}."
            )
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise StartFailed(f"The setting {name!r} in {path} has a value of the wrong type: {value!r}.")
    return raw


def _checked(settings: Settings) -> Settings:
    if not 0 <= settings.port <= _MAX_PORT:
        raise StartFailed(
            f"The port {settings.port} does not exist. Choose one between 0 (any free one) and {_MAX_PORT}."
        )
    base_url = "/" + settings.base_url.strip("/")
    return replace(settings, base_url=base_url if base_url == "/" else base_url + "/", root=settings.root.resolve())


SETTING_NAMES = tuple(item.name for item in fields(Settings))
