"""Notebook files: bytes to `Notebook` and back (D3, D4).

What did not change comes back with the very same bytes: the whole file if nothing did, else every cell and every part
of a cell that is the same. New parts are written as the rest of the file is: indentation, line ends, order of keys,
escapes, lists of lines or whole strings. nbformat 3 and 4.0 to 4.4 become 4.5 in memory, and in the file with the first
change. Cells without a valid id of their own get one. A file without any bytes is an empty notebook. Pure; any thread.

Source of truth: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from adrastea.documents import json_text, upgrade
from adrastea.documents.file_form import cell_to_file, is_same_cell, is_same_notebook
from adrastea.documents.ipynb_text import invalid, parse, text_of
from adrastea.documents.json_style import Style, dumped, style_of
from adrastea.documents.json_text import Part, Parts
from adrastea.documents.json_values import is_count, is_object, is_too_deep, object_from_json, without
from adrastea.documents.notebook import EMPTY, Cell, CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.wire_form import cell_from_json
from adrastea.errors import BadRequest

_MAJOR = 4
_MINOR = 5
_OLDEST = 3
_PIECE = 1_000_000  # characters
_PLACE = "\0"  # of the cells in the text around them; JSON holds no such character
_MAY_BE_NULL = ("metadata", "source", "outputs", "attachments")  # where others write null for nothing


@dataclass(frozen=True, slots=True)
class Formatting:
    """How a file was written, with all its texts. Stays valid whatever becomes of the notebook."""

    style: Style = field(default_factory=Style)
    whole_strings: bool = False
    """Whether texts are strings where nbformat would split them into lists of lines."""
    minor: int = _MINOR
    bom: bool = False
    before: str = ""
    after: str = "\n"
    original: Notebook | None = None
    """What the file stood for."""
    top: Parts | None = None
    """The text of the original."""
    cells: tuple[Part, ...] | None = None
    """The texts of the original's cells, one each; None where a change rewrites the file as a whole."""
    with_new_ids: frozenset[CellId] = frozenset()
    """Cells whose id is not the one in their text."""


def new(cell_id: CellId, kernelspec: JsonObject | None = None) -> tuple[Notebook, Formatting]:
    """A notebook with one empty code cell, in Jupyter's own formatting."""
    metadata: JsonObject = EMPTY if kernelspec is None else {"kernelspec": kernelspec}
    return Notebook((Cell(cell_id, "code"),), metadata), Formatting()


def decode(data: bytes) -> tuple[Notebook, Formatting]:
    """The notebook in a file, and how it was written.

    Raises:
        InvalidNotebook: the bytes are no notebook, or one of a format that we do not read; knows the line.
    """
    bom = data.startswith(codecs.BOM_UTF8)
    text = text_of(data[len(codecs.BOM_UTF8) :] if bom else data)
    if not text.lstrip(" \t\r\n"):
        return Notebook(), Formatting(bom=bom, before=text, after="", original=Notebook())
    before, top, after = parse(text)
    members = {part.key: part for part in top.items}
    major = _major(members, text)
    for part in top.items:
        _refuse_depth(part, text)
    formatting = Formatting(bom=bom, before=before, after=after, style=_style(text, top))
    return (_decoded if major == _MAJOR else _decoded_v3)(text, top, formatting)


def encode(notebook: Notebook, formatting: Formatting) -> bytes:
    """The bytes of the file. Display ids do not count as a change: no file has them."""
    return b"".join(encode_pieces(notebook, formatting))


def encode_pieces(notebook: Notebook, formatting: Formatting) -> list[bytes]:
    """The same in pieces of about a megabyte: to put together a large file in one holds up all threads, twice."""
    original, top = formatting.original, formatting.top
    after = formatting.after
    if original is not None and is_same_notebook(notebook, original):
        body = [] if top is None else list(top.pieces())
    elif original is not None and top is not None and formatting.cells is not None:
        body = _patched(notebook, formatting, original, top, formatting.cells)
    else:
        after = after or "\n"
        cells = [cell_to_file(cell, EMPTY, whole_strings=formatting.whole_strings) for cell in notebook.cells]
        body = [dumped({**_around_cells(notebook, formatting), "cells": cells}, formatting.style, 0)]
    pieces = _encoded([formatting.before, *body, after])
    return [codecs.BOM_UTF8, *pieces] if formatting.bom else pieces


def _encoded(texts: Iterable[str]) -> list[bytes]:
    pieces: list[bytes] = []
    group: list[str] = []
    length = 0
    for text in texts:
        group.append(text)
        length += len(text)
        if length >= _PIECE:
            pieces.append("".join(group).encode("utf-8", "backslashreplace"))  # lone surrogates become \udXXX
            group, length = [], 0
    pieces.append("".join(group).encode("utf-8", "backslashreplace"))
    return pieces


def _major(members: dict[str, Part], text: str) -> int:
    major = members["nbformat"].value if "nbformat" in members else None
    if "nbformat" not in members and "cells" in members:
        major = _MAJOR
    if not isinstance(major, int) or isinstance(major, bool):
        raise invalid("The file is JSON, and not a notebook", text, 0)
    at = members["nbformat"].at if "nbformat" in members else 0
    if major < _OLDEST:
        what = f"The notebook has the old format {major}; `jupyter nbconvert --to notebook` makes a new one of it"
        raise invalid(what, text, at)
    if major > _MAJOR:
        raise invalid(f"The notebook has format {major}, made by a newer program, and this one knows 4", text, at)
    return major


