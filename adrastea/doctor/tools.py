"""The program itself and what it uses of the system: its version, how it runs, limits, TLS, git."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
from collections.abc import Mapping
from typing import Final

from adrastea.about import About
from adrastea.doctor.finding import Finding, State
from adrastea.doctor.probe import Question, ask

_FEW_FILES: Final = 512  # a kernel costs about ten
_GIT_SECONDS: Final = 5.0
_PARTS: Final[Mapping[str, str]] = {"tornado": "tornado", "pyzmq": "zmq", "pywebview": "webview"}
_PARTS_MEND: Final = "Install Adrastea again; from source, 'make setup' does it."


def examine_program(about: About) -> list[Finding]:
    """What runs, and on what."""
    return [
        Finding("version", "program", "Version", "ok", f"{about.version}, {about.form}"),
        Finding("python", "program", "Its own Python", "ok", f"{about.python}, {sys.executable}"),
        Finding("system", "program", "Operating system", "ok", about.system),
        _parts(),
    ]


def examine_tools(environ: Mapping[str, str]) -> list[Finding]:
    """What it can use where it is there."""
    return [*_open_files(), _tls(), _git(environ)]


def _parts() -> Finding:
    """Found, not imported: that costs a third of a second."""
    absent = [name for name, module in _PARTS.items() if importlib.util.find_spec(module) is None]
    if not absent:
        return Finding("parts", "program", "Its parts", "ok", ", ".join(_PARTS))
    state: State = "warning" if absent == ["pywebview"] else "missing"
    return Finding("parts", "program", "Its parts", state, f"not there: {', '.join(absent)}", _PARTS_MEND)


def _open_files() -> list[Finding]:
    if sys.platform == "win32":
        return []
    import resource  # noqa: PLC0415 -- not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = "as high as wanted" if hard == resource.RLIM_INFINITY else f"up to {hard}"
    few = hard != resource.RLIM_INFINITY and hard < _FEW_FILES
    mend = f"With so few only some kernels can run at once: raise it with 'ulimit -n {_FEW_FILES * 8}'." if few else ""
    return [Finding("open-files", "tools", "Open files", "warning" if few else "ok", f"{soft}, {limit}", mend)]


def _tls() -> Finding:
    try:
        version = str(importlib.import_module("ssl").OPENSSL_VERSION)
    except ImportError as error:
        mend = "Only encrypted connections need it. On Debian and Ubuntu: apt install libssl3"
        return Finding("tls", "tools", "TLS", "warning", f"not available ({error.name or error})", mend)
    return Finding("tls", "tools", "TLS", "ok", version)


def _git(environ: Mapping[str, str]) -> Finding:
    path = shutil.which("git", path=environ.get("PATH"))
    if path is None:
        mend = "Only version control needs it. On Debian and Ubuntu: apt install git"
        return Finding("git", "tools", "Git", "warning", "not found", mend)
    (answer,) = ask([Question((path, "--version"), environ)], _GIT_SECONDS)
    if answer.code != 0:
        return Finding("git", "tools", "Git", "warning", f"{path}: {answer.last_line}", f"See what '{path}' says.")
    return Finding("git", "tools", "Git", "ok", f"{answer.last_line.removeprefix('git version ')}, {path}")
