"""The vocabulary of change: every way in which a notebook can become another one, as values (D1).

`apply` is total: an edit that names a cell or an output that is not there returns the notebook unchanged, so that a
late edit is harmless. Positions are given by the cell after which something goes, so that edits from two sides do not
shift each other.

How they are written in JSON: `edit_wire_form.py`. Twin: `ui/src/notebook/edits.ts`. Vectors: `tests/vectors/edits`.
Pure; any thread. Source of truth: `docs/document-socket.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from adrastea.documents.notebook import Cell, CellId, CellType, JsonObject, Notebook, Output, Stream

OUTPUTS_LIMIT: Final = 1_000
"""Outputs of a cell behind which what it prints begins no new one, to whichever stream: a cell that prints to both in
turns would have as many outputs as lines."""


@dataclass(frozen=True, slots=True)
class SetSource:
    """A cell gets this text."""

    cell: CellId
    source: str


@dataclass(frozen=True, slots=True)
class InsertCell:
    """A new cell after another; None is the beginning. Nothing if the id is taken."""

    after: CellId | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class DeleteCell:
    """A cell goes."""

    cell: CellId


@dataclass(frozen=True, slots=True)
class MoveCell:
    """A cell goes behind another; None is the beginning."""

    cell: CellId
    after: CellId | None


@dataclass(frozen=True, slots=True)
class SetCellType:
    """Leaving `code` drops outputs and count; becoming `code` starts with none and drops the attachments."""

    cell: CellId
    cell_type: CellType


@dataclass(frozen=True, slots=True)
class SetCellMetadata:
    """All of a cell's metadata at once."""

    cell: CellId
    metadata: JsonObject


@dataclass(frozen=True, slots=True)
class SetNotebookMetadata:
    """All of the notebook's metadata at once."""

    metadata: JsonObject


@dataclass(frozen=True, slots=True)
class SetAttachments:
    """All attachments of a markdown or raw cell at once."""

    cell: CellId
    attachments: JsonObject | None


@dataclass(frozen=True, slots=True)
class SetExecutionCount:
    """The number of the run."""

    cell: CellId
    execution_count: int | None


@dataclass(frozen=True, slots=True)
class ClearOutputs:
    """All outputs of a cell go; the count stays."""

    cell: CellId


@dataclass(frozen=True, slots=True)
class AppendOutput:
    """One more output; stream text joins the last output if that is the same stream (`continues`)."""

    cell: CellId
    output: Output


@dataclass(frozen=True, slots=True)
class ReplaceOutput:
    """Another output at this position, counted from 0."""

    cell: CellId
    index: int
    output: Output


@dataclass(frozen=True, slots=True)
class SetOutputs:
    """All outputs at once, as they are."""

    cell: CellId
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class ReplaceNotebook:
    """Everything."""

    notebook: Notebook


CellEdit: TypeAlias = (
    SetSource
    | SetCellType
    | SetCellMetadata
    | SetAttachments
    | SetExecutionCount
    | ClearOutputs
    | AppendOutput
    | ReplaceOutput
    | SetOutputs
)
Edit: TypeAlias = CellEdit | InsertCell | DeleteCell | MoveCell | SetNotebookMetadata | ReplaceNotebook


def apply(notebook: Notebook, edit: Edit) -> Notebook:
    """The notebook after the edit; the very same object when nothing changes."""
    match edit:
        case InsertCell(after, cell):
            return notebook if notebook.index(cell.id) >= 0 else _inserted(notebook, after, cell)
        case DeleteCell(cell_id):
            return _without(notebook, notebook.index(cell_id))
        case MoveCell(cell_id, after):
            moved = notebook.cell(cell_id)
            if moved is None or cell_id == after:
                return notebook
            return _inserted(_without(notebook, notebook.index(cell_id)), after, moved)
        case SetNotebookMetadata(metadata):
            return replace(notebook, metadata=metadata)
        case ReplaceNotebook(replacement):
            return replacement
        case _:
            return _with_cell_changed(notebook, edit)


def continues(outputs: tuple[Output, ...], new: Stream) -> bool:
    """Whether what was printed joins the last output."""
    last = outputs[-1] if outputs else None
    return isinstance(last, Stream) and (last.name == new.name or len(outputs) >= OUTPUTS_LIMIT)


