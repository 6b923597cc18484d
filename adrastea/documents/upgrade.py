"""Older notebooks in the form of nbformat 4.5: cells of nbformat 3, and ids for cells that have none.

An id that we make depends on the cell's text and position only, so that two who open the same file agree. Pure; any
thread.

Source of truth: https://nbformat.readthedocs.io/en/latest/format_description.html#backward-compatible-changes and
nbformat's JSON schema for 3.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from adrastea.documents.json_values import is_list, is_object, object_from_json, text_from_json, without
from adrastea.documents.notebook import CellId, JsonObject, JsonValue
from adrastea.documents.wire_form import is_cell_id

_MIME: Mapping[str, str] = MappingProxyType(
    {
        "text": "text/plain",
        "html": "text/html",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "latex": "text/latex",
        "json": "application/json",
        "javascript": "application/javascript",
    }
)
_ID_LENGTH = 8


def cell_ids(cells: Sequence[tuple[JsonValue, str]]) -> list[CellId]:
    """An id for each cell, from the id in the file (any value) and the cell's text. The first of equal ids keeps it."""
    taken: set[CellId] = set()
    own: list[CellId | None] = []
    for given, _ in cells:
        own.append(given if is_cell_id(given) and given not in taken else None)
        taken.update(() if own[-1] is None else (own[-1],))
    ids: list[CellId] = []
    for position, (cell_id, (_, text)) in enumerate(zip(own, cells, strict=True)):
        ids.append(cell_id or next(made for made in _made_ids(position, text) if made not in taken))
        taken.add(ids[-1])
    return ids


def cells_of_v3(notebook: JsonObject) -> list[JsonObject]:
    """The cells of all worksheets, in the form of nbformat 4.

    Raises:
        BadRequest: a worksheet or a cell is not what it should be.
    """
    sheets = notebook.get("worksheets")
    if not is_list(sheets):
        return []
    cells = [object_from_json(sheet, "A worksheet").get("cells") for sheet in sheets]
    return [_cell(object_from_json(cell, "A cell")) for sheet in cells if is_list(sheet) for cell in sheet]


def metadata_of_v3(metadata: JsonObject) -> JsonObject:
    """The notebook's metadata without what has no meaning in nbformat 4."""
    return without(metadata, ("name", "signature"))


def _made_ids(position: int, text: str) -> Iterator[CellId]:
    attempt = 0
    while True:
        seed = f"{position}/{attempt}/{text}".encode(errors="surrogatepass")
        yield CellId(sha256(seed).hexdigest()[:_ID_LENGTH])
        attempt += 1


def _cell(cell: JsonObject) -> JsonObject:
    match cell.get("cell_type"):
        case "code":
            return _code_cell(cell)
        case "heading":
            level = cell.get("level", 1)
            hashes = "#" * (level if isinstance(level, int) and 1 <= level <= len("######") else 1)
            title = " ".join((text_from_json(cell.get("source", "")) or "").splitlines())
            return {**without(cell, ("level",)), "cell_type": "markdown", "source": f"{hashes} {title}"}
        case "html":
            return {**cell, "cell_type": "markdown"}
        case _:
            return cell


def _code_cell(cell: JsonObject) -> JsonObject:
    metadata, outputs = cell.get("metadata", {}), cell.get("outputs", [])
    if "collapsed" in cell and is_object(metadata):
        metadata = {**metadata, "collapsed": cell["collapsed"]}
    upgraded = {
        **without(cell, ("language", "collapsed", "input", "prompt_number")),
        "metadata": metadata,
        "source": cell.get("input", ""),
        "execution_count": cell.get("prompt_number"),
    }
    if is_list(outputs):
        upgraded["outputs"] = list(_outputs(outputs))
    return upgraded


def _outputs(outputs: Iterable[JsonValue]) -> Iterator[JsonObject]:
    for output in outputs:
        raw = object_from_json(output, "An output")
        match raw.get("output_type"):
            case "pyout":
                count = {"output_type": "execute_result", "execution_count": raw.get("prompt_number")}
                yield {**_mimebundle(without(raw, ("prompt_number",))), **count}
            case "display_data":
                yield {**_mimebundle(raw), "output_type": "display_data"}
            case "pyerr":
                yield {**raw, "output_type": "error"}
            case "stream":
                yield {**without(raw, ("stream",)), "name": raw.get("stream", "stdout")}
            case _:
                yield raw


def _mimebundle(output: JsonObject) -> JsonObject:
    metadata = output.get("metadata", {})
    data = dict(_mime_members(without(output, ("output_type", "metadata", "execution_count"))))
    return {"data": data, "metadata": dict(_mime_members(metadata)) if is_object(metadata) else {}}


def _mime_members(members: JsonObject) -> Iterator[tuple[str, JsonValue]]:
    for key, value in members.items():
        yield _MIME.get(key, key), _json(value) if key == "json" else value


def _json(value: JsonValue) -> JsonValue:
    """Nbformat 3 kept JSON as a text, or as the lines of one."""
    text = text_from_json(value)
    if text is None:
        return value
    try:
        parsed: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return parsed
