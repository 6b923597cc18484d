"""`/api/adrastea/repair/…`: the file is readable then, and what it held is beside it."""

from __future__ import annotations

import json

from tests.server.running import Json, Running

NOTEBOOK: dict[str, Json] = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_it_is_repaired_in_its_place_and_a_copy_is_kept(served: Running) -> None:
    broken = json.dumps(NOTEBOOK).replace("{}", "{},,")
    (served.root / "a.ipynb").write_text(broken)

    reply = served.api("POST", "api/adrastea/repair/a.ipynb")

    assert reply.object() == {"copy": "a-Copy1.ipynb"}
    assert (served.root / "a-Copy1.ipynb").read_text() == broken
    assert json.loads((served.root / "a.ipynb").read_text()) == NOTEBOOK


def test_what_cannot_be_repaired_is_left_as_it_is_without_a_copy(served: Running) -> None:
    (served.root / "b.ipynb").write_text("nothing of the kind")

    reply = served.api("POST", "api/adrastea/repair/b.ipynb")

    assert reply.status == 400
    assert [path.name for path in served.root.iterdir()] == ["b.ipynb"]
