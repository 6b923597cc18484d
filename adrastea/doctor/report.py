"""Findings as text for people and as JSON for bug reports. Pure.

The shape of the JSON is described in docs/doctor.md. The user's home folder is written `~` in both, so that a report
does not carry a name.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from adrastea.about import About, without_home
from adrastea.doctor.finding import Finding, State, is_complete

FORMAT: Final = 1
"""Grows when a field changes its meaning or goes away, not when one is added."""

_Json: TypeAlias = "str | int | Mapping[str, _Json] | Sequence[_Json]"
_COLOURS: Final[dict[State, str]] = {"ok": "\033[32m", "warning": "\033[33m", "missing": "\033[1;31m"}
_PLAIN: Final = "\033[0m"
_STATE_WIDTH: Final = len("missing")
_LARGEST_TITLE: Final = 24
_LINE: Final = 100


def as_text(findings: Sequence[Finding], about: About, home: str, *, coloured: bool) -> str:
    """Aligned lines under headings; the state stands in words."""
    lines = [f"Adrastea {about.version}, {about.form}, Python {about.python}"]
    width = min(_LARGEST_TITLE, max((len(finding.title) for finding in findings), default=0))
    for area, group in groupby(findings, key=lambda finding: finding.area):
        lines += ["", area.capitalize()]
        for finding in group:
            lines += _lines(finding, width, coloured=coloured)
    return without_home("\n".join([*lines, "", _summary(findings), ""]), home)


def as_json(findings: Sequence[Finding], about: About, home: str) -> str:
    """One JSON object, indented."""
    report: dict[str, _Json] = {
        "format": FORMAT,
        "version": about.version,
        "form": about.form,
        "python": about.python,
        "system": about.system,
        "complete": is_complete(findings),
        "checks": [
            {
                "name": finding.name,
                "area": finding.area,
                "title": finding.title,
                "state": finding.state,
                "found": finding.found,
                "mend": finding.mend,
                "details": dict(finding.details),
            }
            for finding in findings
        ],
    }
    return json.dumps(_homeless(report, home), indent=2, ensure_ascii=False) + "\n"


def _lines(finding: Finding, width: int, *, coloured: bool) -> list[str]:
    state = finding.state.ljust(_STATE_WIDTH)
    state = f"{_COLOURS[finding.state]}{state}{_PLAIN}" if coloured else state
    indent = " " * (_STATE_WIDTH + width + 6)
    title = finding.title if len(finding.title) <= width else f"{finding.title[: width - 1]}…"
    found, *rest = _wrapped(finding.found, indent) or [""]
    lines = [f"  {state}  {title.ljust(width)}  {found}".rstrip(), *(indent + line for line in rest)]
    return [*lines, *(indent + line for line in _wrapped(finding.mend, indent))]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _LINE - len(indent), break_long_words=False, break_on_hyphens=False)


def _summary(findings: Sequence[Finding]) -> str:
    missing = [finding.title for finding in findings if finding.state == "missing"]
    warnings = sum(finding.state == "warning" for finding in findings)
    if missing:
        return f"Missing: {', '.join(missing)}. Without it notebooks cannot be served or run."
    if warnings:
        return f"Notebooks can be served and run. {warnings} {'point' if warnings == 1 else 'points'} to look at above."
    return "Notebooks can be served and run, and nothing is missing."


def _homeless(value: _Json, home: str) -> _Json:
    if isinstance(value, str):
        return without_home(value, home)
    if isinstance(value, Mapping):
        return {key: _homeless(inner, home) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_homeless(inner, home) for inner in value]
    return value
