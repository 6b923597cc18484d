"""After a crash: the file, and behind it exactly the edits that it lacks."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edits import AppendOutput, Edit, SetSource, apply
from adrastea.documents.journal_records import Edits, Header, Mark, Record, Saved
from adrastea.documents.notebook import Cell, CellId, Notebook, Stream
from adrastea.documents.recovery import recover
from adrastea.documents.store import Fingerprint
from tests.documents.notebooks import edits, notebooks

A = CellId("a")
FIRST, SECOND, THIRD, FOREIGN = (Fingerprint(name) for name in ("first", "second", "third", "foreign"))


def header(base: Fingerprint) -> Header:
    return Header("/n.ipynb", base, "")


def printed(text: str) -> Edits:
    return Edits((AppendOutput(A, Stream("stdout", text)),))


def shown(notebook: Notebook) -> str:
    cell = notebook.cell(A)
    return "".join(output.text for output in cell.outputs if isinstance(output, Stream)) if cell else "?"


EMPTY = Notebook((Cell(A, "code"),))
AB = apply(EMPTY, AppendOutput(A, Stream("stdout", "ab")))


def test_a_file_that_nobody_touched_gets_everything() -> None:
    found = recover([[header(FIRST), printed("a"), printed("b")]], FIRST, EMPTY)

    assert found is not None
    assert (shown(found.notebook), found.changes, found.fits, found.base) == ("ab", 2, True, FIRST)


def test_a_file_that_was_saved_in_between_gets_what_came_after() -> None:
    journal: list[Record] = [
        header(FIRST),
        printed("a"),
        printed("b"),
        Mark(1),
        printed("c"),
        Saved(1, SECOND),
        printed("d"),
    ]
    found = recover([journal], SECOND, AB)

    assert found is not None
    assert (shown(found.notebook), found.fits) == ("abcd", True)


def test_a_save_that_did_not_come_to_its_end_counts_for_nothing() -> None:
    journal: list[Record] = [header(FIRST), printed("a"), Mark(1), Saved(1, SECOND), printed("b")]
    found = recover([journal], FIRST, EMPTY)

    assert found is not None
    assert shown(found.notebook) == "ab"


def test_a_file_that_holds_everything_lacks_nothing() -> None:
    journal: list[Record] = [header(FIRST), printed("a"), printed("b"), Mark(1), Saved(1, SECOND)]

    assert recover([journal], SECOND, AB) is None
    assert recover([], FIRST, EMPTY) is None
    assert recover([[header(FIRST)]], FIRST, EMPTY) is None


def test_edits_that_change_nothing_are_nothing_to_speak_of() -> None:
    journal: list[Record] = [header(FIRST), Edits((SetSource(CellId("gone"), "x"),))]

    assert recover([journal], FIRST, EMPTY) is None


def test_the_second_of_two_crashes_comes_after_the_first() -> None:
    found = recover([[header(FIRST), printed("a")], [header(FIRST), printed("b")]], FIRST, EMPTY)

    assert found is not None
    assert shown(found.notebook) == "ab"


def test_a_journal_whose_edits_a_later_save_holds_is_passed_over() -> None:
    older: list[Record] = [header(FIRST), printed("a")]
    newer: list[Record] = [header(FIRST), printed("b"), Mark(1), Saved(1, SECOND), printed("c")]
    found = recover([older, newer], SECOND, AB)

    assert found is not None
    assert shown(found.notebook) == "abc"


def test_a_file_that_somebody_else_changed_gets_the_edits_and_is_not_what_they_were_made_to() -> None:
    journal: list[Record] = [header(FIRST), Mark(1), Saved(1, SECOND), Edits((SetSource(A, "mine"),))]
    found = recover([journal], FOREIGN, EMPTY)

    assert found is not None
    assert (found.fits, found.base, found.notebook.cells[0].source) == (False, SECOND, "mine")
    again = recover([[header(THIRD), Edits((SetSource(A, "mine"),))]], FOREIGN, EMPTY)
    assert again is not None
    assert again.base == THIRD


@given(notebooks, st.lists(edits, max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_whatever_was_done_and_saved_is_what_comes_back(
    notebook: Notebook, made: list[Edit], first: int, second: int
) -> None:
    mark, end = sorted((min(first, len(made)), min(second, len(made))))
    journal: list[Record] = [header(FIRST), *(Edits((edit,)) for edit in made[:mark]), Mark(1)]
    journal += [*(Edits((edit,)) for edit in made[mark:end]), Saved(1, SECOND)]
    journal += [Edits((edit,)) for edit in made[end:]]
    saved = reduce(apply, made[:mark], notebook)
    wanted = reduce(apply, made, notebook)

    from_first, from_second = recover([journal], FIRST, notebook), recover([journal], SECOND, saved)

    assert (from_first.notebook if from_first else notebook) == wanted
    assert (from_second.notebook if from_second else saved) == wanted
