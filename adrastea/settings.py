"""`Settings`: everything that can be chosen, frozen, read once from one TOML file; and the folders of each system.

The file is `settings.toml` in `config_dir`; it need not exist. Objects receive the values that they need, not the
whole. Source of truth for the folders: the XDG base directory specification, Apple's file system guide, Windows known
folders.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast, get_args

from adrastea.errors import StartFailed
from adrastea.hub_place import HubPlace

Folder: TypeAlias = Literal["config", "state", "runtime"]
TransportName: TypeAlias = Literal["native", "pyzmq"]

DEFAULT_TRANSPORT: Final[TransportName] = "native"

_APP: Final = "adrastea"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run. The file holds those that are marked neither *(command line)* nor *(environment)*."""

    root: Path = field(default_factory=Path.cwd)
    """The workspace folder: no request leaves it *(command line)*."""
    ip: str = "127.0.0.1"
    """The address that the server listens on; `*` listens on every address of the machine."""
    port: int = 0
    """The port, 0 to 65535; 0 takes a free one."""
    token: str = field(default="", repr=False)
    """The secret that clients show, in visible ASCII characters; empty makes a new one for each run."""
    protected: bool = False
    """Whether `serve` asks for a login on this machine too: the address that it prints holds no token."""
    certfile: Path | None = None
    """The certificate, with its chain, in PEM: the server speaks TLS; a relative path begins at `config_dir`."""
    keyfile: Path | None = None
    """The certificate's private key, in PEM; none means that it stands in `certfile`."""
    local_hostnames: tuple[str, ...] = ()
    """Names that the server answers to besides its own: that of a proxy in front of it."""
    allow_origin: tuple[str, ...] = ()
    """Origins of other pages that may ask this server, with its token: `https://lab.example`, or `*` for all."""
    allow_origin_pat: str = ""
    """The same as a regular expression, which has to fit an origin from its beginning to its end."""
    hub: HubPlace | None = None
    """The JupyterHub that has started this server, and says who comes in *(environment)*."""
    base_url: str = "/"
    """The path that all addresses begin with; begins and ends with `/`."""
    default_kernel: str = ""
    """The kernelspec of new notebooks; empty takes `python3` or the first there is."""
    autosave_seconds: float = 1.0
    """How long after the last change a notebook is saved by itself; 0 or more."""
    history_megabytes: int = 500
    """How much room kept versions of files may take, 0 or more; the oldest go first."""
    runs_megabytes: int = 200
    """How much room past runs of cells may take, 0 or more; the oldest go first, and 0 keeps none."""
    spool_megabytes: int = 4000
    """How much room outputs may take that are too long to be shown whole, 0 or more; the oldest go first."""
    keep_kernels: bool = False
    """Whether kernels go on when `serve` ends in order, so that its next start in the same folder has them again."""
    warm_kernels: bool = True
    """Whether something is kept ready that makes the next kernel start at once, at the cost of some memory."""
    cull_idle_seconds: float = 0.0
    """After how long without use a kernel without clients is shut down, as in jupyter_server; 0: never."""
    cull_connected: bool = False
    """Whether kernels that have clients are shut down as well."""
    cull_busy: bool = False
    """Whether kernels that work are shut down as well."""
    show_hidden: bool = False
    """Whether files and folders that begin with a dot are listed and served."""
    update_feed: str = "https://adrastea.example/latest.json"
    """Where the window asks for new versions, once the user allows it; empty: nowhere, and nobody is asked."""
    transport: TransportName = DEFAULT_TRANSPORT
    """How kernels are spoken to: `native`, or `pyzmq` for comparison; the same to every user of a notebook."""
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
    "protected": bool,
    "certfile": str,
    "keyfile": str,
    "local_hostnames": list,
    "allow_origin": list,
    "allow_origin_pat": str,
    "base_url": str,
    "default_kernel": str,
    "autosave_seconds": (int, float),
    "history_megabytes": int,
    "runs_megabytes": int,
    "spool_megabytes": int,
    "keep_kernels": bool,
    "warm_kernels": bool,
    "cull_idle_seconds": (int, float),
    "cull_connected": bool,
    "cull_busy": bool,
    "show_hidden": bool,
    "update_feed": str,
    "transport": str,
}
_MAX_PORT: Final = 65535
_ADDRESS: Final = re.compile(r"\*|\[?[0-9A-Za-z:%_-]{1,63}(\.[0-9A-Za-z:%_-]{1,63})*\.?\]?")
_TOKEN: Final = re.compile(r"[!-~]*")
_ORIGIN: Final = re.compile(r"\*|https?://[a-z0-9.:\[\]_-]+")
_FEED: Final = re.compile(r"(https://|http://(127\.0\.0\.1|localhost)[:/])[!-~]+")
_URL_SEGMENT: Final = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~@%+:=-]+")


