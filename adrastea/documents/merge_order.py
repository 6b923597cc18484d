"""In which order the cells of two versions of a notebook stand that come from the same one. Pure; any thread.

Whoever moved cells gives the order; where both did, what the user moved stays where the user put it. What only one
side has stands behind the cell that was before it there, the user's own cells first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from adrastea.documents.notebook import CellId

Ids = Sequence[CellId]


def merged_order(base: Ids, mine: Ids, theirs: Ids, kept: AbstractSet[CellId]) -> list[CellId]:
    """`kept`, in order: each of them is in `mine` or in `theirs`."""
    common = set(base) & set(mine) & set(theirs)
    moved_here, moved_there = _moved(base, mine, common), _moved(base, theirs, common)
    if not moved_here:
        return _joined(theirs, mine, kept, frozenset())
    ours: Final = set(mine) - set(base) - set(theirs) | moved_here
    order = [cell for cell in mine if cell in kept and cell not in moved_there - moved_here]
    return _joined(order, theirs, kept, ours)


def _joined(first: Ids, second: Ids, kept: AbstractSet[CellId], before: AbstractSet[CellId]) -> list[CellId]:
    """The kept ones of `first`, and those that only `second` has behind their neighbours, and behind any `before`."""
    order = [cell for cell in first if cell in kept]
    there = set(order)
    place = 0  # behind the last one of `second`
    for cell in second:
        if cell not in kept:
            continue
        if cell in there:
            place = order.index(cell) + 1
            continue
        while place < len(order) and order[place] in before:
            place += 1
        order.insert(place, cell)
        there.add(cell)
        place += 1
    return order


def _moved(base: Ids, other: Ids, common: AbstractSet[CellId]) -> set[CellId]:
    """Those that stand elsewhere among the others: as few as can be."""
    places = {cell: place for place, cell in enumerate(base)}
    ids = [cell for cell in other if cell in common]
    return set(ids) - _longest_rise(ids, places)


def _longest_rise(ids: Ids, places: dict[CellId, int]) -> set[CellId]:
    """The most of these whose places only rise."""
    lasts: list[int] = []  # the lowest last place of a rise of each length
    lengths: list[int] = []
    for cell in ids:
        at = bisect_left(lasts, places[cell])
        lasts[at : at + 1] = [places[cell]]
        lengths.append(at)
    rise: set[CellId] = set()
    wanted = len(lasts) - 1
    for cell, length in zip(reversed(ids), reversed(lengths), strict=True):
        if length == wanted:
            rise.add(cell)
            wanted -= 1
    return rise
