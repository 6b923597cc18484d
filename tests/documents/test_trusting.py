"""What is trusted of an open notebook, from its file to its views and back into Jupyter's list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from adrastea.documents import ipynb
from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import AppendOutput, ClearOutputs, Edit, SetSource
from adrastea.documents.notebook import Cell, CellId, DisplayData, Notebook
from adrastea.documents.signatures import Signatures
from adrastea.documents.status import Status
from tests.documents.notary import notary, read
from tests.documents.watched import LIMIT_SECONDS, A, with_documents

B = CellId("b")
SCRIPT = DisplayData({"text/html": "<script>1</script>"})
OTHER = DisplayData({"text/html": "<script>2</script>"})


class Views:
    """Hears in which order edits and trust are told."""

    def __init__(self, document: Document) -> None:
        self.heard: list[str] = []
        self._news = asyncio.Event()
        self._document = document
        document.subscribe(self)

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        self.heard.append("edits")
        self._news.set()

    def on_status(self, status: Status) -> None:
        self.heard.append(",".join(status.untrusted) or "all trusted")
        self._news.set()

    def on_renamed(self, path: str) -> None: ...

    async def until(self, *untrusted: CellId) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while self._document.status.untrusted != untrusted:
                self._news.clear()
                await self._news.wait()


def write(folder: Path, *cells: Cell) -> bytes:
    data = ipynb.encode(Notebook(cells), ipynb.Formatting())
    (folder / "a.ipynb").write_bytes(data)
    return data


def scripts(folder: Path) -> bytes:
    return write(folder, Cell(A, "code", outputs=(SCRIPT,)), Cell(B, "code", outputs=(SCRIPT,)))


def test_a_notebook_that_jupyter_has_signed_is_trusted(tmp_path: Path) -> None:
    with notary(tmp_path / "jupyter") as jupyter:
        jupyter.sign(read(scripts(tmp_path)))

    async def main(documents: Documents) -> None:
        await Views(await documents.open("a.ipynb")).until()

    with_documents(tmp_path, main, signatures=Signatures(tmp_path / "jupyter"))


def test_one_that_nobody_has_signed_is_not(tmp_path: Path) -> None:
    scripts(tmp_path)

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        assert document.status.untrusted == (A, B)
        await documents.close(document)
        assert document.status.untrusted == (A, B)

    with_documents(tmp_path, main, signatures=Signatures(tmp_path / "jupyter"))


def test_what_the_user_trusts_is_signed_and_jupyter_trusts_it(tmp_path: Path) -> None:
    data = scripts(tmp_path)

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.trust()
        assert document.status.untrusted == ()
        await documents.close(document)

    with_documents(tmp_path, main, signatures=Signatures(tmp_path / "jupyter"))

    with notary(tmp_path / "jupyter") as jupyter:
        assert jupyter.check_signature(read(data))


def test_what_was_run_here_is_signed_when_it_is_saved_and_trusted_when_it_is_opened_again(tmp_path: Path) -> None:
    write(tmp_path, Cell(A, "code"))
    signatures = Signatures(tmp_path / "jupyter")

    async def run(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.apply_of_kernel((ClearOutputs(A), AppendOutput(A, SCRIPT)), origin=None)
        assert document.status.untrusted == ()
        await documents.close(document)

    async def look(documents: Documents) -> None:
        await Views(await documents.open("a.ipynb")).until()

    with_documents(tmp_path, run, signatures=signatures)
    with_documents(tmp_path, look, signatures=signatures)


def test_one_of_which_a_part_is_not_trusted_is_not_signed(tmp_path: Path) -> None:
    scripts(tmp_path)

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        document.apply_of_kernel((ClearOutputs(A), AppendOutput(A, OTHER)), origin=None)
        assert document.status.untrusted == (B,)
        await documents.close(document)

    with_documents(tmp_path, main, signatures=Signatures(tmp_path / "jupyter"))

    assert not (tmp_path / "jupyter").exists()


def test_views_hear_what_is_not_trusted_before_they_get_it(tmp_path: Path) -> None:
    write(tmp_path, Cell(A, "code", "x"))

    async def main(documents: Documents) -> None:
        document = await documents.open("a.ipynb")
        views = Views(document)
        write(tmp_path, Cell(A, "code", "x", outputs=(SCRIPT,)))
        await document.check()
        assert views.heard.index("a") < views.heard.index("edits")
        document.apply((AppendOutput(A, OTHER), SetSource(A, "y")))
        assert document.status.untrusted == (A,)

    with_documents(tmp_path, main)
