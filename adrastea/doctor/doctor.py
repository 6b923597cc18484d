"""`adrastea doctor`: looks at everything, prints what it has found, and says by its exit code whether that is enough.

Works on a machine with nothing: a check that fails itself becomes a finding. Nothing is changed. Imports neither
Tornado, ZeroMQ nor pywebview.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from adrastea.about import about
from adrastea.doctor import folders, kernels, left_kernels, report, tools, window
from adrastea.doctor.finding import Finding, is_complete


def run(stream: TextIO, *, as_json: bool) -> int:
    """Print the report. Returns 0 when everything that `serve` and a kernel need is there, else 1."""
    ours, home = about(), _home()
    findings = examine(os.environ)
    if as_json:
        text = report.as_json(findings, ours, str(home))
    else:
        text = report.as_text(findings, ours, str(home), coloured=_may_colour(stream, os.environ))
    with contextlib.suppress(BrokenPipeError):  # `| head` has read enough
        stream.write(text)
        stream.flush()
    return 0 if is_complete(findings) else 1


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """All findings, by area."""
    checks: tuple[tuple[str, Callable[[], list[Finding]]], ...] = (
        ("program", lambda: tools.examine_program(about())),
        ("kernels", lambda: kernels.examine(environ, _home(), _here())),
        ("left-kernels", lambda: left_kernels.examine(environ)),
        ("window", lambda: window.examine(environ)),
        ("folders", lambda: folders.examine(environ)),
        ("tools", lambda: tools.examine_tools(environ)),
    )
    return [finding for area, check in checks for finding in _checked(area, check)]


def _checked(area: str, check: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return check()
    except Exception as error:
        said = f"could not be examined: {type(error).__name__}: {error}"
        return [Finding(f"{area}-check", area, area.capitalize(), "warning", said, "Please report this.")]


def _home() -> Path:
    """`/` where the system does not say: nothing is found there, and nothing shortened."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return _home()


def _may_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb" and sys.platform != "win32"
