"""Freezes the program: `python -m build.freeze nuitka` makes `dist/adrastea`, with `pyinstaller` another beside it.

The data are in `spec/freeze.toml`. Both freezers make a folder first; `build/one_file.py` makes one file of it. What a
freezer writes meanwhile is in `.cache/freeze/`. Two runs on the same sources make the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from build import environment, lean, one_file, system_packages
from build.console import CACHE, ROOT, SetupFailed, Task, run, say

WORK: Final = CACHE / "freeze"
DIST: Final = ROOT / "dist"
PROGRAM: Final = "adrastea.bin"
"""The executable in the folder, beside a folder of the package's name."""

_EPOCH: Final = "1767225600"  # 2026-01-01: what time stands in files that must have one
_ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",  # sets in one order
    "PYTHONNODEBUGRANGES": "1",  # tracebacks name lines, not columns
    "PYTHONPATH": str(ROOT),
    "SOURCE_DATE_EPOCH": _EPOCH,
}
_ADVICE: Final = "Look into its log; `make app` tries again."


def nuitka() -> Path:
    """Freeze with Nuitka. Returns the one file.

    Raises:
        SetupFailed: something is missing, or Nuitka failed.
    """
    plan = lean.load()
    files = plan.interface_files()
    work = WORK / "nuitka"
    command: list[str | Path] = [
        environment.PYTHON, "-X", "utf8", "-m", "nuitka",
        "--mode=standalone",
        "--deployment",
        "--lto=yes",
        "--static-libpython=yes",
        "--python-flag=no_docstrings,no_asserts,-S,isolated,no_warnings",
        "--disable-plugins=multiprocessing,pywebview,gi",
        f"--user-plugin={ROOT / 'build' / 'nuitka_lean.py'}",
        "--include-module=build.frozen_code",
        *(f"--include-package={name}" for name in plan.packages),
        *(f"--include-module={name}" for name in plan.modules),
        *(f"--nofollow-import-to={name}" for name in sorted(plan.left_out)),
        *(f"--noinclude-dlls={pattern}" for pattern in plan.of_the_system),
        *(f"--include-data-files={ROOT / plan.interface / file}={plan.interface / file}" for file in files),
        *(f"--include-data-files={ROOT / file}={file}" for file in plan.data),
        f"--output-dir={work}",
        f"--output-filename={PROGRAM}",
        f"--report={work / 'report.xml'}",
        "--remove-output",
        "--assume-yes-for-downloads",
        ROOT / "app.py",
    ]  # fmt: skip
    say("Freezing with Nuitka: half a minute to three, by the machine.")
    run(Task("nuitka", command, _ADVICE, environment=_ENVIRONMENT))
    return one_file.make(work / "app.dist", PROGRAM, DIST / "adrastea", int(_EPOCH))


def pyinstaller() -> Path:
    """Freeze with PyInstaller. Returns the one file.

    Raises:
        SetupFailed: something is missing, or PyInstaller failed.
    """
    work = WORK / "pyinstaller"
    command: list[str | Path] = [
        environment.PYTHON, "-X", "utf8", "-OO", "-m", "PyInstaller",
        "--noconfirm", "--log-level=WARN",
        f"--distpath={work}", f"--workpath={work / 'work'}",
        ROOT / "spec" / "adrastea.spec",
    ]  # fmt: skip
    say("Freezing with PyInstaller: about half a minute.")
    run(Task("pyinstaller", command, _ADVICE, environment={**_ENVIRONMENT, "PYINSTALLER_CONFIG_DIR": str(work)}))
    return one_file.make(work / "adrastea", PROGRAM, DIST / "adrastea-pyinstaller", int(_EPOCH))


FREEZERS: Final[Mapping[str, Callable[[], Path]]] = {"nuitka": nuitka, "pyinstaller": pyinstaller}


def main(arguments: Sequence[str]) -> int:
    """Freeze with the named freezer; the exit code."""
    if len(arguments) != 1 or arguments[0] not in FREEZERS:
        say(f"usage: python -m build.freeze {{{'|'.join(FREEZERS)}}}")
        return 2
    try:
        if sys.platform.startswith("linux"):
            system_packages.ensure(system_packages.purpose("freezing"))
        environment.install(["freeze"])
        DIST.mkdir(exist_ok=True)
        made = FREEZERS[arguments[0]]()
    except (SetupFailed, system_packages.Missing) as error:
        say(str(error))
        return 1
    say(f"{os.path.relpath(made)}: {made.stat().st_size:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
