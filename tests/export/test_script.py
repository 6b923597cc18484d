"""Scripts in the percent format: golden files, and a reader that finds the cells again."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.documents import ipynb
from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.export.magics import PYTHON_CELLS, cell_magic, is_magic
from adrastea.export.script import script

VECTORS = Path(__file__).parent.parent / "vectors" / "export"
LINES = (
    "x = 1",
    "%matplotlib inline",
    "# %cd x",
    "# # !ls",
    "!ls",
    "# %%",
    "# %% x",
    "# help?",
    "x?",
    "",
    "'''",
    "(",
    ")",
)
TEXTS = st.lists(st.sampled_from((*LINES, "# text", "%%bash", "%%time")), max_size=6).map("\n".join)


def cell(source: str, kind: str = "code") -> Cell:
    return Cell(CellId("a"), kind, source)  # type: ignore[arg-type]


def read(text: str) -> list[tuple[str, str]]:
    """The cells of a script in Python, by kind and source: what an editor makes of it."""
    if not text:
        return []
    parts = re.split(r"(?:^|\n\n)# %%(?: \[(\w+)\])?\n", text[:-1])[1:]
    return [(kind or "code", _source(kind, body)) for kind, body in zip(parts[::2], parts[1::2], strict=True)]


def _source(kind: str | None, body: str) -> str:
    lines = body.split("\n")
    bare = [line[2:] if line.startswith("# ") else line.removeprefix("#") for line in lines]
    magic = cell_magic("\n".join(bare)) if body.lstrip("#\n").startswith(" %%") else None
    if kind or (magic is not None and magic not in PYTHON_CELLS):
        return "\n".join(bare)
    return "\n".join(_code(line) for line in lines)


def _code(line: str) -> str:
    rest = re.sub(r"^(# )+", "", line)
    return line[2:] if rest != line and (rest.startswith("%%") or is_magic(rest)) else line


@pytest.mark.parametrize(("name", "ending"), [("trees", ".py"), ("in-r", ".r")])
def test_a_notebook_becomes_this_script(name: str, ending: str) -> None:
    notebook, _ = ipynb.decode((VECTORS / f"{name}.ipynb").read_bytes())

    assert script(notebook) == (VECTORS / f"{name}{ending}.txt").read_text(encoding="utf-8")


def test_a_script_of_python_is_python() -> None:
    text = (VECTORS / "trees.py.txt").read_text(encoding="utf-8")

    assert compile(text, "trees.py", "exec").co_names


def test_a_notebook_without_cells_is_an_empty_script() -> None:
    assert script(Notebook()) == ""


@given(st.lists(st.tuples(st.sampled_from(("code", "markdown", "raw")), TEXTS), max_size=4))
def test_the_cells_of_a_notebook_are_found_again_in_its_script(cells: list[tuple[str, str]]) -> None:
    notebook = Notebook(tuple(cell(source, kind) for kind, source in cells))

    assert read(script(notebook)) == cells
