"""Two versions of a notebook that come from the same one, put together by cell: what the user has, what the file holds.

    base    what the file held when the user began
    mine    what the user has made of it
    theirs  what somebody else has made of it in the file

A part of a cell (type, text, outputs, attachments) that only one side changed is as that side has it. Where both
changed the same part in different ways, both cells are kept: the user's, and behind it the file's under another id.
A cell that one side deleted and the other changed is kept. So each cell that either side changed is in the result.
Of metadata, key by key, the user's stand where both changed the same one. Pure; any thread.

Vectors: `tests/vectors/merge`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Final

from adrastea.documents import json_text
from adrastea.documents.alignment import recognised
from adrastea.documents.file_form import is_same_cell, is_same_notebook
from adrastea.documents.json_values import is_object
from adrastea.documents.merge_order import merged_order
from adrastea.documents.notebook import Cell, CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.status import Combined, Undecided, Why

_LONGEST: Final = 64  # characters of an id
_SIDES: Final = 3


@dataclass(frozen=True, slots=True)
class Merged:
    """Both versions in one."""

    notebook: Notebook
    taken: int
    """How many cells are new, other or gone because the file has them so."""
    undecided: tuple[Undecided, ...]

    def is_same(self, other: Notebook) -> bool:
        """Whether a file would hold the same for both."""
        return is_same_notebook(self.notebook, other)

    def seen_by(self, mine: Notebook, earlier: Combined | None, at: datetime) -> Combined | None:
        """What the user is told who had `mine`, and has not seen what was merged earlier; None if it is the same."""
        if self.is_same(mine):
            return None
        if earlier is None or earlier.shown != "merged":
            return Combined(at, self.taken, self.undecided)
        left = (one for one in earlier.undecided if self.notebook.cell(one.cell) is not None)
        return Combined(at, earlier.taken + self.taken, (*left, *self.undecided))


def merge_again(merged: Merged, before: Notebook, now: Notebook) -> Merged:
    """What was merged, with what the user did meanwhile: from `before`, which was merged, to `now`."""
    again = merge(before, now, merged.notebook)
    left = tuple(one for one in merged.undecided if again.notebook.cell(one.cell) is not None)
    return Merged(again.notebook, merged.taken, (*left, *again.undecided))


def merge(base: Notebook, mine: Notebook, theirs: Notebook) -> Merged:
    """Put `mine` and `theirs` together. Cells keep the ids that they have in `mine`."""
    theirs = recognised(base, theirs)
    sides = _Sides(_by_id(base), _by_id(mine), _by_id(theirs))
    cells = {cell_id: sides.decided(cell_id) for cell_id in {**sides.mine, **sides.theirs}}
    kept = {cell_id for cell_id, decided in cells.items() if decided}
    order = merged_order(tuple(sides.base), tuple(sides.mine), tuple(sides.theirs), kept)
    found: list[Cell] = []
    undecided: list[Undecided] = []
    taken_ids = {*sides.base, *sides.mine, *sides.theirs}
    for cell_id in order:
        first, *other = cells[cell_id]
        found.append(first)
        if other:
            found.append(replace(other[0], id=_new_id(cell_id, taken_ids)))
            taken_ids.add(found[-1].id)
        undecided += [Undecided(found[-1].id, why) for why in sides.why(cell_id, len(cells[cell_id]))]
    metadata = _merged_object(base.metadata, mine.metadata, theirs.metadata)
    extra = _merged_object(base.extra, mine.extra, theirs.extra)
    taken = sum(sides.is_taken(cell_id, decided) for cell_id, decided in cells.items())
    return Merged(Notebook(tuple(found), metadata, extra), taken, tuple(undecided))


@dataclass(frozen=True, slots=True)
class _Sides:
    base: Mapping[CellId, Cell]
    mine: Mapping[CellId, Cell]
    theirs: Mapping[CellId, Cell]

    def decided(self, cell_id: CellId) -> tuple[Cell, ...]:
        """What stands in the place of a cell: nothing, one, or the user's and the file's."""
        base, mine, theirs = self.base.get(cell_id), self.mine.get(cell_id), self.theirs.get(cell_id)
        if mine is None or theirs is None:
            one = mine or theirs
            return () if one is None or (base is not None and is_same_cell(one, base)) else (one,)
        if is_same_cell(mine, theirs) or (base is not None and is_same_cell(theirs, base)):
            return (mine,)
        if base is not None and is_same_cell(mine, base):
            return (theirs,)
        merged = None if base is None else _merged_cell(base, mine, theirs)
        return (mine, theirs) if merged is None else (merged,)

    def why(self, cell_id: CellId, versions: int) -> tuple[Why, ...]:
        """What the user should know of a cell that stands there in so many versions."""
        if versions > 1 or (cell_id in self.base and cell_id not in self.mine):
            return ("changed",)
        return ("deleted",) if cell_id in self.base and cell_id not in self.theirs else ()

    def is_taken(self, cell_id: CellId, decided: tuple[Cell, ...]) -> bool:
        """Whether the file has made a difference to a cell."""
        mine = self.mine.get(cell_id)
        return bool(decided) if mine is None else not decided or decided[0] is not mine


class _UndecidableError(Exception):
    """Both sides changed the same part in different ways."""


def _merged_cell(base: Cell, mine: Cell, theirs: Cell) -> Cell | None:
    """The cell with the changes of both; None where that cannot be decided."""

    def of(part: Callable[[Cell], Cell]) -> Cell:
        return _owner(part, base, mine, theirs)

    try:
        merged = Cell(
            mine.id,
            of(lambda cell: Cell(mine.id, cell.cell_type)).cell_type,
            of(lambda cell: Cell(mine.id, "raw", cell.source)).source,
            _merged_object(base.metadata, mine.metadata, theirs.metadata),
            _count(base.execution_count, mine.execution_count, theirs.execution_count),
            of(lambda cell: Cell(mine.id, "code", outputs=cell.outputs)).outputs,
            of(lambda cell: Cell(mine.id, "raw", attachments=cell.attachments)).attachments,
            _merged_object(base.extra, mine.extra, theirs.extra),
        )
    except _UndecidableError:
        return None
    return None if mine.cell_type != theirs.cell_type and _is_odd(merged) else merged


def _owner(part: Callable[[Cell], Cell], base: Cell, mine: Cell, theirs: Cell) -> Cell:
    """The cell whose part counts."""
    was, here, there = part(base), part(mine), part(theirs)
    if is_same_cell(here, there) or is_same_cell(there, was):
        return mine
    if is_same_cell(here, was):
        return theirs
    raise _UndecidableError


def _count(base: int | None, mine: int | None, theirs: int | None) -> int | None:
    if theirs == base:
        return mine
    return theirs if mine == base else max(mine or 0, theirs or 0) or None


def _is_odd(cell: Cell) -> bool:
    """Whether it has what no cell of its type has."""
    return (
        bool(cell.attachments) if cell.cell_type == "code" else bool(cell.outputs) or cell.execution_count is not None
    )


def _merged_object(base: JsonObject, mine: JsonObject, theirs: JsonObject) -> JsonObject:
    """Key by key: whoever changed it, else the user."""
    if json_text.same(theirs, base) or json_text.same(mine, theirs):
        return mine
    merged: dict[str, JsonValue] = {}
    for key in {**mine, **theirs}:
        was, here, there = (_at(side, key) for side in (base, mine, theirs))
        objects = [value for side in (was, here, there) for value in side if is_object(value)]
        if len(objects) == _SIDES:
            merged[key] = _merged_object(*objects)
            continue
        keep_theirs = json_text.same(here, was) or (not here and not json_text.same(there, was))
        merged.update((key, value) for value in (there if keep_theirs else here))
    return merged


def _at(side: JsonObject, key: str) -> list[JsonValue]:
    return [side[key]] if key in side else []


def _by_id(notebook: Notebook) -> dict[CellId, Cell]:
    return {cell.id: cell for cell in notebook.cells}


def _new_id(cell_id: CellId, taken: AbstractSet[CellId]) -> CellId:
    """For the file's version of a cell: the same at each merge, so that nothing depends on chance."""
    endings = (f"-disk{number}" for number in count(1))
    ids = (CellId(f"{cell_id[: _LONGEST - len(ending)]}{ending}") for ending in endings)
    return next(made for made in ids if made not in taken)
