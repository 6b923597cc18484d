"""A notebook that can be recognised on the screen: its first output is a square of one colour."""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64encode
from pathlib import Path

from tests.system.display import Picture
from tests.system.document import Cell, write

RED, GREEN = 0xD4002A, 0x00A86B
SQUARE = 200  # pixels on a side
PAINT = """
import base64, struct, zlib
from IPython.display import Image, display
rows = b"".join(b"\\0" + bytes((0x00, 0xA8, 0x6B)) * 200 for _ in range(200))
parts = [(b"IHDR", struct.pack(">IIBBBBB", 200, 200, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
display(Image(b"\\x89PNG\\r\\n\\x1a\\n" + b"".join(chunks)))
print("painted")
"""


def square(colour: int) -> bytes:
    """A picture of one colour, as PNG."""
    rows = b"".join(b"\0" + colour.to_bytes(3) * SQUARE for _ in range(SQUARE))
    head = struct.pack(">IIBBBBB", SQUARE, SQUARE, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def shows(picture: Picture, colour: int) -> bool:
    """Whether most of a square of this colour can be seen."""
    return picture.colours()[colour] > SQUARE * SQUARE * 0.9


def write_painted(folder: Path) -> Path:
    """A notebook whose first cell shows a red square, and whose second would show a green one."""
    return _with_red(write(folder, "painted.ipynb", Cell("a", "1"), Cell("b", PAINT)), 0)


def write_before_red(folder: Path, cell: Cell) -> Path:
    """A notebook of this cell, and one that shows a red square: when that is seen, the page hears what happens."""
    return _with_red(write(folder, "n.ipynb", cell, Cell("red", "1")), 1)


def _with_red(file: Path, number: int) -> Path:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    data = {"image/png": b64encode(square(RED)).decode()}
    notebook["cells"][number]["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file