def merge(edits: Iterable[Edit]) -> list[Edit]:
    """Fewer edits with the same effect: joins stream text for one cell, drops a source that is overtaken at once."""
    merged: list[Edit] = []
    texts: list[str] = []  # of the stream appends that the last of `merged` stands for
    for edit in edits:
        last = merged[-1] if merged else None
        match last, edit:
            case SetSource(one), SetSource(other) if one == other:
                merged[-1] = edit
            case AppendOutput(one, Stream(name)), AppendOutput(other, Stream(same, text)) if (one, name) == (
                other,
                same,
            ):
                texts.append(text)
            case _:
                _close(merged, texts)
                texts = [edit.output.text] if isinstance(edit, AppendOutput) and isinstance(edit.output, Stream) else []
                merged.append(edit)
    _close(merged, texts)
    return merged


def _inserted(notebook: Notebook, after: CellId | None, cell: Cell) -> Notebook:
    found = -1 if after is None else notebook.index(after)
    at = len(notebook.cells) if after is not None and found < 0 else found + 1
    return replace(notebook, cells=(*notebook.cells[:at], cell, *notebook.cells[at:]))


def _without(notebook: Notebook, index: int) -> Notebook:
    return notebook if index < 0 else replace(notebook, cells=notebook.cells[:index] + notebook.cells[index + 1 :])


def _with_cell_changed(notebook: Notebook, edit: CellEdit) -> Notebook:
    index = notebook.index(edit.cell)
    if index < 0:
        return notebook
    cell = notebook.cells[index]
    changed = _changed(cell, edit)
    return notebook if changed is cell else notebook.with_cell(index, changed)


def _changed(cell: Cell, edit: CellEdit) -> Cell:
    match edit:
        case SetSource(_, source):
            return replace(cell, source=source)
        case SetCellType(_, cell_type):
            return cell if cell_type == cell.cell_type else _retyped(cell, cell_type)
        case SetCellMetadata(_, metadata):
            return replace(cell, metadata=metadata)
        case SetAttachments(_, attachments):
            return cell if cell.cell_type == "code" else replace(cell, attachments=attachments or None)
        case _:
            return _run(cell, edit) if cell.cell_type == "code" else cell


def _retyped(cell: Cell, cell_type: CellType) -> Cell:
    if cell_type != "code":
        return replace(cell, cell_type=cell_type, outputs=(), execution_count=None)
    extra = {key: value for key, value in cell.extra.items() if key not in ("outputs", "execution_count")}
    return replace(cell, cell_type=cell_type, attachments=None, extra=extra)


def _run(cell: Cell, edit: SetExecutionCount | ClearOutputs | AppendOutput | ReplaceOutput | SetOutputs) -> Cell:
    match edit:
        case SetExecutionCount(_, count):
            return replace(cell, execution_count=count)
        case ClearOutputs():
            return replace(cell, outputs=())
        case AppendOutput(_, output):
            return replace(cell, outputs=_appended(cell.outputs, output))
        case ReplaceOutput(_, index, output):
            if not 0 <= index < len(cell.outputs):
                return cell
            return replace(cell, outputs=(*cell.outputs[:index], output, *cell.outputs[index + 1 :]))
        case SetOutputs(_, outputs):  # pragma: no branch
            return replace(cell, outputs=outputs)


def _appended(outputs: tuple[Output, ...], new: Output) -> tuple[Output, ...]:
    if not isinstance(new, Stream):
        return (*outputs, new)
    last = outputs[-1] if outputs else None
    if isinstance(last, Stream) and continues(outputs, new):
        return (*outputs[:-1], last.joined(new.text))
    return (*outputs, Stream(new.name, "", new.extra).joined(new.text))


def _close(merged: list[Edit], texts: list[str]) -> None:
    last = merged[-1] if merged else None
    if len(texts) > 1 and isinstance(last, AppendOutput) and isinstance(last.output, Stream):
        merged[-1] = AppendOutput(last.cell, Stream(last.output.name, "".join(texts), last.output.extra))
