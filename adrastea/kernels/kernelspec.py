"""Which kernels this machine has: `kernel.json` files along the Jupyter paths, and the command that each of them means.

A broken `kernel.json` is logged once and passed over: it never hides the others, nor one of its name further down the
path. Nothing is remembered: a kernel that is installed while we run is there the next time somebody asks.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Template
from typing import Final, Literal, cast

from adrastea.errors import NotFound, ProtocolError
from adrastea.kernels.jupyter_paths import (
    Interpreter,
    kernel_folders,
    python_on_path,
    this_interpreter,
    user_data_dir,
)
from adrastea.protocol.json_part import EMPTY, JsonObject, JsonValue

_log = logging.getLogger(__name__)

DEFAULT_NAME: Final = "python3"

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_PYTHON: Final = frozenset({"python", "python3", f"python3.{sys.version_info.minor}"})
_LOCAL: Final = "local-provisioner"
"""The provisioner that starts a process on this machine, as we do; others start kernels elsewhere."""


@dataclass(frozen=True, slots=True)
class KernelSpec:
    """One installed kernel."""

    name: str
    """The name of its folder, in lower case."""
    argv: tuple[str, ...]
    """As `kernel.json` has it; `command()` makes it one that can be executed."""
    display_name: str
    language: str
    resource_dir: Path
    """Where `kernel.json` and the icons lie."""
    interrupt_mode: Literal["signal", "message"] = "signal"
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    """As `kernel.json` has it; `environment()` fills in its `${NAME}`s."""
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    protocol_version: str = ""
    """Of the messages, as `kernel.json` has it; empty where it says nothing."""
    program: str = ""
    """What to execute in place of `argv[0]`; empty: `argv[0]` itself."""
    prefix: str = ""
    """The Python installation or environment that it belongs to."""


def command(spec: KernelSpec, connection_file: Path) -> list[str]:
    """The argument list that starts the kernel: placeholders filled in, a bare `python` resolved."""
    values = {
        "connection_file": str(connection_file),
        "resource_dir": str(spec.resource_dir),
        "prefix": spec.prefix,
    }
    argv = [spec.program or spec.argv[0], *spec.argv[1:]]
    return [_PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), part) for part in argv]


def environment(spec: KernelSpec, environ: Mapping[str, str]) -> dict[str, str]:
    """The kernel's environment: `environ`, and over it the kernelspec's `env` with `${NAME}` taken from `environ`."""
    filled = {name: Template(value).safe_substitute(environ) for name, value in spec.env.items()}
    result = {**environ, **filled}
    if spec.language.lower().startswith("python"):
        result.pop("PYTHONEXECUTABLE", None)  # names another Python, and sys.executable would follow it
    return result


class KernelSpecs:
    """The installed kernels, looked up anew each time. Reads the disk; belongs to the server thread."""

    def __init__(self, search: Sequence[Path] | None = None, python: Interpreter | None = None) -> None:
        """Look into the folders `search`, first come first served; None takes those that Jupyter would take.

        `python` runs the kernels whose command begins with a bare `python`; None takes ours.
        """
        on_path = python_on_path(os.environ)
        self._python = python or this_interpreter(os.environ, on_path)
        home = Path.home().resolve()
        self._own = search[0] if search else user_data_dir(os.environ, home, sys.platform) / "kernels"
        if search is None:
            search = kernel_folders(os.environ, home, sys.platform, self._python, on_path)
        self._search = tuple(search)
        self._reported: set[Path] = set()
        self._faults: dict[str, str] = {}

    @property
    def search(self) -> tuple[Path, ...]:
        """The folders that are looked into."""
        return self._search

    @property
    def own_folder(self) -> Path:
        """Where the kernels lie that belong to this user, and new ones are put."""
        return self._own

    def all(self) -> Mapping[str, KernelSpec]:
        """All kernels by name, in the order in which they were found."""
        found: dict[str, KernelSpec] = {}
        self._faults.clear()
        for resource_dir in self._resource_dirs():
            name = resource_dir.name.lower()
            if name not in found:
                spec = self._read(name, resource_dir)
                found |= {} if spec is None else {name: spec}
        return found

    def get(self, name: str) -> KernelSpec:
        """The kernel of that name; upper and lower case make no difference.

        Raises:
            NotFound: there is none, or its kernel.json is broken; the sentence says how, or lists what there is.
        """
        found = self.all()
        spec = found.get(name.lower())
        if spec is None:
            fault = self._faults.get(name.lower())
            if fault is not None:
                raise NotFound(f"The kernel.json of {name!r} cannot be used: {fault} Mend it. {_installed(found)}")
            raise NotFound(f"There is no kernel named {name!r}. {_installed(found)}")
        return spec

    def default(self) -> KernelSpec:
        """The kernel of a notebook that names none: `python3`, or the first there is.

        Raises:
            NotFound: no kernel is installed.
        """
        found = self.all()
        spec = found.get(DEFAULT_NAME) or next(iter(found.values()), None)
        if spec is None:
            raise NotFound(_installed(found))
        return spec

    def _resource_dirs(self) -> Iterator[Path]:
        for folder in self._search:
            try:
                yield from sorted(folder.iterdir())
            except OSError:  # missing, mostly; unreadable or not a folder is no better
                continue

    def _read(self, name: str, resource_dir: Path) -> KernelSpec | None:
        path = resource_dir / "kernel.json"
        try:
            spec = parse(name, resource_dir, path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):  # not a kernelspec
            return None
        except (OSError, ProtocolError) as error:
            self._faults.setdefault(name, f"{error.strerror}." if isinstance(error, OSError) else str(error))
            if path not in self._reported:
                self._reported.add(path)
                _log.warning("The kernelspec %s is passed over: %s", path, error)
            return None
        return _resolved(spec, self._python)


def parse(name: str, resource_dir: Path, data: bytes) -> KernelSpec:
    """The kernelspec that the bytes of a `kernel.json` mean.

    Raises:
        ProtocolError: not JSON, no `argv`, a value of the wrong type, or a kernel that does not run on this machine.
    """
    try:
        raw = cast("JsonValue", json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        raise ProtocolError("It is not valid JSON.") from None
    if not isinstance(raw, Mapping):
        raise ProtocolError("It is not a JSON object.")
    argv = raw.get("argv")
    if not isinstance(argv, list) or not argv or not all(isinstance(part, str) for part in argv):
        raise ProtocolError("Its argv is not a list of strings.")
    mode = _text(raw, "interrupt_mode", "signal").lower()
    if mode not in {"signal", "message"}:
        raise ProtocolError(f"Its interrupt_mode is neither signal nor message: {mode!r}.")
    metadata = _object(raw, "metadata")
    provisioner = metadata.get("kernel_provisioner")
    if isinstance(provisioner, Mapping) and provisioner.get("provisioner_name", _LOCAL) != _LOCAL:
        raise ProtocolError("Its kernel_provisioner starts kernels elsewhere, which is not supported.")
    return KernelSpec(
        name=name,
        argv=tuple(cast("list[str]", argv)),
        display_name=_text(raw, "display_name", name),
        language=_text(raw, "language", ""),
        resource_dir=resource_dir,
        protocol_version=_text(raw, "kernel_protocol_version", ""),
        interrupt_mode=cast('Literal["signal", "message"]', mode),
        env={key: _plain(key, value) for key, value in _object(raw, "env").items()},
        metadata=metadata,
    )


def _resolved(spec: KernelSpec, python: Interpreter) -> KernelSpec:
    """With `program` and `prefix` as if the environment that holds the kernelspec were the active one."""
    home = _home_of(spec.resource_dir)
    prefix = python.prefix if home is None else home
    name, bare = spec.argv[0], Path(spec.argv[0]).name == spec.argv[0]
    program = ""
    if bare and home is not None and home != python.prefix:
        program = _program(home, name)
    if not program and name in _PYTHON:
        program = python.executable
    return replace(spec, program=program, prefix=str(prefix))


def _home_of(resource_dir: Path) -> Path | None:
    """The Python installation or environment in which the kernelspec lies; None for the user's folder and the like."""
    if [part.lower() for part in resource_dir.parts[-4:-1]] != ["share", "jupyter", "kernels"]:
        return None
    prefix = resource_dir.parents[3]
    marks = [prefix / "pyvenv.cfg", prefix / "python.exe", *prefix.glob("lib/python3*/os.py")]
    return prefix if any(mark.is_file() for mark in marks) else None


def _program(prefix: Path, name: str) -> str:
    if sys.platform == "win32":
        places = [folder / f"{name.removesuffix('.exe')}.exe" for folder in (prefix, prefix / "Scripts")]
    else:
        places = [prefix / "bin" / name]
    return next((str(place) for place in places if place.is_file()), "")


def _installed(found: Mapping[str, KernelSpec]) -> str:
    if not found:
        return "No kernel is installed. For Python, run: python3 -m pip install ipykernel"
    return f"Installed: {', '.join(sorted(found))}."


def _text(raw: Mapping[str, JsonValue], name: str, default: str) -> str:
    value = raw.get(name, default)
    if not isinstance(value, str):
        raise ProtocolError(f"Its {name} is not a string.")
    return value


def _object(raw: Mapping[str, JsonValue], name: str) -> JsonObject:
    value = raw.get(name, EMPTY)
    if not isinstance(value, Mapping):
        raise ProtocolError(f"Its {name} is not a JSON object.")
    return value


def _plain(name: str, value: JsonValue) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise ProtocolError(f"The value of {name} in its env is not a string.")
