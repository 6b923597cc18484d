"""Outputs of a run are kept whole, or with their beginning and their end, and say so."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from adrastea.documents import run_outputs, wire_form
from adrastea.documents.notebook import DisplayData, ErrorOutput, Output, Stream, UnknownOutput


def kept(outputs: Sequence[Output], limit: int = run_outputs.LIMIT) -> tuple[tuple[Output, ...], bool]:
    data, whole = run_outputs.kept(outputs, limit)
    return wire_form.outputs_from_json(json.loads(data)), whole


@pytest.mark.parametrize(
    "output",
    [
        Stream("stdout", "a line\n"),
        DisplayData({"text/plain": "1", "application/json": {"a": [1, None, "x"]}}),
        ErrorOutput("E", "value", ("one", "two")),
        UnknownOutput({"output_type": "strange"}),
        Stream("stdout", "\ud800 ü"),
    ],
)
def test_what_is_not_too_large_is_kept_whole(output: Output) -> None:
    data, whole = run_outputs.kept([output])

    assert whole
    assert wire_form.outputs_from_json(json.loads(data.decode("utf-8", "surrogatepass"))) == (output,)


def test_of_a_long_stream_the_beginning_and_the_end_are_kept() -> None:
    text = "first" + "x" * 5000 + "last"
    (found,), whole = kept([Stream("stdout", text)], 2000)

    assert isinstance(found, Stream)
    assert not whole
    assert found.text.startswith("first") and found.text.endswith("last")  # noqa: PT018
    assert "characters of this past run are not kept" in found.text
    assert len(found.text) < 1000


def test_of_many_outputs_the_first_and_the_last_are_kept_and_between_them_stands_how_many_are_not() -> None:
    outputs = [DisplayData({"text/plain": str(number) * 100}) for number in range(100, 200)]
    found, whole = kept(outputs, 4000)

    assert not whole
    assert (found[0], found[-1]) == (outputs[0], outputs[-1])
    left_out = len(outputs) - len(found) + 1
    assert [output.text for output in found if isinstance(output, Stream)] == [
        f"[… {left_out} outputs of this run are not kept: it was too large …]\n"
    ]


def test_one_that_is_too_large_by_itself_is_left_out() -> None:
    large = DisplayData({"text/html": "x" * 5000, "application/json": [["x" * 100] * 1000]})
    found, whole = kept([Stream("stdout", "before"), large, Stream("stdout", "after")], 2000)

    assert not whole
    assert [type(output) for output in found] == [Stream, Stream, Stream]
    assert len(str(found)) < 1000
