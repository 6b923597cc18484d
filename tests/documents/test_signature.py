"""Our signatures are those of Jupyter, byte for byte of its own reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adrastea.documents.signature import signature_of
from tests.documents.notary import notary, read

SECRET = b"secret"
NOTEBOOKS = Path(__file__).parent.parent / "vectors" / "notebooks"


def of_jupyter(data: bytes, folder: Path) -> str:
    with notary(folder, secret=SECRET) as jupyter:
        return jupyter.compute_signature(read(data))


def notebook(cell: dict[str, object], **metadata: object) -> bytes:
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}).encode()


def code(*outputs: object, **more: object) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ""}
    return {**cell, "outputs": outputs, **more}


@pytest.mark.parametrize(
    "name",
    [
        "jupyter",
        "v4.0",
        "v4.4",
        "v4.9",
        "numbers",
        "strange-outputs",
        "attachments",
        "unknown-keys",
        "whole-strings",
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_file_has_the_signature_that_jupyter_gives_it(name: str, tmp_path: Path) -> None:
    data = (NOTEBOOKS / f"{name}.ipynb").read_bytes()

    assert signature_of(data, SECRET) == of_jupyter(data, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        notebook(code({"output_type": "display_data", "data": {"text/html": ["<b>", "x"]}, "metadata": {}})),
        notebook(code({"output_type": "display_data", "data": {"application/json": ["a"]}, "metadata": {"a": 1.0}})),
        notebook(code({"output_type": "stream", "name": "stdout", "text": ["é\n", "日本"]})),
        notebook(code(source=["a\n", "b"], metadata={"trusted": True, "n": None, "t": True, "f": 1e100})),
        notebook({"cell_type": "markdown", "metadata": {}, "source": "x", "attachments": {"a": {"text/plain": ["a"]}}}),
        notebook(code(), signature="x", orig_nbformat=4, kernelspec={"name": "p", "display_name": "P"}),
    ],
)
def test_lists_of_lines_numbers_and_what_passes_are_read_as_jupyter_reads_them(data: bytes, tmp_path: Path) -> None:
    assert signature_of(data, SECRET) == of_jupyter(data, tmp_path)


def test_another_secret_or_another_output_makes_another_signature() -> None:
    one = notebook(code({"output_type": "stream", "name": "stdout", "text": "a"}))
    other = notebook(code({"output_type": "stream", "name": "stdout", "text": "b"}))

    assert len({signature_of(one, SECRET), signature_of(other, SECRET), signature_of(one, b"other")}) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"nbformat": 3, "worksheets": []}',
        b'{"nbformat": 4, "metadata": {"a": "\\ud800"}, "cells": []}',
        b"[" * 100_000,
    ],
)
def test_what_jupyter_would_not_sign_has_none(data: bytes) -> None:
    assert signature_of(data, SECRET) is None
