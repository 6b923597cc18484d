"""The notebooks that pages are measured with, as text of files: few cells, a thousand, 20 MB, floods. Pure."""

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
_OUTPUTS = 20_000  # of one cell
_DISPLAYS = (
    f"value_1 = 1\nfor number in range({_OUTPUTS:_}):\n    display({{'text/plain': f'shown {{number}}'}}, raw=True)"
)

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


def outputs() -> str:
    """A cell with 20,000 outputs: small images, tables, text and errors in turns."""
    return _notebook([_code(1), _code(2, *(_small_output(number) for number in range(_OUTPUTS))), _code(3)])


def displays() -> str:
    """A cell that shows 20,000 things, and one that prints "the end of it"."""
    return _notebook([{**_code(1), "source": _DISPLAYS}, {**_code(2), "source": _END}])


NOTEBOOKS: Final[Mapping[str, Callable[[], str]]] = {
    "small": small,
    "thousand": thousand,
    "large": large,
    "run_all": run_all,
    "flood": flood,
    "outputs": outputs,
    "displays": displays,
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


def _small_output(number: int) -> _Cell:
    match number % 4:
        case 0:
            return _shown({"image/png": b64encode(_png(random.Random(number), 12)).decode()})  # noqa: S311 -- as above
        case 1:
            row = f"<tr><td>{number}</td><td>{number * number}</td></tr>"
            return _shown({"text/html": f"<table><tr><th>number</th><th>square</th></tr>{row}</table>"})
        case 2:
            return _shown({"text/plain": f"text {number}"})
        case _:
            trace = ["Traceback (most recent call last)", f"ValueError: {number}"]
            return {"output_type": "error", "ename": "ValueError", "evalue": f"{number}", "traceback": trace}


def _shown(data: _Cell) -> _Cell:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _image(noise: random.Random) -> _Cell:
    return _shown({"image/png": b64encode(_png(noise, _SIDE)).decode(), "text/plain": "image"})


def _png(noise: random.Random, side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + noise.randbytes(side * 3) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
