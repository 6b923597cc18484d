"""What the figures were taken on: machine, systems and versions, as a report says them."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from bench.comparison import environment

_OURS = ("ipykernel", "pyzmq", "tornado")
_THEIRS = ("jupyter_server", "jupyverse", "pyzmq", "tornado")
_ASK = "import sys; from importlib import metadata as m; [print(n, m.version(n)) for n in sys.argv[1:]]"


def described(one_file: Path | None = None) -> dict[str, str]:
    """The machine and the versions, by what they are; `one_file` is Adrastea's, if it was measured."""
    found = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "system": _system(_text("/etc/os-release")),
        "kernel": f"{platform.system()} {platform.release()}",
        "processor": f"{processor(_text('/proc/cpuinfo'))}, {os.cpu_count()} of them",
        "memory": f"{memory_gib(_text('/proc/meminfo')):.1f} GiB",
        "load average at the start": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "Adrastea's environment": ", ".join(f"{name} {metadata.version(name)}" for name in _OURS),
    }
    if environment.PYTHON.exists():
        found["the others' environment"] = _theirs()
    if one_file is not None:
        found["the one file"] = f"{one_file.stat().st_size / 1e6:.1f} MB"
    return found


def processor(cpuinfo: str) -> str:
    """Its name, from the text of /proc/cpuinfo."""
    names = (line.partition(":")[2].strip() for line in cpuinfo.splitlines() if line.startswith("model name"))
    return next(names, platform.machine())


def memory_gib(meminfo: str) -> float:
    """All of it, from the text of /proc/meminfo."""
    kib = (line.split()[1] for line in meminfo.splitlines() if line.startswith("MemTotal:"))
    return int(next(kib, "0")) / 1024 / 1024


def _system(release: str) -> str:
    pairs: Mapping[str, str] = {
        name: value.strip('"') for name, _, value in (line.partition("=") for line in release.splitlines())
    }
    return pairs.get("PRETTY_NAME", platform.platform())


def _theirs() -> str:
    command = [str(environment.PYTHON), "-c", _ASK, *_THEIRS]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return ", ".join(answer.stdout.splitlines())


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
