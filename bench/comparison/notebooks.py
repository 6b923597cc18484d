"""The notebooks that pages are measured with, as text of files: few cells, a thousand, 20 MB, a flood. Pure."""

from __future__ import annotations

import json
import random
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_TEXT_LINES = 500
_IMAGES = 10
_SIDE = 512  # pixels: noise of three bytes each does not compress, so that an image has a megabyte in base64
_END = 'print("the end", "of it")'  # what it prints is not in its source
_FLOOD = "value_1 = 1\nfor line in range(200_000):\n    print('line', line)"

_Cell = Mapping[str, object]


def small() -> str:
    """Ten cells."""
    return _notebook([_code(number) for number in range(1, 11)])


def thousand() -> str:
    """A thousand cells, every fifth of them Markdown."""
    return _notebook(
        [_code(number) if number % 5 else _markdown(f"## Section {number}\n\nText.") for number in range(1, 1001)]
    )


def run_all() -> str:
    """A thousand cells of code with hardly anything to do; the last one prints "the end of it"."""
    return _notebook([*(_code(number) for number in range(1, 1000)), {**_code(1000), "source": _END}])


def large() -> str:
    """20 MB: ten images of a megabyte, and 200 cells with 500 printed lines each."""
    noise = random.Random(1)  # noqa: S311 -- the same every time
    images = [_code(number + 2, _image(noise)) for number in range(_IMAGES)]
    printed = [_code(number + 2 + _IMAGES, _printed()) for number in range(200)]
    return _notebook([_code(1), *images, *printed])


def flood() -> str:
    """A cell that prints 200,000 lines, the last of them "line 199999"."""
    return _notebook([{**_code(1), "source": _FLOOD}, _code(2)])


NOTEBOOKS: Final[Mapping[str, Callable[[], str]]] = {
    "small": small,
    "thousand": thousand,
    "large": large,
    "run_all": run_all,
    "flood": flood,
}


def _notebook(cells: Sequence[_Cell]) -> str:
    kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def _code(number: int, *outputs: _Cell) -> _Cell:
    return {
        "cell_type": "code",
        "id": f"cell-{number}",
        "metadata": {},
        "source": f"value_{number} = {number}",
        "execution_count": None,
        "outputs": outputs,
    }


def _markdown(text: str) -> _Cell:
    return {"cell_type": "markdown", "id": f"text-{zlib.crc32(text.encode())}", "metadata": {}, "source": text}


def _printed() -> _Cell:
    line = "a line that was printed, as long as lines of a log are, and a bit\n"
    return {"output_type": "stream", "name": "stdout", "text": [f"{at} {line}" for at in range(_TEXT_LINES)]}


def _image(noise: random.Random) -> _Cell:
    png = b64encode(_png(noise)).decode()
    return {"output_type": "display_data", "data": {"image/png": png, "text/plain": "image"}, "metadata": {}}


def _png(noise: random.Random) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + noise.randbytes(_SIDE * 3) for _ in range(_SIDE))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
