"""Which files of the spool somebody still speaks of: outputs of a notebook, versions, journals, past runs.

The text of an output says where its whole is kept (`streams.py`), and goes wherever the output goes. So whoever may
bring it back is asked for that line.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from adrastea.documents import streams
from adrastea.documents.notebook import Notebook, Output, Stream
from adrastea.documents.version_contents import PARTS

_NAMED: Final = re.compile(rb" is kept as ([0-9a-f]{16})")
_COMPRESSED: Final = b"\x78"  # the first byte of what zlib has written
_READ_BYTES: Final = 1 << 20
_LONGEST: Final = 64  # bytes of what is looked for, and more: it may lie across two reads


def in_outputs(outputs: Iterable[Output]) -> set[str]:
    """The files that these outputs show the ends of. Pure; looks into long streams only."""
    long = (one for one in outputs if isinstance(one, Stream) and one.length > 2 * streams.STREAM_KEEP)
    found = (streams.kept(one.text) for one in long)
    return {kept.id for kept in found if kept is not None}


def in_notebook(notebook: Notebook) -> set[str]:
    """Those of all its cells. Pure."""
    return in_outputs(output for cell in notebook.cells for output in cell.outputs)


def in_folders(folders: Iterable[Path]) -> set[str]:
    """Those that any file below these folders speaks of. Blocks; any thread.

    Raises:
        OSError: one cannot be read: then nobody knows.
    """
    found: set[str] = set()
    for folder in folders:
        for parent, _, names in os.walk(folder, onerror=_unless_gone):
            for name in names:
                with suppress(FileNotFoundError):
                    for text in _texts(Path(parent) / name):
                        found.update(match.decode() for match in _NAMED.findall(text))
    return found


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error


def _texts(path: Path) -> Iterator[bytes]:
    """What it holds, piece by piece, each with the end of the one before."""
    end = b""
    with path.open("rb") as file:
        if path.suffix == PARTS:
            file.readline()
        unpack = zlib.decompressobj() if file.peek(1)[:1] == _COMPRESSED else None
        while piece := file.read(_READ_BYTES):
            try:
                piece = piece if unpack is None else unpack.decompress(piece)
            except zlib.error:  # it only begins like one
                unpack = None
            yield end + piece
            end = piece[-_LONGEST:]
