"""The notebooks that pages are measured with."""

from __future__ import annotations

import json

import pytest

from bench.comparison.notebooks import NOTEBOOKS


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: text() for name, text in NOTEBOOKS.items()}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_begins_with_the_cell_that_is_looked_for_and_has_unique_ids(
    name: str, texts: dict[str, str]
) -> None:
    cells = json.loads(texts[name])["cells"]

    assert cells[0]["source"].startswith("value_1 = 1")
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_they_are_as_large_as_they_are_called(texts: dict[str, str]) -> None:
    counts = [len(json.loads(texts[name])["cells"]) for name in ("small", "thousand", "run_all", "flood")]

    assert counts == [10, 1000, 1000, 2]
    assert 18e6 < len(texts["large"]) < 22e6
    assert len(json.loads(texts["outputs"])["cells"][1]["outputs"]) == 20_000


@pytest.mark.parametrize(
    ("name", "end"), [("run_all", "the end of it"), ("displays", "the end of it"), ("flood", "line 199999")]
)
def test_what_is_waited_for_at_the_end_is_in_no_source(name: str, end: str, texts: dict[str, str]) -> None:
    assert end not in texts[name]
