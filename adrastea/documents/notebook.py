"""The notebook as a value: nbformat 4.5, frozen (D1).

Strings that nbformat may split into lists of lines (`source`, stream text, text mimebundle entries) are whole strings
here. What we do not understand is carried in `extra` (unknown keys) or in `UnknownOutput`, and comes back unchanged
(D4). How a file was formatted is not part of the value; `ipynb.py` keeps that.

Source of truth: https://nbformat.readthedocs.io/en/latest/format_description.html and its JSON schema for 4.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NewType, TypeAlias

JsonValue: TypeAlias = "str | bool | int | float | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]
"""An open JSON object: metadata, or a mimebundle (mime type to text, or to JSON for `…+json` types)."""

EMPTY: JsonObject = MappingProxyType({})

CellId = NewType("CellId", str)
"""1 to 64 characters of `[a-zA-Z0-9-_]`, unique in its notebook."""

CellType = Literal["code", "markdown", "raw"]


@dataclass(frozen=True, slots=True)
class Stream:
    """What was printed: consecutive writes to one stream, joined."""

    name: str
    """`stdout` or `stderr`."""
    text: str
    extra: JsonObject = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class DisplayData:
    """One displayed mimebundle."""

    data: JsonObject
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    display_id: str | None = None
    """`transient.display_id`; lives as long as the kernel, never written to a file."""
    extra: JsonObject = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class ExecuteResult:
    """The value of a cell's last expression."""

    data: JsonObject
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    execution_count: int | None = None
    display_id: str | None = None
    extra: JsonObject = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class ErrorOutput:
    """An exception in the kernel's language."""

    ename: str
    evalue: str
    traceback: tuple[str, ...] = ()
    extra: JsonObject = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class UnknownOutput:
    """An output of a type that we do not know: carried through."""

    raw: JsonObject


Output: TypeAlias = Stream | DisplayData | ExecuteResult | ErrorOutput | UnknownOutput


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `outputs` and `execution_count` mean something for code cells only, `attachments` for the others."""

    id: CellId
    cell_type: CellType
    source: str = ""
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()
    attachments: JsonObject | None = None
    extra: JsonObject = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Notebook:
    """Cells and metadata."""

    cells: tuple[Cell, ...] = ()
    metadata: JsonObject = field(default_factory=lambda: EMPTY)
    extra: JsonObject = field(default_factory=lambda: EMPTY)

    def index(self, cell_id: CellId) -> int:
        """The position of a cell, or -1."""
        return next((i for i, cell in enumerate(self.cells) if cell.id == cell_id), -1)

    def cell(self, cell_id: CellId) -> Cell | None:
        """The cell, or None."""
        return next((cell for cell in self.cells if cell.id == cell_id), None)
