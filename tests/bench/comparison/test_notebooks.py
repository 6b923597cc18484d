"""The notebooks that pages are measured with."""

from __future__ import annotations

import json

import pytest

from bench.comparison.notebooks import NOTEBOOKS, flood, large, run_all, small, thousand


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_begins_with_the_cell_that_is_looked_for_and_has_unique_ids(name: str) -> None:
    cells = json.loads(NOTEBOOKS[name]())["cells"]

    assert cells[0]["source"].startswith("value_1 = 1")
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_they_are_as_large_as_they_are_called() -> None:
    counts = [len(json.loads(text())["cells"]) for text in (small, thousand, run_all, flood)]

    assert counts == [10, 1000, 1000, 2]
    assert 18e6 < len(large()) < 22e6
