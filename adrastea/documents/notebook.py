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
from typing import Final, Literal, NewType, TypeAlias

from adrastea.documents.streams import grown, pieces_of

JsonValue: TypeAlias = "str | bool | int | float | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]
"""An open JSON object: metadata, or a mimebundle (mime type to text, or to JSON for `…+json` types)."""

EMPTY: JsonObject = MappingProxyType({})

CellId = NewType("CellId", str)
"""1 to 64 characters of `[a-zA-Z0-9-_]`, unique in its notebook."""

CellType = Literal["code", "markdown", "raw"]


class Stream:
    """What was printed: consecutive writes to one stream, joined. A value like the others.

    Its text is put together when somebody asks: a loop that prints a million lines would copy them all each time.
    """

    __slots__ = ("_pieces", "extra", "name")
    __match_args__ = ("name", "text", "extra")
    __hash__ = None  # type: ignore[assignment]  # as of every value that holds open JSON

    def __init__(self, name: str, text: str, extra: JsonObject = EMPTY) -> None:
        self.name: Final = name
        """`stdout` or `stderr`."""
        self.extra: Final = extra
        self._pieces = pieces_of(text)

    @property
    def text(self) -> str:
        """All of it."""
        if self._pieces.done:
            self._pieces = pieces_of(str(self._pieces))  # the same text, in one assignment: any thread may do it
        return self._pieces.last

    @property
    def length(self) -> int:
        """Of the text, in code points."""
        return self._pieces.length

    def joined(self, new: str) -> Stream:
        """The stream after `new` was printed behind it (`streams.py`)."""
        after = Stream(self.name, "", self.extra)
        after._pieces = grown(self._pieces, new)
        return after

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stream):
            return NotImplemented
        return (self.name, self.text, self.extra) == (other.name, other.text, other.extra)

    def __repr__(self) -> str:
        return f"Stream({self.name!r}, {self.text!r}, {self.extra!r})"


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
    _positions: dict[CellId, int] = field(default_factory=dict[CellId, int], init=False, repr=False, compare=False)
    """Made when a cell is first looked for, and handed on while the cells keep their places."""

    def index(self, cell_id: CellId) -> int:
        """The position of a cell, or -1."""
        if not self._positions:
            self._positions.update((cell.id, position) for position, cell in enumerate(self.cells))
        return self._positions.get(cell_id, -1)

    def cell(self, cell_id: CellId) -> Cell | None:
        """The cell, or None."""
        index = self.index(cell_id)
        return None if index < 0 else self.cells[index]

    def with_cell(self, index: int, cell: Cell) -> Notebook:
        """The notebook with another version of the cell at this position, under the same id."""
        changed = Notebook((*self.cells[:index], cell, *self.cells[index + 1 :]), self.metadata, self.extra)
        object.__setattr__(changed, "_positions", self._positions)
        return changed
