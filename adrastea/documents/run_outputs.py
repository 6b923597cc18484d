"""The outputs of a run as they are kept: whole, or their beginning and end, and then they say so. Pure; any thread.

Sizes are counted before anything is written as JSON: that holds up every thread of the program while it lasts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from adrastea.documents.notebook import JsonValue, Output, Stream
from adrastea.documents.wire_form import output_to_json, output_to_wire

LIMIT: Final = 2_000_000
"""Characters of JSON that are kept of one run, about."""

_STREAM_KEEP: Final = 100_000  # characters of a stream at each end, where not all can be kept
_FRAME: Final = 100  # characters of an output without its content


def kept(outputs: Sequence[Output], limit: int = LIMIT) -> tuple[bytes, bool]:
    """The outputs as a JSON list in UTF-8, and whether they are all there."""
    sizes = [_size(output, limit) for output in outputs]
    if sum(sizes) <= limit:
        return _json(outputs), True
    shorter = [_shortened(output, limit) for output in outputs]
    sizes = [_size(output, limit) for output in shorter]
    if sum(sizes) <= limit:
        return _json(shorter), False
    first = _fitting(sizes, limit // 2)
    last = _fitting(list(reversed(sizes[first:])), limit // 2)
    left_out = len(shorter) - first - last
    gap = Stream("stderr", f"[… {left_out} outputs of this run are not kept: it was too large …]\n")
    return _json([*shorter[:first], gap, *shorter[len(shorter) - last :]]), False


def _json(outputs: Sequence[Output]) -> bytes:
    wire = [output_to_wire(output) for output in outputs]
    return json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _shortened(output: Output, limit: int) -> Output:
    keep = min(_STREAM_KEEP, limit // 8)
    if not isinstance(output, Stream) or output.length <= 2 * keep:
        return output
    text, left_out = output.text, output.length - 2 * keep
    note = f"\n[… {left_out} characters of this past run are not kept …]\n"
    return Stream(output.name, text[:keep] + note + text[-keep:], output.extra)


def _fitting(sizes: Sequence[int], room: int) -> int:
    """How many of them fit, from the first on."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if total > room:
            return count
    return len(sizes)


def _size(output: Output, limit: int) -> int:
    if isinstance(output, Stream):
        return output.length + _FRAME
    return _characters(output_to_json(output), limit) + _FRAME


def _characters(value: JsonValue, limit: int) -> int:
    """About as many as its JSON has; counting ends beyond `limit`."""
    match value:
        case str():
            return len(value) + 2
        case Mapping():
            return _sum((len(key) + 4 + _characters(inner, limit) for key, inner in value.items()), limit)
        case Sequence():
            return _sum((1 + _characters(inner, limit) for inner in value), limit)
        case _:
            return 8


def _sum(sizes: Iterable[int], limit: int) -> int:
    total = 2
    for size in sizes:
        total += size
        if total > limit:
            break
    return total
