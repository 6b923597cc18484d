"""The kernels that programs have left and that no program has: which notebook, since when, how much memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adrastea.doctor.finding import Finding
from adrastea.errors import StartFailed
from adrastea.kernels import process_identity
from adrastea.kernels.adoption import Left, Reach, Records
from adrastea.kernels.adoption_record import Record
from adrastea.settings import folder

_AREA: Final = "kernels"
_WORDS: Final[Mapping[Reach, str]] = {
    "reachable": "runs, and no program has it",
    "unreachable": "runs, and can be reached no more",
    "elsewhere": "was started on another machine",
    "later": "was started by a newer version of Adrastea",
}


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """One finding for each, or one that there is none."""
    try:
        left = Records(folder("state", environ) / "kernels").left()
    except StartFailed:
        left = ()
    return [_finding(one) for one in left] or [Finding("kernels-left", _AREA, "Left running", "ok", "none")]


def _finding(left: Left) -> Finding:
    record, word = left.record, _WORDS[left.reach]
    if record is None:
        return Finding("kernel-left", _AREA, "Left running", "warning", f"A kernel {word}", "End it there.")
    notebooks = ", ".join(joined.path for joined in record.sessions) or "no notebook"
    found = f"{record.display_name} of {notebooks} in {record.root} {word}; since {record.started:%Y-%m-%d %H:%M} UTC"
    details = {"id": record.id, "root": record.root, "reach": left.reach, "pid": str(record.process[0])}
    return Finding("kernel-left", _AREA, "Left running", "warning", found + _memory(left), _mend(left, record), details)


def _memory(left: Left) -> str:
    held = process_identity.resident_bytes(left.record.process[0]) if left.record and left.reach != "elsewhere" else 0
    return f", {held // 1_000_000} MB" if held else ""


def _mend(left: Left, record: Record) -> str:
    if left.reach == "elsewhere":
        return f"Look on {record.host} whether it still runs."
    end = f"End it: kill {record.process[0]}"
    return f"Take it over: adrastea serve {record.root}. {end}" if left.reach == "reachable" else f"{end}"
