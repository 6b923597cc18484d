"""The distribution's packages: which are missing, and installing them where that is allowed.

Packages are installed with apt-get, as root or through a sudo that asks for no password. Everywhere else nothing is
tried: `Missing` carries the command to type. Which packages, and what for: `spec/system-packages.toml`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build.console import ROOT, SetupFailed, Task, answer, run, say, succeeds

_LISTS = Path("/var/lib/apt/lists")
_LISTS_ARE_OLD = 24 * 3600  # seconds
_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
_INSTALL = ("install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
_ADVICE = "If the network is fine, try `{command}` by hand."


class Missing(Exception):
    """Packages are missing and may not be installed from here. `str(error)` says which, what for and what to type."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One table of `spec/system-packages.toml`."""

    why: str
    packages: tuple[str, ...]
    elsewhere: dict[str, str] = field(default_factory=dict[str, str])


def purpose(name: str, file: Path = ROOT / "spec" / "system-packages.toml") -> Purpose:
    """The table `name` of the list."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return Purpose(table["why"], tuple(table["packages"]), table.get("elsewhere", {}))


def ensure(wanted: Purpose) -> None:
    """Install what is missing for one purpose, after saying so.

    Raises:
        Missing: something is missing, and nothing may be installed from here.
        SetupFailed: apt-get tried and failed.
    """
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        raise Missing(_by_hand(wanted))
    missing = _not_installed(wanted.packages)
    if not missing:
        return
    command = ("apt-get", *_INSTALL, *missing)
    prefix = _prefix()
    if prefix is None:
        typed = shlex.join(("sudo", "apt-get", "install", *missing))
        message = f"Missing {wanted.why}: {', '.join(missing)}. This user may not install packages; type: {typed}"
        raise Missing(message)
    say(f"Installing system packages with apt-get: {', '.join(missing)} ({wanted.why}).")
    _install([*prefix, *command], prefix)


def may_install() -> bool:
    """Whether `ensure` could install something on this machine."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None and _prefix() is not None


def _install(command: Sequence[str], prefix: Sequence[str]) -> None:
    """Run apt-get; fetch its lists first if they are old, and afterwards if they turn out to be."""
    task = Task("apt-get", command, _ADVICE.format(command=shlex.join(command)))
    fresh = _lists_are_fresh()
    if not fresh:
        _update(prefix)
    try:
        run(task)
    except SetupFailed:
        if not fresh:
            raise
        say("The package lists may be out of date; fetching new ones.")
        _update(prefix)
        run(task)


def _update(prefix: Sequence[str]) -> None:
    say("Fetching the lists of packages (apt-get update).")
    run(Task("apt-get-update", [*prefix, "apt-get", "update"], "Look at the network and at /etc/apt."))


def _not_installed(packages: Sequence[str]) -> list[str]:
    listing = answer(["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", "*"]) or ""
    installed = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def _prefix() -> tuple[str, ...] | None:
    """What stands before apt-get so that it may install; None if nothing helps."""
    settings = tuple(f"{name}={value}" for name, value in _QUIET.items())
    if os.geteuid() == 0:
        return ("env", *settings)
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ("sudo", "-n", "env", *settings)
    return None


def _lists_are_fresh() -> bool:
    newest = max((path.stat().st_mtime for path in _LISTS.glob("*_Packages*")), default=0.0)
    updated = max(newest, _mtime(_LISTS / "partial"))
    return newest > 0 and time.time() - updated < _LISTS_ARE_OLD


def _mtime(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _by_hand(wanted: Purpose) -> str:
    if not sys.platform.startswith("linux"):
        return f"Nothing is installed by itself on {sys.platform}; wanted {wanted.why}: {', '.join(wanted.packages)}."
    for program, command in wanted.elsewhere.items():
        if shutil.which(program):
            return f"Without apt-get, nothing is installed by itself. Wanted {wanted.why}; type: {command}"
    return (
        f"Without apt-get, nothing is installed by itself. Wanted {wanted.why}, by Debian's names: "
        f"{', '.join(wanted.packages)}."
    )
