"""Our own folders, the settings file, the log and the running instance. Nothing is made that is not there."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

from adrastea.desktop.single_instance import first_instance
from adrastea.doctor.finding import Finding
from adrastea.errors import StartFailed
from adrastea.logbook.logbook import log_file
from adrastea.settings import Folder, folder, load_settings

_AREA: Final = "folders"
_LITTLE_BYTES: Final = 100_000_000
_TITLES: Final[Mapping[str, str]] = {
    "config": "Settings folder",
    "state": "State folder",
    "runtime": "Runtime folder",
}
_CHOOSE: Final = "XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_RUNTIME_DIR can name folders of yours."


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """All of them."""
    findings = [_folder(kind, environ) for kind in get_args(Folder)]
    return [*findings, _settings(environ), _log(environ), _instance(environ)]


def _folder(kind: Folder, environ: Mapping[str, str]) -> Finding:
    name, title = f"{kind}-folder", _TITLES[kind]
    try:
        path = folder(kind, environ)
    except StartFailed as error:
        return Finding(name, _AREA, title, "missing", "not known", str(error))
    if os.path.lexists(path):
        return _existing(name, title, path)
    parent = next((parent for parent in path.parents if parent.exists()), path)
    if not os.access(parent, os.W_OK | os.X_OK):
        return Finding(name, _AREA, title, "warning", f"{path} cannot be made in {parent}", _CHOOSE)
    return _with_space(Finding(name, _AREA, title, "ok", f"{path}, not made yet"), parent)


def _existing(name: str, title: str, path: Path) -> Finding:
    try:
        status = path.stat()
    except OSError as error:
        return Finding(name, _AREA, title, "warning", f"{path}: {error.strerror}", _CHOOSE)
    if not stat.S_ISDIR(status.st_mode):
        return Finding(name, _AREA, title, "warning", f"{path} is not a folder", "Move it away.")
    mode = stat.S_IMODE(status.st_mode)
    found = f"{path}, mode {mode:04o}"
    if os.name == "posix" and status.st_uid != os.getuid():
        return Finding(name, _AREA, title, "warning", f"{path} belongs to user {status.st_uid}", _CHOOSE)
    if path.is_symlink() and name != "config-folder":
        return Finding(name, _AREA, title, "warning", f"{path} is a link", "It is not used: put a folder there.")
    if os.name == "posix" and name != "config-folder" and mode & 0o022:
        return Finding(
            name, _AREA, title, "warning", found, f"Others can write into it, so it is not used: rm -r {path}"
        )
    if os.name == "posix" and name != "config-folder" and mode & 0o077:
        return Finding(name, _AREA, title, "warning", found, f"Others can look into it: chmod 700 {path}")
    if not os.access(path, os.W_OK | os.X_OK):
        return Finding(name, _AREA, title, "warning", f"{found}, cannot be written", _CHOOSE)
    return _with_space(Finding(name, _AREA, title, "ok", found), path)


def _with_space(finding: Finding, place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    found = f"{finding.found}, {_amount(free)} free"
    if free >= _LITTLE_BYTES:
        return Finding(finding.name, _AREA, finding.title, "ok", found)
    return Finding(finding.name, _AREA, finding.title, "warning", found, "Make room on this disk: notebooks need some.")


def _amount(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count // 1_000_000} MB"  # noqa: PLR2004 -- a gigabyte


def _settings(environ: Mapping[str, str]) -> Finding:
    title = "Settings file"
    try:
        path = folder("config", environ) / "settings.toml"
        load_settings({"root": Path("/").absolute()}, environ)
    except StartFailed as error:
        return Finding("settings-file", _AREA, title, "missing", "not usable", str(error))
    return Finding("settings-file", _AREA, title, "ok", f"{path}{'' if path.exists() else ', not there: defaults'}")


def _log(environ: Mapping[str, str]) -> Finding:
    try:
        path = log_file(folder("state", environ))
    except StartFailed as error:
        return Finding("log", _AREA, "Log", "warning", "not known", str(error))
    try:
        found = f"{path}, {path.stat().st_size // 1024} KiB"
    except OSError:
        found = f"{path}, not there yet"
    return Finding("log", _AREA, "Log", "ok", found)


def _instance(environ: Mapping[str, str]) -> Finding:
    title = "Running instance"
    try:
        runtime = folder("runtime", environ)
    except StartFailed:
        return Finding("instance", _AREA, title, "ok", "none")
    match first_instance(runtime):
        case "answers":
            return Finding("instance", _AREA, title, "ok", "one runs and answers")
        case "silent":
            mend = "End it, by its number in the list of processes if need be, and start again."
            return Finding("instance", _AREA, title, "warning", "one runs and does not answer", mend)
        case "none":
            return Finding("instance", _AREA, title, "ok", "none")
