"""What a client says about contents, parsed, and the bytes of files as JSON. Pure: no disk.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/contents.html
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from adrastea.documents import ipynb
from adrastea.documents.ipynb import Formatting
from adrastea.documents.notebook import JsonObject, JsonValue, Notebook
from adrastea.documents.wire_form import notebook_to_wire
from adrastea.errors import BadRequest
from adrastea.server import fields

Kind = Literal["directory", "notebook", "file"]
Format = Literal["json", "text", "base64"]

_KINDS: tuple[Kind, ...] = ("directory", "notebook", "file")
_FORMATS: tuple[Format, ...] = ("json", "text", "base64")


@dataclass(frozen=True, slots=True)
class SaveFolder:
    """Make a folder."""


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Write these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class SavePiece:
    """One piece of a file that is uploaded in several."""

    chunk: int
    """Counted from 1; -1 is the last."""
    data: bytes


@dataclass(frozen=True, slots=True)
class SaveNotebook:
    """Write this notebook."""

    notebook: Notebook


Save: TypeAlias = SaveFolder | SaveFile | SavePiece | SaveNotebook


def parse_kind(value: str | None) -> Kind | None:
    """A `type`; None when nothing is said.

    Raises:
        BadRequest: there is no such type.
    """
    if value is None:
        return None
    for kind in _KINDS:
        if value == kind:
            return kind
    raise BadRequest(f"The type {value!r} does not exist; there are directory, notebook and file.")


def parse_format(value: str | None) -> Format | None:
    """A `format`; None when nothing is said.

    Raises:
        BadRequest: there is no such format.
    """
    if value is None:
        return None
    for known in _FORMATS:
        if value == known:
            return known
    raise BadRequest(f"The format {value!r} does not exist; there are json, text and base64.")


def parse_save(body: JsonObject) -> Save:
    """What a PUT asks for.

    Raises:
        BadRequest: it makes no sense.
        InvalidNotebook: its content is not a notebook.
    """
    kind = parse_kind(fields.optional_text(body, "type")) or "file"
    if kind == "directory":
        return SaveFolder()
    if (chunk := fields.optional_number(body, "chunk")) is not None:
        if kind != "file":
            raise BadRequest("Only files are uploaded in pieces: say type 'file'.")
        return SavePiece(chunk, _file_bytes(body))
    if kind == "notebook":
        content = fields.optional_object(body, "content")
        if content is None:
            raise BadRequest("The field 'content' is missing.")
        return SaveNotebook(notebook_from_nbformat(content))
    return SaveFile(_file_bytes(body))


def notebook_from_nbformat(content: JsonObject) -> Notebook:
    """A notebook in the JSON of any nbformat that we read.

    Raises:
        InvalidNotebook: it is not one.
    """
    try:
        data = json.dumps(content).encode()
    except (ValueError, RecursionError):
        raise BadRequest("The notebook is nested too deeply.") from None
    return ipynb.decode(data)[0]


def notebook_to_nbformat(notebook: Notebook) -> JsonObject:
    """A notebook in the JSON of nbformat 4.5, with whole strings, as Jupyter's interface gives it."""
    wire = notebook_to_wire(notebook)
    cells = [_without_display_ids(cell) for cell in cast("list[JsonObject]", wire["cells"])]
    return {**wire, "cells": cells, "nbformat": 4, "nbformat_minor": 5}


def file_content(data: bytes, wanted: Format | None, path: str) -> JsonObject:
    """`content`, `format` and, where the bytes tell it better than the name, `mimetype` of a file.

    Raises:
        BadRequest: text was wanted, and the bytes are not UTF-8.
    """
    if wanted != "base64":
        try:
            return {"content": data.decode("utf-8"), "format": "text"}
        except UnicodeDecodeError:
            if wanted == "text":
                raise BadRequest(f"{path} is not text in UTF-8.") from None
    return {"content": base64.b64encode(data).decode("ascii"), "format": "base64"}


def hash_fields(data: bytes) -> JsonObject:
    """The hash of a file's bytes, as Jupyter names it."""
    return {"hash": hashlib.sha256(data).hexdigest(), "hash_algorithm": "sha256"}


def reformatted(notebook: Notebook, before: bytes) -> bytes:
    """The bytes of a notebook file that had the bytes `before`, written in its manner where it was a notebook."""
    try:
        formatting = ipynb.decode(before)[1] if before else Formatting()
    except BadRequest:
        formatting = Formatting()
    return ipynb.encode(notebook, formatting)


def _file_bytes(body: JsonObject) -> bytes:
    wanted = parse_format(fields.optional_text(body, "format"))
    content = fields.text(body, "content")
    if wanted == "base64":
        try:
            return base64.b64decode("".join(content.split()), validate=True)
        except (binascii.Error, ValueError):
            raise BadRequest("The content is not base64.") from None
    if wanted != "text":
        raise BadRequest("Say the format of the content: text or base64.")
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError:
        raise BadRequest("The content holds half of a surrogate pair, which no text file can hold.") from None


def _without_display_ids(cell: JsonObject) -> JsonObject:
    """Display ids live as long as the kernel and are no part of nbformat."""
    outputs = cell.get("outputs")
    if not isinstance(outputs, list):
        return cell
    return {**cell, "outputs": [_without_display_id(output) for output in outputs]}


def _without_display_id(output: JsonValue) -> JsonValue:
    if not isinstance(output, Mapping):
        return output
    return {name: value for name, value in output.items() if name != "display_id"}
