"""The kernels of this machine: found where, started by which command, and whether that can run.

A Python kernel's interpreter is asked to import ipykernel, as the kernel itself will: all at once, in processes of
their own, within a time limit.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea.doctor import pythons
from adrastea.doctor.finding import Finding, State
from adrastea.doctor.probe import Answer, Question, ask
from adrastea.kernels.kernelspec import KernelSpec, KernelSpecs, command, environment
from adrastea.kernels.pythons import pythons as all_pythons

_AREA: Final = "kernels"
_SECONDS: Final = 20.0  # for all of them together; a cold disk needs some for one
_IMPORT: Final = "import ipykernel; print(ipykernel.__version__)"
_LOGGER: Final = "adrastea.kernels.kernelspec"
_MODULES: Final = frozenset({"ipykernel", "ipykernel_launcher"})
_NONE: Final = "For Python: python3 -m pip install ipykernel. Other languages: see their kernel's documentation."


@dataclass(frozen=True, slots=True)
class _Checked:
    spec: KernelSpec
    argv: tuple[str, ...]
    program: str | None
    """What is executed, None when it does not exist."""
    answer: Answer | None
    """What its Python said about ipykernel; None where it was not asked."""


def examine(environ: Mapping[str, str], home: Path, here: Path) -> list[Finding]:
    """The kernels, the folders that were looked in, and the Pythons without a kernel."""
    with _complaints() as complaints:
        specs = KernelSpecs()
        checked = _check(list(specs.all().values()), environ)
    found = [_kernel(one) for one in checked]
    findings = [_summary(checked, found), *found]
    findings += [
        Finding("kernelspec-broken", _AREA, "Kernelspec", "warning", text, "Mend its kernel.json or remove its folder.")
        for text in complaints
    ]
    started = [Path(one.program) for one in checked if one.program is not None]
    idle = pythons.without_kernel(all_pythons(environ, home, here), started)
    return [*findings, _folders(specs.search), *([pythons.finding(idle)] if idle else [])]


@contextmanager
def _complaints() -> Generator[list[str]]:
    """What the search for kernelspecs would have written into the log."""
    said: list[str] = []

    def note(record: logging.LogRecord) -> bool:
        said.append(record.getMessage())
        return False

    logger = logging.getLogger(_LOGGER)
    logger.addFilter(note)
    try:
        yield said
    finally:
        logger.removeFilter(note)


def _check(specs: Sequence[KernelSpec], environ: Mapping[str, str]) -> list[_Checked]:
    environments = [environment(spec, environ) for spec in specs]
    argvs = [tuple(command(spec, Path("connection-file"))) for spec in specs]
    programs = [
        shutil.which(argv[0], path=own.get("PATH", os.defpath)) for argv, own in zip(argvs, environments, strict=True)
    ]
    asked = [at for at, argv in enumerate(argvs) if programs[at] is not None and import_command(argv) is not None]
    answers = ask([Question(import_command(argvs[at]) or (), environments[at]) for at in asked], _SECONDS)
    heard = dict(zip(asked, answers, strict=True))
    return [_Checked(spec, argvs[at], programs[at], heard.get(at)) for at, spec in enumerate(specs)]


def import_command(argv: Sequence[str]) -> tuple[str, ...] | None:
    """The same interpreter, importing ipykernel instead of running it; None where another kernel is started."""
    for at, part in enumerate(argv[:-1]):
        if part == "-m" and argv[at + 1] in _MODULES:
            return (*argv[:at], "-c", _IMPORT)
    return None


def _kernel(one: _Checked) -> Finding:
    spec = one.spec
    state, text, mend = _condition(one)
    language = f", {spec.language}" if spec.language else ""
    found = f"{spec.display_name}{language}: {text}"
    details = {
        "name": spec.name,
        "language": spec.language,
        "command": one.argv,
        "folder": str(spec.resource_dir),
        "ipykernel": one.answer.text if one.answer is not None and one.answer.code == 0 else "",
    }
    return Finding("kernel", _AREA, spec.name, state, found, mend, details)


def _condition(one: _Checked) -> tuple[State, str, str]:
    if one.program is None:
        remove = f"remove the folder {one.spec.resource_dir}"
        return "warning", f"{one.argv[0]} does not exist", f"Install it again, or {remove}."
    if one.answer is None:
        return "ok", one.program, ""
    if one.answer.code == 0:
        return "ok", f"{one.program}, ipykernel {one.answer.last_line}", ""
    why = one.answer.last_line or "it ended without a word"
    return "warning", f"{one.program} cannot import ipykernel ({why})", f"{one.program} -m pip install ipykernel"


def _summary(checked: Sequence[_Checked], found: Sequence[Finding]) -> Finding:
    working = sum(finding.state == "ok" for finding in found)
    if not checked:
        return Finding("kernels", _AREA, "Kernels", "missing", "none found", _NONE)
    if not working:
        return Finding("kernels", _AREA, "Kernels", "missing", "none of those found can start", _NONE)
    return Finding("kernels", _AREA, "Kernels", "ok", f"{working} of {len(found)} can start")


def _folders(search: Sequence[Path]) -> Finding:
    there = [str(folder) for folder in search if folder.is_dir()]
    text = f"looked into {len(search)}, {len(there)} of them there: {', '.join(there)}" if there else "none is there"
    details = {"searched": [str(folder) for folder in search], "there": there}
    return Finding("jupyter-folders", _AREA, "Jupyter's folders", "ok", text, "", details)
