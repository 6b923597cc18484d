"""Notebooks and edits of every kind, for properties. Ids come from a small pool, so that edits meet their cells."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import strategies as st

from adrastea.documents.edits import (
    AppendOutput,
    ClearOutputs,
    DeleteCell,
    Edit,
    InsertCell,
    MoveCell,
    ReplaceNotebook,
    ReplaceOutput,
    SetAttachments,
    SetCellMetadata,
    SetCellType,
    SetExecutionCount,
    SetNotebookMetadata,
    SetOutputs,
    SetSource,
)
from adrastea.documents.notebook import (
    Cell,
    CellId,
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonObject,
    JsonValue,
    Notebook,
    Output,
    Stream,
    UnknownOutput,
)


def _id(cell: Cell) -> CellId:
    return cell.id


def _one_of(*names: str) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


def _merged(one: JsonObject, other: JsonObject) -> JsonObject:
    return {**one, **other}


def _named(number: int) -> str:
    return f"x-{string.ascii_lowercase[number]}"


def _future(raw: JsonObject) -> UnknownOutput:
    return UnknownOutput({**raw, "output_type": "future"})


texts = st.text(st.sampled_from('ab \n\r\b\t\\"é\u2028\U0001f600\x00\x7f') | st.characters(codec="utf-8"), max_size=12)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_leaves: st.SearchStrategy[JsonValue] = st.none() | st.booleans() | numbers | texts


def _containers(inner: st.SearchStrategy[JsonValue]) -> st.SearchStrategy[JsonValue]:
    return st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)


json_values = st.recursive(_leaves, _containers, max_leaves=6)
json_objects: st.SearchStrategy[JsonObject] = st.dictionaries(texts, json_values, max_size=3)
unknown: st.SearchStrategy[JsonObject] = st.dictionaries(st.integers(0, 25).map(_named), json_values, max_size=2)
_text_mimes = _one_of("text/plain", "text/html", "image/png", "image/svg+xml", "application/x-y")
_json_mimes = _one_of("application/json", "application/vnd.vega.v5+json")
_text_data: st.SearchStrategy[JsonObject] = st.dictionaries(_text_mimes, texts, max_size=2)
_json_data: st.SearchStrategy[JsonObject] = st.dictionaries(_json_mimes, json_values, max_size=1)
mimebundles = st.builds(_merged, _text_data, _json_data)
counts = st.none() | st.integers()
display_ids = st.none() | st.sampled_from(("d1", "d2"))

streams = st.builds(Stream, st.sampled_from(("stdout", "stderr")), texts, unknown)
displays = st.builds(DisplayData, mimebundles, json_objects, display_ids, unknown)
results = st.builds(ExecuteResult, mimebundles, json_objects, counts, display_ids, unknown)
errors = st.builds(ErrorOutput, texts, texts, st.lists(texts, max_size=2).map(tuple), unknown)
unknown_outputs = unknown.map(_future)
outputs: st.SearchStrategy[Output] = streams | displays | results | errors | unknown_outputs
many_outputs = st.lists(outputs, max_size=3).map(tuple)

cell_ids = st.sampled_from([CellId(name) for name in ("a", "b", "c", "d", "other-id_9")])
attachments: st.SearchStrategy[JsonObject | None] = st.none() | st.dictionaries(
    texts, mimebundles, min_size=1, max_size=2
)
code_cells = st.builds(Cell, cell_ids, st.just("code"), texts, json_objects, counts, many_outputs, st.none(), unknown)
other_cells = st.builds(
    Cell,
    cell_ids,
    st.sampled_from(("markdown", "raw")),
    texts,
    json_objects,
    st.none(),
    st.just(()),
    attachments,
    unknown,
)
cells = code_cells | other_cells
notebooks = st.builds(Notebook, st.lists(cells, max_size=4, unique_by=_id).map(tuple), json_objects, unknown)

places = st.none() | cell_ids
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetSource, cell_ids, texts),
    st.builds(InsertCell, places, cells),
    st.builds(DeleteCell, cell_ids),
    st.builds(MoveCell, cell_ids, places),
    st.builds(SetCellType, cell_ids, st.sampled_from(("code", "markdown", "raw"))),
    st.builds(SetCellMetadata, cell_ids, json_objects),
    st.builds(SetNotebookMetadata, json_objects),
    st.builds(SetAttachments, cell_ids, attachments),
    st.builds(SetExecutionCount, cell_ids, counts),
    st.builds(ClearOutputs, cell_ids),
    st.builds(AppendOutput, cell_ids, outputs),
    st.builds(ReplaceOutput, cell_ids, st.integers(-1, 3), outputs),
    st.builds(SetOutputs, cell_ids, many_outputs),
    st.builds(ReplaceNotebook, notebooks),
)


def as_on_disk(notebook: Notebook) -> Notebook:
    """The notebook without what no file holds."""
    return replace(notebook, cells=tuple(map(_without_display_ids, notebook.cells)))


def _without_display_ids(cell: Cell) -> Cell:
    return replace(cell, outputs=tuple(map(_without_display_id, cell.outputs)))


def _without_display_id(output: Output) -> Output:
    return replace(output, display_id=None) if isinstance(output, DisplayData | ExecuteResult) else output
