"""Fields of a JSON object that was written down by some program, believed only as far as they make sense. Pure."""

from __future__ import annotations


def text(value: object) -> str:
    """Raises TypeError for what is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def number(value: object) -> int:
    """A whole one. Raises TypeError for what is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
