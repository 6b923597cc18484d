"""The Pythons of this machine that Jupyter cannot start, as a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from adrastea.doctor.finding import Finding
from adrastea.kernels.pythons import Python


def without_kernel(all_pythons: Iterable[Python], with_one: Iterable[Path]) -> list[Python]:
    """Those that no kernelspec starts; `with_one` are the executables that kernelspecs start."""
    started = {(Python(executable).prefix, executable.resolve()) for executable in with_one}
    return [python for python in all_pythons if (python.prefix, python.executable.resolve()) not in started]


def finding(idle: Sequence[Python]) -> Finding:
    """Pythons without a kernel are no fault: it names them and says how to have one."""
    paths = [str(python.executable) for python in idle]
    mend = "For a kernel in PYTHON: PYTHON -m pip install ipykernel && PYTHON -m ipykernel install --user --name NAME"
    system = [str(python.executable) for python in idle if python.belongs_to_the_system]
    if system:
        mend += f" ({system[0]} belongs to the system: make an environment first, {system[0]} -m venv ENVIRONMENT)"
    details = {"executables": paths}
    return Finding("pythons-without-kernel", "kernels", "Other Pythons", "ok", ", ".join(paths), mend, details)
