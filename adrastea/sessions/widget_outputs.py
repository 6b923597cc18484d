"""What Output widgets have captured: outputs that a kernel publishes and that belong to a widget instead of a cell.

The kernel sets an Output widget's `msg_id` to the id of a request, and takes it back. In between, what is published for
that request goes to the widget; of several widgets that want it the last to ask has it, until it lets go. So this needs
every message in its order. How outputs are joined, replaced and cleared is the notebook's own way (`outputs.reduce`): a
widget's outputs are those of a notebook of one cell. Pure; server thread only.

Source of truth: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/output/README.md
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from adrastea.documents.edits import Edit, SetOutputs, apply
from adrastea.documents.notebook import (
    Cell,
    CellId,
    DisplayData,
    ExecuteResult,
    JsonObject,
    JsonValue,
    Notebook,
    Output,
)
from adrastea.documents.outputs import RunState, reduce
from adrastea.documents.wire_form import output_to_wire, outputs_from_json
from adrastea.errors import BadRequest
from adrastea.protocol.comms import CommId
from adrastea.protocol.messages import MsgId

_CELL: Final = CellId("output")
_CAPTURED: Final = {"stream", "display_data", "execute_result", "error", "clear_output"}


@dataclass(slots=True)
class _Area:
    """Where one widget's outputs are. Server thread."""

    notebook: Notebook = field(default_factory=lambda: Notebook((Cell(_CELL, "code"),)))
    reduction: RunState = field(default_factory=RunState)

    def apply(self, *edits: Edit) -> None:
        for edit in edits:
            self.notebook = apply(self.notebook, edit)


class WidgetOutputs:
    """See the module."""

    def __init__(self) -> None:
        self._areas: dict[CommId, _Area] = {}
        self._takers: dict[MsgId, list[CommId]] = {}

    def __bool__(self) -> bool:
        """Whether anything that is published may concern a widget."""
        return bool(self._takers or self._areas)

    def set_msg_id(self, widget: CommId, msg_id: str) -> None:
        """From now on what is published for this request is the widget's; "": nothing is."""
        for request, takers in tuple(self._takers.items()):
            if widget in takers and request != msg_id:
                takers.remove(widget)
                if not takers:
                    del self._takers[request]
        takers = self._takers.setdefault(MsgId(msg_id), []) if msg_id else []
        if widget not in takers:
            takers.append(widget)

    def set_outputs(self, widget: CommId, outputs: JsonValue) -> None:
        """The kernel itself has set them. What is no list of outputs is nothing."""
        try:
            parsed = outputs_from_json(outputs)
        except BadRequest:
            parsed = ()
        self._areas.setdefault(widget, _Area()).apply(SetOutputs(_CELL, parsed))

    def wants(self, parent: MsgId) -> bool:
        """Whether a widget takes what is published for this request."""
        return parent in self._takers

    def take(self, parent: MsgId, msg_type: str, content: JsonObject) -> CommId | None:
        """Which widget has taken this; None: it is for nobody here."""
        takers = self._takers.get(parent)
        if not takers or msg_type not in _CAPTURED:
            return None
        area = self._areas.setdefault(takers[-1], _Area())
        area.reduction, edits = reduce(area.reduction, _CELL, msg_type, content, area.notebook)
        area.apply(*edits)
        return takers[-1]

    def update_display(self, content: JsonObject) -> tuple[CommId, ...]:
        """A display has changed that may stand in several widgets; in which it did."""
        changed: list[CommId] = []
        for widget, area in self._areas.items():
            _, edits = reduce(area.reduction, _CELL, "update_display_data", content, area.notebook)
            area.apply(*edits)
            if edits:
                changed.append(widget)
        return tuple(changed)

    def outputs(self, widget: CommId) -> list[JsonValue] | None:
        """They, as views get them; None for what is no Output widget."""
        area = self._areas.get(widget)
        return None if area is None else [output_to_wire(output) for output in area.notebook.cells[0].outputs]

    def outputs_for_kernel(self, widget: CommId) -> list[JsonValue]:
        """They, as the kernel gets them: nbformat's, which has no word for a display's id."""
        area = self._areas.get(widget)
        shown = () if area is None else area.notebook.cells[0].outputs
        return [output_to_wire(_without_display_id(output)) for output in shown]

    def forget(self, widget: CommId) -> None:
        """The widget has gone."""
        self.set_msg_id(widget, "")
        self._areas.pop(widget, None)

    def end(self) -> None:
        """The kernel has gone: nothing is captured any more."""
        self._takers.clear()


def _without_display_id(output: Output) -> Output:
    return replace(output, display_id=None) if isinstance(output, DisplayData | ExecuteResult) else output
