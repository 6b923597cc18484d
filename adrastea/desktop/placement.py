"""Where a window is and how large, and whether that can be seen. Pure.

Lengths in pixels; x and y count from the corner of the first screen, so that those of another may be negative.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import cast

_MIN_WIDTH, _MIN_HEIGHT = 480, 320
_MAX = 20_000  # beyond any screen
_STEP = 32  # between windows that would cover each other
_HOLD = 64  # of a window's upper edge, to be dragged by


@dataclass(frozen=True, slots=True)
class Placement:
    """A window's place; x and y are None where the system shall choose."""

    width: int = 1280
    height: int = 860
    x: int | None = None
    y: int | None = None
    maximized: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """One of the screens that there are now."""

    x: int
    y: int
    width: int
    height: int


def parse(raw: object) -> Placement:
    """A place from JSON: sizes that fit no screen and values of other types are replaced by the default."""
    if not isinstance(raw, dict):
        return Placement()
    given = cast("dict[str, object]", raw)
    width, height = _within(given.get("width"), _MIN_WIDTH), _within(given.get("height"), _MIN_HEIGHT)
    x, y = _within(given.get("x"), -_MAX), _within(given.get("y"), -_MAX)
    default = Placement()
    return Placement(
        default.width if width is None else width,
        default.height if height is None else height,
        None if y is None else x,
        None if x is None else y,
        given.get("maximized") is True,
    )


def on_screen(at: Placement, screens: Sequence[Screen]) -> Placement:
    """The place with a size that fits one of the screens, and only if the window can be reached there."""
    if not screens:
        return at
    width = min(at.width, max(screen.width for screen in screens))
    height = min(at.height, max(screen.height for screen in screens))
    at = replace(at, width=max(width, _MIN_WIDTH), height=max(height, _MIN_HEIGHT))
    if at.x is None or at.y is None or any(_holds(screen, at.x, at.y, at.width) for screen in screens):
        return at
    return replace(at, x=None, y=None)


def apart(at: Placement, taken: Collection[tuple[int, int]]) -> Placement:
    """The place a little further down and to the right, where it does not cover a window that stands at `taken`."""
    while at.x is not None and at.y is not None and (at.x, at.y) in taken:
        at = replace(at, x=at.x + _STEP, y=at.y + _STEP)
    return at


def _holds(screen: Screen, x: int, y: int, width: int) -> bool:
    """Whether enough of the upper edge of a window lies on the screen."""
    shown = min(x + width, screen.x + screen.width) - max(x, screen.x)
    return shown >= _HOLD and screen.y <= y <= screen.y + screen.height - _HOLD


def _within(value: object, least: int) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MAX:
        return value
    return None
