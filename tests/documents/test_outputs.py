"""What a kernel publishes becomes edits of the cell that runs, and of every cell that shows an updated display (N2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents.edit_wire_form import edit_to_wire
from adrastea.documents.edits import apply
from adrastea.documents.notebook import CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.outputs import RunState, reduce
from adrastea.documents.wire_form import notebook_from_wire, notebook_to_wire
from tests.documents.notebooks import json_values, notebooks

VECTORS = Path(__file__).parents[1] / "vectors" / "outputs"


class Said(TypedDict):
    msg_type: str
    content: JsonObject


class Vector(TypedDict):
    name: str
    notebook: JsonValue
    cell: str
    messages: list[Said]
    edits: list[list[JsonObject]]
    after: JsonValue


VECTOR_LIST: list[Vector] = json.loads((VECTORS / "reduce.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTOR_LIST, ids=lambda vector: vector["name"])
def test_reducing_follows_the_vectors(vector: Vector) -> None:
    state, notebook = RunState(), notebook_from_wire(vector["notebook"])
    edits: list[list[JsonObject]] = []
    for said in vector["messages"]:
        state, made = reduce(state, CellId(vector["cell"]), said["msg_type"], said["content"], notebook)
        edits.append([edit_to_wire(edit) for edit in made])
        for edit in made:
            notebook = apply(notebook, edit)

    assert edits == vector["edits"]
    assert notebook_to_wire(notebook) == vector["after"]


kinds = st.sampled_from(
    (
        "stream",
        "display_data",
        "execute_result",
        "error",
        "execute_input",
        "clear_output",
        "update_display_data",
        "status",
    )
)
contents = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("name", "text", "data", "metadata", "transient", "execution_count", "traceback", "ename", "wait"), json_values
    ),
)


@pytest.mark.slow
@given(notebook=notebooks, kind=kinds, content=contents, waits=st.booleans())
def test_no_message_of_a_kernel_is_a_trap(*, notebook: Notebook, kind: str, content: JsonObject, waits: bool) -> None:
    state, edits = reduce(RunState(waits), CellId("a"), kind, content, notebook)

    assert isinstance(state, RunState)
    assert all(isinstance(apply(notebook, edit), Notebook) for edit in edits)


def test_an_output_that_is_nested_too_deeply_is_dropped() -> None:
    deep: JsonValue = {}
    for _ in range(300):
        deep = [deep]

    content: JsonObject = {"data": {"application/json": deep}, "metadata": {}}

    assert reduce(RunState(), CellId("a"), "display_data", content, Notebook()) == (RunState(), ())
