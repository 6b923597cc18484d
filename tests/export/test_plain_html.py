"""HTML without a browser: everything is there, and nothing of it can do anything."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from adrastea.documents import ipynb
from adrastea.documents.notebook import Cell, CellId, DisplayData, ErrorOutput, Notebook, Stream
from adrastea.export.plain_html import plain_html

VECTORS = Path(__file__).parent.parent / "vectors"
HOSTILE = [
    vector["payload"]
    for file in sorted((VECTORS / "xss").glob("*.json"))
    for vector in json.loads(file.read_text(encoding="utf-8"))
]
OURS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "pre", "p", "img"}


class Tags(HTMLParser):
    """What tags and attributes a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_a_notebook_becomes_this_page() -> None:
    notebook, _ = ipynb.decode((VECTORS / "export" / "trees.ipynb").read_bytes())

    assert plain_html(notebook, "trees") == (VECTORS / "export" / "trees.html").read_text(encoding="utf-8")


def test_without_input_the_code_is_left_out() -> None:
    notebook, _ = ipynb.decode((VECTORS / "export" / "trees.ipynb").read_bytes())

    assert "import math" not in plain_html(notebook, "trees", with_input=False)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_content_is_text(payload: str) -> None:
    data = {"image/png": payload, "text/plain": payload}
    outputs = (Stream("stdout", payload), ErrorOutput(payload, payload, (payload,)), DisplayData(data))
    cells = (Cell(CellId("a"), "code", payload, outputs=outputs), Cell(CellId("b"), "markdown", payload))

    tags = Tags(plain_html(Notebook(cells), payload))

    assert tags.seen <= OURS
    assert tags.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "alt", "src"}
