"""What a kernel publishes while a cell runs, as edits of the notebook (N2).

    stream, display_data, execute_result, error   append_output (after clear_outputs, where a clear waits for it)
    update_display_data                           replace_output in every cell that shows this display
    execute_input                                 set_execution_count
    clear_output                                  clear_outputs at once, or with the next output

Joining streams and their cap are part of `append_output` (`streams.py`). Content that does not look as it should makes
no edit. Pure; any thread.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from adrastea.documents import json_values, wire_form
from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, ReplaceOutput, SetExecutionCount
from adrastea.documents.notebook import (
    CellId,
    DisplayData,
    ExecuteResult,
    JsonObject,
    JsonValue,
    Notebook,
    Output,
    UnknownOutput,
)

_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "stream": ("name", "text"),
        "display_data": ("data", "metadata"),
        "execute_result": ("data", "metadata", "execution_count"),
        "error": ("ename", "evalue", "traceback"),
    }
)


@dataclass(frozen=True, slots=True)
class RunState:
    """What must be remembered between two messages of one run of a cell."""

    clear_waits: bool = False
    """A `clear_output(wait=True)` waits for the next output."""


def reduce(
    state: RunState, cell: CellId, msg_type: str, content: JsonObject, notebook: Notebook
) -> tuple[RunState, tuple[Edit, ...]]:
    """What one iopub message of a run of `cell` changes in `notebook`, and the state for the next message."""
    match msg_type:
        case "update_display_data":
            return state, tuple(_updates(content, notebook))
        case "execute_input":
            count = content.get("execution_count")
            return state, (SetExecutionCount(cell, count),) if json_values.is_count(count) else ()
        case "clear_output" if content.get("wait") is True:
            return RunState(clear_waits=True), ()
        case "clear_output":
            return RunState(), (ClearOutputs(cell),)
        case _:
            return _appended(state, cell, _output(msg_type, content))


def _appended(state: RunState, cell: CellId, output: Output | None) -> tuple[RunState, tuple[Edit, ...]]:
    if output is None:
        return state, ()
    appended = AppendOutput(cell, output)
    return RunState(), (ClearOutputs(cell), appended) if state.clear_waits else (appended,)


def _output(msg_type: str, content: JsonObject) -> Output | None:
    fields = _FIELDS.get(msg_type)
    if fields is None or json_values.is_too_deep(content):
        return None
    raw: dict[str, JsonValue] = {name: content[name] for name in fields if name in content}
    display_id = _display_id(content) if "data" in fields else None
    if display_id is not None:
        raw["display_id"] = display_id
    output = wire_form.output_from_wire({**raw, "output_type": msg_type})
    return None if isinstance(output, UnknownOutput) else output


def _updates(content: JsonObject, notebook: Notebook) -> Iterator[Edit]:
    display_id = _display_id(content)
    new = _output("display_data", content)
    if display_id is None or not isinstance(new, DisplayData):
        return
    for cell in notebook.cells:
        for index, shown in enumerate(cell.outputs):
            if isinstance(shown, DisplayData | ExecuteResult) and shown.display_id == display_id:
                yield ReplaceOutput(cell.id, index, replace(shown, data=new.data, metadata=new.metadata))


def _display_id(content: JsonObject) -> str | None:
    transient = content.get("transient")
    display_id = transient.get("display_id") if isinstance(transient, Mapping) else None
    return display_id if isinstance(display_id, str) else None