def _decoded(text: str, top: Parts, formatting: Formatting) -> tuple[Notebook, Formatting]:
    members = {part.key: part for part in top.items}
    parts = members["cells"].inner if "cells" in members else None
    if parts is None:
        raise invalid("The notebook has no list of cells", text, members["cells"].at if "cells" in members else 0)
    raw = [part.value for part in parts.items]
    for part in parts.items:
        _refuse_depth(part, text)
    given = [cell.get("id") if is_object(cell) else None for cell in raw]
    ids = upgrade.cell_ids([(old, part.text) for old, part in zip(given, parts.items, strict=True)])
    cells = tuple(_cell(cell_id, part.value, text, part.at) for cell_id, part in zip(ids, parts.items, strict=True))
    sources = [cell.get("source") for cell in raw if is_object(cell)]
    minor = members["nbformat_minor"].value if "nbformat_minor" in members else 0
    notebook = Notebook(cells, _metadata(members, text), _extra(members, "cells"))
    bare = top.without_values()
    bare_cells = {part.key: part.inner for part in bare.items}["cells"] or parts
    return notebook, replace(
        formatting,
        style=_sorted_as(formatting.style, raw),
        whole_strings=any(isinstance(source, str) and source for source in sources),
        minor=max(minor, _MINOR) if isinstance(minor, int) else _MINOR,
        original=notebook,
        top=bare,
        cells=bare_cells.items,
        with_new_ids=frozenset(new for new, old in zip(ids, given, strict=True) if new != old),
    )


def _decoded_v3(text: str, top: Parts, formatting: Formatting) -> tuple[Notebook, Formatting]:
    members = {part.key: part for part in top.items}
    at = members["worksheets"].at if "worksheets" in members else 0
    try:
        raw = upgrade.cells_of_v3({key: part.value for key, part in members.items()})
    except BadRequest as error:
        raise invalid(str(error).rstrip("."), text, at) from None
    ids = upgrade.cell_ids([(None, json_text.canonical(cell)) for cell in raw])
    cells = tuple(_cell(cell_id, cell, text, at) for cell_id, cell in zip(ids, raw, strict=True))
    metadata = upgrade.metadata_of_v3(_metadata(members, text))
    notebook = Notebook(cells, metadata, _extra(members, "worksheets"))
    return notebook, replace(formatting, original=notebook, top=top.without_values())


def _cell(cell_id: CellId, raw: JsonValue, text: str, at: int) -> Cell:
    try:
        members = object_from_json(raw, "A cell")
        absent = [name for name in _MAY_BE_NULL if members.get(name) is None]
        absent += [] if is_count(members.get("execution_count")) else ["execution_count"]
        return cell_from_json(cell_id, without(members, absent))
    except BadRequest as error:
        raise invalid(str(error).rstrip("."), text, at) from None


def _refuse_depth(part: Part, text: str) -> None:
    if is_too_deep(part.value):
        raise invalid("The notebook is nested too deeply", text, part.at)


def _metadata(members: dict[str, Part], text: str) -> JsonObject:
    part = members.get("metadata")
    if part is None or part.value is None:
        return EMPTY
    if not is_object(part.value):
        raise invalid("The notebook's metadata are no JSON object", text, part.at)
    return part.value


def _extra(members: dict[str, Part], cells: str) -> JsonObject:
    return without({key: part.value for key, part in members.items()}, (*_AROUND, cells))


_AROUND = ("metadata", "nbformat", "nbformat_minor")


def _style(text: str, top: Parts) -> Style:
    colon = top.items[0].head.rpartition('"')[2] if top.items else ": "
    return style_of(text, [part.lead for part in top.items], colon, [[part.key for part in top.items]])


def _sorted_as(style: Style, cells: Sequence[JsonValue]) -> Style:
    keys = [list(cell) for cell in cells[:1] if is_object(cell)]
    return replace(style, sort=style.sort and all(row == sorted(row) for row in keys))


def _around_cells(notebook: Notebook, formatting: Formatting) -> JsonObject:
    format_numbers = {"nbformat": _MAJOR, "nbformat_minor": formatting.minor}
    return {**notebook.extra, "metadata": notebook.metadata, **format_numbers}


def _patched(
    notebook: Notebook, formatting: Formatting, original: Notebook, top: Parts, parts: tuple[Part, ...]
) -> list[str]:
    before = {cell.id: (cell, part) for cell, part in zip(original.cells, parts, strict=True)}

    def cell_text(cell: Cell) -> tuple[Part | None, str]:
        if cell.id not in before:
            return None, dumped(cell_to_file(cell, EMPTY, whole_strings=formatting.whole_strings), formatting.style, 2)
        old, part = before[cell.id]
        if is_same_cell(cell, old) and cell.id not in formatting.with_new_ids:
            return part, part.text
        raw = object_from_json(json_text.value_of(part), "A cell")
        member = cell_to_file(cell, raw, whole_strings=formatting.whole_strings)
        if is_same_cell(cell, old):
            member = {**raw, "id": cell.id}
        return part, json_text.patched(part, member, formatting.style, 2)

    cells: list[str] = []

    def render(part: Part | None, key: str, value: JsonValue) -> str:
        if key == "cells" and part is not None and part.inner is not None:
            texts = [cell_text(cell) for cell in notebook.cells]
            cells.extend(json_text.array_pieces(part.inner, texts, formatting.style, 1))
            return _PLACE
        return json_text.patched(part, value, formatting.style, 1)

    members = {**_around_cells(notebook, formatting), "cells": None}
    head, _, tail = json_text.patched_object(top, members, formatting.style, 0, render).partition(_PLACE)
    return [head, *cells, tail]
