/**
 * Notebooks, cells, outputs and edits between JSON and types (docs/document-socket.md). An output that does not look as
 * its type should is carried as `unknown`, never refused. Twin of adrastea/documents/wire_form.py.
 */
import type { Json, JsonObject } from "../wire/json";
import { outputOf } from "../wire/outputForm";
import type { Output } from "../wire/outputs";
import { asJsonObject, asList, asNumber, asObject, asText, numberOrNull, ParseError, textOrNull } from "../wire/parse";
import type { Edit } from "./edits";
import type { Cell, CellType, Notebook } from "./model";

/** Throws `ParseError`, as all parsers here. */
export function notebookOf(raw: unknown): Notebook {
  const notebook = asObject(raw, "The notebook");
  const cells = asList(notebook["cells"], "cells").map(cellOf);
  return { ...notebook, metadata: asJsonObject(notebook["metadata"], "metadata"), cells };
}

export function cellOf(raw: unknown): Cell {
  const cell = asObject(raw, "A cell");
  const known = {
    ...cell,
    id: asText(cell["id"], "id"),
    cell_type: cellTypeOf(cell["cell_type"]),
    source: asText(cell["source"], "source"),
    metadata: asJsonObject(cell["metadata"], "metadata"),
  };
  if (known.cell_type !== "code") return known;
  const outputs = asList(cell["outputs"] ?? [], "outputs").map(outputOf);
  return { ...known, execution_count: numberOrNull(cell["execution_count"]), outputs };
}

export function editOf(raw: unknown): Edit {
  const edit = asObject(raw, "An edit");
  const op = edit["op"];
  const cell = (): string => asText(edit["cell"], "cell");
  const after = (): string | null => textOrNull(edit["after"]);
  switch (op) {
    case "insert_cell":
      return { op, after: after(), cell: cellOf(edit["cell"]) };
    case "delete_cell":
    case "clear_outputs":
      return { op, cell: cell() };
    case "move_cell":
      return { op, cell: cell(), after: after() };
    case "set_source":
      return { op, cell: cell(), source: asText(edit["source"], "source") };
    case "set_cell_type":
      return { op, cell: cell(), cell_type: cellTypeOf(edit["cell_type"]) };
    case "set_cell_metadata":
      return { op, cell: cell(), metadata: asJsonObject(edit["metadata"], "metadata") };
    case "set_notebook_metadata":
      return { op, metadata: asJsonObject(edit["metadata"], "metadata") };
    case "set_attachments":
      return { op, cell: cell(), attachments: attachmentsOf(edit["attachments"]) };
    case "set_execution_count":
      return { op, cell: cell(), execution_count: numberOrNull(edit["execution_count"]) };
    case "append_output":
      return { op, cell: cell(), output: outputOf(edit["output"]) };
    case "replace_output":
      return { op, cell: cell(), index: asNumber(edit["index"], "index"), output: outputOf(edit["output"]) };
    case "set_outputs":
      return { op, cell: cell(), outputs: asList(edit["outputs"], "outputs").map(outputOf) };
    case "replace_notebook":
      return { op, notebook: notebookOf(edit["notebook"]) };
    default:
      throw new ParseError("There is no such edit.");
  }
}

export function editToWire(edit: Edit): JsonObject {
  switch (edit.op) {
    case "insert_cell":
      return { op: edit.op, after: edit.after, cell: cellToWire(edit.cell) };
    case "append_output":
    case "replace_output":
      return { ...edit, output: outputToWire(edit.output) };
    case "set_outputs":
      return { ...edit, outputs: edit.outputs.map(outputToWire) };
    case "replace_notebook":
      return { op: edit.op, notebook: notebookToWire(edit.notebook) };
    default:
      return edit;
  }
}

export function notebookToWire(notebook: Notebook): JsonObject {
  return { ...notebook, cells: notebook.cells.map(cellToWire) };
}

export function cellToWire(cell: Cell): JsonObject {
  const { outputs, ...rest } = cell;
  return outputs === undefined ? rest : { ...rest, outputs: outputs.map(outputToWire) };
}

function outputToWire(output: Output): Json {
  return output.output_type === "unknown" ? output.raw : (output as unknown as JsonObject);
}

function cellTypeOf(raw: unknown): CellType {
  if (raw === "code" || raw === "markdown" || raw === "raw") return raw;
  throw new ParseError("There is no such type of cell.");
}

function attachmentsOf(raw: unknown): JsonObject | null {
  return raw === null ? null : asJsonObject(raw, "attachments");
}
