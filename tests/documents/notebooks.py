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
    Notebook,
    Output,
    Stream,
    UnknownOutput,
)

texts = st.text(st.sampled_from('ab \n\r\b\t\\"é\u2028\U0001f600\x00\x7f') | st.characters(codec="utf-8"), max_size=12)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
json_objects: st.SearchStrategy[JsonObject] = st.dictionaries(texts, json_values, max_size=3)
unknown: st.SearchStrategy[JsonObject] = st.dictionaries(
    st.text(string.ascii_lowercase, max_size=2).map(lambda key: f"x-{key}"), json_values, max_size=2
)
_text_mimes = st.sampled_from(("text/plain", "text/html", "image/png", "image/svg+xml", "application/x-y"))
_json_mimes = st.sampled_from(("application/json", "application/vnd.vega.v5+json"))
mimebundles: st.SearchStrategy[JsonObject] = st.builds(
    lambda text, data: {**text, **data},
    st.dictionaries(_text_mimes, texts, max_size=2),
    st.dictionaries(_json_mimes, json_values, max_size=1),
)
counts = st.none() | st.integers()
display_ids = st.none() | st.sampled_from(("d1", "d2"))

streams = st.builds(Stream, st.sampled_from(("stdout", "stderr")), texts, unknown)
displays = st.builds(DisplayData, mimebundles, json_objects, display_ids, unknown)
results = st.builds(ExecuteResult, mimebundles, json_objects, counts, display_ids, unknown)
errors = st.builds(ErrorOutput, texts, texts, st.lists(texts, max_size=2).map(tuple), unknown)
unknown_outputs = st.builds(UnknownOutput, unknown.map(lambda raw: {**raw, "output_type": "future"}))
outputs: st.SearchStrategy[Output] = streams | displays | results | errors | unknown_outputs
many_outputs = st.lists(outputs, max_size=3).map(tuple)

cell_ids = st.sampled_from([CellId(name) for name in ("a", "b", "c", "d", "other-id_9")])
attachments = st.none() | st.dictionaries(texts, mimebundles, min_size=1, max_size=2)
code_cells = st.builds(
    lambda cell_id, source, metadata, count, outs, extra: Cell(
        cell_id, "code", source, metadata, count, outs, extra=extra
    ),
    cell_ids,
    texts,
    json_objects,
    counts,
    many_outputs,
    unknown,
)
other_cells = st.builds(
    lambda cell_id, kind, source, metadata, files, extra: Cell(
        cell_id, kind, source, metadata, attachments=files, extra=extra
    ),
    cell_ids,
    st.sampled_from(("markdown", "raw")),
    texts,
    json_objects,
    attachments,
    unknown,
)
cells = code_cells | other_cells
notebooks = st.builds(
    Notebook, st.lists(cells, max_size=4, unique_by=lambda cell: cell.id).map(tuple), json_objects, unknown
)

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
