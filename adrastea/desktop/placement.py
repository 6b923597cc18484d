"""Where a window was and how large, remembered between runs in `state_dir/window.json`.

Lengths in pixels of the screen.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

_MIN_WIDTH, _MIN_HEIGHT = 480, 320
_MAX = 20_000  # beyond any screen


@dataclass(frozen=True, slots=True)
class Placement:
    """A window's place; x and y are None where the system shall choose."""

    width: int = 1280
    height: int = 860
    x: int | None = None
    y: int | None = None


def load(folder: Path) -> Placement:
    """The remembered place; the default one where there is none or it makes no sense."""
    try:
        raw: object = json.loads((folder / "window.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Placement()
    return parse(raw)


def parse(raw: object) -> Placement:
    """A place from JSON: sizes that fit no screen and values of other types are replaced by the default."""
    if not isinstance(raw, dict):
        return Placement()
    given = cast("dict[str, object]", raw)
    width, height = _within(given.get("width"), _MIN_WIDTH), _within(given.get("height"), _MIN_HEIGHT)
    x, y = _within(given.get("x"), 0), _within(given.get("y"), 0)
    default = Placement()
    return Placement(
        width or default.width,
        height or default.height,
        None if y is None else x,
        None if x is None else y,
    )


def save(folder: Path, placement: Placement) -> None:
    """Remember. A place that cannot be written is no reason to bother anybody: it is logged."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "window.json").write_text(json.dumps(asdict(placement)), encoding="utf-8")
    except OSError as error:
        log.warning("The window's place could not be remembered: %s", error.strerror)


def _within(value: object, least: int) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MAX:
        return value
    return None
