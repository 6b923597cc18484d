"""The order of what is merged: each cell once, as whoever moved it wants it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.merge_order import merged_order
from adrastea.documents.notebook import CellId

some = st.lists(st.sampled_from([CellId(name) for name in "abcdefgh"]), unique=True)


def merged(base: str, mine: str, theirs: str, kept: str = "") -> str:
    return "".join(merged_order(ids(base), ids(mine), ids(theirs), set(ids(kept or mine + theirs))))


def ids(names: str) -> list[CellId]:
    return [CellId(name) for name in names]


@given(some, some, some)
def test_everything_is_there_once(base: list[CellId], mine: list[CellId], theirs: list[CellId]) -> None:
    order = merged_order(base, mine, theirs, {*mine, *theirs})

    assert sorted(order) == sorted({*mine, *theirs})


@given(some, some)
def test_where_one_side_changed_nothing_the_other_counts(base: list[CellId], changed: list[CellId]) -> None:
    assert merged_order(base, changed, base, set(changed)) == changed
    assert merged_order(base, base, changed, set(changed)) == changed


def test_what_is_new_stands_behind_its_neighbour_the_user_s_first() -> None:
    assert merged("ab", "axyb", "apqb") == "axypqb"
    assert merged("ab", "xab", "pab") == "xpab"


def test_moves_of_both_sides_are_both_made() -> None:
    assert merged("abcde", "bcade", "abced") == "bcaed"


def test_of_one_cell_moved_by_both_the_user_s_place_counts() -> None:
    assert merged("abcde", "bcade", "bcdea") == "bcade"


def test_what_is_not_kept_is_not_there() -> None:
    assert merged("abc", "ab", "bc", "bx") == "b"
