"""A kernelspec for a Python that has none yet: the user names an interpreter, and it becomes a kernel.

The Python itself is asked what it is. With ipykernel in it, a `kernel.json` is written into the user's own Jupyter
folder, as `python -m ipykernel install --user` would do, so that other programs see it as well.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from adrastea import process_group
from adrastea.errors import BadRequest, KernelFailed, NotFound, StorageFailed
from adrastea.kernels.kernelspec import KernelSpec, KernelSpecs
from adrastea.kernels.pythons import in_prefix

_LIMIT_SECONDS: Final = 20.0  # a Python on a sleeping disk, or with many .pth files
_QUESTION: Final = """
import importlib.util, json, sys
sys.path[:] = [path for path in sys.path if path]
print(json.dumps({
    "version": "%d.%d" % sys.version_info[:2],
    "prefix": sys.prefix,
    "is_environment": sys.prefix != getattr(sys, "base_prefix", sys.prefix),
    "has_kernel": importlib.util.find_spec("ipykernel") is not None,
}))
"""
_PLAIN_NAMES: Final = frozenset({"env", "venv", ".venv", ".env", "default"})


@dataclass(frozen=True, slots=True)
class PythonFound:
    """What an interpreter says of itself."""

    executable: Path
    version: str
    """As `3.12`."""
    prefix: Path
    is_environment: bool
    has_kernel: bool
    """Whether it can import ipykernel."""

    @property
    def display_name(self) -> str:
        """What the kernel is called: its version, and the environment or the place that tells it from others."""
        return f"Python {self.version} ({self._label})"

    @property
    def spec_name(self) -> str:
        """The name of its kernelspec: what Jupyter allows in one."""
        return re.sub(r"[^a-z0-9._]+", "-", f"python{self.version}-{self._label}".lower()).strip("-.")

    @property
    def _label(self) -> str:
        if not self.is_environment:
            return str(self.prefix)
        name = self.prefix.name
        return self.prefix.parent.name or name if name.lower() in _PLAIN_NAMES else name


def executable_of(said: str, home: Path) -> Path:
    """The interpreter that a user means by a path: the program, or the environment that it is in. Looks at the disk.

    Raises:
        BadRequest: no whole path. NotFound: there is nothing, or no Python in that folder.
    """
    path = whole_path(said, home)
    if path.is_dir():
        inside = next(in_prefix(path), None)
        if inside is None:
            raise NotFound(f"There is no Python in {path}: it is not the folder of an environment.")
        return inside
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    return path


def whole_path(said: str, home: Path) -> Path:
    """A path that a user has typed, which may begin with `~`.

    Raises:
        BadRequest: it does not begin at the root.
    """
    path = home / said[2:] if said.startswith("~/") else Path(said.strip())
    if not path.is_absolute() or "\0" in said:
        raise BadRequest("Give a whole path, from the root on.")
    return path


def ask(executable: Path, environ: Mapping[str, str]) -> PythonFound:
    """What this interpreter is. Waits for its process; a thread of the loop's pool.

    Raises:
        KernelFailed: it does not run, or is no Python; `log` has what it printed.
    """
    question = (str(executable), "-c", _QUESTION)
    try:
        _, printed = process_group.answer(question, environ, _LIMIT_SECONDS, stderr=subprocess.STDOUT)
    except OSError as error:
        raise KernelFailed(f"{executable} cannot be executed: {error.strerror}.") from None
    except subprocess.TimeoutExpired:
        raise KernelFailed(f"{executable} did not answer within {_LIMIT_SECONDS:.0f} seconds.") from None
    text = printed.decode("utf-8", "replace").strip()
    try:
        return _parsed(executable, text.splitlines()[-1] if text else "")
    except (ValueError, KeyError, TypeError):
        raise KernelFailed(f"{executable} does not answer as a Python does.", text[-2000:]) from None


def install(found: PythonFound, specs: KernelSpecs) -> KernelSpec:
    """Make it a kernel, or find the one that it is already. Reads and writes the disk; server thread.

    Raises:
        KernelFailed: it has no ipykernel. StorageFailed: nothing can be written.
    """
    if not found.has_kernel:
        raise KernelFailed(f"{found.executable} has no ipykernel, without which it cannot be a kernel.")
    everything = specs.all()
    known = next((spec for spec in everything.values() if _starts(spec, found.executable)), None)
    if known is not None:
        return known
    name = next(name for name in _names(found.spec_name) if name not in everything)
    folder = specs.own_folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / "kernel.json.new"
        unfinished.write_text(json.dumps(_kernel_json(found), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(folder / "kernel.json")
    except OSError as error:
        raise StorageFailed(f"The kernel could not be written to {folder}: {error.strerror}.") from None
    return specs.get(name)


def install_command(executable: Path, package: str = "ipykernel") -> str:
    """What a user types to have a package in it."""
    typed = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    return typed((str(executable), "-m", "pip", "install", package))


def _parsed(executable: Path, line: str) -> PythonFound:
    said = cast("dict[str, object]", json.loads(line))
    return PythonFound(
        executable,
        str(said["version"]),
        Path(str(said["prefix"])),
        is_environment=said["is_environment"] is True,
        has_kernel=said["has_kernel"] is True,
    )


def _kernel_json(found: PythonFound) -> dict[str, object]:
    return {
        "argv": [str(found.executable), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": found.display_name,
        "language": "python",
        "metadata": {"debugger": True},
    }


def _starts(spec: KernelSpec, executable: Path) -> bool:
    program = Path(spec.program or spec.argv[0])
    return program == executable and "ipykernel_launcher" in spec.argv


def _names(first: str) -> list[str]:
    return [first, *(f"{first}-{number}" for number in range(2, 1000))]
