"""What of a broken notebook file is understood, and what is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import ipynb
from adrastea.documents.repair import repaired
from adrastea.errors import InvalidNotebook

CELL: dict[str, object] = {
    "cell_type": "code",
    "execution_count": 1,
    "id": "one",
    "metadata": {},
    "outputs": [],
    "source": "a = '\"{[,'",
}
WHOLE = json.dumps({"cells": [CELL, {**CELL, "id": "two"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def sources(data: bytes) -> list[str]:
    return [cell.source for cell in ipynb.decode(repaired(data))[0].cells]


def test_a_whole_notebook_stays_what_it_is() -> None:
    assert sources(WHOLE.encode()) == [CELL["source"], CELL["source"]]


def test_commas_too_many_are_left_out() -> None:
    broken = WHOLE.replace('"metadata": {}', '"metadata": {},,').replace("}]", "},]")
    assert sources(broken.encode()) == [CELL["source"], CELL["source"]]


def test_one_that_ends_in_the_middle_keeps_what_was_before() -> None:
    end = WHOLE.index('"id": "two"')
    assert sources(WHOLE[:end].encode())[0] == CELL["source"]


def test_of_a_merge_conflict_the_first_side_is_taken() -> None:
    text = json.dumps(json.loads(WHOLE), indent=1)
    ours = '   "source": "mine"\n'
    line = next(line for line in text.splitlines(keepends=True) if '"source"' in line)
    broken = text.replace(line, f"<<<<<<< HEAD\n{ours}||||||| base\n{line}=======\n{line}>>>>>>> other\n", 1)
    assert sources(broken.encode()) == ["mine", CELL["source"]]


def test_bytes_that_are_no_text_are_marked() -> None:
    assert sources(WHOLE.encode().replace(b"a = ", b"\xff = ", 1)) == ["\ufffd = '\"{[,'", CELL["source"]]


def test_another_encoding_is_read() -> None:
    assert sources(b"\xff\xfe" + WHOLE.encode("utf-16-le")) == [CELL["source"], CELL["source"]]


def test_a_cell_that_is_none_becomes_raw_and_shows_its_text() -> None:
    made = ipynb.decode(repaired(b'{"cells": [7, {"cell_type": "dream", "source": "x"}]}'))[0]
    assert [cell.cell_type for cell in made.cells] == ["raw", "raw"]
    assert '"dream"' in made.cells[1].source


def test_outputs_that_cannot_be_read_do_not_take_their_cell_with_them() -> None:
    made = ipynb.decode(repaired(json.dumps({"cells": [{**CELL, "outputs": 7}]}).encode()))[0]
    assert [(cell.cell_type, cell.outputs) for cell in made.cells] == [("code", ())]


@pytest.mark.parametrize("data", [b"", b"not at all", b"{}", b'{"cells": 7}', b"7"])
def test_what_is_no_notebook_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidNotebook, match="could not be repaired"):
        repaired(data)


@given(st.integers(0, len(WHOLE)), st.text(alphabet='{}[]",:\\ a\n<=>', max_size=6))
def test_whatever_is_put_in_anywhere_it_is_readable_or_refused(at: int, text: str) -> None:
    try:
        result = repaired((WHOLE[:at] + text + WHOLE[at:]).encode())
    except InvalidNotebook:
        return
    ipynb.decode(result)
