"""Which cell of another version of a notebook is which: by id, by content, and last by place and likeness.

Programs that know nothing of ids, or make them anew at each save, would otherwise seem to have replaced every cell.
Pure; any thread.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import replace
from typing import Final

from adrastea.documents.notebook import Cell, CellId, Notebook

_WORD: Final = re.compile(r"\w+|[^\w\s]")
_ALIKE: Final = 0.5  # of the words of both


def recognised(base: Notebook, other: Notebook) -> Notebook:
    """The other version, with the ids of `base` for the cells that come from there."""
    known = {cell.id for cell in base.cells} & {cell.id for cell in other.cells}
    names = {cell_id: cell_id for cell_id in known}
    if len(names) < len(other.cells):
        _by_content(base, other, names)
        _by_place(base, other, names)
    return replace(other, cells=tuple(_named(cell, names.get(cell.id, cell.id)) for cell in other.cells))


def _by_content(base: Notebook, other: Notebook, names: dict[CellId, CellId]) -> None:
    """Cells of the same type and text, the first with the first."""
    found = set(names.values())
    places: defaultdict[tuple[str, str], deque[CellId]] = defaultdict(deque)
    for cell in base.cells:
        if cell.id not in found and cell.source:
            places[cell.cell_type, cell.source].append(cell.id)
    for cell in other.cells:
        if cell.id not in names and (same := places.get((cell.cell_type, cell.source))):
            names[cell.id] = same.popleft()


def _by_place(base: Notebook, other: Notebook, names: dict[CellId, CellId]) -> None:
    """Cells between the same neighbours whose texts are alike."""
    found = set(names.values())
    start = 0
    for place, cell in enumerate(other.cells):
        if cell.id in names:
            start = base.index(names[cell.id]) + 1
            continue
        ends = (base.index(names[later.id]) for later in other.cells[place + 1 :] if later.id in names)
        between = base.cells[start : next(ends, len(base.cells))]
        alike = [one for one in between if one.id not in found and _is_alike(one, cell)]
        if alike:
            names[cell.id] = alike[0].id
            found.add(alike[0].id)
            start = base.index(alike[0].id) + 1


def _is_alike(one: Cell, other: Cell) -> bool:
    first, second = Counter(_WORD.findall(one.source)), Counter(_WORD.findall(other.source))
    most = first.total() + second.total()
    return one.cell_type == other.cell_type and 2 * (first & second).total() >= _ALIKE * most


def _named(cell: Cell, cell_id: CellId) -> Cell:
    return cell if cell.id == cell_id else replace(cell, id=cell_id)
