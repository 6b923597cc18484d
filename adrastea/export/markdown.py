"""A notebook as Markdown: its text as it stands, code in fences, outputs as text and images.

Images and attachments are files of a folder beside the text, or `data:` addresses inside it. HTML of outputs is left
out where there is text for it: whoever shows Markdown would run it. Pure.

Source of truth: https://spec.commonmark.org/ (fences), RFC 2397 (`data:`)
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote

from adrastea.documents.json_values import is_object
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
from adrastea.export.language import Language, language_of
from adrastea.export.plain_text import (
    IMAGES,
    Representation,
    best,
    description,
    error_text,
    image_bytes,
    is_hidden,
    plain,
)

_BEST: Final = ("text/markdown", *IMAGES, "text/latex", "text/plain", "text/html")
_AS_IT_STANDS: Final = ("", "text/markdown", "text/x-markdown", "text/html", "text/plain")
_ATTACHED: Final = re.compile(r"attachment:([^\s)\"'>]+)")
_FENCE: Final = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Markdown:
    """The text, and the images that it names."""

    text: str
    """Ends with a line feed."""
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """By their paths beside the text, `/` between folder and name; empty where images are in the text."""


def markdown(notebook: Notebook, folder: str, *, with_input: bool = True) -> Markdown:
    """The notebook with its images in `folder`; with an empty one they are in the text."""
    images = _Images(folder)
    language = language_of(notebook.metadata)
    blocks = [
        block.strip("\n")
        for number, cell in enumerate(notebook.cells)
        for block in _cell(cell, language, images, f"{number + 1}", with_input)
    ]
    text = "\n\n".join(block for block in blocks if block)
    return Markdown(f"{text}\n" if text else "", images.files)


class _Images:
    """Gathers the images of one notebook, and says how each is called."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.files: dict[str, bytes] = {}

    def address(self, stem: str, image: Representation) -> str | None:
        """What the text says for an image; None where its data are none."""
        data = image_bytes(image)
        if data is None:
            return None
        if not self._folder:
            return f"data:{image.mime};base64,{base64.b64encode(data).decode('ascii')}"
        path = f"{self._folder}/{stem}{IMAGES[image.mime]}"
        self.files[path] = data
        return quote(path)


def _cell(cell: Cell, language: Language, images: _Images, stem: str, with_input: bool) -> Iterator[str]:  # noqa: FBT001
    match cell.cell_type:
        case "markdown":
            if not is_hidden(cell, "source"):
                yield _with_attachments(cell, images, stem)
        case "raw":
            kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or ""
            if kind in _AS_IT_STANDS:
                yield cell.source
        case "code":
            if with_input and cell.source.strip() and not is_hidden(cell, "source"):
                yield fenced(cell.source, language.name)
            if not is_hidden(cell, "outputs"):
                for number, output in enumerate(cell.outputs):
                    yield _output(output, images, f"{stem}-{number + 1}")


def fenced(text: str, language: str = "") -> str:
    """A block of code, in a fence that nothing in it can end."""
    ticks = max((len(found) for found in _FENCE.findall(text)), default=2) + 1
    return f"{'`' * ticks}{language.replace(' ', '-')}\n{text.rstrip(chr(10))}\n{'`' * ticks}"


def _with_attachments(cell: Cell, images: _Images, stem: str) -> str:
    attachments = cell.attachments or {}

    def address(found: re.Match[str]) -> str:
        name = unquote(found[1])
        bundle = attachments.get(name)
        if not is_object(bundle):
            return found[0]
        image = best(bundle, tuple(IMAGES))
        number = list(attachments).index(name) + 1
        made = None if image is None else images.address(f"{stem}-attachment-{number}", image)
        return made or found[0]

    return _ATTACHED.sub(address, cell.source)


def _output(output: Output, images: _Images, stem: str) -> str:
    match output:
        case Stream():
            text = plain(output.text)
            return fenced(text) if text.strip() else ""
        case ErrorOutput():
            return fenced(error_text(output))
        case DisplayData(data) | ExecuteResult(data):
            return _displayed(data, images, stem)
        case UnknownOutput():
            return ""


def _displayed(data: JsonObject, images: _Images, stem: str) -> str:
    while (found := best(data, _BEST)) is not None:
        if found.mime not in IMAGES:
            return (
                found.text if found.mime in ("text/markdown", "text/latex", "text/html") else fenced(plain(found.text))
            )
        address = images.address(stem, found)
        if address is not None:
            return f"![{_alternative(data)}]({address})"
        data = {mime: value for mime, value in data.items() if mime != found.mime}
    return ""


def _alternative(data: JsonObject) -> str:
    """What is read where an image is not seen: what the kernel says of it, without its angle brackets."""
    return re.sub(r"[\[\]\\<>]", "", description(data) or "") or "image"
