"""Freezes the program: `python -m build.freeze nuitka` makes `dist/adrastea`, with `pyinstaller` another beside it.

The data are in `spec/freeze.toml`. On Linux both freezers make a folder, and `build/one_file.py` makes one file of it;
elsewhere they make one file by themselves. What a freezer writes meanwhile is in `.cache/freeze/`. Two runs on the same
sources make the same bytes.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from adrastea import __version__
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
    command = [str(environment.PYTHON), *nuitka_arguments(plan, plan.interface_files(), sys.platform)]
    say("Freezing with Nuitka: half a minute to three, by the machine.")
    run(Task("nuitka", command, _ADVICE, environment=_ENVIRONMENT))
    work = WORK / "nuitka"
    if _has_launcher(sys.platform):
        return one_file.make(work / "app.dist", PROGRAM, DIST / "adrastea", int(_EPOCH))
    return _take(work / f"adrastea{_suffix(sys.platform)}", f"adrastea{_suffix(sys.platform)}")


def nuitka_arguments(plan: lean.Plan, files: Sequence[Path], platform: str) -> list[str]:
    """What Python is told. Our launcher is Linux's; elsewhere Nuitka makes the one file, which unpacks itself once."""
    unpacked = f"{{CACHE_DIR}}/Adrastea/{__version__}"
    form = (
        ["--mode=standalone", f"--output-filename={PROGRAM}", "--static-libpython=yes"]
        if _has_launcher(platform)
        else ["--mode=onefile", f"--output-filename=adrastea{_suffix(platform)}", f"--onefile-tempdir-spec={unpacked}"]
    )
    return [
        *("-X", "utf8", "-m", "nuitka"),
        *form,
        "--deployment",
        "--lto=yes",
        "--python-flag=no_docstrings,no_asserts,-S,isolated,no_warnings",
        "--disable-plugins=multiprocessing,pywebview,gi",
        f"--user-plugin={ROOT / 'build' / 'nuitka_lean.py'}",
        "--include-module=build.frozen_code",
        *(f"--include-package={name}" for name in plan.packages),
        *(f"--include-module={name}" for name in plan.modules),
        *(f"--nofollow-import-to={name}" for name in sorted(plan.left_out)),
        *(f"--noinclude-dlls={pattern}" for pattern in plan.of_the_system if _has_launcher(platform)),
        *(f"--include-data-files={ROOT / plan.interface / file}={plan.interface / file}" for file in files),
        *(f"--include-data-files={ROOT / file}={file}" for file in plan.data),
        f"--output-dir={WORK / 'nuitka'}",
        f"--report={WORK / 'nuitka' / 'report.xml'}",
        "--remove-output",
        "--assume-yes-for-downloads",
        str(ROOT / "app.py"),
    ]


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
    own = {"PYINSTALLER_CONFIG_DIR": str(work)}
    if _has_launcher(sys.platform):
        own["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"  # what is compressed already, `one_file` makes no smaller
    run(Task("pyinstaller", command, _ADVICE, environment={**_ENVIRONMENT, **own}))
    if _has_launcher(sys.platform):
        return one_file.make(work / "adrastea", PROGRAM, DIST / "adrastea-pyinstaller", int(_EPOCH))
    suffix = _suffix(sys.platform)
    return _take(work / f"adrastea{suffix}", f"adrastea-pyinstaller{suffix}")


def _has_launcher(platform: str) -> bool:
    """Whether `one_file.py` makes the one file; elsewhere the freezer does."""
    return platform.startswith("linux")


def _suffix(platform: str) -> str:
    return ".exe" if platform == "win32" else ""


def _take(made: Path, name: str) -> Path:
    """Put what the freezer has made into `dist/`."""
    return Path(shutil.move(made, DIST / name))


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
