"""The Pythons of this machine: installations and environments.

Looked for where they usually are: on the PATH, in the active environment, in and below the current folder (venv, pixi),
and where pyenv, conda, uv and pixi put theirs. Nothing is run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAMES: Final = re.compile(r"python(3(\.\d+)?)?(\.exe)?")
_OF_THE_USER: Final = (
    ".pyenv/versions/*",
    ".local/share/uv/python/*",
    ".local/share/mise/installs/python/*",
    ".pixi/envs/*",
    ".virtualenvs/*",
    ".conda/envs/*",
    *(
        f"{base}{environments}"
        for base in ("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba")
        for environments in ("", "/envs/*")
    ),
)
_OF_THE_FOLDER: Final = (".venv", "venv", "env", ".pixi/envs/*", "*/.venv")
_CONDA_LIST: Final = Path(".conda", "environments.txt")


@dataclass(frozen=True, slots=True)
class Python:
    """One installation or environment."""

    executable: Path

    @property
    def prefix(self) -> Path:
        """Where it is installed, without symlinks: what tells two of them apart."""
        folder = self.executable.parent.resolve()
        return folder.parent if folder.name.lower() in {"bin", "scripts"} else folder

    @property
    def belongs_to_the_system(self) -> bool:
        """Whether `pip` refuses to install into it, as into a distribution's own (PEP 668)."""
        return any(self.prefix.glob("lib/python3*/EXTERNALLY-MANAGED"))


def pythons(environ: Mapping[str, str], home: Path, here: Path) -> list[Python]:
    """All that are found, each once, in the order in which they were."""
    found: dict[tuple[Path, Path], Python] = {}
    for executable in _executables(environ, home, here):
        python = Python(executable)
        found.setdefault((python.prefix, executable.resolve()), python)
    return list(found.values())


def in_prefix(prefix: Path) -> Iterator[Path]:
    """The Python of an installation or environment, by its plainest name; nothing where there is none."""
    for folder in (prefix / "bin", prefix / "Scripts", prefix):
        found = next(_in_folder(folder), None)
        if found is not None:
            yield found
            return


def _executables(environ: Mapping[str, str], home: Path, here: Path) -> Iterator[Path]:
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if environ.get(name):
            yield from in_prefix(Path(environ[name]))
    for folder in map(Path, environ.get("PATH", os.defpath).split(os.pathsep)):
        if folder.is_absolute() and folder.name != "shims":  # pyenv's stand for the others
            yield from _in_folder(folder)
    for base, patterns in ((here, _OF_THE_FOLDER), (home, _OF_THE_USER)):
        for pattern in patterns:
            for prefix in _glob(base, pattern):
                yield from in_prefix(prefix)
    for line in _lines(home / _CONDA_LIST):
        yield from in_prefix(Path(line))


def _in_folder(folder: Path) -> Iterator[Path]:
    """Its Pythons; the plain names first, so that these are the ones that are shown."""
    try:
        inside = [path for path in folder.iterdir() if _NAMES.fullmatch(path.name)]
    except OSError:
        return
    for path in sorted(inside, key=lambda path: (len(path.name), path.name)):
        if _is_program(path):
            yield path


def _is_program(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _glob(base: Path, pattern: str) -> list[Path]:
    try:
        return sorted(base.glob(pattern))
    except OSError:
        return []


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip()]
