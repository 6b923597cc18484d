"""Bars for each load and server, as SVG: no library, readable in a light and in a dark page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bench.comparison.figures import FIGURES, Measurement, joined
from bench.comparison.report import shown

PLOTTED = ("cpu_us", "reply_p99_ms", "rss_end_mib")
_COLOURS = ("#2a78d6", "#c98500", "#1d9e75", "#a04bc4", "#c0392b")
_STYLE = "text{font:13px sans-serif;fill:#222}@media(prefers-color-scheme:dark){text{fill:#ddd}}"
_WIDTH = 840
_LABELS = 320  # where bars begin
_BARS = _WIDTH - _LABELS - 90  # of the longest one
_BAR = 16
_GAP = 12
_TOP = 64


def plotted(measurements: Sequence[Measurement], name: str) -> str:
    """The figure of every cell that has it; an empty string where none has."""
    found = [one for one in joined(measurements) if name in one.figures]
    if not found:
        return ""
    servers = list(dict.fromkeys(one.server for one in found))
    most = max(one.figures[name] for one in found) or 1.0
    figure, y, parts = FIGURES[name], _TOP, list[str]()
    for load in dict.fromkeys(one.load for one in found):
        parts.append(_text(_LABELS - 10, y + 12, load, anchor="end"))
        for one in (one for one in found if one.load == load):
            colour = _COLOURS[servers.index(one.server) % len(_COLOURS)]
            width = max(1.0, _BARS * one.figures[name] / most)
            parts.append(f'<rect x="{_LABELS}" y="{y}" width="{width:.1f}" height="{_BAR - 2}" fill="{colour}"/>')
            parts.append(_text(_LABELS + width + 6, y + 12, shown(one.figures[name])))
            y += _BAR
        y += _GAP
    title = f"{figure.title}, {figure.unit}" if figure.unit else figure.title
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y}" viewBox="0 0 {_WIDTH} {y}">']
    head += [f"<style>{_STYLE}</style>", _text(10, 22, title), *_legend(servers)]
    return "\n".join([*head, *parts, "</svg>", ""])


def _legend(servers: Sequence[str]) -> list[str]:
    parts, x = list[str](), 10
    for place, server in enumerate(servers):
        parts.append(f'<rect x="{x}" y="34" width="12" height="12" fill="{_COLOURS[place % len(_COLOURS)]}"/>')
        parts.append(_text(x + 18, 45, server))
        x += 18 + 8 * len(server) + 24
    return parts


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
