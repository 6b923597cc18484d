"""Whether a kernelspec's command is plainly `python -m ipykernel_launcher`, for which a warm Python can stand. Pure.

What an interpreter reads once, when it starts, cannot be given to it afterwards: such variables must be the same.

Source of truth: https://docs.python.org/3/using/cmdline.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea.kernels import kernelspec
from adrastea.kernels.kernelspec import KernelSpec

_PYTHON: Final = re.compile(r"python(\d(\.\d+)?)?t?")
_FLAG: Final = re.compile(r"-[bBdEIOPqRsSuv]+|-[XW]\S+")
_FLAGS_WITH_A_VALUE: Final = frozenset({"-X", "-W"})
_MODULES: Final = frozenset({"ipykernel_launcher", "ipykernel"})
_READ_AT_THE_START: Final = re.compile(r"PYTHON|LD_|LC_|LANG|MALLOC_|GLIBC_|GCONV_|PYDEVD_|DEBUGPY_|PYZMQ_|HOME$")
_ANY_FILE: Final = Path("connection.json")  # where it does not matter which
_NOT_OF_THE_START: Final = frozenset({"PYTHONSTARTUP"})  # IPython reads it when a kernel begins


@dataclass(frozen=True, slots=True)
class PythonCommand:
    """The two halves of such a command."""

    interpreter: tuple[str, ...]
    """The program and its own flags."""
    arguments: tuple[str, ...]
    """What the kernel gets."""


def split(argv: Sequence[str]) -> PythonCommand | None:
    """The halves of a command whose placeholders are filled in; None: it is of another kind."""
    if not _PYTHON.fullmatch(Path(argv[0]).name) or not Path(argv[0]).is_absolute():
        return None
    flags = _flags(argv)
    module, arguments = argv[flags : flags + 2], argv[flags + 2 :]
    if len(module) < 2 or module[0] != "-m" or module[1] not in _MODULES:  # noqa: PLR2004 -- `-m` and its value
        return None
    return PythonCommand(tuple(argv[:flags]), tuple(arguments)) if _plain(arguments) else None


def of(spec: KernelSpec) -> PythonCommand | None:
    """The halves of a kernelspec's command; None: it is of another kind."""
    return split(kernelspec.command(spec, _ANY_FILE))


def read_at_the_start(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that an interpreter, or a library that it is made of, reads once and never again."""
    return {
        name: value
        for name, value in environ.items()
        if _READ_AT_THE_START.match(name) and name not in _NOT_OF_THE_START
    }


def depends_on_the_folder(environ: Mapping[str, str]) -> bool:
    """Whether the interpreter looks for modules relative to the folder in which it starts."""
    path = environ.get("PYTHONPATH", "")
    return bool(path) and not all(part.startswith("/") for part in path.split(":"))


def _flags(argv: Sequence[str]) -> int:
    """Where the interpreter's own flags end."""
    place = 1
    while place < len(argv) and (_FLAG.fullmatch(argv[place]) or argv[place] in _FLAGS_WITH_A_VALUE):
        place += 2 if argv[place] in _FLAGS_WITH_A_VALUE else 1
    return place


def _plain(arguments: Sequence[str]) -> bool:
    """Options only, and the file of `-f`: a word by itself would be a subcommand."""
    words = list(arguments)
    if "-f" in words:
        place = words.index("-f")
        del words[place : place + 2]
    return all(word.startswith("-") for word in words)
