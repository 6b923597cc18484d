"""A notebook as a script in the percent format, which editors know: cells begin with `# %%`, text stands in comments.

    # %% [markdown]
    # # Trees

    # %%
    # %matplotlib inline
    plot(trees)

The code of a cell is as it was, but for IPython's own lines, which become comments (`magics.py`), and lines that would
be taken for the beginning of a cell, which get another `# `. Outputs are left out. Pure.

Source of truth: https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
"""

from __future__ import annotations

import re
from typing import Final

from adrastea.documents.notebook import Cell, Notebook
from adrastea.export.language import Language, language_of
from adrastea.export.magics import PYTHON_CELLS, cell_magic, is_magic, magic_lines

_COMMENTS: Final = re.compile(r"(?:# )+")


def script(notebook: Notebook) -> str:
    """The text of the script; ends with a line feed."""
    language = language_of(notebook.metadata)
    cells = [_cell(cell, language) for cell in notebook.cells]
    return "\n\n".join(cells) + "\n" if cells else ""


def _cell(cell: Cell, language: Language) -> str:
    mark = f"{language.comment} %%"
    if cell.cell_type != "code":
        return f"{mark} [{cell.cell_type}]\n{_commented(cell.source, language.comment)}"
    if not language.has_magics:
        return f"{mark}\n{_escaped(cell.source, mark)}"
    return f"{mark}\n{_python(cell.source)}"


def _commented(source: str, comment: str) -> str:
    return "\n".join(f"{comment} {line}" if line else comment for line in source.split("\n"))


def _escaped(source: str, mark: str) -> str:
    """Code of a language of which nothing else is known."""
    return "\n".join(f"{mark[:-2]}{line}" if line.startswith(mark) else line for line in source.split("\n"))


def _python(source: str) -> str:
    magic = cell_magic(source)
    if magic is None:
        return _with_comments(source)
    if magic not in PYTHON_CELLS:
        return _commented(source, "#")
    blank, first, body = _first_line(source)
    return f"{blank}# {first}" + ("" if body is None else f"\n{_with_comments(body)}")


def _first_line(source: str) -> tuple[str, str, str | None]:
    text = source.lstrip("\n")
    first, feed, body = text.partition("\n")
    return source[: len(source) - len(text)], first, body if feed else None


def _with_comments(source: str) -> str:
    magics = magic_lines(source)
    return "\n".join(
        _as_comment(line) if number in magics else f"# {line}" if _looks_commented(line) else line
        for number, line in enumerate(source.split("\n"))
    )


def _as_comment(line: str) -> str:
    """In a block it leaves a statement behind: a block needs one."""
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    return f"{indent}pass  # {code}" if indent else f"# {code}"


def _looks_commented(line: str) -> bool:
    """Whether a reader of the script would take a comment of the user's for one of ours."""
    comments = _COMMENTS.match(line)
    rest = "" if comments is None else line[comments.end() :]
    return rest.startswith("%%") or (is_magic(rest) and not rest[:1].isspace())
