"""`Finding`: what one check has found, as a value; and what several of them mean together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

State: TypeAlias = Literal["ok", "warning", "missing"]
"""`missing`: without it `adrastea serve` does not start, or no kernel runs. `warning`: something else does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    name: str
    """For programs: lower case, stays the same from version to version."""
    area: str
    """Under which heading it stands: program, window, kernels, folders, tools."""
    title: str
    state: State
    found: str
    """What is there, with its version and place."""
    mend: str = ""
    """How to mend it, or what else could be done; a sentence."""
    details: Mapping[str, str | Sequence[str]] = field(default_factory=dict[str, "str | Sequence[str]"])
    """The same as values, for programs, where there is more than a sentence can hold."""


def is_complete(findings: Iterable[Finding]) -> bool:
    """Whether `adrastea serve` starts and a kernel runs."""
    return all(finding.state != "missing" for finding in findings)
