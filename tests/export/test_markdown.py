"""Notebooks as Markdown."""

from pathlib import Path

import pytest

from adrastea.documents import ipynb
from adrastea.documents.notebook import Cell, CellId, DisplayData, JsonObject, Notebook
from adrastea.export.markdown import fenced, markdown

VECTORS = Path(__file__).parent.parent / "vectors" / "export"


def shown(data: JsonObject) -> str:
    return markdown(Notebook((Cell(CellId("a"), "code", outputs=(DisplayData(data),)),)), "").text


@pytest.mark.parametrize("name", ["trees", "in-r"])
def test_a_notebook_becomes_this_markdown(name: str) -> None:
    notebook, _ = ipynb.decode((VECTORS / f"{name}.ipynb").read_bytes())

    assert markdown(notebook, "").text == (VECTORS / f"{name}.md").read_text(encoding="utf-8")


def test_images_and_attachments_are_files_of_a_folder_beside_the_text() -> None:
    notebook, _ = ipynb.decode((VECTORS / "trees.ipynb").read_bytes())

    made = markdown(notebook, "my trees_files")

    assert sorted(made.files) == ["my trees_files/1-attachment-1.png", "my trees_files/5-1.png"]
    assert made.files["my trees_files/5-1.png"].startswith(b"\x89PNG")
    assert "![dot](my%20trees_files/1-attachment-1.png)" in made.text
    assert "base64" not in made.text


def test_without_input_the_outputs_and_the_text_are_left() -> None:
    notebook, _ = ipynb.decode((VECTORS / "trees.ipynb").read_bytes())

    text = markdown(notebook, "", with_input=False).text

    assert "# Trees" in text
    assert "ZeroDivisionError" in text
    assert "import math" not in text


def test_nothing_in_a_block_of_code_ends_its_fence() -> None:
    assert fenced("a\n````\nb", "python") == "`````python\na\n````\nb\n`````"


def test_html_is_left_out_where_there_is_text_for_it() -> None:
    assert shown({"text/html": "<script>x</script>", "text/plain": "table"}) == "```\ntable\n```\n"


def test_an_image_that_is_none_gives_way_to_what_is_said_instead_of_it() -> None:
    assert shown({"image/png": "not base64!", "text/plain": "a figure"}) == "```\na figure\n```\n"


def test_what_stands_for_an_image_cannot_end_its_mark() -> None:
    assert shown({"image/png": "AAAA", "text/plain": "](x) <b>"}).startswith("![(x) b](data:image/png")


def test_an_svg_that_is_text_is_an_image_as_well() -> None:
    made = markdown(Notebook((Cell(CellId("a"), "code", outputs=(DisplayData({"image/svg+xml": "<svg/>"}),)),)), "f")

    assert made.files == {"f/1-1.svg": b"<svg/>"}
