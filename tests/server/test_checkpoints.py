"""`/api/contents/<path>/checkpoints`: kept, listed, restored, also into an open notebook, and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adrastea.documents.edits import SetSource
from adrastea.documents.notebook import CellId
from tests.server.page import opened
from tests.server.running import Json, Running
from tests.server.test_contents import put_notebook


def keep(server: Running, path: str) -> str:
    """Make a checkpoint; its id."""
    made = server.api("POST", f"api/contents/{path}/checkpoints").object()["id"]
    assert isinstance(made, str)
    return made


def listed(server: Running, path: str) -> list[Json]:
    return server.api("GET", f"api/contents/{path}/checkpoints").list()


def test_a_version_is_kept_and_listed_as_jupyter_does(served: Running) -> None:
    (served.root / "sub").mkdir()
    (served.root / "sub" / "ä.txt").write_text("1")

    made = served.api("POST", "api/contents/sub/%C3%A4.txt/checkpoints")

    assert made.status == 201
    assert set(made.object()) == {"id", "last_modified"}
    assert made.headers["Location"] == f"/api/contents/sub/%C3%A4.txt/checkpoints/{made.object()['id']}"
    assert listed(served, "sub/%C3%A4.txt") == [made.object()]


def test_a_version_is_restored_and_what_was_there_before_can_be_too(served: Running) -> None:
    file = served.root / "a.txt"
    file.write_text("old")
    old = keep(served, "a.txt")
    file.write_text("new")

    assert served.api("POST", f"api/contents/a.txt/checkpoints/{old}").status == 204
    assert file.read_text() == "old"
    newest = listed(served, "a.txt")[0]
    assert isinstance(newest, dict)
    served.api("POST", f"api/contents/a.txt/checkpoints/{newest['id']}")
    assert file.read_text() == "new"


def test_restoring_into_an_open_notebook_is_seen_by_its_views(served: Running) -> None:
    put_notebook(served, "a.ipynb", "old")
    old = keep(served, "a.ipynb")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        async with opened(served, "a.ipynb") as page:
            await page.hear_ack(await page.edit(SetSource(CellId("a1"), "typed just now")))
            restored = f"api/contents/a.ipynb/checkpoints/{old}"
            assert (await loop.run_in_executor(None, served.api, "POST", restored)).status == 204
            if page.source("a1") != "old":
                await page.hear(lambda _: page.source("a1") == "old")

    asyncio.run(main())
    assert '"old"' in (served.root / "a.ipynb").read_text()
    typed = listed(served, "a.ipynb")[0]
    assert isinstance(typed, dict)
    served.api("POST", f"api/contents/a.ipynb/checkpoints/{typed['id']}")
    assert "typed just now" in (served.root / "a.ipynb").read_text()


def test_a_version_can_be_forgotten(served: Running) -> None:
    (served.root / "a.txt").write_text("1")
    made = keep(served, "a.txt")

    assert served.api("DELETE", f"api/contents/a.txt/checkpoints/{made}").status == 204
    assert listed(served, "a.txt") == []
    assert served.api("DELETE", f"api/contents/a.txt/checkpoints/{made}").status == 404


def test_versions_go_with_their_file(served: Running) -> None:
    (served.root / "sub").mkdir()
    (served.root / "sub" / "a.txt").write_text("1")
    keep(served, "sub/a.txt")
    served.api("PATCH", "api/contents/sub", {"path": "other"})

    assert len(listed(served, "other/a.txt")) == 1
    served.api("DELETE", "api/contents/other/a.txt")
    (served.root / "other" / "a.txt").write_text("another file")
    assert listed(served, "other/a.txt") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("gone.txt", 404), ("sub", 400), ("..%2Foutside.txt", 403), (".hidden", 403), ("a.txt/b", 404)],
)
def test_checkpoints_are_of_files_of_the_workspace(served: Running, path: str, status: int) -> None:
    (served.root / "sub").mkdir()
    (served.root / "a.txt").write_text("1")
    (served.root / ".hidden").write_text("1")
    (served.root.parent / "outside.txt").write_text("1")

    assert served.api("GET", f"api/contents/{path}/checkpoints").status == status
    assert served.api("POST", f"api/contents/{path}/checkpoints").status == status
    assert served.api("POST", f"api/contents/{path}/checkpoints/1").status == status
    assert served.api("DELETE", f"api/contents/{path}/checkpoints/1").status == status


@pytest.mark.parametrize("checkpoint", ["1", "..", "%2e%2e%2f%2e%2e", "%00", "1764144000000-" + "0" * 8])
def test_a_version_that_is_not_there_is_not_found(served: Running, checkpoint: str) -> None:
    (served.root / "a.txt").write_text("1")
    keep(served, "a.txt")

    assert served.api("POST", f"api/contents/a.txt/checkpoints/{checkpoint}").status == 404
    assert (served.root / "a.txt").read_text() == "1"


def test_nothing_is_kept_in_the_users_folder(served: Running, tmp_path: Path) -> None:
    (served.root / "a.txt").write_text("1")
    keep(served, "a.txt")

    assert [path.name for path in served.root.iterdir()] == ["a.txt"]
    assert (tmp_path / "state" / "checkpoints").is_dir()
