"""One run of a cell, as a value and as a line of the file in which past runs are kept. Pure; any thread.

A line holds everything but what is long: a source or outputs of more than `INLINE` bytes lie elsewhere, under their
SHA-256, and the line has that. What is read may be torn, later or anybody's: it is believed as far as it makes sense.

Source of truth: docs/formats.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TypeAlias, cast

from adrastea.documents.notebook import CellId, Output
from adrastea.stored_fields import number, text

INLINE: Final = 1_000
"""Bytes: what is shorter would take more room in a file of its own."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Ran:
    """A cell has run: what there is to keep."""

    id: str
    """Of the request to the kernel. The same again: more is known of the same run now."""
    cell: CellId
    source: str
    """What was sent."""
    outputs: tuple[Output, ...]
    at: datetime
    """When it began; aware, UTC."""
    seconds: float
    status: str
    """How it ended: `ok`, `error`, `interrupted`, `aborted`, `died`, `unknown`."""
    count: int | None = None
    """Its execution count."""
    memory: int | None = None
    """Bytes that the kernel's process held at the end; None where the system does not say."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A content that stands in the line."""

    text: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A content that lies under its SHA-256, hexadecimal."""

    digest: str


Held: TypeAlias = Inline | Elsewhere


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that was kept: all of it but its long contents."""

    id: str
    cell: str
    at: datetime
    seconds: float
    status: str
    count: int | None
    memory: int | None
    size: int
    """Bytes of source and outputs together."""
    whole: bool
    """Whether the outputs are all of the outputs."""
    source: Held
    outputs: Held


def held(data: bytes) -> Held:
    """How a content is named in the line."""
    return Inline(data.decode("utf-8", "surrogatepass")) if len(data) <= INLINE else Elsewhere(digest_of(data))


def digest_of(data: bytes) -> str:
    """The name of a content."""
    return sha256(data).hexdigest()


def encode(run: PastRun) -> bytes:
    """The line, with its end."""
    fields = {
        "id": run.id,
        "cell": run.cell,
        "at": round(run.at.timestamp() * 1000),
        "seconds": run.seconds,
        "status": run.status,
        "count": run.count,
        "memory": run.memory,
        "size": run.size,
        "whole": run.whole,
        "source": _held_fields(run.source),
        "outputs": _held_fields(run.outputs),
    }
    return json.dumps(fields).encode("ascii") + b"\n"


def decode(line: bytes) -> PastRun | None:
    """The run; None for a line that is none."""
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            return None
        return _run(cast("Mapping[str, object]", fields))
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        return None


def _run(fields: Mapping[str, object]) -> PastRun:
    return PastRun(
        id=text(fields["id"]),
        cell=text(fields["cell"]),
        at=datetime.fromtimestamp(number(fields["at"]) / 1000, UTC),
        seconds=_seconds(fields["seconds"]),
        status=text(fields["status"]),
        count=_optional(fields.get("count")),
        memory=_optional(fields.get("memory")),
        size=number(fields["size"]),
        whole=fields.get("whole") is not False,
        source=_held(fields["source"]),
        outputs=_held(fields["outputs"]),
    )


def _held_fields(content: Held) -> dict[str, str]:
    return {"text": content.text} if isinstance(content, Inline) else {"digest": content.digest}


def _held(value: object) -> Held:
    match value:
        case {"digest": str(digest)} if _DIGEST.fullmatch(digest):
            return Elsewhere(digest)
        case {"text": str(text)}:
            return Inline(text)
        case _:
            raise TypeError(value)


def _optional(value: object) -> int | None:
    return None if value is None else number(value)


def _seconds(value: object) -> float:
    seconds = float(value) if isinstance(value, int | float) else math.nan
    if not math.isfinite(seconds):
        raise TypeError(value)
    return seconds
