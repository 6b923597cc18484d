"""Edits as JSON, as views send and get them and as the journal keeps them: objects with `op` and its fields.

Pure; any thread. Source of truth: `docs/document-socket.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adrastea.documents import json_values, wire_form
from adrastea.documents.edits import (
    AppendOutput,
    CellEdit,
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
from adrastea.documents.notebook import CellId, JsonObject, JsonValue
from adrastea.errors import BadRequest


def edit_from_wire(raw: JsonValue) -> Edit:
    """Parse one edit that a view sent.

    Raises:
        BadRequest: there is no such edit, or a field is missing or of the wrong type.
    """
    if json_values.is_too_deep(raw):
        raise BadRequest("The edit is nested too deeply.")
    fields = _Fields(json_values.object_from_json(raw, "An edit"))
    read = _READ.get(fields.text("op"))
    if read is None:
        raise BadRequest("There is no such edit.")
    return read(fields)


def edit_to_wire(edit: Edit) -> JsonObject:
    """One edit, for a view."""
    match edit:
        case InsertCell(after, new):
            return {"op": "insert_cell", "after": after, "cell": wire_form.cell_to_wire(new)}
        case DeleteCell(cell):
            return {"op": "delete_cell", "cell": cell}
        case MoveCell(cell, after):
            return {"op": "move_cell", "cell": cell, "after": after}
        case SetNotebookMetadata(metadata):
            return {"op": "set_notebook_metadata", "metadata": json_values.finite(metadata)}
        case ReplaceNotebook(notebook):
            return {"op": "replace_notebook", "notebook": wire_form.notebook_to_wire(notebook)}
        case _:
            return _cell_edit_to_wire(edit)


def _cell_edit_to_wire(edit: CellEdit) -> JsonObject:
    match edit:
        case SetSource(cell, source):
            return {"op": "set_source", "cell": cell, "source": source}
        case SetCellType(cell, cell_type):
            return {"op": "set_cell_type", "cell": cell, "cell_type": cell_type}
        case SetCellMetadata(cell, metadata):
            return {"op": "set_cell_metadata", "cell": cell, "metadata": json_values.finite(metadata)}
        case SetAttachments(cell, attachments):
            return {"op": "set_attachments", "cell": cell, "attachments": json_values.finite(attachments)}
        case SetExecutionCount(cell, count):
            return {"op": "set_execution_count", "cell": cell, "execution_count": count}
        case ClearOutputs(cell):
            return {"op": "clear_outputs", "cell": cell}
        case AppendOutput(cell, output):
            return {"op": "append_output", "cell": cell, "output": wire_form.output_to_wire(output)}
        case ReplaceOutput(cell, index, output):
            return {"op": "replace_output", "cell": cell, "index": index, "output": wire_form.output_to_wire(output)}
        case SetOutputs(cell, outputs):  # pragma: no branch
            return {
                "op": "set_outputs",
                "cell": cell,
                "outputs": [wire_form.output_to_wire(output) for output in outputs],
            }


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one edit from outside."""

    raw: JsonObject

    def value(self, name: str) -> JsonValue:
        if name not in self.raw:
            raise BadRequest(f"The edit has no field {name!r}.")
        return self.raw[name]

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise BadRequest(f"The edit's field {name!r} is a text.")
        return value

    def position(self) -> int:
        index = wire_form.count_from_json(self.value("index"))
        return -1 if index is None else index

    def object(self, name: str) -> JsonObject:
        return json_values.object_from_json(self.value(name), f"The edit's field {name!r}")

    def cell(self) -> CellId:
        return CellId(self.text("cell"))

    def after(self) -> CellId | None:
        return None if self.value("after") is None else CellId(self.text("after"))


_READ: Mapping[str, Callable[[_Fields], Edit]] = MappingProxyType(
    {
        "set_source": lambda f: SetSource(f.cell(), f.text("source")),
        "insert_cell": lambda f: InsertCell(f.after(), wire_form.cell_from_wire(f.value("cell"))),
        "delete_cell": lambda f: DeleteCell(f.cell()),
        "move_cell": lambda f: MoveCell(f.cell(), f.after()),
        "set_cell_type": lambda f: SetCellType(f.cell(), wire_form.cell_type_from_json(f.value("cell_type"))),
        "set_cell_metadata": lambda f: SetCellMetadata(f.cell(), f.object("metadata")),
        "set_notebook_metadata": lambda f: SetNotebookMetadata(f.object("metadata")),
        "set_attachments": lambda f: SetAttachments(f.cell(), wire_form.attachments_from_json(f.value("attachments"))),
        "set_execution_count": lambda f: SetExecutionCount(
            f.cell(), wire_form.count_from_json(f.value("execution_count"))
        ),
        "clear_outputs": lambda f: ClearOutputs(f.cell()),
        "append_output": lambda f: AppendOutput(f.cell(), wire_form.output_from_wire(f.value("output"))),
        "replace_output": lambda f: ReplaceOutput(
            f.cell(), f.position(), wire_form.output_from_wire(f.value("output"))
        ),
        "set_outputs": lambda f: SetOutputs(f.cell(), wire_form.outputs_from_json(f.value("outputs"))),
        "replace_notebook": lambda f: ReplaceNotebook(wire_form.notebook_from_wire(f.value("notebook"))),
    }
)
