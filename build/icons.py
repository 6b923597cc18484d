"""The icons of each system, drawn from two SVG files: PNG in all sizes, `.ico` for Windows, `.icns` for macOS.

Drawn by resvg, which is the same on every system; nothing drawn is kept in the repository. Both containers hold PNG
files as they are:

    ico    reserved, kind = 1, count | width, height, …, size, offset per picture | pictures        little-endian
    icns   "icns", length | kind, length, picture …                                               big-endian

Source of truth: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) and Apple's IconFamily format.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

from build.console import ROOT

APPLICATION = ROOT / "ui" / "public" / "icon.svg"
NOTEBOOK = ROOT / "spec" / "icons" / "notebook.svg"
LINUX_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_ICNS_KINDS = {
    "icp4": 16,
    "icp5": 32,
    "ic11": 32,
    "ic12": 64,
    "ic07": 128,
    "ic08": 256,
    "ic13": 256,
    "ic09": 512,
    "ic14": 512,
    "ic10": 1024,
}
_WHOLE = 256  # a side of 256 pixels is written as 0


def png(svg: Path, side: int) -> bytes:
    """The picture in a square of `side` pixels."""
    import resvg_py  # noqa: PLC0415 -- only who draws icons needs it

    return bytes(resvg_py.svg_to_bytes(svg_string=svg.read_text(encoding="utf-8"), width=side, height=side))


def ico(svg: Path) -> bytes:
    """The picture in Windows' sizes."""
    return pack_ico({side: png(svg, side) for side in _ICO_SIZES})


def icns(svg: Path) -> bytes:
    """The picture in macOS's sizes."""
    drawn = {side: png(svg, side) for side in sorted(set(_ICNS_KINDS.values()))}
    return pack_icns({kind: drawn[side] for kind, side in _ICNS_KINDS.items()})


def pack_ico(pictures: Mapping[int, bytes]) -> bytes:
    """PNG files by their side, as one `.ico`."""
    at = 6 + 16 * len(pictures)
    head = [struct.pack("<HHH", 0, 1, len(pictures))]
    for side, picture in pictures.items():
        head.append(struct.pack("<BBBBHHII", side % _WHOLE, side % _WHOLE, 0, 0, 1, 32, len(picture), at))
        at += len(picture)
    return b"".join((*head, *pictures.values()))


def pack_icns(pictures: Mapping[str, bytes]) -> bytes:
    """PNG files by Apple's kind, as one `.icns`."""
    body = b"".join(
        kind.encode("ascii") + struct.pack(">I", len(picture) + 8) + picture for kind, picture in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body
