"""Notebook files come back byte for byte; what changed is written as the rest of the file is (D3, D4)."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from functools import reduce
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edits import (
    AppendOutput,
    DeleteCell,
    Edit,
    InsertCell,
    MoveCell,
    ReplaceNotebook,
    SetNotebookMetadata,
    SetSource,
    apply,
)
from adrastea.documents.ipynb import Formatting, decode, encode, encode_pieces, new
from adrastea.documents.json_style import Style
from adrastea.documents.json_values import without
from adrastea.documents.notebook import Cell, CellId, JsonObject, JsonValue, Notebook, Stream
from adrastea.documents.wire_form import notebook_from_wire, notebook_to_wire
from adrastea.errors import InvalidNotebook
from tests.documents.notebooks import as_on_disk, edits, notebooks

FILES = Path(__file__).parents[1] / "vectors" / "notebooks"
NAMES = sorted(path.stem for path in FILES.glob("*.ipynb"))
# A change elsewhere touches these: they get ids, a format number, or the form of nbformat 4.
WRITTEN_ANEW = ("v3", "v3-compact", "empty-file", "blank-file", "no-cells")
COMPLETED = (
    "v4.0",
    "v4.1",
    "v4.2",
    "v4.3",
    "v4.4",
    "ids-duplicate-invalid-missing",
    "no-format-number",
    "nulls",
    "duplicate-keys",
)
STYLES = st.sampled_from(
    (
        Style(),
        Style(indent="  ", sort=False),
        Style(indent="\t", newline="\r\n"),
        Style(indent="", ascii=True),
        Style(indent=None, sort=False),
        Style(indent=None, blank="", colon=":", ascii=True),
    )
)
formattings = st.builds(Formatting, style=STYLES, whole_strings=st.booleans(), bom=st.booleans())


def vector(name: str) -> bytes:
    return (FILES / f"{name}.ipynb").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_without_a_change_comes_back_byte_for_byte(name: str) -> None:
    assert encode(*decode(vector(name))) == vector(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_a_change_and_without_it_again_comes_back_byte_for_byte(name: str) -> None:
    notebook, formatting = decode(vector(name))
    cell = Cell(CellId("added"), "code", "x")
    changed = apply(notebook, InsertCell(None, cell))

    assert encode(changed, formatting) != vector(name)
    assert encode(apply(changed, DeleteCell(cell.id)), formatting) == vector(name)


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(WRITTEN_ANEW) - set(COMPLETED)))
def test_a_change_in_one_cell_changes_no_byte_of_the_rest(name: str) -> None:
    data = vector(name)
    notebook, formatting = decode(data)
    edited = encode(apply(notebook, SetSource(notebook.cells[0].id, "new\ntext é")), formatting)
    _, start, end = span_of_first_cell(data.decode("utf-8-sig"))
    text = edited.decode("utf-8-sig")

    assert text[:start] == data.decode("utf-8-sig")[:start]
    assert text.endswith(data.decode("utf-8-sig")[end:])
    assert decode(edited)[0] == apply(notebook, SetSource(notebook.cells[0].id, "new\ntext é"))


def span_of_first_cell(text: str) -> tuple[JsonValue, int, int]:
    start = text.index("{", text.index("[", text.index('"cells"')))
    value, end = json.JSONDecoder().raw_decode(text, start)
    return value, start, end


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_was_changed_is_a_notebook_with_that_change(name: str) -> None:
    notebook, formatting = decode(vector(name))
    changed = apply(notebook, InsertCell(None, Cell(CellId("added"), "code", "x\ny")))
    again, _ = decode(encode(changed, formatting))

    assert notebook_to_wire(again) == notebook_to_wire(changed)


@pytest.mark.parametrize(
    "name", sorted(set(NAMES) - {"strange-outputs", "attachments", "unknown-keys", "numbers", "nulls"})
)
def test_a_file_that_was_changed_is_what_nbformat_calls_valid(name: str) -> None:
    notebook, formatting = decode(vector(name))
    changed = apply(notebook, InsertCell(None, Cell(CellId("added"), "code", "x\ny")))
    raw = json.loads(encode(changed, formatting).decode("utf-8-sig"))

    nbformat.validate(raw, relax_add_props=True)


def read_by_nbformat(text: str) -> Notebook:
    reference = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    raw = json.loads(json.dumps(reference))
    cells = [{**cell, "id": str(number)} for number, cell in enumerate(raw["cells"])]
    return notebook_from_wire({"metadata": raw["metadata"], "cells": cells})


def written_by_nbformat(text: str) -> str:
    reference = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    return f"{nbformat.writes(reference)}\n"  # type: ignore[no-untyped-call]  # the same


@pytest.mark.parametrize(
    "name", ["jupyter", "indent-2", "ascii", "v4.0", "v4.1", "v4.2", "v4.3", "v4.4", "v3", "v3-compact"]
)
def test_a_file_holds_for_us_what_it_holds_for_nbformat(name: str) -> None:
    with warnings.catch_warnings(action="ignore"):
        reference = read_by_nbformat(vector(name).decode())
    ours = decode(vector(name))[0]
    cells = zip(reference.cells, ours.cells, strict=True)

    assert ours.cells == tuple(replace(theirs, id=own.id) for theirs, own in cells)
    assert ours.metadata == without(reference.metadata, ("orig_nbformat", "orig_nbformat_minor"))


def test_a_notebook_of_ours_has_the_very_bytes_that_nbformat_writes() -> None:
    notebook, formatting = decode(vector("jupyter"))
    written = encode(replace(notebook, cells=notebook.cells[::-1]), Formatting()).decode()

    assert written == written_by_nbformat(written)
    assert encode(notebook, Formatting()) == vector("jupyter") == encode(notebook, formatting)


@pytest.mark.slow
@given(notebooks, formattings)
def test_every_notebook_comes_back_from_its_file(notebook: Notebook, formatting: Formatting) -> None:
    data = encode(notebook, formatting)
    again, found = decode(data)

    assert again == as_on_disk(notebook)
    assert encode(again, found) == data


@pytest.mark.slow
@given(notebooks, formattings, st.lists(edits, max_size=4))
def test_after_any_edits_the_file_holds_the_notebook(
    notebook: Notebook, formatting: Formatting, several: list[Edit]
) -> None:
    opened, found = decode(encode(notebook, formatting))
    edited = reduce(apply, several, opened)

    assert decode(encode(edited, found))[0] == as_on_disk(edited)


@pytest.mark.slow
@given(notebooks, st.lists(edits, max_size=4))
def test_an_edited_file_is_as_if_written_anew(notebook: Notebook, several: list[Edit]) -> None:
    opened, found = decode(encode(notebook, Formatting()))
    edited = reduce(apply, several, opened)

    assert encode(edited, found) == encode(edited, Formatting())


def test_cells_that_move_keep_their_very_text() -> None:
    notebook, formatting = decode(vector("strange-blanks"))
    moved = encode(apply(notebook, MoveCell(CellId("b"), None)), formatting).decode()

    assert '{"source" :"a" , "id":"a","cell_type":"raw","metadata":{}}' in moved
    assert '"metadata":{  "z":1,"a":  [1 ,2,  3]},"outputs":[ ],"execution_count":null' in moved


def test_parts_of_a_cell_that_changed_keep_their_very_text() -> None:
    notebook, formatting = decode(vector("numbers"))
    edited = encode(apply(notebook, AppendOutput(CellId("n"), Stream("stdout", "x"))), formatting).decode()

    assert (
        '{"a": 1.0, "b": 1e5, "c": 1E+2, "d": -0.0, "e": 123456789012345678901234567890, "f": 0.1e-7, "g": 1.50}'
        in edited
    )
    assert "[NaN, Infinity, -Infinity, 1.0, 10000000000000000000000, 1E400]" in edited
    assert '"metadata": {"x": 1.00}' in edited


def test_true_becomes_one_where_somebody_made_it_one() -> None:
    notebook, formatting = decode(b'{"cells": [], "metadata": {"k": true}, "nbformat": 4, "nbformat_minor": 5}')
    edited = encode(apply(notebook, SetNotebookMetadata({"k": 1})), formatting)

    assert edited == b'{"cells": [], "metadata": {"k": 1}, "nbformat": 4, "nbformat_minor": 5}'


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    data = encode(Notebook((Cell(CellId("a"), "raw", "x\ud83d"),)), Formatting())

    assert b'"x\\ud83d"' in data
    assert decode(data)[0].cells[0].source == "x\ud83d"


def test_a_repaired_id_reaches_the_file_with_the_first_change() -> None:
    notebook, formatting = decode(vector("ids-duplicate-invalid-missing"))
    edited = encode(apply(notebook, SetSource(CellId("same"), "x")), formatting)

    assert [cell["id"] for cell in json.loads(edited)["cells"]] == [cell.id for cell in notebook.cells]


def test_a_notebook_of_an_older_minor_format_becomes_4_5_with_the_first_change() -> None:
    notebook, formatting = decode(vector("v4.2"))
    raw = json.loads(encode(apply(notebook, SetSource(notebook.cells[0].id, "x")), formatting))

    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert [cell["id"] for cell in raw["cells"]] == [cell.id for cell in notebook.cells]


def test_a_newer_minor_format_stays_what_it_is() -> None:
    notebook, formatting = decode(vector("v4.9"))

    assert b'"nbformat_minor": 9' in encode(apply(notebook, SetSource(notebook.cells[0].id, "x")), formatting)


def test_two_who_open_a_file_without_ids_agree_on_them() -> None:
    assert decode(vector("v3"))[0] == decode(vector("v3"))[0]


def test_an_empty_file_is_an_empty_notebook_that_can_be_filled() -> None:
    notebook, formatting = decode(b"")
    filled = apply(notebook, InsertCell(None, Cell(CellId("a"), "code", "1")))

    assert encode(notebook, formatting) == b""
    assert encode(filled, formatting) == encode(filled, Formatting())


def test_a_new_notebook_has_one_cell_and_the_kernelspec() -> None:
    notebook, formatting = new(CellId("a"), {"name": "python3", "display_name": "Python 3"})
    raw = json.loads(encode(notebook, formatting))

    assert raw["cells"] == [
        {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": []}
    ]
    assert raw["metadata"] == {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.validate(raw)


def test_a_notebook_that_replaces_all_is_written_in_the_style_of_the_file() -> None:
    notebook, formatting = decode(vector("tabs"))
    data = encode(apply(notebook, ReplaceNotebook(Notebook())), formatting)

    assert data == b'{\n\t"cells": [],\n\t"metadata": {},\n\t"nbformat": 4,\n\t"nbformat_minor": 5\n}\n'


CELL: JsonObject = {"cell_type": "raw", "id": "a", "metadata": {}, "source": ""}
DEEP = '{"k":' * 300 + "1" + "}" * 300


def notebook_of(*cells: JsonValue, **more: JsonValue) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}, indent=1)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("nonsense", 1, "not valid JSON"),
        ("{}", 1, "not a notebook"),
        ('{"nbformat": true, "cells": []}', 1, "not a notebook"),
        ('{"nbformat": 4,\n "metadata": {}}', 1, "no list of cells"),
        ('{"nbformat": 4,\n "cells": {}}', 2, "no list of cells"),
        ('{\n"metadata": {},\n"nbformat": 2,\n"worksheets": []}', 3, "old format 2"),
        ('{\n"metadata": {},\n"nbformat": 5,\n"cells": []}', 3, "newer program"),
        (notebook_of(CELL, 7), 9, "A cell is a JSON object"),
        (notebook_of(CELL, {**CELL, "cell_type": "future"}), 9, "code, markdown or raw"),
        (notebook_of({**CELL, "source": 7}), 3, "source"),
        (notebook_of({**CELL, "metadata": 7}), 3, "metadata"),
        (notebook_of({**CELL, "cell_type": "code", "outputs": 7}), 3, "outputs"),
        (notebook_of(metadata=7), 3, "metadata"),
        ('{"nbformat": 3,\n"worksheets": [7]}', 2, "worksheet"),
        ('{"nbformat": 3,\n"worksheets": [{"cells": [{"cell_type": "future"}]}]}', 2, "code, markdown or raw"),
        (notebook_of({**CELL, "metadata": "DEEP"}).replace('"DEEP"', DEEP), 3, "too deeply"),
        (notebook_of(metadata="DEEP").replace('"DEEP"', DEEP), 3, "too deeply"),
        (notebook_of(future="DEEP").replace('"DEEP"', DEEP), 6, "too deeply"),
    ],
)
def test_what_is_no_notebook_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(InvalidNotebook, match=words) as refusal:
        decode(text.encode())

    assert refusal.value.line == line


@pytest.mark.slow
@given(st.binary() | st.text().map(str.encode))
def test_every_file_is_a_notebook_or_refused(data: bytes) -> None:
    try:
        notebook, formatting = decode(data)
    except InvalidNotebook:
        return
    assert encode(notebook, formatting) == data


def test_a_large_notebook_is_encoded_in_pieces() -> None:
    cells = tuple(Cell(CellId(f"c{number}"), "code", "x" * 300_000) for number in range(10))
    data = encode(Notebook(cells), Formatting())
    notebook, formatting = decode(data)
    changed = replace(notebook, cells=(*cells[1:], cells[0]))

    for version in (notebook, changed):
        pieces = encode_pieces(version, formatting)
        assert 3 <= len(pieces) <= 5
        assert decode(b"".join(pieces))[0] == version
