"""One notebook on disk: what `Document` does in a `disk` thread. Everything blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from adrastea.documents import ipynb, large_blocks, store
from adrastea.documents.ipynb import Formatting
from adrastea.documents.notebook import Notebook
from adrastea.documents.store import Fingerprint
from adrastea.errors import AppError, ChangedOnDisk, NotFound

_LARGE_BYTES: Final = 10_000_000  # of a file, of which each save makes as much again

BeforeReplace: TypeAlias = Callable[[Fingerprint], None]
"""Told what the file is about to hold."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A notebook as it lies on the disk."""

    notebook: Notebook
    formatting: Formatting
    fingerprint: Fingerprint
    writable: bool


def load(file: Path) -> Loaded:
    """Read a notebook.

    Raises:
        NotFound, Forbidden, StorageFailed: as `store.read`.
        InvalidNotebook: the file is none.
    """
    data, holds = store.read(file)
    if len(data) > _LARGE_BYTES:
        large_blocks.give_back()
    notebook, formatting = ipynb.decode(data)
    store.sweep(file.parent)
    return Loaded(notebook, formatting, holds, store.is_writable(file))


def fingerprint(file: Path) -> Fingerprint | None:
    """What the file holds now, None if it is gone.

    Raises:
        Forbidden, StorageFailed: as `store.read`.
    """
    try:
        return store.read_fingerprint(file)
    except NotFound:
        return None


def look(file: Path) -> tuple[Fingerprint | None, str]:
    """What the file holds now; None if that cannot be told, with a sentence that says why."""
    try:
        return store.read_fingerprint(file), ""
    except NotFound:
        gone = NotFound(f"{file.name} is not there any more: it was deleted or moved, or its drive is gone.")
        return None, str(gone)
    except AppError as error:
        return None, str(error)


def is_untouched(file: Path, known: Fingerprint) -> bool:
    """Whether the file need not be read to say that it holds this."""
    return store.is_untouched(file, known)


def save(
    file: Path, notebook: Notebook, formatting: Formatting, expected: Fingerprint, before: BeforeReplace
) -> Fingerprint:
    """Write a notebook, if that makes a difference.

    Raises:
        ChangedOnDisk: the file is no longer what we expect.
        Forbidden, StorageFailed: as `store.replace`.
    """
    pieces = ipynb.encode_pieces(notebook, formatting)
    if (new := store.fingerprint_of(pieces)) != expected:
        before(new)
        return store.replace_by_pieces(file, pieces, expected)
    match fingerprint(file):
        case None:
            return store.replace_by_pieces(file, pieces, None)
        case current if current == expected:
            return current
        case _:
            raise ChangedOnDisk(f"{file.name} was changed by another program since it was opened.")


def overwrite(file: Path, notebook: Notebook, formatting: Formatting, before: BeforeReplace) -> Fingerprint:
    """Write a notebook, whatever is there now.

    Raises:
        Forbidden, StorageFailed: as `store.replace`.
    """
    pieces = ipynb.encode_pieces(notebook, formatting)
    before(store.fingerprint_of(pieces))
    return store.replace_by_pieces(file, pieces, None)