def load_settings(overrides: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The defaults, then the file, then `overrides` (from the command line; None means not given).

    Raises:
        StartFailed: the file cannot be read, or a value makes no sense.
    """
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {f"{kind}_dir": folder(kind, environ) for kind in get_args(Folder)}
    given |= {name: value for name, value in (overrides or {}).items() if value is not None}
    if "root" not in given:
        given["root"] = _current_folder()
    values: dict[str, Any] = {**_converted(_read(given["config_dir"] / "settings.toml"), given["config_dir"]), **given}
    return _checked(Settings(**values))


def folder(kind: Folder, environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """Our folder for `config`, `state` or `runtime` on this system; it may not exist yet.

    Raises:
        StartFailed: the system does not say where this user's files are.
    """
    environ = os.environ if environ is None else environ
    if platform == "win32":
        base = environ.get("APPDATA" if kind == "config" else "LOCALAPPDATA")
        base_dir = Path(base) if base else _home(environ) / "AppData" / ("Roaming" if kind == "config" else "Local")
        return base_dir / "Adrastea" / ("" if kind == "config" else kind)
    if platform == "darwin":
        return _home(environ) / "Library" / "Application Support" / "Adrastea" / ("" if kind == "config" else kind)
    if kind == "config":
        return _xdg("XDG_CONFIG_HOME", ".config", environ) / _APP
    if kind == "runtime" and environ.get("XDG_RUNTIME_DIR", "").startswith("/"):
        return Path(environ["XDG_RUNTIME_DIR"]) / _APP
    return _xdg("XDG_STATE_HOME", ".local/state", environ) / _APP / ("runtime" if kind == "runtime" else "")


def _xdg(variable: str, default: str, environ: Mapping[str, str]) -> Path:
    value = environ.get(variable, "")
    return Path(value) if value.startswith("/") else _home(environ) / default  # relative ones are void, says XDG


def _home(environ: Mapping[str, str]) -> Path:
    home = environ.get("HOME") or environ.get("USERPROFILE")
    try:
        return Path(home) if home else Path.home()
    except RuntimeError:
        raise StartFailed("The system does not say where your home folder is. Set HOME to it.") from None


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise StartFailed("The current folder does not exist any more. Change to another one.") from None


def _read(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        import tomllib

        raw: dict[str, object] = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:  # ValueError: not UTF-8, not TOML, too long a number
        raise StartFailed(f"The settings file {path} cannot be read: {error}. Mend it or move it away.") from None
    if "token" in raw:
        _keep_to_ourselves(path)
    for name, value in raw.items():
        kind = _FROM_FILE.get(name)
        if kind is None:
            raise StartFailed(
                f"The settings file {path} has an unknown setting {name!r}. Known: {', '.join(_FROM_FILE)}."
            )
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise StartFailed(f"The setting {name!r} in {path} has a value of the wrong type: {value!r}.")
    return raw


def _keep_to_ourselves(path: Path) -> None:
    """See to it that others cannot read a file with a secret."""
    if os.name != "posix" or not path.stat().st_mode & 0o077:
        return
    try:
        path.chmod(0o600)
    except OSError:
        raise StartFailed(f"Others can read the token in the settings file {path}. Type: chmod 600 {path}") from None


def _converted(raw: dict[str, object], config_dir: Path) -> dict[str, object]:
    """TOML's values as those of the fields."""
    for name in ("certfile", "keyfile"):
        if name in raw:
            raw[name] = config_dir / str(raw[name])
    for name in ("local_hostnames", "allow_origin"):
        items = raw.get(name, [])
        if not isinstance(items, list) or not all(isinstance(item, str) for item in cast("list[object]", items)):
            raise StartFailed(f"The setting {name!r} must be a list of texts.")
        if name in raw:
            raw[name] = tuple(cast("list[str]", items))
    return raw


def _checked(settings: Settings) -> Settings:
    if not settings.root.is_dir():
        raise StartFailed(f"{settings.root} is not a folder. Name the folder that holds your notebooks.")
    if not 0 <= settings.port <= _MAX_PORT:
        raise StartFailed(
            f"The port {settings.port} does not exist. Choose one between 0 (any free one) and {_MAX_PORT}."
        )
    if not _ADDRESS.fullmatch(settings.ip):
        raise StartFailed(f"{settings.ip!r} is no address to listen on. Use 127.0.0.1, or * for all of this machine's.")
    if not _TOKEN.fullmatch(settings.token):
        raise StartFailed("The token may hold letters, digits and signs of ASCII only, no spaces.")
    _check_origins(settings)
    if settings.keyfile is not None and settings.certfile is None:
        raise StartFailed("A key needs its certificate: name it with --certfile.")
    if not (math.isfinite(settings.autosave_seconds) and settings.autosave_seconds >= 0):
        raise StartFailed(f"autosave_seconds must be 0 or more, not {settings.autosave_seconds}.")
    if not (math.isfinite(settings.cull_idle_seconds) and settings.cull_idle_seconds >= 0):
        raise StartFailed(f"cull_idle_seconds must be 0 or more, not {settings.cull_idle_seconds}.")
    for name in ("history_megabytes", "runs_megabytes", "spool_megabytes"):
        if getattr(settings, name) < 0:
            raise StartFailed(f"{name} must be 0 or more, not {getattr(settings, name)}.")
    if settings.update_feed and not _FEED.fullmatch(settings.update_feed):
        raise StartFailed(f"update_feed must be an https address, or empty, not {settings.update_feed!r}.")
    if settings.transport not in get_args(TransportName):
        raise StartFailed(f"There is no transport {settings.transport!r}. Use {' or '.join(get_args(TransportName))}.")
    return replace(settings, base_url=_base_url(settings.base_url), root=settings.root.resolve())


def _check_origins(settings: Settings) -> None:
    for origin in settings.allow_origin:
        if not _ORIGIN.fullmatch(origin):
            raise StartFailed(f"{origin!r} in allow_origin is no origin. Write it as in https://lab.example:8000.")
    for name in settings.local_hostnames:
        if not _ADDRESS.fullmatch(name) or name == "*":
            raise StartFailed(f"{name!r} in local_hostnames is no name of a host. Write it without port and https://.")
    try:
        re.compile(settings.allow_origin_pat)
    except re.error as error:
        raise StartFailed(f"allow_origin_pat is no regular expression: {error}.") from None


def _base_url(given: str) -> str:
    inner = given.strip("/")
    if not inner:
        return "/"
    if not all(_URL_SEGMENT.fullmatch(segment) for segment in inner.split("/")):
        raise StartFailed(f"The base URL {given!r} is not a plain path, such as /notebooks/.")
    return f"/{inner}/"


SETTING_NAMES: Final = tuple(item.name for item in fields(Settings))
