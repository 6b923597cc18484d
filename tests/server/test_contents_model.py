"""What a client says about contents, and the bytes of files as JSON."""

from __future__ import annotations

import json
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import ipynb
from adrastea.documents.notebook import Cell, CellId, DisplayData, JsonObject, JsonValue, Notebook
from adrastea.errors import BadRequest, InvalidNotebook
from adrastea.server import contents_model as model
from adrastea.server.contents_model import SaveFile, SaveFolder, SaveNotebook


def nbformat(*cells: JsonObject, minor: int = 5) -> JsonObject:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": minor}


CODE: JsonObject = {
    "cell_type": "code",
    "execution_count": None,
    "id": "a1",
    "metadata": {},
    "outputs": [],
    "source": ["1+1\n", "2"],
}


def test_text_is_written_in_utf_8() -> None:
    assert model.parse_save({"type": "file", "format": "text", "content": "é"}) == SaveFile("é".encode())


@pytest.mark.parametrize("content", ["AAEC", "AAE\nC\n", " AAEC "])
def test_base64_may_be_broken_into_lines(content: str) -> None:
    assert model.parse_save({"type": "file", "format": "base64", "content": content}) == SaveFile(b"\0\1\2")


def test_a_folder_needs_no_content() -> None:
    assert model.parse_save({"type": "directory"}) == SaveFolder()


def test_a_notebook_may_have_lists_of_lines() -> None:
    save = model.parse_save({"type": "notebook", "format": "json", "content": nbformat(CODE)})

    assert isinstance(save, SaveNotebook)
    assert save.notebook.cells[0].source == "1+1\n2"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "x"},
        {"type": "file", "format": "text"},
        {"type": "file", "format": "text", "content": 1},
        {"type": "file", "format": "text", "content": {"a": 1}},
        {"type": "file", "format": "json", "content": "x"},
        {"type": "file", "format": "zebra", "content": "x"},
        {"type": "file", "format": 1, "content": "x"},
        {"type": "file", "format": "text", "content": "\ud800"},
        {"type": "file", "format": "base64", "content": "!!"},
        {"type": "file", "format": "base64", "content": "é"},
        {"type": "file", "format": "base64", "content": "A"},
        {"type": "file", "format": "text", "content": "x", "chunk": "1"},
        {"type": "zebra"},
        {"type": 1},
        {"type": "notebook"},
        {"type": "notebook", "content": "text"},
        {"type": "notebook", "content": []},
        {"type": "notebook", "content": {"a": 1}},
        {"type": "notebook", "content": nbformat({})},
        {"type": "notebook", "content": {**nbformat(), "cells": 3}},
        {"type": "notebook", "content": {**nbformat(), "nbformat": 7}},
    ],
)
def test_what_makes_no_sense_is_a_bad_request(body: JsonObject) -> None:
    with pytest.raises(BadRequest):
        model.parse_save(body)


def test_a_notebook_that_is_nested_too_deeply_is_refused() -> None:
    value: JsonValue = {}
    for _ in range(100_000):
        value = [value]

    with pytest.raises(BadRequest):
        model.notebook_from_nbformat({**nbformat(), "metadata": {"deep": value}})


@pytest.mark.parametrize("value", ["zebra", "", "Text", "notebook "])
def test_a_type_or_format_that_does_not_exist_is_refused(value: str) -> None:
    with pytest.raises(BadRequest):
        model.parse_kind(value)
    with pytest.raises(BadRequest):
        model.parse_format(value)


def test_text_is_sent_as_text_and_the_rest_as_base64() -> None:
    assert model.file_content(b"hi", None, "a") == {"content": "hi", "format": "text"}
    assert model.file_content(b"\xff\x00", None, "a") == {"content": "/wA=", "format": "base64"}
    assert model.file_content(b"hi", "base64", "a") == {"content": "aGk=", "format": "base64"}


def test_what_is_not_text_cannot_be_had_as_text() -> None:
    with pytest.raises(BadRequest, match=r"a\.bin is not text in UTF-8"):
        model.file_content(b"\xff", "text", "a.bin")


@given(st.binary())
def test_every_file_survives_the_way_to_a_client_and_back(data: bytes) -> None:
    sent = model.file_content(data, None, "a")

    assert model.parse_save({"type": "file", **sent}) == SaveFile(data)


def test_a_notebook_is_sent_as_nbformat_4_5_with_whole_strings() -> None:
    sent = model.notebook_to_nbformat(model.notebook_from_nbformat(nbformat(CODE, minor=4)))

    assert (sent["nbformat"], sent["nbformat_minor"]) == (4, 5)
    assert cast("list[JsonObject]", sent["cells"])[0]["source"] == "1+1\n2"


def test_display_ids_are_not_sent() -> None:
    output = DisplayData({"text/plain": "x"}, display_id="d1")
    sent = model.notebook_to_nbformat(Notebook((Cell(CellId("a1"), "code", outputs=(output,)),)))

    assert "d1" not in json.dumps(sent)


def test_a_notebook_keeps_the_manner_of_the_file_that_it_replaces() -> None:
    before = json.dumps(dict(nbformat(CODE)), indent=4).encode() + b"\n"
    notebook = ipynb.decode(before)[0]

    assert model.reformatted(notebook, before) == before


def test_a_notebook_replaces_a_file_that_was_none() -> None:
    notebook = model.notebook_from_nbformat(nbformat(CODE))

    for before in (b"", b"not a notebook", b"{}"):
        assert ipynb.decode(model.reformatted(notebook, before))[0] == notebook


def test_a_broken_notebook_is_told_apart_from_a_broken_request() -> None:
    with pytest.raises(InvalidNotebook):
        model.parse_save({"type": "notebook", "content": nbformat({"cell_type": "zebra"})})


def test_the_hash_is_sha256() -> None:
    assert model.hash_fields(b"") == {
        "hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "hash_algorithm": "sha256",
    }
