"""A cell as nbformat 4.5 stores it: texts as lists of lines, or as the whole strings that they were before.

Which texts are split is nbformat's choice: sources, streams, and `text/*`, SVG and JavaScript in mimebundles. A text
that is the same as before keeps the form that it had. Pure; any thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from adrastea.documents import json_text
from adrastea.documents.json_values import is_list, is_object, text_from_json, without
from adrastea.documents.notebook import EMPTY, Cell, JsonObject, JsonValue, Notebook, Output
from adrastea.documents.wire_form import output_to_json

_SPLIT_MIMES = ("application/javascript", "image/svg+xml")


def cell_to_file(cell: Cell, before: JsonObject, *, whole_strings: bool) -> JsonObject:
    """The cell's JSON. `before` is what it was in the file, empty for a new cell."""
    member: dict[str, JsonValue] = {
        **cell.extra,
        "id": cell.id,
        "cell_type": cell.cell_type,
        "source": _text(cell.source, before.get("source"), whole_strings=whole_strings),
        "metadata": cell.metadata,
    }
    if cell.attachments is not None:
        member["attachments"] = _attachments(cell.attachments, before.get("attachments"), whole_strings=whole_strings)
    if cell.cell_type == "code":
        old = before.get("outputs")
        olds = [item if is_object(item) else EMPTY for item in old] if is_list(old) else []
        olds += [EMPTY] * (len(cell.outputs) - len(olds))
        member["execution_count"] = cell.execution_count
        member["outputs"] = [
            _output(output, past, whole_strings=whole_strings) for output, past in zip(cell.outputs, olds, strict=False)
        ]
    return member


def is_same_cell(one: Cell, other: Cell) -> bool:
    """Whether a file would hold the same for both."""
    if one is other:
        return True
    if one.source != other.source or len(one.outputs) != len(other.outputs):
        return False
    first, second = (cell_to_file(cell, EMPTY, whole_strings=True) for cell in (one, other))
    return json_text.same(first, second)


def is_same_notebook(one: Notebook, other: Notebook) -> bool:
    """Whether a file would hold the same for both."""
    return (
        len(one.cells) == len(other.cells)
        and all(is_same_cell(cell, old) for cell, old in zip(one.cells, other.cells, strict=True))
        and json_text.same(one.metadata, other.metadata)
        and json_text.same(one.extra, other.extra)
    )


def _output(output: Output, before: JsonObject, *, whole_strings: bool) -> JsonObject:
    raw = output_to_json(output)
    match raw.get("output_type"), raw.get("text"), raw.get("data"):
        case "stream", str(text), _:
            return {**raw, "text": _text(text, before.get("text"), whole_strings=whole_strings)}
        case "display_data" | "execute_result", _, Mapping() as data:
            bundle = _mimebundle(data, before.get("data"), whole_strings=whole_strings)
            return {**without(raw, ("display_id",)), "data": bundle}
        case _:
            return raw


def _attachments(files: JsonObject, before: JsonValue, *, whole_strings: bool) -> JsonObject:
    old = before if is_object(before) else EMPTY
    return {
        name: _mimebundle(file, old.get(name), whole_strings=whole_strings) if is_object(file) else file
        for name, file in files.items()
    }


def _mimebundle(data: JsonObject, before: JsonValue, *, whole_strings: bool) -> JsonObject:
    old = before if is_object(before) else EMPTY
    return {
        mime: _text(value, old.get(mime), whole_strings=whole_strings or not _is_split(mime))
        if isinstance(value, str)
        else value
        for mime, value in data.items()
    }


def _is_split(mime: str) -> bool:
    return mime.startswith("text/") or mime in _SPLIT_MIMES


def _text(text: str, before: JsonValue, *, whole_strings: bool) -> JsonValue:
    if before is not None and text_from_json(before) == text:
        return before
    if isinstance(before, str) or (whole_strings and not is_list(before)):
        return text
    return text.splitlines(keepends=True)
