"""Jupyter's clients are told which cells the user trusts, and a file cannot say so of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from adrastea.documents.signatures import Signatures
from adrastea.server.application import Application
from tests.server.running import Json, Running, running

SCRIPT = {"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}}


def cell(name: str, *outputs: object, **metadata: object) -> dict[str, object]:
    fields = {"cell_type": "code", "execution_count": None, "source": "", "outputs": outputs}
    return {"id": name, "metadata": metadata, **fields}


def notebook(*cells: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def save(server: Running, *cells: object) -> None:
    body = {"type": "notebook", "format": "json", "content": json.loads(notebook(*cells))}
    assert server.api("PUT", "api/contents/a.ipynb", cast("Json", body)).status in {200, 201}


def marks(server: Running) -> list[object]:
    content = server.api("GET", "api/contents/a.ipynb").object()["content"]
    cells = cast("dict[str, list[dict[str, dict[str, object]]]]", content)["cells"]
    return [cell["metadata"].get("trusted") for cell in cells]


def use(application: Application, signatures: Signatures) -> None:
    application.services.documents.signatures = signatures


@pytest.fixture(name="signing")
def server_with_a_list_of_signatures(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as server:
        server.thread.call(lambda application: use(application, Signatures(tmp_path)))
        yield server


def test_a_file_that_says_of_itself_that_it_is_trusted_is_not(served: Running) -> None:
    (served.root / "a.ipynb").write_bytes(notebook(cell("a", SCRIPT, trusted=True), cell("b", trusted=False)))

    assert marks(served) == [False, True]


def test_other_cells_than_code_have_no_mark(served: Running) -> None:
    text = {"id": "m", "cell_type": "markdown", "source": "", "metadata": {"trusted": True, "kept": 1}}
    (served.root / "a.ipynb").write_bytes(notebook(text))

    assert marks(served) == [None]


def test_what_a_client_trusts_is_signed_and_its_marks_are_not_written(signing: Running) -> None:
    save(signing, cell("a", SCRIPT, trusted=True), cell("b"))

    assert marks(signing) == [True, True]
    assert b"trusted" not in (signing.root / "a.ipynb").read_bytes()


def test_what_a_client_does_not_trust_all_of_is_not_signed(signing: Running) -> None:
    save(signing, cell("a", SCRIPT, trusted=True), cell("b", SCRIPT))

    assert marks(signing) == [False, False]


def test_without_a_list_nothing_is_trusted_that_needs_it(served: Running) -> None:
    save(served, cell("a", SCRIPT, trusted=True))

    assert marks(served) == [False]
