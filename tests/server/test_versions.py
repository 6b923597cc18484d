"""Versions are kept when somebody saves or runs all, listed with their sizes, and can be looked at."""

from __future__ import annotations

import asyncio

import pytest

from adrastea.documents.edits import SetSource
from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.server.versions import is_run_of_all
from tests.server.page import opened
from tests.server.running import Json, Running
from tests.server.test_checkpoints import keep
from tests.server.test_contents import put_notebook

A, B, TEXT = CellId("a"), CellId("b"), CellId("text")


def versions(served: Running, path: str) -> list[Json]:
    return served.api("GET", f"api/adrastea/versions/{path}").list()


def test_versions_are_listed_with_their_sizes_the_newest_first(served: Running) -> None:
    (served.root / "a.txt").write_text("1")
    first = keep(served, "a.txt")
    (served.root / "a.txt").write_text("22")
    second = keep(served, "a.txt")

    found = versions(served, "a.txt")

    assert [(one["id"], one["size"]) for one in found if isinstance(one, dict)] == [(second, 2), (first, 1)]


def test_a_version_of_which_the_content_is_gone_is_not_listed(served: Running) -> None:
    (served.root / "a.txt").write_text("1")
    keep(served, "a.txt")
    for content in (served.root.parent / "state" / "checkpoints" / "contents").glob("*/*"):
        content.unlink()

    assert versions(served, "a.txt") == []


def test_a_version_is_a_notebook_to_look_at(served: Running) -> None:
    put_notebook(served, "a.ipynb", "old")
    old = keep(served, "a.ipynb")
    put_notebook(served, "a.ipynb", "new")

    reply = served.api("GET", f"api/adrastea/versions/a.ipynb/versions/{old}")

    assert '"old"' in str(reply.body)
    assert served.api("GET", "api/adrastea/versions/a.ipynb/versions/x").status == 404


def test_a_version_is_kept_when_somebody_saves(served: Running) -> None:
    put_notebook(served, "a.ipynb", "old")

    async def main() -> None:
        async with opened(served, "a.ipynb") as page:
            await page.edit(SetSource(page.notebook.cells[0].id, "new"))
            await page.send({"type": "save", "seq": 7})
            await page.hear_type("saved")
            async with asyncio.timeout(20):
                while not await asyncio.to_thread(versions, served, "a.ipynb"):  # noqa: ASYNC110 -- as a client asks
                    await asyncio.sleep(0)

    asyncio.run(main())


@pytest.mark.parametrize(("cells", "all_of_it"), [((A, B), True), ((TEXT, A, B), True), ((A,), False), ((), False)])
def test_all_is_run_when_every_code_cell_is(cells: tuple[CellId, ...], all_of_it: bool) -> None:  # noqa: FBT001
    notebook = Notebook((Cell(A, "code"), Cell(TEXT, "markdown"), Cell(B, "code")))

    assert is_run_of_all(notebook, cells) is all_of_it
    assert not is_run_of_all(Notebook((Cell(A, "code"),)), (A,))
