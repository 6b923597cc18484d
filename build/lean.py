"""What goes into the one file and what stays out of it, for both freezers: `spec/freeze.toml` as questions and answers.

Sources are changed only as the data say, and only where each text stands exactly once: a new version of a package that
reads otherwise stops the build. No module of Python's is replaced by another.
"""

from __future__ import annotations

import fnmatch
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from build.console import ROOT, SetupFailed

SPEC: Final = ROOT / "spec" / "freeze.toml"

_FUTURE: Final = "from __future__ import annotations; "  # before the first line: no line gets another number
_SSL_OR_NONE: Final = "try:\n    import ssl\nexcept ImportError:  # pragma: no cover\n    ssl = None\n"
_SSL_NONE: Final = "ssl = None\n\n\n\n"
_NOW: Final = "import {0}\n"
_LATE: Final = '{0} = type("Late", (), {{"__getattr__": lambda _, name: getattr(__import__("{0}"), name)}})()\n'


@dataclass(frozen=True, slots=True)
class Replacement:
    """In a module's source, `find` gives way to `put`."""

    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The data for one system."""

    packages: tuple[str, ...]
    """Included whole."""
    modules: tuple[str, ...]
    """Included by name."""
    data: tuple[Path, ...]
    """Files that are included as they are, relative to the repository."""
    left_out: Mapping[str, str]
    """Modules that are not included, with what is in them, each with the reason."""
    our_libraries: tuple[str, ...]
    """Patterns of the shared libraries that come with the program; Python's extension modules are not meant."""
    of_the_system: tuple[str, ...]
    """Patterns of libraries that are the user's system's."""
    interface: Path
    """The folder with the built interface, relative to the repository."""
    interface_left_out: tuple[str, ...]
    """Patterns of its files that are not included."""
    interface_plain: frozenset[str]
    """Its files that are included as they are, although a gzip stands beside them."""
    futures: tuple[str, ...]
    """Patterns of modules whose annotations stay texts."""
    replacements: Mapping[str, tuple[Replacement, ...]]
    """Changes of sources, by module."""

    def leaves_out(self, module: str) -> bool:
        """Whether a module stays out, by its own name or by that of a package around it."""
        parts = module.split(".")
        return any(".".join(parts[:length]) in self.left_out for length in range(1, len(parts) + 1))

    def mended(self, module: str, source: str) -> str:
        """The source of a module as it is frozen; each line keeps its number.

        Raises:
            SetupFailed: a text that is to be replaced does not stand there exactly once.
        """
        for replacement in self.replacements.get(module, ()):
            if source.count(replacement.find) != 1:
                message = f"{module} does not hold {replacement.find!r} once: look at the changes in {SPEC.name}."
                raise SetupFailed(message)
            source = source.replace(replacement.find, replacement.put)
        keeps = any(fnmatch.fnmatchcase(module, pattern) for pattern in self.futures)
        return _FUTURE + source if keeps and _FUTURE.rstrip("; ") not in source else source

    def interface_files(self) -> list[Path]:
        """The files of the interface that are included, relative to its folder; sorted.

        Raises:
            SetupFailed: the interface has not been built.
        """
        folder = ROOT / self.interface
        if not (folder / "index.html").exists():
            message = f"{self.interface} is missing. Run `make ui` first."
            raise SetupFailed(message)
        files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        return sorted(file for file in files if self._wants(file, files))

    def _wants(self, file: Path, files: set[Path]) -> bool:
        if any(fnmatch.fnmatchcase(file.name, pattern) for pattern in self.interface_left_out):
            return False
        packed = file.with_name(f"{file.name}.gz") in files
        return not packed or str(file) in self.interface_plain


def load(file: Path = SPEC, platform: str = sys.platform) -> Plan:
    """The plan in `file` for a system, by the name that `sys.platform` has there."""
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    program, interface = data["program"], data["interface"]
    left_out: dict[str, str] = dict(data["left_out"])
    for system, modules in data["left_out_unless"].items():
        if platform != system:
            left_out |= modules
    return Plan(
        packages=tuple(program["packages"]) if platform.startswith("linux") else ("adrastea",),
        modules=(*program["modules"], *program.get(_system(platform), ())),
        data=tuple(map(Path, program["data"])),
        left_out=left_out,
        our_libraries=tuple(data["libraries"]["ours"]),
        of_the_system=tuple(data["libraries"]["of_the_system"]),
        interface=Path(interface["folder"]),
        interface_left_out=tuple(interface["leave_out"]),
        interface_plain=frozenset(interface["plain"]),
        futures=tuple(name for name, rule in data["mended"].items() if rule.get("futures")),
        replacements=_replacements(data),
    )


def _system(platform: str) -> str:
    return "linux" if platform.startswith("linux") else platform


def _replacements(data: Mapping[str, Any]) -> dict[str, tuple[Replacement, ...]]:
    found = {
        name: tuple(Replacement(item["find"], item["put"]) for item in rule.get("replace", ()))
        for name, rule in data["mended"].items()
        if "replace" in rule
    }
    for name in data["without_ssl"]["modules"]:
        found[name] = (*found.get(name, ()), Replacement(_SSL_OR_NONE, _SSL_NONE))
    for late, names in data["late"].items():
        for name in names:
            found[name] = (*found.get(name, ()), Replacement(_NOW.format(late), _LATE.format(late)))
    return found
