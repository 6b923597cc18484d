"""A notebook as HTML where there is no browser that could make more of it: everything is there, nothing is coloured.

Text and formulas stand as they were written, outputs as text and images. The page loads nothing and runs nothing: all
text is escaped, images are `data:` addresses inside `<img>`, and a policy forbids the rest. Pure.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from typing import Final

from adrastea.documents.notebook import (
    Cell,
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonObject,
    Notebook,
    Output,
    Stream,
    UnknownOutput,
)
from adrastea.export.plain_text import IMAGES, best, description, error_text, image_bytes, is_hidden, plain

_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE: Final = """\
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.6 system-ui, sans-serif; }
pre { overflow-x: auto; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 monospace; }
pre.code { padding: .5rem .75rem; border-radius: 6px; background: light-dark(#f6f7f9, #1c1f26); }
pre.text { font: inherit; }
img { max-width: 100%; }
@media print { :root { color-scheme: light; } body { margin: 0; } @page { margin: 15mm; } }
"""
_BEST: Final = (*IMAGES, "text/markdown", "text/latex", "text/plain")


def plain_html(notebook: Notebook, title: str, *, with_input: bool = True) -> str:
    """The whole page."""
    cells = "\n".join(part for cell in notebook.cells for part in _cell(cell, with_input) if part)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{cells}\n</main>\n"
        "</body>\n</html>\n"
    )


def _cell(cell: Cell, with_input: bool) -> Iterator[str]:  # noqa: FBT001 -- handed on
    is_code = cell.cell_type == "code"
    if (with_input or not is_code) and cell.source.strip() and not is_hidden(cell, "source"):
        yield _pre("code" if is_code else "text", cell.source)
    if is_code and not is_hidden(cell, "outputs"):
        yield from map(_output, cell.outputs)


def _output(output: Output) -> str:
    match output:
        case Stream():
            return _pre("output", plain(output.text))
        case ErrorOutput():
            return _pre("output", error_text(output))
        case DisplayData(data) | ExecuteResult(data):
            return _displayed(data)
        case UnknownOutput():
            return ""


def _displayed(data: JsonObject) -> str:
    found = best(data, _BEST)
    if found is None:
        return ""
    if found.mime not in IMAGES:
        return _pre("output", plain(found.text))
    image = base64.b64encode(image_bytes(found) or b"").decode("ascii")
    text = description(data)
    said = "image" if text is None else text.strip("<>")
    return f'<p><img alt="{escape(said)}" src="data:{found.mime};base64,{image}"></p>'


def _pre(kind: str, text: str) -> str:
    return f'<pre class="{kind}">{escape(text)}</pre>' if text.strip() else ""
