"""The notebook as JSON: the parsers that everything from outside goes through, and the form in which a view gets it.

The wire form is nbformat 4.5 with whole strings (`docs/document-socket.md`). The parsers take lists of lines too, so
`ipynb.py` uses them for files. An output that does not look as its type should is carried as `UnknownOutput`, never
refused. Pure; any thread.
"""

from __future__ import annotations

import re
from typing import TypeGuard, get_args

from adrastea.documents.json_values import (
    finite,
    finite_object,
    is_count,
    is_list,
    is_object,
    mimebundle_from_json,
    object_from_json,
    text_from_json,
    without,
)
from adrastea.documents.notebook import (
    Cell,
    CellId,
    CellType,
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
from adrastea.errors import BadRequest

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CELL_TYPES: tuple[CellType, ...] = get_args(CellType)


def notebook_to_wire(notebook: Notebook) -> JsonObject:
    """A whole notebook, for a snapshot."""
    cells = [cell_to_wire(cell) for cell in notebook.cells]
    return {**finite_object(notebook.extra), "metadata": finite(notebook.metadata), "cells": cells}


def cell_to_wire(cell: Cell) -> JsonObject:
    """One cell. `outputs` and `execution_count` for code cells only."""
    wire: dict[str, JsonValue] = {
        **finite_object(cell.extra),
        "id": cell.id,
        "cell_type": cell.cell_type,
        "source": cell.source,
        "metadata": finite(cell.metadata),
    }
    if cell.cell_type == "code":
        wire["execution_count"] = cell.execution_count
        wire["outputs"] = [output_to_wire(output) for output in cell.outputs]
    if cell.attachments is not None:
        wire["attachments"] = finite(cell.attachments)
    return wire


def output_to_wire(output: Output) -> JsonObject:
    """One output."""
    return finite_object(output_to_json(output))


def output_to_json(output: Output) -> JsonObject:
    """One output with whole strings and every number as it is, also those that JSON does not know."""
    match output:
        case Stream(name, text, extra):
            return {**extra, "output_type": "stream", "name": name, "text": text}
        case DisplayData(data, metadata, display_id, extra):
            wire = {**extra, "output_type": "display_data", "data": data, "metadata": metadata}
            return wire if display_id is None else {**wire, "display_id": display_id}
        case ExecuteResult(data, metadata, count, display_id, extra):
            wire = {
                **extra,
                "output_type": "execute_result",
                "data": data,
                "metadata": metadata,
                "execution_count": count,
            }
            return wire if display_id is None else {**wire, "display_id": display_id}
        case ErrorOutput(ename, evalue, traceback, extra):
            return {**extra, "output_type": "error", "ename": ename, "evalue": evalue, "traceback": list(traceback)}
        case UnknownOutput(raw):  # pragma: no branch
            return raw


def notebook_from_wire(raw: JsonValue) -> Notebook:
    """Parse a whole notebook.

    Raises:
        BadRequest: it is no notebook, or two cells have the same id.
    """
    wire = object_from_json(raw, "A notebook")
    cells = wire.get("cells")
    if not is_list(cells):
        raise BadRequest("A notebook needs a list of cells.")
    parsed = tuple(cell_from_wire(cell) for cell in cells)
    if len({cell.id for cell in parsed}) < len(parsed):
        raise BadRequest("Two cells of the notebook have the same id.")
    metadata = object_from_json(wire.get("metadata", {}), "The notebook's metadata")
    return Notebook(parsed, metadata, without(wire, ("cells", "metadata")))


def cell_from_wire(raw: JsonValue) -> Cell:
    """Parse one cell, its id included.

    Raises:
        BadRequest: it is no cell, or its id is not 1 to 64 characters of `a-z A-Z 0-9 - _`.
    """
    wire = object_from_json(raw, "A cell")
    cell_id = wire.get("id")
    if not is_cell_id(cell_id):
        raise BadRequest("A cell's id has 1 to 64 letters, digits, hyphens and underscores.")
    return cell_from_json(cell_id, wire)


def cell_from_json(cell_id: CellId, wire: JsonObject) -> Cell:
    """The cell with this id, whatever id stands in `wire`; `source` may be a list of lines.

    Raises:
        BadRequest: it is no cell.
    """
    cell_type = cell_type_from_json(wire.get("cell_type"))
    source = text_from_json(wire.get("source", ""))
    if source is None:
        raise BadRequest("A cell's source is a text.")
    metadata = object_from_json(wire.get("metadata", {}), "A cell's metadata")
    attachments = attachments_from_json(wire.get("attachments"))
    known = ("id", "cell_type", "source", "metadata", "attachments")
    if cell_type != "code":
        return Cell(cell_id, cell_type, source, metadata, attachments=attachments, extra=without(wire, known))
    extra = without(wire, (*known, "outputs", "execution_count"))
    count = count_from_json(wire.get("execution_count"))
    return Cell(
        cell_id, cell_type, source, metadata, count, outputs_from_json(wire.get("outputs", [])), attachments, extra
    )


def outputs_from_json(raw: JsonValue) -> tuple[Output, ...]:
    """Parse a list of outputs.

    Raises:
        BadRequest: it is no list of objects.
    """
    if not is_list(raw):
        raise BadRequest("A cell's outputs are a list.")
    return tuple(output_from_wire(output) for output in raw)


def output_from_wire(raw: JsonValue) -> Output:
    """Parse one output; what does not look as its type should is carried through unchanged.

    Raises:
        BadRequest: it is no object.
    """
    wire = object_from_json(raw, "An output")
    return _known_output(wire) or UnknownOutput(wire)


def _known_output(wire: JsonObject) -> Output | None:
    match wire.get("output_type"):
        case "stream":
            return _stream(wire)
        case "display_data" | "execute_result":
            return _rich(wire)
        case "error":
            return _error(wire)
        case _:
            return None


def _stream(wire: JsonObject) -> Stream | None:
    name, text = wire.get("name", "stdout"), text_from_json(wire.get("text", ""))
    if not isinstance(name, str) or text is None:
        return None
    return Stream(name, text, without(wire, ("output_type", "name", "text")))


def _rich(wire: JsonObject) -> DisplayData | ExecuteResult | None:
    data, metadata = wire.get("data", {}), wire.get("metadata", {})
    display_id, count = wire.get("display_id"), wire.get("execution_count")
    if not is_object(data) or not is_object(metadata) or not isinstance(display_id, str | None):
        return None
    joined = mimebundle_from_json(data)
    known = ("output_type", "data", "metadata", "display_id")
    if wire["output_type"] == "display_data":
        return DisplayData(joined, metadata, display_id, without(wire, known))
    if not is_count(count):
        return None
    return ExecuteResult(joined, metadata, count, display_id, without(wire, (*known, "execution_count")))


def _error(wire: JsonObject) -> ErrorOutput | None:
    ename, evalue, lines = wire.get("ename", ""), wire.get("evalue", ""), wire.get("traceback", [])
    if not isinstance(ename, str) or not isinstance(evalue, str) or not is_list(lines):
        return None
    traceback = tuple(line for line in lines if isinstance(line, str))
    if len(traceback) < len(lines):
        return None
    return ErrorOutput(ename, evalue, traceback, without(wire, ("output_type", "ename", "evalue", "traceback")))


def is_cell_id(raw: JsonValue) -> TypeGuard[CellId]:
    """Whether nbformat 4.5 allows this as the id of a cell."""
    return isinstance(raw, str) and _CELL_ID.fullmatch(raw) is not None


def count_from_json(raw: JsonValue) -> int | None:
    """An execution count.

    Raises:
        BadRequest: it is neither a whole number nor null.
    """
    if not is_count(raw):
        raise BadRequest("An execution count is a whole number or null.")
    return raw


def cell_type_from_json(raw: JsonValue) -> CellType:
    """A cell type.

    Raises:
        BadRequest: there is no such type.
    """
    for cell_type in _CELL_TYPES:
        if raw == cell_type:
            return cell_type
    raise BadRequest("A cell is of type code, markdown or raw.")


def attachments_from_json(raw: JsonValue) -> JsonObject | None:
    """Attachments by name, each a mimebundle; None when there are none.

    Raises:
        BadRequest: it is neither an object nor null.
    """
    if raw is None:
        return None
    files = object_from_json(raw, "A cell's attachments")
    return {name: mimebundle_from_json(file) if is_object(file) else file for name, file in files.items()} or None
