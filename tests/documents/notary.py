"""Jupyter's own notary, with types: the reference that our signatures are compared with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

import nbformat
from nbformat import sign


class Notary(Protocol):
    """What we ask of it; a notebook is what `read` returns."""

    def compute_signature(self, nb: object) -> str: ...
    def check_signature(self, nb: object) -> bool: ...
    def sign(self, nb: object) -> None: ...


@contextmanager
def notary(folder: Path, **more: object) -> Generator[Notary]:
    """The one whose list lies in `folder`."""
    folder.mkdir(exist_ok=True)
    made = sign.NotebookNotary(data_dir=str(folder), **more)  # type: ignore[no-untyped-call]
    try:
        yield cast("Notary", made)
    finally:
        made.close()  # type: ignore[no-untyped-call]


def read(data: bytes) -> object:
    """A file as Jupyter reads it."""
    return cast("object", nbformat.reads(data.decode(), as_version=4))  # type: ignore[no-untyped-call]
