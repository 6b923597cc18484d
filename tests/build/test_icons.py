"""The icons: drawn in their sizes, and packed as each system wants them."""

import struct
from pathlib import Path

import pytest

from build import icons

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def side(picture: bytes) -> int:
    assert picture.startswith(SIGNATURE)
    width, height = struct.unpack_from(">II", picture, 16)
    assert width == height
    return int(width)


@pytest.mark.parametrize("svg", [icons.APPLICATION, icons.NOTEBOOK], ids=["application", "notebook"])
@pytest.mark.parametrize("wanted", [16, 48, 512])
def test_an_icon_is_drawn_in_the_size_that_was_asked_for_and_the_same_each_time(svg: Path, wanted: int) -> None:
    assert side(icons.png(svg, wanted)) == wanted
    assert icons.png(svg, wanted) == icons.png(svg, wanted)


def test_windows_finds_every_picture_where_the_directory_says() -> None:
    packed = icons.ico(icons.APPLICATION)

    reserved, kind, count = struct.unpack_from("<HHH", packed)
    entries = [struct.unpack_from("<BBBBHHII", packed, 6 + 16 * at) for at in range(count)]

    assert (reserved, kind) == (0, 1)
    assert [(entry[0] or 256, side(packed[entry[7] : entry[7] + entry[6]])) for entry in entries] == [
        (size, size) for size in (16, 20, 24, 32, 40, 48, 64, 256)
    ]
    assert entries[-1][6] + entries[-1][7] == len(packed)


def test_macos_finds_every_picture_with_the_side_that_its_kind_means() -> None:
    packed = icons.icns(icons.APPLICATION)

    found: dict[str, int] = {}
    at = 8
    while at < len(packed):
        kind, length = packed[at : at + 4].decode(), int(struct.unpack_from(">I", packed, at + 4)[0])
        found[kind] = side(packed[at + 8 : at + length])
        at += length

    assert packed[:4] == b"icns"
    assert struct.unpack_from(">I", packed, 4) == (len(packed),)
    assert found["ic07"] == 128
    assert found["ic10"] == 1024
    assert found["ic11"] == 32
